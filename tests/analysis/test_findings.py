"""Each indicator of a service gets its verdict, on Wyre Forest's real figures."""

import pandas as pd
import pytest

from perfnb.analysis import findings


@pytest.fixture(scope="module")
def waste(book):
    """Select waste and recycling in the worked example's quarter."""
    return book.select("waste-and-recycling", "2025-26 Q3")


@pytest.fixture(scope="module")
def housing(book):
    """Select housing in the worked example's quarter."""
    return book.select("housing", "2025-26 Q3")


def by_id(found):
    """Give the findings by indicator."""
    return {finding.indicator.id: finding for finding in found}


class TestTrends:
    def test_every_indicator_of_the_service_has_a_finding(self, waste):
        """None is left out, whatever it has."""
        found = findings.trends(waste)
        assert [f.indicator.id for f in found] == [i.id for i in waste.indicators]

    def test_annual_figures_are_behind_by_whole_years(self, waste):
        """The last recycling figure is 2022-23; 2023-24 and 2024-25 are due."""
        recycling = by_id(findings.trends(waste))["NI192"]
        assert recycling.behind == 2
        assert recycling.points["period"].iloc[-1] == "2024-25"

    def test_seven_figures_above_the_mean_are_a_shift(self, waste):
        """NI 192 from 2016-17: 32.8 32.8 32.6 31.9 33.6 33.7 33.1; mean 31.7."""
        trend = by_id(findings.trends(waste))["NI192"].trend
        assert trend.mean == pytest.approx(31.74, abs=0.005)
        assert trend.signals == ("shift",)
        assert trend.variation == "improvement"

    def test_a_break_that_splits_starts_the_limits_anew(self, housing):
        """Assessments from 2023-24 Q2 count withdrawn applications too."""
        assessed = by_id(findings.trends(housing))["HOM1"]
        assert assessed.trend.points["period"].iloc[0] == "2023-24 Q2"
        assert len(assessed.points) == 31

    def test_a_break_that_does_not_split_is_told_and_no_more(self, waste):
        """The change of publisher moves NI 191 by less than 1%."""
        residual = by_id(findings.trends(waste))["NI191"]
        assert [each.starts for each in residual.breaks] == ["2015-16"]
        assert residual.trend.n == 13

    def test_quarters_without_a_return_stay_missing(self, housing):
        """October to December 2021 and January to March 2024 were not returned."""
        points = by_id(findings.trends(housing))["HOM3"].points.set_index("period")
        assert points.index[points["value"].isna()].tolist() == [
            "2021-22 Q3",
            "2023-24 Q4",
        ]

    def test_overlapping_windows_are_not_tested(self, book):
        """Windows of 24 months that move by three share 21 of them."""
        planning = book.select("planning-and-regeneration", "2025-26 Q3")
        assert findings.trends(planning)[0].trend.standing == "overlapping windows"

    def test_the_year_so_far_pools_the_counts(self, housing):
        """Three quarters of 2025-26: 170 + 175 + 167 households assessed."""
        assessed = by_id(findings.trends(housing))["HOM1"]
        assert assessed.so_far.numerator == 170 + 175 + 167
        assert assessed.so_far_before.numerator == 159 + 186 + 159


class TestBenchmarks:
    def test_the_recycling_rate_takes_its_published_place(self, waste):
        """NI 192 in 2022-23 was 153rd of 176 districts."""
        found = by_id(findings.benchmarks(waste, "nearest-neighbours"))["NI192"]
        districts = found.comparisons["all-districts"]
        assert (districts.rank_from, districts.n_ranked) == (153, 176)
        assert found.period == "2022-23"

    def test_the_chosen_group_counts_first(self, waste):
        """The group of the parameters comes before the others."""
        for group in ("nearest-neighbours", "all-districts"):
            found = findings.benchmarks(waste, group)[0]
            assert next(iter(found.comparisons)) == group

    def test_what_councils_record_too_differently_is_not_compared(self, waste):
        """Fly-tipping is marked as not comparable in the register."""
        compared = by_id(findings.benchmarks(waste, "nearest-neighbours"))
        assert "NI196i" not in compared

    def test_a_group_of_which_few_have_a_figure_is_left_out(self, book):
        """Crime is held for one police area: no comparison with all districts."""
        safety = book.select("community-safety", "2025-26 Q3")
        found = findings.benchmarks(safety, "nearest-neighbours")[0]
        assert list(found.comparisons) == ["west-mercia-police-area"]
        assert set(found.thin) == {"nearest-neighbours", "all-districts"}
        assert found.period == "February 2019"

    def test_abolished_councils_are_no_peers_after_their_end(self, waste):
        """Carlisle (E07000028) ended on 31 March 2023: a peer in 2022-23 at last."""
        found = by_id(findings.benchmarks(waste, "all-districts"))
        gone = book_peers_ended_before(waste, found["NI192"].period)
        positions = found["NI192"].comparisons["all-districts"].positions
        assert gone
        assert not set(gone) & set(positions["authority"])


def book_peers_ended_before(selection, year):
    """List the peers that ended before the first day of a financial year."""
    start = pd.Timestamp(int(year[:4]), 4, 1).date()
    known = selection.reference.authorities
    return [
        code
        for code in selection.catalogue.peers_of("all-districts")
        if known[code].end is not None and known[code].end < start
    ]


class TestBreakdowns:
    def test_areas_are_pooled_by_fifth_of_deprivation(self, book):
        """Deciles 1 and 2 together: 2,252 crimes among 24,487 residents."""
        safety = book.select("community-safety", "2025-26 Q3")
        (found,) = findings.breakdowns(safety)
        poorest = found.breakdown.groups.iloc[0]
        assert found.characteristic == "deprivation"
        assert poorest["numerator"] == 2252
        assert poorest["denominator"] == 24_487
        assert poorest["verdict"] == "worse"

    def test_groups_of_people_pass_the_gate(self, housing):
        """Three applicants of 75 and over must not be told."""
        by_age = next(
            f for f in findings.breakdowns(housing) if f.characteristic == "age"
        )
        groups = by_age.breakdown.groups.set_index("group")
        assert groups.loc["75+", "suppressed"]
        assert pd.isna(groups.loc["75+", "numerator"])
        assert pd.isna(groups.loc["75+", "value"])
        shown = groups["numerator"].dropna()
        assert (shown % 5 == 0).all()

    def test_people_whose_group_is_not_known_are_left_out(self, housing):
        """They belong to no group's denominator."""
        for found in findings.breakdowns(housing):
            assert "not known" not in set(found.breakdown.groups["group"])
            assert found.unplaced == 1

    def test_a_service_without_breakdowns_has_none(self, waste):
        """Nothing is made up to fill the page."""
        assert findings.breakdowns(waste) == ()
