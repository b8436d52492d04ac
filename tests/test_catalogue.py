"""Registers are checked row by row and against each other before any figure."""

from datetime import date

import pytest
from small_workbook import (
    BREAKS,
    FRAMEWORK,
    INDICATORS,
    PEERS,
    REBASES,
    REGISTERS,
    SERVICES,
    SOURCES,
    TARGETS,
    VALE,
)

from perfnb.catalogue import read_catalogue
from perfnb.errors import CatalogueError


@pytest.fixture
def catalogue(small_workbook):
    """Read the registers of Illustrative Vale."""
    return read_catalogue(small_workbook.folder)


def test_a_service_has_its_indicators_in_the_order_of_the_register(catalogue):
    assert [i.id for i in catalogue.indicators_of("streets")] == ["IL1", "IL2"]
    assert [i.id for i in catalogue.indicators_of("homes")] == ["IL3", "IL4"]
    assert catalogue.indicators_of("parks") == ()


def test_the_fields_of_an_indicator_have_their_types(catalogue):
    indicator = catalogue.indicators["IL3"]
    assert (indicator.per, indicator.decimals, indicator.window_months) == (1000, 1, 3)
    assert indicator.counts_people
    assert not indicator.is_percentage
    assert catalogue.indicators["IL1"].is_percentage
    assert catalogue.indicators["IL2"].per is None
    assert indicator.review_date is None


def test_an_outcome_is_found_with_the_priority_that_it_serves(catalogue):
    priority, outcome = catalogue.outcome("secure-homes")
    assert (priority.id, outcome.title) == ("people", "Homes are secure (illustrative)")
    assert [o.id for o in catalogue.framework.outcomes] == [
        "clean-streets",
        "secure-homes",
    ]
    links = catalogue.outcome("clean-streets")[1].links
    assert links.district_strategy == "An illustrative link."
    assert links.laa is None


def test_peers_are_the_council_s_own_nearest_first(catalogue):
    assert catalogue.council == VALE
    assert catalogue.peers_of("neighbours") == ("E07990002", "E07990003")
    assert len(catalogue.peers_of("everybody")) == 3
    assert catalogue.peers_of("nobody") == ()


def test_a_council_is_never_its_own_peer_nor_has_the_peers_of_another(small_workbook):
    small_workbook.add_row(PEERS, like=2, authority=VALE)
    small_workbook.add_row(PEERS, like=2, council="E07990002", authority="E07990004")
    catalogue = read_catalogue(small_workbook.folder)
    assert catalogue.peers_of("neighbours") == ("E07990002", "E07990003")


def test_peers_come_by_rank_wherever_their_rows_stand(small_workbook):
    small_workbook.set_cell(PEERS, 2, "rank", "2")
    small_workbook.set_cell(PEERS, 3, "rank", "1")
    catalogue = read_catalogue(small_workbook.folder)
    assert catalogue.peers_of("neighbours") == ("E07990003", "E07990002")


def test_a_service_is_compared_with_the_groups_for_all_and_with_its_own(catalogue):
    assert catalogue.peer_groups_for("streets") == ("neighbours", "everybody")
    assert catalogue.peer_groups_for("homes") == (
        "neighbours",
        "everybody",
        "landlords",
    )


def test_a_peer_group_has_a_title(catalogue):
    assert catalogue.peer_group_title("neighbours") == "Illustrative neighbours"
    assert catalogue.peer_group_title("nobody") == "nobody"


def test_a_break_says_from_when_and_whether_it_splits(catalogue):
    (found,) = catalogue.breaks_of("IL2")
    assert (found.starts, found.start, found.splits) == (
        "2023-24",
        date(2023, 4, 1),
        False,
    )
    assert catalogue.breaks_of("IL1") == ()


def test_a_rebase_says_from_when_why_and_since_which_decision(small_workbook):
    catalogue = small_workbook.open().catalogue
    (found,) = catalogue.rebases_of("IL2")
    assert found.start == date(2024, 4, 1)
    assert (found.baseline_points, found.decided) == (None, date(2024, 12, 1))
    assert found.reason == "Illustrative new contract"
    assert catalogue.rebases_of("IL1") == ()


def test_a_register_without_rebases_is_right(small_workbook):
    header = small_workbook.text(REBASES).splitlines()[0]
    small_workbook.write(REBASES, f"{header}\n")
    assert small_workbook.open().catalogue.rebases == ()


