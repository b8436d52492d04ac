"""How far two sources differ, and whether always to one side.

The sign test by hand: of n councils on one side or the other, all on one side
have the two-sided probability 2 / 2**n; 5 are too few for 5%, 6 are not.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.vintages.reconciliation import reconciliations
from perfnb.errors import PerfnbError

from .made_reports import both, made


class Waste:
    """As much of an indicator as a reconciliation looks at."""

    id = "IL2"
    decimals = 1


@pytest.fixture
def of(methods):
    """Give the reconciliation of two sources; there must be one."""

    def reconciled(values, **how):
        (found,) = reconciliations(both(values, **how), [Waste], methods)
        return found

    return reconciled


def test_the_measures_by_hand(of):
    """Differences -2, -4, 0 and 1: mean -1.25; of means 100 and 98.75."""
    found = of([(100, 98), (104, 100), (96, 96), (100, 101)])
    assert (found.n, found.n_authorities) == (4, 4)
    assert found.mean_difference == pytest.approx(-1.25)
    assert found.relative_difference == pytest.approx(-0.0125)
    assert (found.n_identical, found.n_higher, found.n_lower) == (1, 1, 2)
    assert found.share_identical == 0.25
    largest = found.largest
    assert (largest.authority, largest.difference) == ("E01", -4)
    assert (largest.earlier_value, largest.later_value) == (104, 100)
    assert (found.earlier, found.later) == ("first", "second")
    assert (found.start.year, found.end.year) == (2023, 2024)
    assert "Dixon and Mood 1946" in found.method


@pytest.mark.parametrize(("n", "side"), [(5, "too few to say"), (6, "lower")])
def test_six_councils_on_one_side_are_enough_to_say_so(of, n, side):
    found = of([(10, 9)] * n)
    assert found.side == side
    assert found.p_value == pytest.approx(2 / 2**n)


def test_the_side_is_that_of_the_later_source(of):
    assert of([(9, 10)] * 8).side == "higher"


def test_as_many_on_either_side_are_no_side(of):
    found = of([(9, 10)] * 5 + [(10, 9)] * 5)
    assert (found.side, found.p_value) == ("either way", 1)


def test_the_years_of_a_council_count_once(methods):
    """Three councils over four years are three councils."""
    reports = made(
        *(
            (authority, f"{year}-{year - 1999}", source, value)
            for authority in "ABC"
            for year in range(2015, 2019)
            for source, value in (("first", 10), ("second", 9))
        )
    )
    (found,) = reconciliations(reports, [Waste], methods)
    assert (found.n, found.n_authorities, found.side) == (12, 3, "too few to say")


def test_what_is_shown_alike_is_identical_and_on_no_side(of):
    found = of([(10.01, 10.04)] * 20)
    assert (found.side, found.p_value, found.share_identical) == ("identical", None, 1)


def test_nought_has_no_relative_difference(of):
    assert of([(0, 1), (0, 0)]).relative_difference is None


@pytest.mark.parametrize("rows", [(), (("A", "2023-24", "first", 1),)])
def test_nothing_twice_is_nothing_to_reconcile(rows, methods):
    assert reconciliations(made(*rows), [Waste], methods) == ()


def test_groups_and_small_areas_are_left_out(methods):
    reports = both([(10, 9)] * 8)
    for changed in (
        reports.assign(group="16-34", characteristic="age"),
        reports.assign(area="E01990001"),
    ):
        assert reconciliations(changed, [Waste], methods) == ()


def test_a_missing_column_is_named(methods):
    with pytest.raises(PerfnbError, match="The vintages lack the column 'area'"):
        reconciliations(both([(1, 2)]).drop(columns="area"), [Waste], methods)


drawn_pairs = st.lists(
    st.tuples(st.integers(0, 5000), st.integers(0, 5000)).map(
        lambda pair: (pair[0] / 10, pair[1] / 10)
    ),
    min_size=1,
    max_size=15,
)


@given(drawn_pairs)
def test_sources_that_change_places_change_the_sign_and_nothing_else(methods, drawn):
    (found,) = reconciliations(both(drawn), [Waste], methods)
    turned = both(drawn, sources=("second", "first"))
    (other,) = reconciliations(turned, [Waste], methods)
    assert other.mean_difference == pytest.approx(-found.mean_difference, abs=1e-9)
    assert (other.n_higher, other.n_lower) == (found.n_lower, found.n_higher)
    assert other.p_value == pytest.approx(found.p_value)
    opposite = {"lower": "higher", "higher": "lower"}
    assert other.side == opposite.get(found.side, found.side)


@given(drawn_pairs)
def test_counts_add_up_and_the_largest_is_the_largest(methods, drawn):
    (found,) = reconciliations(both(drawn), [Waste], methods)
    assert found.n_identical + found.n_higher + found.n_lower == found.n
    gaps = [abs(later - earlier) for earlier, later in drawn]
    assert abs(found.largest.difference) == pytest.approx(max(gaps))
    assert abs(found.mean_difference) <= max(gaps) + 1e-9


# --- the real figures -----------------------------------------------------------


@pytest.fixture(scope="module")
def real(book):
    """Reconcile every indicator of the real workbook."""
    found = reconciliations(
        book.observations, book.catalogue.indicators.values(), book.methods
    )
    return {each.indicator: each for each in found}


def test_only_two_real_indicators_have_two_publishers(real):
    assert list(real) == ["NI191", "NI192"]
    assert {(r.earlier, r.later) for r in real.values()} == {
        ("env18-2017-18", "oflog-waste-2022-23")
    }


def test_oflog_s_residual_waste_lies_below_defra_s(real):
    """943 of 945 figures differ as shown; Vale of White Horse by 22.5 kg."""
    waste = real["NI191"]
    assert (waste.n, waste.n_authorities) == (945, 318)
    assert (waste.n_identical, waste.n_higher, waste.n_lower) == (2, 4, 939)
    assert waste.mean_difference == pytest.approx(-4.463, abs=0.0005)
    assert waste.relative_difference == pytest.approx(-0.0089, abs=0.00005)
    assert waste.side == "lower"
    assert waste.largest.authority == "E07000180"
    assert waste.largest.difference == pytest.approx(-22.4881)


def test_both_give_the_same_recycling_rate_but_for_two_figures(real):
    recycling = real["NI192"]
    assert (recycling.n, recycling.n_identical, recycling.n_higher) == (945, 943, 2)
    assert recycling.mean_difference == pytest.approx(0.0039, abs=0.00005)
    assert recycling.side == "too few to say"
