"""Gaps of two periods, and whether they narrowed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfnb.analysis.groups.differences import change
from perfnb.analysis.groups.gap_change import gap_change
from perfnb.errors import PerfnbError

COUNTS = st.integers(10, 400)
SOME = st.tuples(COUNTS, COUNTS)


def sides(*pairs, whole=1000, names=None):
    """Make groups with their references, 1,000 people on either side."""
    return pd.DataFrame(
        {
            "group": names or [f"group {place}" for place in range(len(pairs))],
            "numerator": pd.array([one for one, _ in pairs], dtype="Float64"),
            "denominator": float(whole),
            "reference_numerator": pd.array([rest for _, rest in pairs], "Float64"),
            "reference_denominator": float(whole),
        }
    )


def compare(now, before, methods, **more):
    """Compare a rate of events between two quarters."""
    settings = {
        "now_from": pd.Timestamp("2025-10-01"),
        "before_to": pd.Timestamp("2025-09-30"),
        "interval": "byar",
        "per": 1000,
        "slack": 0,
    }
    return gap_change(now, before, methods=methods, **(settings | more))


def test_the_published_change_is_met(own_case):
    """Limits of the two ratios are printed rounded, so they are made even first."""
    case = own_case("gap_changes.csv").iloc[0]
    logs = []
    for when in ("now", "before"):
        names = [f"ratio_{when}", f"lower_{when}", f"upper_{when}"]
        ratio, lower, upper = np.log(case[names].astype(float))
        reach = (upper - lower) / 2
        logs.append(tuple(np.array([ratio + x]) for x in (0, -reach, reach)))
    found = [round(float(np.exp(each[0])), 2) for each in change(*logs)]
    assert found == [case["change"], case["lower"], case["upper"]]


def test_the_change_of_a_ratio_by_hand(methods):
    """Four times the rest is now one and a half times it."""
    row = compare(sides((90, 60)), sides((160, 40)), methods).groups.iloc[0]
    error = np.sqrt(1 / 90 + 1 / 60 + 1 / 160 + 1 / 40)
    assert row["ratio_change"] == pytest.approx(1.5 / 4)
    assert row["lower_ratio_change"] == pytest.approx(
        0.375 * np.exp(-1.959963984540054 * error)
    )
    assert row["difference_change"] == pytest.approx(30 - 120)
    assert row["verdict"] == "narrowed"


@pytest.mark.parametrize("interval", ["byar", "wilson"])
@pytest.mark.parametrize(
    ("now", "before", "verdict"),
    [
        ((80, 80), (300, 80), "narrowed"),
        ((300, 80), (80, 80), "widened"),
        ((80, 300), (300, 80), "reversed"),
        ((82, 80), (80, 80), "no clear change"),
        ((5, 80), (300, 80), "too few to say"),
    ],
)
def test_verdicts(methods, interval, now, before, verdict):
    found = compare(sides(now), sides(before), methods, interval=interval)
    assert found.groups["verdict"].tolist() == [verdict]


def test_the_two_scales_can_part(methods):
    """30 against 20 became 15 against 5: the same gap in points, larger in times."""
    found = compare(
        sides((600, 200), whole=40_000), sides((1200, 800), whole=40_000), methods
    )
    row = found.groups.iloc[0]
    assert (row["verdict"], row["other"]) == ("widened", "no clear change")
    assert row["difference_change"] == 0


@pytest.mark.parametrize("interval", ["byar", "wilson"])
@settings(max_examples=20)
@given(SOME, SOME)
def test_a_change_lies_within_its_limits_and_mirrors_in_time(
    methods, interval, now, before
):
    there, back = (
        compare(sides(one), sides(other), methods, interval=interval).groups.iloc[0]
        for one, other in ((now, before), (before, now))
    )
    for name in ("ratio", "difference"):
        value = there[f"{name}_change"]
        assert there[f"lower_{name}_change"] <= value * (1 + 1e-12) + 1e-9
        assert value <= there[f"upper_{name}_change"] * (1 + 1e-12) + 1e-9
    assert back["difference_change"] == pytest.approx(-there["difference_change"])
    assert back["p_value"] == pytest.approx(there["p_value"])
    mirrored = {"narrowed": "widened", "widened": "narrowed"}
    tie = abs(np.log(there["ratio_now"])) - abs(np.log(there["ratio_before"]))
    if abs(tie) > 1e-9 and there["difference_now"] + there["difference_before"]:
        expected = mirrored.get(there["verdict"], there["verdict"])
        assert back["verdict"] == expected


@pytest.mark.parametrize("interval", ["byar", "wilson"])
@settings(max_examples=20)
@given(SOME, SOME)
def test_a_p_value_agrees_with_its_limits(methods, interval, now, before):
    found = compare(sides(now), sides(before), methods, interval=interval)
    row = found.groups.iloc[0]
    level = {"ratio": 1, "difference": 0}[found.scale]
    lower, upper = (row[f"{end}_{found.scale}_change"] for end in ("lower", "upper"))
    if min(abs(lower - level), abs(upper - level)) > 1e-9:
        assert (row["p_value"] < 0.05) == (lower > level or upper < level)


@pytest.mark.parametrize("per", [1, 100, 100_000])
def test_another_unit_makes_no_difference(methods, per):
    found = compare(sides((90, 60)), sides((160, 40)), methods, per=per).groups
    assert found["verdict"].tolist() == ["narrowed"]
    assert found["difference_change"].iloc[0] == pytest.approx(-0.09 * per)


def test_many_groups_are_judged_together(methods):
    """A change that stands alone falls among nine that are none."""
    now, before = (80, 80), (130, 80)
    alone = compare(sides(now), sides(before), methods).groups.iloc[0]
    same = [(80, 80)] * 9
    among = compare(sides(now, *same), sides(before, *same), methods).groups.iloc[0]
    assert alone["verdict"] == "narrowed"
    assert (among["alone"], among["verdict"]) == ("narrowed", "no clear change")
    assert among["p_adjusted"] == pytest.approx(10 * among["p_value"])


def test_no_verdict_hangs_on_the_rounding(methods):
    now, before = sides((80, 80)), sides((130, 80))
    assert compare(now, before, methods).groups["verdict"].iloc[0] == "narrowed"
    held = compare(now, before, methods, slack=4).groups
    assert held["verdict"].iloc[0] == "no clear change"


def test_groups_are_matched_by_name(methods):
    now = sides((80, 80), (300, 80), names=["a", "b"])
    before = sides((80, 80), (300, 80), names=["b", "c"])
    found = compare(now, before, methods).groups
    assert found["group"].tolist() == ["a", "b"]
    assert found["verdict"].tolist() == ["too few to say", "widened"]


@pytest.mark.parametrize("groups", [sides(), sides((None, 80)), sides((0, 0))])
def test_too_little_is_told_in_words(methods, groups):
    found = compare(groups, sides((300, 80)), methods).groups
    assert found["verdict"].tolist() == ["too few to say"] * len(groups)


@pytest.mark.parametrize(
    ("now", "more", "words"),
    [
        (sides((90, 60)).drop(columns="reference_numerator"), {}, "lack the column"),
        (sides((90, 60), (90, 60), names=["a", "a"]), {}, "'a' comes more than once"),
        (sides((90, 60)), {"interval": "none"}, "needs an interval, byar or wilson"),
        (
            sides((90, 60)),
            {"before_to": pd.Timestamp("2025-10-01")},
            "ends on 01 October 2025, when the later one has begun",
        ),
    ],
)
def test_mistakes_are_named(methods, now, more, words):
    with pytest.raises(PerfnbError, match=words):
        compare(now, sides((160, 40)), methods, **more)