def test_a_baseline_too_short_for_limits_is_a_fault(small_workbook):
    small_workbook.set_cell(REBASES, 2, "baseline_points", "5")
    (fault,) = small_workbook.faults(CatalogueError)
    assert (fault.file, fault.row, fault.column) == (REBASES, 2, "baseline_points")
    assert (fault.found, fault.expected) == (
        "5",
        "8 figures or more, the least that limits need",
    )


def test_targets_of_an_indicator_stand_in_the_order_of_the_register(catalogue):
    assert [t.value for t in catalogue.targets_of("IL2")] == [405, 395]
    assert [t.kind for t in catalogue.targets_of("IL4")] == ["none"]
    assert catalogue.targets_of("IL9") == ()


def test_a_target_says_for_whom_for_when_and_who_had_a_say(catalogue):
    target, area = catalogue.targets_of("IL1")
    assert (area.area, area.is_headline) == ("E01990001", False)
    assert target.is_headline
    assert target.voices == ("scrutiny", "users")
    assert target.span.start == date(2025, 10, 1)
    assert (target.tolerance, target.tolerance_kind) == (2, "points")
    others = catalogue.targets_of("IL3")
    assert [t.is_headline for t in others] == [True] * 5 + [False] * 3
    assert others[0].voices == ()


def test_a_period_is_the_same_however_it_is_written(small_workbook):
    small_workbook.set_cell(TARGETS, 5, "period", "April to June 2025")
    catalogue = read_catalogue(small_workbook.folder)
    assert catalogue.targets_of("IL3")[0].period == "2025-26 Q1"


def test_every_real_target_is_illustrative_and_says_so(book):
    for target in book.catalogue.targets:
        assert target.basis == "illustrative"
        assert "llustrative" in target.rationale


def test_a_source_says_when_it_was_received(catalogue):
    assert catalogue.sources["late"].received == date(2026, 2, 1)
    assert catalogue.sources["early"].published == "2024-12"


@pytest.mark.parametrize("name", REGISTERS)
def test_columns_may_stand_in_any_order(small_workbook, catalogue, name):
    small_workbook.reverse_columns(name)
    assert read_catalogue(small_workbook.folder) == catalogue


def test_a_broken_target_is_told_once_not_by_every_row_that_names_it(small_workbook):
    small_workbook.set_cell(SERVICES, 2, "title", "")
    (fault,) = small_workbook.faults(CatalogueError)
    assert (fault.file, fault.row, fault.column) == (SERVICES, 2, "title")


def test_faults_of_every_register_are_told_together(small_workbook):
    small_workbook.replace(FRAMEWORK, "basis: illustrative\n        links", "links")
    small_workbook.set_cell(SERVICES, 3, "manager", "")
    small_workbook.set_cell(INDICATORS, 2, "decimals", "one")
    small_workbook.set_cell(BREAKS, 2, "from", "2023")
    small_workbook.set_cell(SOURCES, 3, "received", "1/2/2026")
    small_workbook.set_cell(PEERS, 2, "rank", "first")
    small_workbook.set_cell(TARGETS, 2, "decided", "yesterday")
    faults = small_workbook.faults(CatalogueError)
    assert [(fault.file, fault.row, fault.column) for fault in faults] == [
        (FRAMEWORK, None, "priorities.0.outcomes.0.basis"),
        (SERVICES, 3, "manager"),
        (INDICATORS, 2, "decimals"),
        (BREAKS, 2, "from"),
        (SOURCES, 3, "received"),
        (PEERS, 2, "rank"),
        (TARGETS, 2, "decided"),
    ]


def test_the_real_registers_hold_together(book):
    catalogue = book.catalogue
    assert list(catalogue.services) == [
        "waste-and-recycling",
        "housing",
        "planning-and-regeneration",
        "community-safety",
    ]
    assert book.reference.name(catalogue.council) == "Wyre Forest"
    assert all(catalogue.indicators_of(service) for service in catalogue.services)
    assert catalogue.council not in {peer.authority for peer in catalogue.peers}
    assert len(catalogue.peers_of("nearest-neighbours")) == 5


def test_every_real_indicator_taken_from_a_published_list_is_in_that_list(book):
    for indicator in book.catalogue.indicators.values():
        if indicator.set in ("NI", "LOF") and indicator.reference_id:
            assert indicator.reference_id in book.reference.listed, indicator.id


def test_every_real_break_is_on_the_first_day_of_a_figure(book):
    for found in book.catalogue.breaks:
        starts = book.observations.query("indicator == @found.indicator")["start"]
        assert found.start in set(starts.dt.date), found
