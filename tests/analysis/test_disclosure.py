"""The gate for counts of people, and attacks on what it lets through."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from perfnb.analysis import disclosure
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
