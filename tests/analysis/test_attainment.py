"""A figure meets its target, nearly or not, as a reader would say who sees both."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from perfnb.analysis.attainment import attainment, in_a_row
from perfnb.errors import PerfnbError
from perfnb.registers import Target

HART = Path(__file__).parents[3] / "shared/data/derived"
PUBLISHED = {
    "above target": "met",
    "close to target": "close",
    "below target": "not met",
}


def level(value=None, **cells):
    """Make an illustrative target for the district."""
    return Target(
        indicator="IL1",
        period="2025-26",
        kind="level",
        value=value,
        rationale="Illustrative",
        basis="illustrative",
        **cells,
    )


@pytest.fixture
def judge(methods):
    """Judge a figure with one decimal."""

    def status(value, target, polarity="maximise", decimals=1):
        return attainment(
            value, target, polarity=polarity, decimals=decimals, methods=methods
        )

    return status


@pytest.mark.parametrize(
    ("value", "polarity", "expected"),
    [
        (50, "maximise", "met"),
        (60, "maximise", "met"),
        (49.9, "maximise", "close"),
        (45, "maximise", "close"),
        (44.9, "maximise", "not met"),
        (50, "minimise", "met"),
        (40, "minimise", "met"),
        (50.1, "minimise", "close"),
        (55, "minimise", "close"),
        (55.1, "minimise", "not met"),
        (50, "midpoint", "met"),
        (46, "midpoint", "close"),
        (56, "midpoint", "not met"),
        (50, "neutral", "no good side"),
    ],
)
def test_a_miss_by_a_tenth_is_close_and_more_is_not(judge, value, polarity, expected):
    assert judge(value, level(50), polarity).status == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *[(19.9, "met"), (20, "met"), (15, "met"), (10, "met"), (9.9, "close")],
        *[(9, "close"), (8.9, "not met"), (22, "close"), (22.1, "not met")],
    ],
)
@pytest.mark.parametrize("polarity", ["maximise", "minimise", "range", "neutral"])
def test_a_range_is_missed_on_both_sides(judge, value, polarity, expected):
    # Of the lower end a tenth is 1, of the upper end 2.
    found = judge(value, level(low=10, high=20), polarity)
    assert found.status == expected
    assert found.is_above == (value > 20)


@pytest.mark.parametrize(
    ("value", "expected"), [(33.1, "close"), (33.0, "close"), (32.9, "not met")]
)
def test_a_target_may_have_a_tolerance_in_points(judge, value, expected):
    target = level(35, tolerance=2, tolerance_kind="points")
    assert judge(value, target).status == expected


@pytest.mark.parametrize(
    ("tolerance", "value", "expected"),
    [
        (0.02, 49, "close"),
        (0.02, 48.9, "not met"),
        (0, 49.9, "not met"),
        (0, 50, "met"),
    ],
)
def test_a_target_may_have_a_relative_tolerance_of_its_own(
    judge, tolerance, value, expected
):
    target = level(50, tolerance=tolerance, tolerance_kind="relative")
    assert judge(value, target).status == expected


def test_of_a_target_of_nought_a_tenth_is_nought(judge):
    found = judge(1, level(0), "minimise")
    assert (found.status, found.missed_by, found.share) == ("not met", 1, None)
    assert judge(0, level(0), "minimise").status == "met"
    points = level(0, tolerance=1, tolerance_kind="points")
    assert judge(1, points, "minimise").status == "close"


def test_a_target_below_nought_has_a_tolerance_too(judge):
    assert judge(-11, level(-10)).status == "close"
    assert judge(-11.1, level(-10)).status == "not met"


def test_what_looks_equal_is_equal(judge):
    """49.96 is shown as 50.0: no page says of it that 50.0 was missed."""
    assert judge(49.96, level(50)).status == "met"
    assert judge(49.94, level(50)).status == "close"


def test_a_target_with_more_decimals_is_not_rounded(judge):
    """99.75% would be 99.8% to one decimal, and a figure of 99.76% would miss it."""
    assert judge(99.76, level(99.75)).status == "met"
    assert judge(99.74, level(99.75)).status == "close"


@pytest.mark.parametrize(
    ("value", "target"), [(0.27, 0.3), (0.63, 0.7), (8.1, 9), (1.08, 1.2), (32.4, 36)]
)
def test_floating_point_does_not_decide_at_the_boundary(judge, value, target):
    """Exactly a tenth below, where 0.3 - 0.27 is not 0.03 to a computer."""
    assert judge(value, level(target), decimals=2).status == "close"


def test_without_a_figure_or_a_target_there_is_no_status(judge):
    assert judge(None, level(50)).status == "no figure"
    assert judge(float("nan"), level(50)).status == "no figure"
    assert judge(50, None).status == "no target"
    assert judge(None, None).status == "no target"


def test_an_unknown_polarity_is_named(judge):
    with pytest.raises(PerfnbError, match="'up' is not a polarity"):
        judge(50, level(50), "up")


def test_the_rule_is_said(judge):
    assert "10% of the target (house rule)" in judge(45, level(50)).method
    own = level(50, tolerance=2, tolerance_kind="points")
    assert "2 in its own unit (the target's own tolerance)" in judge(45, own).method


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([], 0),
        (["met"], 0),
        (["not met"], 1),
        (["not met", "close", "not met"], 3),
        (["not met", "met", "close"], 1),
        (["not met", "no figure", "close", "not met"], 2),
        (["not met", "no target"], 0),
    ],
)
def test_periods_off_target_in_a_row_count_back_to_the_first_other(statuses, expected):
    assert in_a_row(statuses) == expected


# --- invariants ---------------------------------------------------------------

FIGURES = st.integers(-1000, 1000).map(lambda tenths: tenths / 10)


@given(value=FIGURES, target=FIGURES)
@example(value=0.0, target=0.0)
def test_mirrored_polarity_gives_the_mirrored_status(methods, value, target):
    how = {"decimals": 1, "methods": methods}
    up = attainment(value, level(target), polarity="maximise", **how)
    down = attainment(-value, level(-target), polarity="minimise", **how)
    assert up.status == down.status
    assert up.missed_by == down.missed_by


@given(value=FIGURES, target=FIGURES, power=st.integers(-3, 3))
def test_the_unit_does_not_decide(methods, value, target, power):
    scale = 10.0**power
    how = {"polarity": "minimise", "methods": methods}
    plain = attainment(value, level(target), decimals=1, **how)
    scaled = attainment(
        round(value * scale, 6),
        level(round(target * scale, 6)),
        decimals=max(1 - power, 0),
        **how,
    )
    assert plain.status == scaled.status


@given(better=FIGURES, worse=FIGURES, target=FIGURES)
def test_a_better_figure_never_has_a_worse_status(methods, better, worse, target):
    assume(better > worse)
    order = ["not met", "close", "met"]
    found = [
        attainment(
            value, level(target), polarity="maximise", decimals=1, methods=methods
        ).status
        for value in (worse, better)
    ]
    assert order.index(found[0]) <= order.index(found[1])


# --- against a council's own published statuses --------------------------------


def reproduced(kpis, methods):
    """Judge each indicator by one tolerance and keep where it agrees."""
    judged = kpis[kpis["status"].isin(PUBLISHED)]
    statuses = [
        attainment(
            row.value,
            level(row.target),
            polarity=row.polarity,
            decimals=2,
            methods=methods,
        ).status
        for row in judged.itertuples()
    ]
    return judged.assign(agrees=judged["status"].map(PUBLISHED) == statuses)


def test_a_council_s_published_statuses_follow_from_the_house_rule(own_case, methods):
    """All but nine, and each of those contradicts the council's own figures."""
    judged = reproduced(own_case("target_statuses.csv"), methods)
    assert (len(judged), judged["agrees"].sum()) == (56, 47)
    assert (judged["why"].isna() == judged["agrees"]).all()


def test_no_other_tolerance_agrees_better(own_case, methods):
    kpis = own_case("target_statuses.csv")
    agreed = {
        share: reproduced(kpis, methods.model_copy(update={"target_tolerance": share}))[
            "agrees"
        ].sum()
        for share in (0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3)
    }
    assert max(agreed.values()) == agreed[methods.target_tolerance]


def test_both_quarters_of_the_published_statuses(methods):
    path = HART / "hart_dc_kpis_2014-15_Q1_Q2.csv"
    if not path.exists():
        pytest.skip(f"the published indicators are absent: {path}")
    fewer = ["ETS01", "HR11", "HS01", "RB07", "RB08", "RB09"]
    kpis = pd.read_csv(path).rename(columns={"this_quarter": "value"})
    kpis["polarity"] = (
        kpis["kpi"].isin(fewer).map({True: "minimise", False: "maximise"})
    )
    judged = reproduced(kpis, methods)
    assert (len(judged), judged["agrees"].sum()) == (83, 74)
