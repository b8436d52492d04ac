"""Judged figures and what came after them, by hand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfnb.analysis.effects.flag_episodes import episodes
from perfnb.errors import PerfnbError

from .flag_histories import flag, history

# Eight figures of mean 41 and moving range 2, so that a standard deviation is
# 2 * 2.66 / 3; then the judged one and the four after it.
STEADY = [40, 42, 40, 42, 40, 42, 40, 42]
AFTER = [41, 43, 41, 43]
DEVIATION = 2 * 2.66 / 3


def test_a_figure_by_hand(methods):
    told = history("NI192", [*STEADY, 35, *AFTER])
    found = episodes(told, flag(told, [8]), methods).iloc[0]
    assert found["standing"] == "followed"
    assert found["baseline"] == pytest.approx((35 - 41) / DEVIATION)
    assert found["later"] == pytest.approx((42 - 41) / DEVIATION)
    assert found["change"] == pytest.approx(7 / DEVIATION)


def test_the_good_side_is_up(methods):
    up = history("NI192", [*STEADY, 35, *AFTER])
    down = history("NI191", [*STEADY, 35, *AFTER], "minimise")
    both = pd.concat([up, down], ignore_index=True)
    found = episodes(both, flag(both, [8, 8 + 13]), methods)
    assert found["baseline"].sum() == pytest.approx(0)
    assert found["change"].sum() == pytest.approx(0)
    assert found["change"].iloc[0] > 0


def test_what_came_later_does_not_set_the_usual_level(methods):
    plain = history("NI192", [*STEADY, 35, *AFTER])
    later = history("NI192", [*STEADY, 35, *AFTER, 900, -900])
    pairs = [episodes(told, flag(told, [8]), methods) for told in (plain, later)]
    assert pairs[0]["baseline"].iloc[0] == pairs[1]["baseline"].iloc[0]


@pytest.mark.parametrize(
    ("values", "place", "polarity", "standing"),
    [
        ([*STEADY, 35, *AFTER], 8, "neutral", "no good side"),
        ([*STEADY, 35, *AFTER], 8, "midpoint", "no good side"),
        ([*STEADY, None, *AFTER], 8, "maximise", "no figure"),
        ([*STEADY, 35, *AFTER], 7, "maximise", "too few figures before"),
        ([*STEADY, 35, *AFTER], 0, "maximise", "too few figures before"),
        ([*STEADY[:7], None, 35, *AFTER], 8, "maximise", "too few figures before"),
        ([*STEADY, 35, *AFTER[:3]], 8, "maximise", "too few figures after"),
        ([*STEADY, 35, 41, None, 41, 43], 8, "maximise", "too few figures after"),
        ([*[41] * 8, 35, *AFTER], 8, "maximise", "no variation"),
        ([*STEADY, 35, *AFTER], 8, "minimise", "followed"),
    ],
)
def test_what_cannot_be_followed_is_told(methods, values, place, polarity, standing):
    told = history("L1", values, polarity)
    found = episodes(told, flag(told, [place]), methods).iloc[0]
    assert found["standing"] == standing
    assert pd.isna(found["change"]) == (standing != "followed")


def test_shared_months_are_not_followed(methods):
    told = history("L1", [*STEADY, 35, *AFTER])
    rolling = told.assign(start=told["start"] - pd.DateOffset(months=9))
    found = episodes(rolling, flag(rolling, [8]), methods)
    assert found["standing"].item() == "overlapping windows"


def test_nothing_judged_is_nothing_followed(methods):
    told = history("L1", STEADY)
    found = episodes(told, flag(told, []).astype({"flagged": bool}), methods)
    assert found.empty
    assert {"standing", "baseline", "later", "change"} <= set(found)


@settings(max_examples=20)
@given(scale=st.floats(1e-3, 1e6), level=st.floats(-1e3, 1e3))
def test_unit_and_level_do_not_matter(methods, scale, level):
    values = [*STEADY, 35, *AFTER]
    plain, other = (
        episodes(told, flag(told, [8]), methods).iloc[0]
        for told in (
            history("L1", values),
            history("L1", [level * scale + scale * value for value in values]),
        )
    )
    for name in ("baseline", "later", "change"):
        assert other[name] == pytest.approx(plain[name], rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(
    ("change", "judged", "words"),
    [
        (lambda rows: rows.drop(columns="value"), None, "lack the column 'value'"),
        (lambda rows: rows.iloc[::-1], None, "twice or out of order"),
        (lambda rows: rows.assign(polarity="up"), None, "'up' is not a polarity"),
        (
            lambda rows: rows.assign(polarity=["maximise"] * 12 + ["minimise"]),
            None,
            "'L1' has more than one polarity",
        ),
        (
            lambda rows: rows.iloc[:8],
            None,
            "'L1' has no period that ends on 30/06/2020",
        ),
        (lambda rows: rows.assign(indicator="L2"), None, "'L1' has no period"),
        (None, lambda rows: rows.assign(flagged="yes"), "must be true or false"),
        (None, lambda rows: rows.drop(columns="end"), "lack the column 'end'"),
        (None, lambda rows: pd.concat([rows, rows]), "judged more than once"),
    ],
)
def test_mistakes_are_named(methods, change, judged, words):
    told = history("L1", [*STEADY, 35, *AFTER])
    flags = flag(told, [8])
    with pytest.raises(PerfnbError, match=words):
        episodes(
            change(told) if change else told,
            judged(flags) if judged else flags,
            methods,
        )
