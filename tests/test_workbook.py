"""A council's folder is opened whole, and a report sees only what it may see."""

from datetime import date

import pandas as pd
import pytest
from small_workbook import (
    AREAS,
    HELP,
    INSPECTIONS,
    PARAMETERS,
    PEERS,
    RETURNS,
    REVISIONS,
    SOURCES,
    VALE,
    WASTE,
)

from perfnb import observations as tidy
from perfnb.errors import CatalogueError, ParameterError, ReturnError
from perfnb.workbook import open_workbook


def value_of(selection, indicator, label):
    """Look up the council's headline figure for a period."""
    rows = tidy.headline(selection.observations, indicator)
    rows = rows[rows["authority"] == selection.council]
    found = dict(zip(tidy.period_labels(rows), rows["value"], strict=True))
    return found.get(label)


# --- opening ------------------------------------------------------------------


def test_opening_reads_every_figure_of_every_return(small_workbook):
    book = small_workbook.open()
    assert len(book.observations) == 36
    assert set(book.observations["source_file"]) == set(RETURNS)


def test_a_folder_can_be_named_by_its_path_as_text(small_workbook):
    book = open_workbook(str(small_workbook.folder))
    assert book.folder == small_workbook.folder


@pytest.mark.parametrize("name", ["nowhere", "notebooks"])
def test_a_folder_without_data_is_told_what_a_workbook_holds(small_workbook, name):
    folder = small_workbook.folder / name
    with pytest.raises(ParameterError) as refused:
        open_workbook(folder)
    assert str(refused.value) == (
        f"There is no folder 'data' in '{folder}'. Name the workbook's folder: "
        "the one with 'data', 'parameters' and 'notebooks' in it."
    )


def test_registers_and_reference_are_one_family_and_told_together(small_workbook):
    small_workbook.set_cell(PEERS, 2, "source", "nobody")
    small_workbook.set_cell(AREAS, 2, "deprivation_rank", "first")
    faults = small_workbook.faults(CatalogueError)
    assert [fault.file for fault in faults] == [PEERS, AREAS]


@pytest.mark.parametrize("column", ["deprivation_source", "ward_source"])
def test_an_area_names_sources_that_are_held(small_workbook, column):
    small_workbook.set_cell(AREAS, 3, column, "nobody")
    (fault,) = small_workbook.faults(CatalogueError)
    assert (fault.file, fault.row, fault.column) == (AREAS, 3, column)
    assert fault.found == "nobody"


def test_opening_twice_gives_the_same_figures(small_workbook):
    first, second = (small_workbook.open().observations for _ in range(2))
    assert first.equals(second)


def test_a_broken_row_keeps_only_itself_out_and_is_kept_as_a_finding(small_workbook):
    small_workbook.set_cell(INSPECTIONS, 12, "numerator", "<5")
    book = small_workbook.open()
    (finding,) = book.findings
    assert (finding.file, finding.row, finding.indicator) == (INSPECTIONS, 12, "IL1")
    assert len(book.observations) == 35
    selection = book.select("streets", "2025-26 Q3")
    assert value_of(selection, "IL1", "2025-26 Q2") == 88
    assert value_of(selection, "IL1", "2025-26 Q3") is None


