"""Tables as they may be shown, under both rules."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_attack import Published, Reader, as_read, attack, random_table, with_totals

from perfnb.analysis.privacy.knowledge import Scheme
from perfnb.analysis.privacy.protected_tables import protect, protect_year

SUPPRESSION, ROUNDING = Scheme(5, 1), Scheme(8, 5)
rules = pytest.mark.parametrize(
    "rule", [SUPPRESSION, ROUNDING], ids=["suppression", "rounding"]
)


def table(rows):
    """Make a table of groups by quarters."""
    columns = [f"Q{number + 1}" for number in range(len(rows[0]))]
    return pd.DataFrame(rows, index=list("abcdefgh")[: len(rows)], columns=columns)


def words(found):
    """Give a protected table as lists of text."""
    return found.in_words.to_numpy().tolist()


def test_the_cheapest_pattern_is_found(own_case):
    cases = own_case("suppression.csv")
    rows = cases[cases["table"] == "cheapest pattern"]
    counts = rows.pivot_table(index="row", columns="column", values="count")
    found = protect(counts, SUPPRESSION, "the rule")
    for row in rows.itertuples():
        assert found.hidden.loc[row.row, row.column] == pd.notna(row.hidden)


def test_what_is_not_small_and_tells_nothing_is_shown_as_it_is():
    found = protect(table([[10, 20], [0, 40]]), SUPPRESSION, "the rule")
    assert words(found) == [["10", "20", "30"], ["0", "40", "40"], ["10", "60", "70"]]
    assert (found.n_hidden, found.whole, found.method) == (0, False, "the rule")
    assert found.audit.empty


def test_rounded_totals_are_rounded_by_themselves():
    found = protect(table([[12, 12], [12, 12]]), ROUNDING, "the rule", known=())
    assert words(found) == [["10", "10", "25"], ["10", "10", "25"], ["25", "25", "50"]]


def test_a_known_total_is_shown_as_it_is():
    found = protect(table([[12, 12], [12, 12]]), ROUNDING, "the rule")
    assert found.shown.loc["Total", "Total"] == 48


def test_a_nought_is_shown_and_is_no_cover():
    found = protect(table([[3, 0, 50], [20, 30, 40]]), SUPPRESSION, "the rule")
    assert found.in_words.loc["a"].tolist() == ["hidden", "0", "hidden", "53"]


def test_a_small_total_is_hidden_with_another():
    found = protect(table([[1, 2], [20, 30], [40, 50]]), SUPPRESSION, "the rule")
    assert found.in_words["Total"].tolist() == ["hidden", "hidden", "90", "143"]


def test_the_audit_says_what_a_reader_must_allow():
    found = protect(table([[3, 20], [30, 40]]), SUPPRESSION, "the rule")
    row = found.audit.iloc[0]
    assert (row["row"], row["column"], row["least"], row["most"]) == ("a", "Q1", 1, 22)


def test_too_few_people_hide_the_whole_table_and_its_noughts():
    found = protect(table([[1, 0], [0, 2]]), SUPPRESSION, "the rule")
    assert found.whole
    # The known total is all that is left.
    assert words(found) == [["hidden"] * 3, ["hidden"] * 3, ["hidden", "hidden", "3"]]
    assert found.audit["least"].max() == 0
    assert found.audit["most"].tolist() == [3] * len(found.audit)


def test_a_count_hidden_at_source_is_guarded_like_a_small_one():
    counts = pd.DataFrame({"Q1": [np.nan, 20, 31]}, index=["a", "b", "c"])
    found = protect(counts, SUPPRESSION, "the rule")
    # With the headline, 20 and 31 would give the hidden count away.
    assert found.in_words["Q1"].tolist() == ["hidden", "hidden", "31", ""]


@pytest.mark.parametrize("counts", [pd.DataFrame(), pd.DataFrame(index=["a", "b"])])
@pytest.mark.parametrize("protected", [protect, protect_year])
def test_an_empty_table_hides_nothing(protected, counts):
    found = protected(counts, SUPPRESSION, "the rule")
    assert (found.n_hidden, found.whole) == (0, False)
    assert found.shown.empty


@rules
def test_all_noughts_are_shown(rule):
    found = protect(table([[0, 0], [0, 0]]), rule, "the rule")
    assert set(found.in_words.to_numpy().ravel()) == {"0"}


@rules
def test_a_single_count(rule):
    assert words(protect(table([[3]]), rule, "the rule", known=())) == [["hidden"]]
    assert words(protect(table([[20]]), rule, "the rule", known=())) == [["20"]]


def test_with_two_as_the_smallest_shown_a_count_of_one_is_still_not_given_away():
    found = protect(table([[1, 8], [7, 9]]), Scheme(2, 1), "the rule")
    assert (found.audit["most"] >= 2).all()
    assert found.n_hidden == 4


tables = st.integers(0, 10_000).map(random_table)


@rules
@given(tables)
def test_what_is_shown_is_true(rule, counts):
    found = protect(counts, rule, "the rule")
    full = with_totals(counts).to_numpy()
    shown = found.shown.to_numpy(dtype=float, na_value=np.nan)
    known = np.zeros(full.shape, dtype=bool)
    known[-1, -1] = True
    dark = found.hidden.to_numpy()
    assert np.isnan(shown[dark]).all()
    assert not np.isnan(shown[~dark]).any()
    rest = ~dark & ~known
    assert (np.abs(shown - full)[rest] <= rule.base // 2).all()
    assert (shown[rest] % rule.base == 0).all()
    assert ((shown == 0) == (full == 0))[rest].all()
    if not found.whole:
        assert not dark[full == 0].any()


@rules
@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_makes_no_difference(rule, counts, random):
    rows, columns = list(counts.index), list(counts.columns)
    random.shuffle(rows)
    random.shuffle(columns)
    found = protect(counts, rule, "the rule").hidden
    other = protect(counts.loc[rows, columns], rule, "the rule").hidden
    pd.testing.assert_frame_equal(other.loc[found.index, found.columns], found)


@rules
def test_a_thousand_tables_are_attacked_and_none_gives_a_count_away(rule):
    attacked = 0
    found = [Attacked(seed, rule) for seed in range(1000)]
    for number in range(max(len(each.places) for each in found)):
        some = [each for each in found if len(each.places) > number]
        places = [each.places[number] for each in some]
        ends = attack([each.published for each in some], places)
        for each, place, (least, most) in zip(some, places, ends, strict=True):
            lower, upper = each.must_allow(place, rule)
            assert least < most, (each.seed, place)
            assert least <= lower, (each.seed, place)
            assert most >= upper, (each.seed, place)
            attacked += 1
    assert attacked > 3000


def test_the_attack_finds_what_hiding_small_counts_alone_leaks():
    full = with_totals(table([[3, 20], [30, 40]])).to_numpy().astype(float)
    lower, upper = full.copy(), full.copy()
    lower[0, 0], upper[0, 0] = 1, np.inf
    assert attack([Published(lower, upper)], [(0, 0)]).tolist() == [[3, 3]]


class Attacked:
    """A random table as published, and the small figures to attack in it."""

    def __init__(self, seed, rule):
        self.seed = seed
        self.counts = random_table(seed)
        self.full = with_totals(self.counts).to_numpy()
        total = float(self.full[-1, -1])
        known = bool(seed % 2)
        found = protect(
            self.counts, rule, "the rule", known=("total",) if known else ()
        )
        self.total = total if known else np.inf
        self.whole = found.whole
        self.published = as_read(
            found, total if known else None, rule.smallest, rule.base
        )
        last = (self.full.shape[0] - 1, self.full.shape[1] - 1)
        self.places = [
            place
            for place in np.ndindex(self.full.shape)
            if 1 <= self.full[place] < rule.smallest and not (known and place == last)
        ]
        assert all(found.hidden.iloc[place] for place in self.places)
        assert (self.published.lower <= self.full).all()
        assert (self.full <= self.published.upper).all()

    def must_allow(self, place, rule):
        """Give the interval that must be left of a small figure."""
        if self.whole:
            return 0, min(rule.smallest - 1, self.total)
        rows, columns = self.counts.shape
        of_row = slice(None) if place[0] == rows else place[0]
        of_column = slice(None) if place[1] == columns else place[1]
        parts = np.atleast_1d(self.counts.to_numpy()[of_row, of_column])
        # A total of several counts above nought is at least their number.
        least = int((parts > 0).sum())
        return least, least + rule.smallest - 2


def reports(counts, rule):
    """Give the report of each quarter of a year, each made as if it were the last."""
    return [
        protect_year(counts.iloc[:, : quarters + 1], rule, "the rule")
        for quarters in range(counts.shape[1])
    ]


def random_year(seed):
    """Make groups by three quarters."""
    random = np.random.default_rng(seed)
    mean = random.choice([0.5, 3, 12, 40], (int(random.integers(2, 5)), 1))
    counts = random.poisson(mean, (len(mean), 3))
    return pd.DataFrame(counts, columns=["Q1", "Q2", "Q3"]).rename("group {}".format)


@rules
@pytest.mark.parametrize("seed", range(12))
def test_a_later_report_neither_hides_nor_shows_what_an_earlier_one_did_not(rule, seed):
    first, second, third = (each.hidden for each in reports(random_year(seed), rule))
    pd.testing.assert_series_equal(second["Q1"], first["Q1"])
    pd.testing.assert_frame_equal(third[["Q1", "Q2"]], second[["Q1", "Q2"]])


@rules
def test_all_reports_of_a_year_together_give_no_count_away(rule):
    """The years to date of two reports differ by one quarter, which may be small."""
    attacked = 0
    for seed in range(30):
        counts = random_year(seed)
        reader, made = Reader(rule.smallest, rule.base), reports(counts, rule)
        for report in made:
            reader.read(report, counts)
        # A report hidden as a whole leaves what is known from elsewhere.
        if any(report.whole for report in made):
            continue
        small = (counts >= 1) & (counts < rule.smallest)
        for place in np.flatnonzero(small):
            least, most = reader.interval(place)
            assert least <= 1, (seed, place)
            assert most >= rule.smallest - 1, (seed, place)
            attacked += 1
    assert attacked > 50


def test_the_attack_on_a_year_finds_what_quarters_by_themselves_leak():
    """Year to date less year to date: the reports protected one by one."""
    counts = table([[30, 3], [20, 4], [10, 30]])
    reader = Reader(5, 1)
    year = counts.assign(**{"Year to Q2": counts.sum(axis=1)})
    naive = [
        protect(counts[["Q1"]], SUPPRESSION, "the rule"),
        protect(year[["Q2"]], SUPPRESSION, "the rule"),
        protect(year[["Year to Q2"]], SUPPRESSION, "the rule"),
    ]
    for report in naive:
        reader.read(report, counts)
    assert reader.interval(1) == (3, 3)
