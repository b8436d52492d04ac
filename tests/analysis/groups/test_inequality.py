"""The line from the most to the least deprived, against published indices."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.groups.inequality import slope_index
from perfnb.errors import PerfnbError

SCALES = {0: "plain", 1: "log", 2: "logit"}
LIMITS = (
    ("sii_lowercl", "lower_slope"),
    ("sii_uppercl", "upper_slope"),
    ("rii_lowercl", "lower_relative"),
    ("rii_uppercl", "upper_relative"),
)


def table(values, populations=None, reach=0.5):
    """Make groups from the most deprived."""
    values = np.array(values, dtype=float)
    return pd.DataFrame(
        {
            "population": populations or [100] * len(values),
            "value": values,
            "lower_ci": values - reach,
            "upper_ci": values + reach,
        }
    )


def index(groups, scale="plain", **more):
    """Lay the line, with few repetitions."""
    settings = {"confidence": 0.95, "repetitions": 2000}
    return slope_index(groups, scale=scale, **(settings | more))


def confidences(expected):
    """Read which limits a published row has; its column lags behind its title."""
    title = expected["TestDescription"]
    if "98%" in title and "95" not in title:
        return [0.98]
    if "95 and 98" in title or "95% and 98%" in title:
        return [0.95, 0.98]
    if "multiple" in title:
        return [0.95, 0.99]
    return [0.99] if "99%" in title else [0.95]


def published(shared_case):
    """Give each published case: its row, its groups, its scale."""
    inputs, expected = shared_case("sii_inputs.csv"), shared_case("sii_expected.csv")
    for case, row in expected.set_index("case").iterrows():
        rows = inputs[inputs["case"] == case].sort_values("Quantile")
        # A negative multiplier there means the other direction.
        rows = rows[:: int(np.sign(row["multiplier"]))]
        times = abs(row["multiplier"])
        columns = {"Value": "value", "LowerCL": "lower_ci", "UpperCL": "upper_ci"}
        groups = rows.rename(columns=columns | {"Population": "population"})
        groups[list(columns.values())] *= times
        scale = SCALES[row["ValueType"]] if row["transform"] else "plain"
        yield row, groups.reset_index(drop=True), scale, times


def test_published_indices_are_met_on_every_row(shared_case):
    n = 0
    for row, groups, scale, times in published(shared_case):
        found = index(groups, scale, per=times)
        n += 1
        assert found.slope == pytest.approx(row["sii"], rel=1e-9)
        if pd.notna(row["rii"]):
            assert found.relative == pytest.approx(row["rii"], rel=1e-9)
        if pd.notna(row["Intercept"]):
            end = found.first_end if row["multiplier"] > 0 else found.last_end
            assert end == pytest.approx(row["Intercept"], rel=1e-9)
    assert n == 44


def test_published_limits_are_met(shared_case):
    n = 0
    for row, groups, scale, times in published(shared_case):
        for place, confidence in enumerate(confidences(row), start=1):
            found = index(
                groups,
                scale,
                per=times,
                confidence=confidence,
                confidence_given=0.95,
                repetitions=100_000,
            )
            for theirs, ours in LIMITS:
                expected = row[f"{theirs}_{place}"]
                if pd.notna(expected):
                    n += 1
                    assert getattr(found, ours) == pytest.approx(expected, rel=0.05)
    assert n == 184


@pytest.mark.parametrize("scale", ["plain", "log", "logit"])
def test_published_examples_are_met(own_case, scale):
    groups = own_case("slope_index_groups.csv").query("case == @scale")
    row = own_case("slope_index.csv").set_index("case").loc[scale]
    found = index(groups, scale, repetitions=100_000)
    assert found.slope == pytest.approx(row["slope"], rel=1e-9)
    assert found.relative == pytest.approx(row["relative"], rel=1e-9)
    if pd.notna(row["first_end"]):
        assert found.first_end == pytest.approx(row["first_end"], rel=1e-9)
    for name in ("lower_slope", "upper_slope", "lower_relative", "upper_relative"):
        assert getattr(found, name) == pytest.approx(row[name], rel=0.05)


@given(
    st.lists(st.floats(1, 90), min_size=2, max_size=10),
    st.sampled_from(["plain", "log", "logit"]),
)
def test_reversed_groups_reverse_the_slope(values, scale):
    groups = table(values)
    there = index(groups, scale, per=100)
    back = index(groups.iloc[::-1].reset_index(drop=True), scale, per=100)
    assert back.slope == pytest.approx(-there.slope, abs=1e-9)
    assert there.lower_slope <= there.slope <= there.upper_slope
    if there.relative is not None:
        assert back.relative == pytest.approx(1 / there.relative)


@given(st.floats(0.01, 1000), st.sampled_from(["plain", "log"]))
def test_another_unit_scales_the_slope_and_leaves_the_ratio(times, scale):
    groups = table([9, 7, 4])
    other = groups.assign(
        **{name: groups[name] * times for name in ("value", "lower_ci", "upper_ci")}
    )
    one, scaled = index(groups, scale), index(other, scale)
    assert scaled.slope == pytest.approx(one.slope * times)
    assert scaled.lower_slope == pytest.approx(one.lower_slope * times)
    assert scaled.relative == pytest.approx(one.relative)


def test_equal_groups_have_no_slope():
    found = index(table([5, 5, 5], reach=0))
    assert found.slope == pytest.approx(0, abs=1e-9)
    assert found.relative == pytest.approx(1)
    assert found.lower_slope <= found.slope <= found.upper_slope


def test_a_group_without_a_value_keeps_its_place():
    groups = table([9, np.nan, 5], [100, 200, 100])
    found = index(groups)
    assert found.groups["position"].tolist() == [0.125, 0.5, 0.875]
    assert found.slope == pytest.approx(-4 / 0.75)
    assert found.groups["fitted"].iloc[1] == pytest.approx(7)


def test_an_end_below_nought_has_no_ratio():
    assert index(table([9, 1, 0.1], reach=0)).relative is None


def test_a_simulated_end_below_nought_leaves_the_ratio_without_limits():
    found = index(table([9, 6, 3], reach=4))
    assert found.relative is not None
    assert found.lower_relative is None


def test_the_same_seed_gives_the_same_limits():
    groups = table([9, 7, 4])
    assert index(groups).lower_slope == index(groups).lower_slope
    assert index(groups, seed=1).lower_slope != index(groups, seed=2).lower_slope


def test_the_line_runs_from_end_to_end():
    found = index(table([9, 7, 4]), "log")
    assert found.line["value"].iloc[0] == pytest.approx(found.first_end)
    assert found.line["value"].iloc[-1] == pytest.approx(found.last_end)


@pytest.mark.parametrize(
    ("groups", "scale", "words"),
    [
        (table([9, 7]).drop(columns="value"), "plain", "lack the column 'value'"),
        (table([9]), "plain", "at least two groups"),
        (table([np.nan, 7]), "plain", "at least two groups"),
        (table([9, 7], [100, 0]), "plain", "a population above 0"),
        (table([0, 7], reach=0), "log", "no place on the scale"),
        (table([0.5, 1.5], reach=0), "logit", "no place on the scale"),
        (table([9, 7]), "cubic", "'cubic' is not a scale; known are plain, log"),
    ],
)
def test_mistakes_are_named(groups, scale, words):
    with pytest.raises(PerfnbError, match=words):
        index(groups, scale)
