"""Scores among councils: published answers, mirrors, and what has no spread."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perfnb.analysis.weighting import normalisation
from perfnb.analysis.weighting.orientation import ideal_of, oriented
from perfnb.errors import PerfnbError

# Names in the case files of how COINr scores, and what the house calls it.
UPSTREAM = {
    "minmax_0_100": ("min-max", 0, 100),
    "minmax_1_100": ("min-max", 1, 100),
    "zscore": ("z", 0, 100),
    "rank": ("rank", 0, 100),
    "prank": ("percentile rank", 0, 100),
    "borda": ("Borda", 0, 100),
    "dist2max": ("distance to best", 0, 100),
}
FIGURES = st.lists(
    st.floats(-1000, 1000).map(lambda number: round(number, 3)), min_size=2, max_size=12
)


def one(values, polarity="maximise", **more):
    """Make the frames of one indicator among councils c0, c1 and so on."""
    frame = pd.DataFrame(
        {
            "authority": [f"c{place:02d}" for place in range(len(values))],
            "indicator": "x",
            "value": pd.array(values, dtype="Float64"),
        }
    )
    return frame, pd.DataFrame({"indicator": ["x"], "polarity": [polarity], **more})


def scored(values, polarity="maximise", method="min-max", **more):
    """Score councils on one indicator, in the order of their codes."""
    found = normalisation.scores(*one(values, polarity, **more), method=method)
    return found.table["x"].to_numpy()


def test_reference_scores_are_met(shared_case):
    inputs = shared_case("composite_inputs.csv")
    expected = shared_case("composite_normalised.csv")
    members = shared_case("composite_indicators.csv")
    values = inputs.melt("uCode", var_name="indicator", value_name="value")
    values = values.rename(columns={"uCode": "authority"})
    polarity = members["Direction"].map({1: "maximise", -1: "minimise"})
    basket = pd.DataFrame({"indicator": members["iCode"], "polarity": polarity})
    checked = 0
    for name, cases in expected.groupby("method"):
        method, low, high = UPSTREAM[name]
        found = normalisation.scores(
            values, basket, method=method, lowest=low, highest=high
        )
        wanted = cases.set_index("uCode").drop(columns="method")
        table = found.table.loc[wanted.index, wanted.columns]
        np.testing.assert_allclose(table, wanted, rtol=1e-9, atol=1e-12, err_msg=name)
        checked += len(cases)
    assert checked == len(expected) == 357


def test_published_scores_are_met(own_case):
    cases = own_case("normalisation.csv")
    values = cases[["authority", "value"]].assign(indicator="x")
    members = pd.DataFrame({"indicator": ["x"], "polarity": ["minimise"]})
    for name, (method, low, high) in UPSTREAM.items():
        found = normalisation.scores(
            values, members, method=method, lowest=low, highest=high
        )
        table = found.table.loc[cases["authority"], "x"]
        np.testing.assert_allclose(table, cases[name], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("method", list(normalisation.METHODS))
@pytest.mark.parametrize(
    ("values", "standing"),
    [
        ([], "no figures"),
        ([None, None], "no figures"),
        ([5, None], "one figure"),
        ([5, 5, 5], "no spread"),
        ([0, 0, 0], "no spread"),
        ([0.3, 0.1 + 0.2], "no spread"),
    ],
)
def test_what_has_no_two_ends_has_no_score(values, standing, method):
    found = normalisation.scores(*one(values), method=method)
    assert found.table["x"].isna().all()
    assert found.members["standing"].tolist() == [standing]


def test_councils_without_a_figure_keep_their_row():
    found = normalisation.scores(*one([1, None, 3]))
    assert found.table.index.tolist() == ["c00", "c01", "c02"]
    assert found.table["x"].tolist()[::2] == [0, 100]
    assert found.table["x"].isna().tolist() == [False, True, False]
    assert found.members[["n", "worst", "best"]].to_numpy().tolist() == [[2, 1, 3]]


def test_goalposts_follow_polarity():
    found = normalisation.scores(*one([600, 500, 400], "minimise"))
    assert found.members[["worst", "best"]].to_numpy().tolist() == [[600, 400]]
    assert "OECD" in found.method


def test_a_range_is_scored_by_the_distance_from_it():
    found = scored([18, 21, 26, 24], "range", ideal_low=[20], ideal_high=[22])
    assert found.tolist() == [50, 100, 0, 50]


@given(FIGURES, st.sampled_from(list(normalisation.METHODS)))
def test_mirrored_polarity_mirrors_the_score(values, method):
    assume(len(set(values)) > 1)
    up = scored(values, "maximise", method)
    mirrored = scored([-value for value in values], "minimise", method)
    np.testing.assert_allclose(mirrored, up)
    down = scored(values, "minimise", method)
    if method == "min-max":
        np.testing.assert_allclose(down, 100 - up, atol=1e-9)
    if method == "z":
        np.testing.assert_allclose(down, -up, atol=1e-9)
    best, worst = np.flatnonzero(up == up.max()), np.flatnonzero(down == down.min())
    assert best.tolist() == worst.tolist()


@given(
    FIGURES,
    st.sampled_from(list(normalisation.METHODS)),
    st.sampled_from([0.01, 0.5, 3, 1000]),
    st.sampled_from(["maximise", "minimise"]),
)
def test_the_unit_does_not_matter(values, method, factor, polarity):
    assume(len(set(values)) > 1)
    plain = scored(values, polarity, method)
    scaled = scored([value * factor for value in values], polarity, method)
    np.testing.assert_allclose(scaled, plain, rtol=1e-7, atol=1e-7)


@given(FIGURES, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(values, random):
    frame, members = one(values)
    order = list(range(len(values)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(
        normalisation.scores(frame.iloc[order], members).table,
        normalisation.scores(frame, members).table,
    )


def test_a_council_gets_its_own_scores_and_why_it_has_none():
    frame, members = one([600, 500, 400], "minimise")
    more = pd.DataFrame(
        {
            "authority": ["c00", "c01", "c01"],
            "indicator": list("yyz"),
            "value": [3, 3, 7],
        }
    )
    members = pd.DataFrame(
        {"indicator": list("xyzw"), "polarity": ["minimise"] * 4, "weight": 1}
    )
    found = normalisation.scores(pd.concat([frame, more]), members)
    mine = normalisation.of_council(members, found, "c01")
    assert mine["score"].tolist()[0] == 50
    assert mine["no_score"].tolist() == [
        "",
        "every council has the same figure",
        "no other council has a figure",
        "no figure",
    ]
    assert mine["n_scored"].tolist() == [3, 2, 1, 0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"method": "median"}, "'median' is not a way to score"),
        ({"lowest": 100, "highest": 1}, "has no length"),
        ({"polarity": "neutral"}, "no good side"),
        ({"polarity": "upwards"}, "'upwards' is not a polarity"),
        ({"polarity": "midpoint"}, "needs ideal_low and ideal_high"),
    ],
)
def test_unknown_options_are_named(change, words):
    frame, members = one([1, 2], change.pop("polarity", "maximise"))
    with pytest.raises(PerfnbError, match=words):
        normalisation.scores(frame, members, **change)


@pytest.mark.parametrize(
    ("frame", "members", "words"),
    [
        (one([1, 2])[0].drop(columns="value"), one([1])[1], "lack the column 'value'"),
        (pd.concat([one([1])[0]] * 2), one([1])[1], "more than one figure for 'x'"),
        (one([1])[0], pd.concat([one([1])[1]] * 2), "'x' comes more than once"),
        (one([1])[0].assign(value="many"), one([1])[1], "not a number in 'value'"),
    ],
)
def test_mistakes_are_named(frame, members, words):
    with pytest.raises(PerfnbError, match=words):
        normalisation.scores(frame, members)


def test_a_council_that_was_not_scored_is_named():
    frame, members = one([1, 2])
    found = normalisation.scores(frame, members)
    with pytest.raises(PerfnbError, match="'E07' is not among those scored"):
        normalisation.of_council(members, found, "E07")
    with pytest.raises(PerfnbError, match="lack the column 'y'"):
        normalisation.of_council(pd.DataFrame({"indicator": ["y"]}), found, "c00")


def test_an_ideal_needs_both_ends():
    assert ideal_of({"ideal_low": 1}) is None
    with pytest.raises(PerfnbError, match="in this order"):
        oriented(np.array([1.0]), "range", (3, 2))
