"""Baskets: one score that hides no member."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfnb.analysis.weighting import baskets
from perfnb.analysis.weighting.basket_course import course
from perfnb.errors import PerfnbError

QUIET = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def members(scores, weights=None, **change):
    """Make a basket of figures for 2024-25 that all met their target."""
    n = len(scores)
    frame = pd.DataFrame(
        {
            "indicator": [f"x{place}" for place in range(n)],
            "weight": weights or [1] * n,
            "polarity": ["maximise"] * n,
            "value": pd.array(scores, dtype="Float64"),
            "unit": ["%"] * n,
            "start": pd.to_datetime(["2024-04-01"] * n),
            "end": pd.to_datetime(["2025-03-31"] * n),
            "score": pd.array(scores, dtype="Float64"),
            "status": ["met"] * n,
        }
    )
    return frame.assign(**change)


def basket(frame, methods, mean="arithmetic"):
    """Score a basket."""
    return baskets.basket(frame, mean=mean, methods=methods)


def test_a_basket_worked_by_hand(methods):
    # (40 * 1 + 90 * 3 + 60 * 1) / 5 = 74
    found = basket(members([40, 90, 60], [1, 3, 1]), methods)
    assert found.score == pytest.approx(74)
    assert found.members["contribution"].tolist() == pytest.approx([8, 54, 12])
    assert found.members["share"].tolist() == pytest.approx([0.2, 0.6, 0.2])
    assert found.members["period"].tolist() == ["2024-25"] * 3
    assert (found.standing, found.coverage) == ("scored", pytest.approx(1))
    assert found.period_note == ""
    assert "OECD" in found.method


def test_the_weight_of_a_missing_member_is_shared_out(methods):
    # 20% of the weight is missing: (90 * 3 + 60) / 4 = 82.5
    found = basket(members([None, 90, 60], [1, 3, 1]), methods)
    assert found.score == pytest.approx(82.5)
    assert found.coverage == pytest.approx(0.8)
    assert found.not_scored == ("x0",)
    assert found.members["standing"].tolist() == ["no figure", "scored", "scored"]
    assert found.members["share_used"].tolist()[1:] == pytest.approx([0.75, 0.25])
    assert (found.n_members, found.n_scored) == (3, 2)


def test_too_little_coverage_gives_no_score(methods):
    exactly = basket(members([None, 90], [1, 3]), methods)
    below = basket(members([None, 90], [1, 2.9]), methods)
    assert (exactly.score, exactly.standing) == (90, "scored")
    assert (below.score, below.standing) == (None, "too little coverage")
    assert below.members["contribution"].isna().all()
    assert "too little of the weight" in below.method


def test_tenths_add_up_to_the_least_coverage(methods):
    # In floating point 0.1 + 0.2 + 0.45 falls short of 0.75.
    found = basket(members([1, 2, 3, None], [0.1, 0.2, 0.45, 0.25]), methods)
    assert found.standing == "scored"


def test_a_failing_member_is_named_whatever_the_score(methods):
    status = ["not met", "met", "close"]
    good = basket(members([5, 100, 95], [1, 20, 4], status=status), methods)
    assert good.score > 90
    assert (good.failing, good.close) == (("x0",), ("x2",))
    assert good.verdict == "some members fail"
    assert good.members["fails"].tolist() == [True, False, False]


def test_a_failing_member_is_named_without_a_score(methods):
    frame = members([None, 40], [9, 1], status=["no figure", "not met"])
    found = basket(frame, methods)
    assert found.score is None
    assert found.failing == ("x1",)
    assert found.verdict == "every member fails"


def test_a_member_without_weight_still_fails(methods):
    frame = members([10, 90], [0, 1], status=["not met", "met"])
    found = basket(frame, methods)
    assert (found.score, found.failing) == (90, ("x0",))
    assert found.members["standing"].tolist() == ["no weight", "scored"]
    assert found.not_scored == ()


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (["met", "met"], "no member fails"),
        (["close", "met"], "no member fails"),
        (["not met", "not met"], "every member fails"),
        (["not met", "no target"], "every member fails"),
        (["not met", "met"], "some members fail"),
        (["no target", "not due"], "no member has a status"),
    ],
)
def test_the_verdict_is_on_the_members(methods, status, verdict):
    assert basket(members([50, 60], status=status), methods).verdict == verdict


def test_members_of_different_periods_are_told(methods):
    frame = members([50, 60, 70])
    frame.loc[1, "start"] = pd.Timestamp("2022-04-01")
    frame.loc[1, "end"] = pd.Timestamp("2023-03-31")
    found = basket(frame, methods)
    assert found.period_note == "x0 and x2 are of 2024-25, x1 of 2022-23."


@pytest.mark.parametrize("mean", ["geometric", "harmonic"])
def test_other_means_are_no_sum(methods, mean):
    found = basket(members([20, 80]), methods, mean)
    assert found.score == pytest.approx({"geometric": 40, "harmonic": 32}[mean])
    assert found.members["contribution"].isna().all()
    assert "not a sum" in found.method


def test_a_single_member_is_its_own_score(methods):
    found = basket(members([42]), methods)
    assert (found.score, found.coverage, found.n_members) == (42, 1, 1)


@pytest.mark.parametrize(
    ("frame", "standing", "verdict"),
    [
        (members([]), "no members", "no member has a status"),
        (
            members([None, None], status=["no figure"] * 2),
            "no figures",
            "no member has a status",
        ),
    ],
)
def test_nothing_to_score_is_said(methods, frame, standing, verdict):
    found = basket(frame, methods)
    assert (found.score, found.standing, found.verdict) == (None, standing, verdict)
    assert found.coverage == 0


def test_the_reason_for_a_missing_score_is_kept(methods):
    frame = members([None, 50], [1, 9], no_score=["no baseline", ""])
    frame.loc[0, "value"] = 12
    found = basket(frame, methods)
    assert found.members["standing"].tolist() == ["no baseline", "scored"]
    plain = basket(frame.drop(columns="no_score"), methods)
    assert plain.members["standing"].tolist() == ["not scored", "scored"]


ROWS = st.lists(
    st.tuples(st.floats(0, 100) | st.none(), st.integers(0, 9)), min_size=1, max_size=7
).filter(lambda rows: sum(weight for _, weight in rows) > 0)


@QUIET
@given(ROWS, st.randoms(use_true_random=False))
def test_parts_add_up_and_order_does_not_matter(methods, rows, random):
    frame = members([score for score, _ in rows], [weight for _, weight in rows])
    found = basket(frame, methods)
    order = list(range(len(rows)))
    random.shuffle(order)
    again = basket(frame.iloc[order], methods)
    assert (again.standing, again.verdict) == (found.standing, found.verdict)
    assert set(again.failing) == set(found.failing)
    if found.score is None:
        assert again.score is None
        return
    assert again.score == pytest.approx(found.score)
    parts = found.members["contribution"].sum()
    assert parts == pytest.approx(found.score, abs=1e-9)
    used = found.members.loc[found.members["standing"] == "scored", "score"]
    assert used.min() - 1e-9 <= found.score <= used.max() + 1e-9


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"weight": [1, -2]}, "weight of -2 is below 0"),
        ({"weight": [0, 0]}, "Every weight of the basket is 0"),
        ({"weight": [1, None]}, "has no weight"),
        ({"polarity": ["maximise", "up"]}, "'up' is not a polarity"),
        ({"polarity": ["maximise", "neutral"]}, "'x1' is neutral"),
        ({"status": ["met", "Red"]}, "status 'Red' of 'x1' is not known"),
        ({"indicator": ["x0", "x0"]}, "'x0' comes more than once"),
        ({"start": [pd.NaT] * 2, "end": [pd.NaT] * 2}, "figure of 'x0' has no period"),
        ({"value": [1, None]}, "'x1' has a score but no figure"),
        ({"score": ["a", "b"]}, "not a number in 'score'"),
        ({"start": ["2024", "2024"]}, "'start' of the members must hold dates"),
    ],
)
def test_mistakes_are_named(methods, change, words):
    with pytest.raises(PerfnbError, match=words):
        basket(members([1, 2]).assign(**change), methods)


def test_a_missing_column_and_an_unknown_mean_are_named(methods):
    with pytest.raises(PerfnbError, match="lack the column 'unit'"):
        basket(members([1]).drop(columns="unit"), methods)
    with pytest.raises(PerfnbError, match="'median' is not a mean"):
        basket(members([1]), methods, "median")


def by_quarter(*rows):
    """Put baskets of successive quarters under one another."""
    named = zip(("2025-26 Q1", "2025-26 Q2", "2025-26 Q3"), rows, strict=True)
    return pd.concat([row.assign(quarter=quarter) for quarter, row in named])


def test_a_course_tells_when_other_members_are_scored(methods):
    frame = by_quarter(
        members([40, 60], [3, 1]),
        members([50, 60], [3, 1], status=["not met", "met"]),
        members([50, None], [3, 1]),
    )
    found = course(frame, mean="arithmetic", methods=methods)
    assert found["score"].tolist() == [45, 52.5, 50]
    assert found["same_members"].tolist() == [True, True, False]
    assert found["failing"].tolist() == ["", "x0", ""]
    assert found["coverage"].tolist() == [1, 1, 0.75]
    pd.testing.assert_frame_equal(
        course(frame.iloc[::-1], mean="arithmetic", methods=methods), found
    )


def test_a_course_of_nothing_is_empty(methods):
    frame = members([]).assign(quarter=[])
    found = course(frame, mean="arithmetic", methods=methods)
    assert found.empty
    assert "score" in found


def test_a_course_keeps_quarters_without_a_score(methods):
    frame = by_quarter(members([40]), members([None]), members([50]))
    found = course(frame, mean="arithmetic", methods=methods)
    assert found["score"].isna().tolist() == [False, True, False]
    assert found["standing"].tolist() == ["scored", "no figures", "scored"]


def test_a_row_without_a_quarter_is_refused(methods):
    frame = members([40, 50]).assign(quarter=["2025-26 Q1", None])
    with pytest.raises(PerfnbError, match="has no quarter"):
        course(frame, mean="arithmetic", methods=methods)


def test_no_figure_is_ever_nan_in_words(methods):
    found = basket(members([None, 50], [1, 1]), methods)
    said = " ".join([*found.members["standing"], found.verdict, found.method])
    assert "nan" not in said.lower()
    assert found.score is None or np.isfinite(found.score)
