"""The gate for counts of people, and attacks on what it lets through."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from perfnb.analysis.privacy import disclosure
from perfnb.errors import PerfnbError


def table(numerators, denominators=None):
    """Make a breakdown."""
    size = len(numerators)
    return pd.DataFrame(
        {
            "group": [f"group {place}" for place in range(size)],
            "numerator": pd.array(numerators, dtype="Float64"),
            "denominator": pd.array(denominators or [1000] * size, dtype="Float64"),
        }
    )


def shown(groups, methods, interval="byar"):
    """Pass a breakdown through the gate."""
    return disclosure.gate(groups, interval=interval, per=100, methods=methods)


def counts(frame):
    """Give the shown counts, None where hidden."""
    return [None if pd.isna(count) else count for count in frame["numerator"]]


def test_small_counts_are_hidden_others_rounded_nought_kept(methods):
    groups = table([0, 8, 12, 13, 1, 7, 100, 52])
    assert counts(shown(groups, methods)) == [0, 10, 10, 15, None, None, 100, 50]


def test_the_value_comes_from_what_is_shown(methods):
    found = shown(table([52, 3, 48, 41]), methods)
    for row in found.itertuples():
        if row.suppressed:
            assert pd.isna(row.value)
        else:
            assert row.value == row.numerator / row.denominator * 100


def test_a_lone_small_count_takes_the_next_smallest_with_it(methods):
    # 23 in all, and 18 to 22 in the second: 1 to 5 in the first, were it shown.
    assert counts(shown(table([3, 20, 0]), methods)) == [None, None, 0]


def test_noughts_are_hidden_when_they_would_tell(methods):
    assert counts(shown(table([3, 0, 0]), methods)) == [None, None, None]


def test_small_complements_are_hidden_in_shares(methods):
    groups = table([38, 20, 200, 300], [40, 100, 1000, 1000])
    assert counts(shown(groups, methods, "wilson"))[0] is None
    assert counts(shown(groups, methods, "byar"))[0] == 40


def test_everybody_is_shown_as_plainly_as_nobody(methods):
    groups = table([23, 0, 200], [23, 40, 1000])
    assert counts(shown(groups, methods, "wilson")) == [23, 0, 200]


def test_small_denominators_are_hidden_in_shares(methods):
    groups = table([0, 20, 200, 300], [3, 100, 1000, 1000])
    found = shown(groups, methods, "wilson")
    assert found["denominator"].isna().tolist() == [True, True, False, False]
    assert found["suppressed"].tolist()[:2] == [True, True]
    assert counts(found)[:2] == [None, None]


def test_nothing_else_tells_the_count(methods):
    groups = table([3, 51, 39]).assign(
        rate=[1.5, 2, 3], events=[3, 51, 39], note="text", known=True
    )
    groups.index = [3, 51, 39]
    groups.attrs["counts"] = [3, 51, 39]
    found = shown(groups, methods)
    assert set(found.columns) == {
        "group", "numerator", "denominator", "value", "suppressed", "note", "known",
    }  # fmt: skip
    assert found.attrs == {}
    assert found.index.tolist() == [0, 1, 2]


def test_missing_counts_stay_missing_and_are_not_called_hidden(methods):
    found = shown(table([None, 50, 60]), methods)
    assert counts(found) == [None, 50, 60]
    assert not found["suppressed"].any()


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        (table([2.5, 3]), "'group 0' is not a count of people"),
        (table([-1, 3]), "'group 0' is not a count of people"),
        (table([11], [10]), "more people than its denominator"),
        (pd.concat([table([1])] * 2), "'group 0' comes more than once"),
        (table([1]).drop(columns="denominator"), "lack the column 'denominator'"),
    ],
)
def test_mistakes_are_named(methods, groups, words):
    with pytest.raises(PerfnbError, match=words):
        shown(groups, methods, "wilson")


def test_an_unknown_interval_is_named(methods):
    with pytest.raises(PerfnbError, match="'wilsn' is not an interval"):
        shown(table([50, 60]), methods, "wilsn")


def test_a_group_that_its_source_has_hidden_is_called_hidden_and_guarded(methods):
    groups = table([None, 50, 60]).assign(status=["suppressed", "final", "final"])
    for rule in ("rounding", "suppression"):
        found = shown(groups, methods.model_copy(update={"disclosure_rule": rule}))
        # With the headline, the other two would tell it.
        assert counts(found) == [None, None, 60], rule
        assert found["suppressed"].tolist() == [True, True, False], rule


def test_a_figure_that_its_source_still_gives_is_not_hidden_at_source(methods):
    groups = table([40, 50, 60]).assign(status=["suppressed", "final", "final"])
    assert counts(shown(groups, methods)) == [40, 50, 60]


@pytest.fixture
def suppression(methods):
    """Give the house rules of a council that has chosen suppression."""
    return methods.model_copy(update={"disclosure_rule": "suppression"})


def test_suppression_shows_the_others_as_they_are(suppression):
    groups = table([0, 3, 4, 5, 12, 52])
    assert counts(shown(groups, suppression)) == [0, None, None, 5, 12, 52]


def test_suppression_hides_the_next_smallest_with_a_lone_small_count(suppression):
    assert counts(shown(table([3, 52, 20, 0]), suppression)) == [None, 52, None, 0]


def test_suppression_hides_noughts_when_they_would_tell(suppression):
    assert counts(shown(table([3, 0, 0]), suppression)) == [None, None, None]


def test_suppression_guards_those_left_over_in_shares(suppression):
    groups = table([38, 20, 200, 300], [40, 100, 1000, 1000])
    assert counts(shown(groups, suppression, "wilson")) == [None, None, 200, 300]
    assert counts(shown(groups, suppression, "byar")) == [38, 20, 200, 300]


def test_suppression_hides_small_denominators_in_shares_with_another(suppression):
    groups = table([0, 20, 200, 300], [3, 100, 1000, 1000])
    found = shown(groups, suppression, "wilson")
    assert found["denominator"].isna().tolist() == [True, True, False, False]
    assert counts(found) == [None, None, 200, 300]


def test_a_group_without_its_denominator_is_guarded_too(suppression):
    groups = table([3, 20, 200], [None, 100, 1000])
    assert counts(shown(groups, suppression, "wilson")) == [None, None, 200]


def beside(groups, headline, methods):
    """Give what is shown of groups beside a headline that counts more."""
    found = disclosure.gate(
        groups, interval="byar", per=100, methods=methods, headline=headline
    )
    return counts(found)


def test_few_people_in_no_group_are_not_told_by_the_headline(methods, suppression):
    groups = table([69, 0, 24])
    assert beside(groups, 93, suppression) == [69, 0, 24]
    assert beside(groups, 96, suppression) == [69, 0, None]
    assert beside(groups, 103, suppression) == [69, 0, 24]
    assert beside(table([69, 0]), 72, methods) == [None, 0]
    assert beside(table([69, 0]), 99, methods) == [70, 0]


def test_groups_that_count_more_than_the_headline_are_refused(methods):
    with pytest.raises(PerfnbError, match="count more people than the headline"):
        beside(table([69, 24]), 92, methods)


@pytest.mark.parametrize("rule", ["rounding", "suppression"])
def test_the_order_of_groups_makes_no_difference(methods, rule):
    rules = methods.model_copy(update={"disclosure_rule": rule})
    groups = table([3, 9, 9, 9, 0], [90, 90, 9, 90, 90])
    found = shown(groups, rules, "wilson").set_index("group")
    turned = shown(groups[::-1], rules, "wilson").set_index("group")
    pd.testing.assert_frame_equal(turned.loc[found.index], found)


@pytest.mark.parametrize("rule", ["rounding", "suppression"])
@pytest.mark.parametrize("interval", ["byar", "wilson"])
def test_a_breakdown_without_groups_or_of_one(methods, rule, interval):
    rules = methods.model_copy(update={"disclosure_rule": rule})
    assert shown(table([]), rules, interval).empty
    assert counts(shown(table([3]), rules, interval)) == [None]
    assert counts(shown(table([0]), rules, interval)) == [0]
    assert counts(shown(table([None]), rules, interval)) == [None]


def test_the_rule_in_force_is_said(methods, suppression):
    assert "nearest 5" in disclosure.rule(methods)
    assert disclosure.rule(suppression) == (
        "Counts of 1 to 4 people are hidden, and further groups where a hidden count "
        "could be worked out; other counts are shown as they are. 0 is shown."
    )
    assert (disclosure.slack(methods), disclosure.slack(suppression)) == (2, 0)
    alone = suppression.model_copy(update={"smallest_count_suppressed": 2})
    assert disclosure.rule(alone).startswith("Counts of 1 person are hidden")


def test_a_table_is_protected_by_the_rule_in_force(methods, suppression):
    counted = pd.DataFrame({"Q1": [6, 21, 46], "Q2": [12, 33, 52]}, index=list("abc"))
    by_rounding = disclosure.protect(counted, methods=methods)
    by_suppression = disclosure.protect(counted, methods=suppression)
    assert by_rounding.in_words.loc["a"].tolist() == ["hidden", "10", "hidden"]
    assert by_suppression.in_words.loc["a"].tolist() == ["6", "12", "18"]
    assert by_suppression.method == disclosure.rule(suppression)
    year = disclosure.protect_year(counted, methods=suppression)
    assert year.shown.loc["a", "Year to Q2"] == 18


def bounds_of(found, groups, part):
    """Give what a reader knows of each count from the published table alone."""
    bounds = []
    for row, whole in zip(found.itertuples(), groups["denominator"], strict=True):
        top = float(whole) if part and not pd.isna(row.denominator) else None
        if pd.isna(row.numerator):
            bounds.append((0, top))
        elif row.numerator == 0 or (part and row.numerator == top):
            bounds.append((row.numerator, row.numerator))
        else:
            most = row.numerator + 2
            least = max(row.numerator - 2, 8)
            bounds.append((least, min(most, top - 8) if part else most))
    return bounds


def attack(bounds, total, place):
    """Give the least and the most that one count can be, by linear programming."""
    size = len(bounds)
    aim = np.zeros(size)
    aim[place] = 1
    ends = []
    for sign in (1, -1):
        found = linprog(
            sign * aim, A_eq=np.ones((1, size)), b_eq=[total], bounds=bounds
        )
        assert found.status == 0, found.message
        ends.append(sign * found.fun)
    return ends[0], ends[1]


def random_table(seed):
    """Make a breakdown with many small counts."""
    random = np.random.default_rng(seed)
    size = int(random.integers(2, 8))
    wholes = random.integers(8, 400, size)
    numerators = np.minimum(random.choice([0, 3, 6, 12, 40], size), wholes)
    numerators = np.minimum(random.poisson(numerators), wholes)
    high = random.random(size) < 0.15
    numerators = np.where(high, wholes - random.integers(0, 8, size), numerators)
    return table(numerators.tolist(), wholes.tolist())


@pytest.mark.parametrize("interval", ["byar", "wilson"])
def test_no_hidden_count_can_be_narrowed(methods, interval):
    part = interval == "wilson"
    hidden = 0
    for seed in range(200):
        groups = random_table(seed)
        found = shown(groups, methods, interval)
        bounds = bounds_of(found, groups, part)
        total = groups["numerator"].sum()
        tops = groups["denominator"] if part else groups["denominator"] * np.inf
        for place, count in enumerate(groups["numerator"]):
            if not (1 <= count <= 7 or 1 <= tops[place] - count <= 7):
                continue
            assert found["suppressed"].iloc[place]
            full = (1, 7) if count <= 7 else (tops[place] - 7, tops[place] - 1)
            # The total alone may tell something; nothing shown may tell more.
            alone = (total - tops.drop(place).sum(), min(total, tops[place]))
            least, most = attack(bounds, total, place)
            assert least <= max(full[0], alone[0]) + 1e-6, (seed, place)
            assert most >= min(full[1], alone[1]) - 1e-6, (seed, place)
            hidden += 1
    assert hidden > 200


def test_the_attack_finds_what_plain_rounding_leaks(methods):
    # Rounding alone shows 20 and 0, and the headline says 23: 3 is 1 to 5.
    groups = table([3, 20, 0])
    naive = pd.DataFrame(
        {
            "numerator": pd.array([None, 20, 0], dtype="Float64"),
            "denominator": groups["denominator"],
        }
    )
    least, most = attack(bounds_of(naive, groups, False), 23, 0)
    assert (least, most) == (1, 5)


def known_by_suppression(found, groups, part):
    """Give the equations of a reader of a breakdown under suppression.

    The unknowns are those counted and those left over, group by group.
    """
    size = len(found)
    counted, whole = np.eye(2 * size)[:size], np.hstack([np.eye(size)] * 2)
    rows, bounds = [counted.sum(axis=0)], [(groups["numerator"].sum(),) * 2]
    rows.append(whole.sum(axis=0))
    bounds.append((groups["denominator"].sum(),) * 2 if part else (0, np.inf))
    for place, row in enumerate(found.itertuples()):
        rows += [counted[place], whole[place]]
        dark = pd.isna(row.numerator)
        # A nought goes with its denominator; any other is 1 or more.
        least = 0 if found["suppressed"].all() or pd.isna(row.denominator) else 1
        bounds.append((least, np.inf) if dark else (row.numerator,) * 2)
        known = part and pd.notna(row.denominator)
        bounds.append((row.denominator,) * 2 if known else (0, np.inf))
    return np.array(rows), np.array(bounds)


@pytest.mark.parametrize("interval", ["byar", "wilson"])
def test_no_count_hidden_by_suppression_can_be_narrowed(suppression, interval):
    part = interval == "wilson"
    attacked = 0
    for seed in range(200):
        groups = random_table(seed)
        found = shown(groups, suppression, interval)
        rows, bounds = known_by_suppression(found, groups, part)
        left = (groups["denominator"] - groups["numerator"]).to_numpy()
        both = np.append(groups["numerator"].to_numpy(), left)
        small = (both >= 1) & (both <= 4)
        for place in np.flatnonzero(small if part else small[: len(groups)]):
            ends = [solve(rows, bounds, place, sign) for sign in (1, -1)]
            if found["suppressed"].all():
                continue
            assert ends[0] <= 1, (seed, place)
            assert ends[1] >= 4, (seed, place)
            attacked += 1
    assert attacked > 100


def solve(rows, bounds, place, sign):
    """Give one end of what one count can be."""
    aim = np.zeros(rows.shape[1])
    aim[place] = sign
    found = milp(
        aim,
        integrality=np.ones(len(aim)),
        bounds=Bounds(0, 10_000),
        constraints=LinearConstraint(rows, *bounds.T),
    )
    assert found.status == 0, found.message
    return found.x[place].round()


def test_one_decimal_beside_the_denominator_would_tell_most_hidden_counts(methods):
    """Which is why no value stands where a count is hidden."""
    groups = table(list(range(1, 8)), [173, 288, 391, 402, 517, 688, 951])
    told = sum(
        len(
            [
                c
                for c in range(1, 8)
                if round(100 * c / whole, 1) == round(100 * n / whole, 1)
            ]
        )
        == 1
        for n, whole in zip(groups["numerator"], groups["denominator"], strict=True)
    )
    assert told == 7
    for rule in ("rounding", "suppression"):
        rules = methods.model_copy(update={"disclosure_rule": rule})
        found = shown(groups, rules)
        assert found.loc[found["suppressed"], "value"].isna().all()
        assert found["suppressed"].sum() >= 4
