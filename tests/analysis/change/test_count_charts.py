"""Limits that follow from counts, against Montgomery's charts and by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.change.count_charts import D2, count_chart
from perfnb.errors import PerfnbError
from perfnb.methods import read_methods

HOUSE = read_methods("parameters/methods.yaml")
LINES = {"value": "y", "mean": "cl", "lower_limit": "lcl", "upper_limit": "ucl"}


def chart(numerators, denominators=None, kind="c", **more):
    """Draw the chart of some counts."""
    rows = pd.DataFrame({"numerator": pd.array(numerators, dtype="Float64")})
    if denominators is not None:
        rows["denominator"] = pd.array(denominators, dtype="Float64")
    return count_chart(rows, kind=kind, methods=HOUSE, **more)


def assert_met(rows, **settings):
    """Hold one reference chart to its limits, signals and runs."""
    columns = {"y_sum": "numerator", "n": "denominator", "include": "included"}
    given_rows = rows.drop(columns="y").rename(columns=columns)
    given_rows["value"] = given_rows["numerator"]
    found = count_chart(
        given_rows,
        kind=rows["chart"].iloc[0],
        methods=HOUSE,
        baseline_points=None if rows["baseline"].all() else int(rows["baseline"].sum()),
        multiplier=50 if rows["example"].iloc[0] == "ex_7.5_1" else 1,
        **settings,
    )
    for name, column in LINES.items():
        values = found.rows[name].to_numpy(dtype=float, na_value=np.nan)
        expected = rows[column].to_numpy(dtype=float)
        assert values == pytest.approx(expected, rel=1e-6, nan_ok=True)
    assert found.rows["beyond"].tolist() == rows["sigma_signal"].eq(True).tolist()
    parts = rows["part"] if "part" in rows else pd.Series(1, index=rows.index)
    for part, told in found.runs.items():
        row = rows[parts == part].iloc[0]
        assert (told.signal, told.longest, told.longest_allowed) == (
            row["runs_signal"],
            row["longest_run"],
            row["longest_run_max"],
        )
        assert told.crossings == row["n_crossings"]
        assert told.crossings_allowed == row["n_crossings_min"]
    return len(rows)


def test_every_reference_chart_is_met(shared_case):
    cases = shared_case("spc_montgomery.csv")
    cases.columns = [name.replace(".", "_") for name in cases.columns]
    assert sum(assert_met(rows) for _, rows in cases.groupby("example")) == 275


def test_published_charts_are_met(own_case):
    cases = own_case("count_charts.csv")
    assert sum(assert_met(rows) for _, rows in cases.groupby("example")) == 70


def test_more_variation_than_counting_gives_widens_the_limits():
    """By hand: shares .1 .3 .1 .3 of 100, mean .2, sigma .04, z -2.5 and 2.5."""
    shares = [10, 30] * 5
    plain = chart(shares, [100] * 10, "p")
    wide = chart(shares, [100] * 10, "p'")
    assert plain.rows["upper_limit"].iloc[0] == pytest.approx(0.2 + 3 * 0.04)
    widened = 5 / D2
    assert wide.widened[1] == pytest.approx(widened)
    upper = wide.rows["upper_limit"].iloc[0]
    assert upper == pytest.approx(0.2 + 3 * 0.04 * widened)
    assert wide.rows["lower_limit"].iloc[0] == 0
    assert plain.rows["beyond"].sum() == 0
    rates = chart(shares, [100] * 10, "u'")
    assert rates.widened[1] == pytest.approx(0.2 / np.sqrt(0.2 / 100) / D2)


def test_a_part_has_limits_of_its_own():
    rows = pd.DataFrame(
        {"numerator": [4, 6] * 4 + [40, 60] * 4, "part": [1] * 8 + [2] * 8}
    )
    found = count_chart(rows, kind="c", methods=HOUSE)
    assert found.rows["mean"].tolist() == [5] * 8 + [50] * 8
    assert found.standings == {1: "limits", 2: "limits"}


def test_a_row_left_out_sets_no_limits_but_is_judged():
    rows = pd.DataFrame(
        {"numerator": [4, 6] * 4 + [90], "included": [True] * 8 + [False]}
    )
    found = count_chart(rows, kind="c", methods=HOUSE)
    assert found.rows["mean"].iloc[0] == 5
    assert found.rows["beyond"].tolist() == [False] * 8 + [True]


@pytest.mark.parametrize(
    ("numerators", "denominators", "kind", "standing"),
    [
        ([], [], "p", "no data"),
        ([None] * 9, [10] * 9, "p", "no data"),
        ([1] * 9, [0] * 9, "u", "no data"),
        ([4, 6, 5], None, "c", "too few points"),
        ([0] * 9, [10] * 9, "p", "no variation"),
        ([10] * 9, [10] * 9, "p'", "no variation"),
        ([0] * 9, [10] * 9, "u'", "no variation"),
        ([0] * 9, None, "c", "no variation"),
        ([1, 2] * 5, [10] * 10, "u'", "limits"),
    ],
)
def test_what_the_counts_allow_is_told(numerators, denominators, kind, standing):
    found = chart(numerators, denominators, kind)
    assert found.standings == {1: standing}
    assert found.method
    if standing != "limits":
        assert found.rows["upper_limit"].isna().all()
        assert not found.rows["beyond"].any()


def test_a_denominator_of_nought_leaves_its_row_out():
    found = chart([5, 4, 6, 5, 4, 6, 5, 4, 6, 0], [50] * 9 + [0], "p")
    assert found.standings == {1: "limits"}
    assert found.rows["value"].isna().tolist() == [False] * 9 + [True]
    assert pd.isna(found.rows["upper_limit"].iloc[-1])


@pytest.mark.parametrize(
    ("rows", "kind", "words"),
    [
        ({"numerator": [1]}, "g", "'g' is not a chart of counts"),
        ({"numerator": [1]}, "p", "lack the column 'denominator'"),
        ({"value": [1]}, "c", "lack the column 'numerator'"),
        ({"numerator": [-1]}, "c", "A count is below 0"),
        ({"numerator": [3], "denominator": [2]}, "p", "larger than its denominator"),
        ({"numerator": ["a"]}, "c", "not a number in 'numerator'"),
        ({"numerator": [1, 2], "part": [2, 1]}, "c", "in order of 'part'"),
        ({"numerator": [1], "included": [None]}, "c", "whether it is included"),
    ],
)
def test_mistakes_are_named(rows, kind, words):
    with pytest.raises(PerfnbError, match=words):
        count_chart(pd.DataFrame(rows), kind=kind, methods=HOUSE)


def test_a_baseline_of_nothing_is_refused():
    with pytest.raises(PerfnbError, match="baseline of 0 rows"):
        chart([1] * 9, baseline_points=0)


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(40, 90)), max_size=20),
    st.sampled_from(["p", "u", "p'", "u'"]),
)
def test_limits_contain_the_mean_and_the_multiplier_changes_nothing(counts, kind):
    numerators = [first for first, _ in counts]
    denominators = [second for _, second in counts]
    plain = chart(numerators, denominators, kind)
    rows = plain.rows[plain.rows["upper_limit"].notna()]
    assert (rows["lower_limit"] <= rows["mean"] + 1e-12).all()
    assert (rows["mean"] <= rows["upper_limit"] + 1e-12).all()
    percent = chart(numerators, denominators, kind, multiplier=100)
    assert percent.rows["beyond"].tolist() == plain.rows["beyond"].tolist()
    assert percent.runs == plain.runs