def test_what_a_warning_lets_in_is_marked(small_workbook):
    small_workbook.set_cell(HELP, 2, "denominator", "20,000")
    book = small_workbook.open()
    assert [finding.severity for finding in book.findings] == ["warning"]
    rows = book.observations
    assert rows["mark"][rows["mark"] != ""].tolist() == ["denominator read as 20000"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xff\xfe\x00"])
def test_a_workbook_of_which_nothing_is_accepted_opens_and_says_so(
    small_workbook, content
):
    for name in RETURNS:
        small_workbook.write(name, content)
    book = small_workbook.open()
    assert book.observations.empty
    assert {finding.file for finding in book.findings} >= set(RETURNS)
    with pytest.raises(ParameterError) as refused:
        book.select("homes", "2025-26 Q3")
    assert str(refused.value) == (
        "There are no figures for 2025-26 Q3: no row of any return was accepted. "
        "'perfnb check' says why."
    )


# --- selecting ----------------------------------------------------------------


def test_a_selection_is_one_service_in_one_quarter(small_workbook):
    selection = small_workbook.open().select("homes", "2025-26 Q3")
    assert selection.service.title == "Homes (illustrative)"
    assert selection.council_name == "Illustrative Vale"
    assert selection.quarter == pd.Period("2026Q3", freq="Q-MAR")
    assert [indicator.id for indicator in selection.indicators] == ["IL3", "IL4"]
    assert set(selection.observations["indicator"]) == {"IL3", "IL4"}


@pytest.mark.parametrize("service", ["house", "Homes", "", "../homes"])
def test_a_mistyped_service_is_told_which_there_are(small_workbook, service):
    with pytest.raises(ParameterError) as refused:
        small_workbook.open().select(service, "2025-26 Q3")
    assert str(refused.value) == (
        f"'{service}' is not a service of services.csv: streets, homes."
    )


@pytest.mark.parametrize("quarter", ["2025-27 Q3", "2025/26 Q3", "Q3 2025-26"])
def test_a_mistyped_quarter_is_told_how_to_write_it(small_workbook, quarter):
    book = small_workbook.open()
    for ask in (
        lambda: book.select("homes", quarter),
        lambda: book.parameters(quarter),
    ):
        with pytest.raises(ParameterError, match="is not a quarter") as refused:
            ask()
        assert "'2025-26 Q3' for October to December 2025" in str(refused.value)


def test_a_quarter_without_figures_is_told_those_that_have_some(small_workbook):
    with pytest.raises(ParameterError) as refused:
        small_workbook.open().select("homes", "2025-26 Q4")
    assert str(refused.value) == (
        "There are no figures for 2025-26 Q4; those held are for 2022-23 Q4 to "
        "2025-26 Q3."
    )


def test_a_quarter_before_any_figure_is_refused_too(small_workbook):
    with pytest.raises(ParameterError, match="no figures for 1925-26 Q3"):
        small_workbook.open().select("homes", "1925-26 Q3")


def test_a_return_with_headings_only_is_refused(small_workbook):
    """Last quarter's figures would silently stand in for it."""
    small_workbook.write(HELP, small_workbook.text(HELP).splitlines()[0])
    (fault,) = small_workbook.faults(ReturnError)
    assert str(fault).startswith(f"{HELP}: expected at least one row")


def test_a_report_sees_nothing_after_its_quarter(small_workbook):
    selection = small_workbook.open().select("streets", "2024-25 Q4")
    assert value_of(selection, "IL1", "2024-25 Q4") == 88
    assert value_of(selection, "IL1", "2025-26 Q1") is None
    assert value_of(selection, "IL2", "2024-25") == 400
    assert selection.observations["quarter"].max() <= selection.quarter


def test_an_annual_figure_is_in_no_report_before_its_year_has_ended(small_workbook):
    selection = small_workbook.open().select("streets", "2024-25 Q3")
    assert value_of(selection, "IL2", "2023-24") == 405.5
    assert value_of(selection, "IL2", "2024-25") is None


def test_a_report_sees_nothing_received_after_its_day(small_workbook):
    small_workbook.replace(PARAMETERS, "2026-02-15", "2026-01-31")
    selection = small_workbook.open().select("streets", "2025-26 Q3")
    assert selection.as_at == date(2026, 1, 31)
    assert value_of(selection, "IL2", "2023-24") == 410
    assert value_of(selection, "IL1", "2025-26 Q3") is None
    assert selection.revised.empty


def test_a_report_before_anything_was_received_sees_nothing(small_workbook):
    small_workbook.replace(PARAMETERS, "2026-02-15", "2020-01-01")
    selection = small_workbook.open().select("streets", "2025-26 Q3")
    assert selection.observations.empty
    assert selection.revised.empty


def test_a_quarter_without_parameters_is_seen_with_all_that_was_received(
    small_workbook,
):
    selection = small_workbook.open().select("streets", "2025-26 Q2")
    assert selection.as_at == date(2026, 2, 1)


def test_a_changed_figure_is_told_with_both_its_values(small_workbook):
    selection = small_workbook.open().select("streets", "2025-26 Q3")
    assert value_of(selection, "IL2", "2023-24") == 405.5
    (revised,) = selection.revised.itertuples()
    assert (revised.old_value, revised.new_value) == (410, 405.5)
    assert (revised.old_source, revised.new_source) == ("early", "late")
    assert revised.reason == "Illustrative recount"


def test_a_reason_written_down_after_the_day_of_a_report_is_not_in_it(small_workbook):
    """A page that has been published is not to say more when it is made again."""
    small_workbook.set_cell(REVISIONS, 2, "decided", "2026-02-16")
    (revised,) = (
        small_workbook.open().select("streets", "2025-26 Q3").revised.itertuples()
    )
    assert revised.reason == ""


@pytest.mark.parametrize(
    ("day", "value", "rows"),
    [
        (date(2025, 1, 9), None, 0),
        (date(2025, 1, 10), 410, 8),
        (date(2026, 2, 1), 405.5, 35),
    ],
)
def test_the_frame_as_at_any_day(small_workbook, day, value, rows):
    """Early figures came on 10 January 2025, late ones on 1 February 2026."""
    known = small_workbook.open().as_at(day)
    assert len(known) == rows
    assert not known.duplicated(tidy.KEY).any()
    waste = known[(known["indicator"] == "IL2") & (known["end"] == "2024-03-31")]
    assert list(waste["value"]) == ([] if value is None else [value])


def test_a_new_quarter_needs_only_its_rows(small_workbook):
    small_workbook.set_cell(SOURCES, 3, "published", "2026-04-20")
    small_workbook.set_cell(SOURCES, 3, "received", "2026-05-01")
    row = small_workbook.add_row(
        INSPECTIONS, like=12, period="2025-26 Q4", numerator="46"
    )
    small_workbook.add_row(WASTE, like=5, period="2025-26", value="395.0")
    selection = small_workbook.open().select("streets", "2025-26 Q4")
    assert value_of(selection, "IL1", "2025-26 Q4") == 92
    assert value_of(selection, "IL2", "2025-26") == 395
    kept = tidy.headline(selection.observations, "IL1")
    kept = kept[kept["authority"] == VALE]
    assert kept["source_row"].iloc[-1] == row


# --- the real workbook --------------------------------------------------------


@pytest.mark.parametrize(
    "service",
    ["waste-and-recycling", "housing", "planning-and-regeneration", "community-safety"],
)
def test_every_real_service_has_figures_for_the_real_run(book, service):
    selection = book.select(service, "2025-26 Q3")
    assert selection.council_name == "Wyre Forest"
    assert not selection.observations.empty
    assert selection.observations["quarter"].max() <= selection.quarter
    assert not selection.observations.duplicated(tidy.KEY).any()


def test_a_mistyped_real_service_is_told_which_there_are(book):
    with pytest.raises(ParameterError, match="waste-and-recycling, housing, planning"):
        book.select("waste", "2025-26 Q3")


def test_the_first_real_run_knows_wyre_forest_s_revised_waste(book):
    selection = book.select("waste-and-recycling", "2025-26 Q3")
    assert value_of(selection, "NI191", "2015-16") == 574.1
    ours = selection.revised.query("authority == 'E07000239' and indicator == 'NI191'")
    pairs = list(zip(ours["old_value"], ours["new_value"], strict=True))
    assert pairs[0] == (578.9, 574.1)
    assert len(pairs) == 3


def test_every_real_figure_has_a_source_with_a_licence_and_a_row(book):
    sources = book.catalogue.sources
    assert set(book.observations["source"]) <= set(sources)
    assert all(source.licence for source in sources.values())
    assert (book.observations["source_row"] >= 2).all()
