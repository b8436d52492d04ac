"""Whatever is wrong in a folder is told in words: where, what, and what to do.

Each case spoils one cell or file of Illustrative Vale. The message must name
the file, the row, the column, what was found, what was expected and a remedy,
in the right family of errors; and no mistake may end in any other exception.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_workbook import (
    AREAS,
    AUTHORITIES,
    BREAKS,
    FRAMEWORK,
    HELP,
    INDICATORS,
    INSPECTIONS,
    METHODS,
    NATIONAL_LIST,
    OUTCOMES_LIST,
    PARAMETERS,
    PEERS,
    REBASES,
    REFERENCE,
    REGISTERS,
    REPAIRS,
    RETURNS,
    REVISIONS,
    SERVICES,
    SOURCES,
    TARGETS,
    WASTE,
    build,
)

from perfnb.errors import CatalogueError, ParameterError, PerfnbError, ReturnError
from perfnb.ingest.cells import COLUMNS

TABLES = (*REGISTERS, *REFERENCE, *RETURNS)
EXIT_CODES = {CatalogueError: 3, ReturnError: 4, ParameterError: 5}


def family_of(name):
    """Say which family of errors tells what is wrong with a file."""
    if name in RETURNS:
        return ReturnError
    return ParameterError if name.startswith("parameters") else CatalogueError


# --- one cell -----------------------------------------------------------------

RETURN_CELLS = [
    (INSPECTIONS, 2, "indicator", "IL9", "an indicator of indicators.csv"),
    (INSPECTIONS, 2, "authority", "E0799001", "a GSS code of authorities.csv"),
    (HELP, 7, "area", "E01999999", "an area of areas.csv or blank"),
    (HELP, 7, "area", "E01990004", "an area of the row's authority"),
    (INSPECTIONS, 2, "period", "2023-25 Q1", "a year ('2017-18'), a quarter"),
    (INSPECTIONS, 2, "period", "2023 Q1", "a year ('2017-18'), a quarter"),
    (INSPECTIONS, 2, "period", "45000", "a year ('2017-18'), a quarter"),
    (INSPECTIONS, 2, "period", "", "a year ('2017-18'), a quarter"),
    (HELP, 5, "characteristic", "", "a name, or 'all' for everybody"),
    (HELP, 5, "group", "", "a name, or 'all' for everybody"),
    (INSPECTIONS, 2, "numerator", "n/a", "a number, 0 or more; this means not"),
    (INSPECTIONS, 2, "numerator", "<5", "a number, 0 or more; this is a small number"),
    (HELP, 2, "numerator", "<5", "a whole number, 0 or more; this is a small number"),
    (
        INSPECTIONS,
        2,
        "numerator",
        "1_000",
        "a number, 0 or more; these are underscores",
    ),
    (INSPECTIONS, 2, "numerator", "\u0664\u0660", "a number, 0 or more; these are not"),
    (INSPECTIONS, 2, "denominator", "..", "a number above 0; in many official tables"),
    (WASTE, 2, "value", "75%", "a number; this is a share, not kg per household"),
    (INSPECTIONS, 2, "numerator", "51", "no more than the denominator, 50"),
    (INSPECTIONS, 2, "numerator", "-40", "a count, 0 or more"),
    (HELP, 2, "denominator", "-20000", "a count, 0 or more"),
    (HELP, 2, "denominator", "0", "a count above 0"),
    (INSPECTIONS, 2, "value", "0.8", "80, which its counts give"),
    (REPAIRS, 4, "value", "175", "a share between 0 and 100"),
    (
        WASTE,
        2,
        "value",
        "",
        "a figure, since the status does not say that there is none",
    ),
    (INSPECTIONS, 2, "status", "done", "one of final, provisional, revised, missing"),
    (
        INSPECTIONS,
        2,
        "status",
        "missing",
        "final, provisional or revised, since the row",
    ),
    (INSPECTIONS, 7, "numerator", "4", None),
    (INSPECTIONS, 2, "source", "middle", "a source of sources.csv"),
    (HELP, 2, "denominator_source", "peple", "a source of sources.csv or blank"),
]
WARNED_CELLS = [
    (INSPECTIONS, 2, "period", "2023/24 Q1", "a year ('2017-18'), a quarter"),
    (INSPECTIONS, 2, "period", "Q1 2023-24", "a year ('2017-18'), a quarter"),
    (HELP, 2, "denominator", "20,000", "a figure without separators; it was read as"),
    (HELP, 2, "denominator", "20\u00a0000", "a figure without separators; it was"),
    (REPAIRS, 4, "value", "75%", "a figure without the sign %; it was read as 75"),
    (INSPECTIONS, 2, "status", "Final", "one of final, provisional, revised, missing"),
]
REGISTER_CELLS = [
    (SERVICES, 2, "id", "Streets", "an id of small letters"),
    (SERVICES, 3, "title", "", "a value here"),
    (INDICATORS, 2, "id", "IL 1", "an id of letters, digits"),
    (INDICATORS, 2, "kind", "result", "one of outcome, output, input, process"),
    (INDICATORS, 2, "service", "street", "an id that is in services.csv"),
    (INDICATORS, 2, "outcome", "clean", "an id that is in framework.yaml"),
    (INDICATORS, 2, "polarity", "up", "one of maximise, minimise, midpoint, range"),
    (INDICATORS, 2, "frequency", "monthly", "one of quarterly, annual, rolling"),
    (INDICATORS, 2, "per", "0", "a multiplier above 0, such as 100 or 1000"),
    (INDICATORS, 2, "per", "nan", "a number"),
    (INDICATORS, 2, "per", "1_000", "a number"),
    (INDICATORS, 2, "decimals", "1.5", "a whole number"),
    (INDICATORS, 2, "window_months", "three", "a whole number"),
    (INDICATORS, 2, "counts_people", "maybe", "yes or no"),
    (INDICATORS, 2, "interval", "normal", "one of wilson, byar, none"),
    (INDICATORS, 2, "review_date", "31/12/2026", "a date such as 2026-01-31"),
    (BREAKS, 2, "indicator", "IL9", "an id that is in indicators.csv"),
    (BREAKS, 2, "from", "2023/24", "a period such as '2015-16' or '2025-26 Q3'"),
    (BREAKS, 2, "kind", "rules", "one of definition, source, boundary, method"),
    (BREAKS, 2, "splits", "perhaps", "yes or no"),
    (BREAKS, 2, "source", "middle", "an id that is in sources.csv"),
    (REBASES, 2, "indicator", "IL9", "an id that is in indicators.csv"),
    (REBASES, 2, "from", "soon", "a period such as '2015-16' or '2025-26 Q3'"),
    (REBASES, 2, "baseline_points", "1", "greater than or equal to 2"),
    (REBASES, 2, "reason", "", "a value here"),
    (REBASES, 2, "decided", "", "a value here"),
    (REVISIONS, 2, "indicator", "IL9", "an id that is in indicators.csv"),
    (REVISIONS, 2, "source", "middle", "an id that is in sources.csv"),
    (REVISIONS, 2, "from", "2023/24", "a period such as '2015-16' or '2025-26 Q3'"),
    (REVISIONS, 2, "to", "later", "a period such as '2015-16' or '2025-26 Q3'"),
    (REVISIONS, 2, "reason", "", "a value here"),
    (REVISIONS, 2, "decided", "", "a value here"),
    (SOURCES, 2, "received", "10/01/2025", "a date such as 2026-01-31"),
    (SOURCES, 2, "received", "", "a value here"),
    (SOURCES, 2, "published", "December 2024", "a day (2026-01-31)"),
    (SOURCES, 2, "published", "2026-13", "a day that is in the calendar"),
    (SOURCES, 2, "published", "2026-02-30", "a day that is in the calendar"),
    (SOURCES, 2, "basis", "invented", "one of published, illustrative"),
    (PEERS, 2, "council", "", "a value here"),
    (PEERS, 2, "rank", "1st", "a whole number"),
    (PEERS, 2, "service", "parks", "an id that is in services.csv"),
    (PEERS, 2, "source", "middle", "an id that is in sources.csv"),
    (PEERS, 2, "authority", "E0799002", "a GSS code of authorities.csv"),
    (TARGETS, 2, "indicator", "IL9", "an id that is in indicators.csv"),
    (TARGETS, 2, "period", "2025/26", "a period such as '2025-26' or 'April to"),
    (TARGETS, 2, "kind", "limit", "one of level, gap, none"),
    (TARGETS, 2, "value", "92%", "a number"),
    (TARGETS, 2, "tolerance_kind", "percent", "one of 'relative' or 'points'"),
    (TARGETS, 2, "rationale", "", "a value here"),
    (TARGETS, 2, "consulted", "mayor", "names out of cabinet, scrutiny, staff"),
    (TARGETS, 2, "decided", "1 March 2025", "a date such as 2026-01-31"),
    (TARGETS, 2, "basis", "invented", "one of published, illustrative"),
    (TARGETS, 2, "source", "middle", "an id that is in sources.csv"),
    (TARGETS, 13, "area", "E01990004", "an area of areas.csv that lies in the"),
    (AUTHORITIES, 2, "start", "1 April 1974", "a date such as 2026-01-31"),
    (AUTHORITIES, 2, "name", "", "a value here"),
    (AREAS, 2, "deprivation_decile", "11", "less than or equal to 10"),
    (AREAS, 2, "deprivation_rank", "1,000", "a whole number"),
    (NATIONAL_LIST, 2, "certainty", "maybe", "one of certain, partly, uncertain"),
    (OUTCOMES_LIST, 2, "id", "", "a value here"),
]


@pytest.mark.parametrize(
    ("name", "row", "column", "typed", "expected"),
    REGISTER_CELLS,
    ids=lambda part: ascii(part).strip("'") if len(str(part)) < 30 else None,
)
def test_a_wrong_cell_of_a_register_is_told_once_and_in_full(
    small_workbook, name, row, column, typed, expected
):
    small_workbook.set_cell(name, row, column, typed)
    with pytest.raises(PerfnbError) as refused:
        small_workbook.open()
    family = family_of(name)
    assert type(refused.value) is family
    assert refused.value.exit_code == EXIT_CODES[family]
    (fault,) = refused.value.faults
    # A register cell that is blank is one that has nothing to be found in it.
    nothing = fault.found is None and typed == ""
    found = f": expected {expected}" if nothing else _has(typed, expected)
    told = f"{name}, row {row}, column {column}{found}"
    assert str(refused.value).startswith(told)
    assert str(refused.value).endswith(fault.remedy)
    assert fault.remedy


@pytest.mark.parametrize(
    ("severity", "name", "row", "column", "typed", "expected"),
    [
        *(("error", *case) for case in RETURN_CELLS if case[4]),
        *(("warning", *case) for case in WARNED_CELLS),
    ],
    ids=lambda part: ascii(part).strip("'") if len(str(part)) < 30 else None,
)
def test_a_wrong_cell_of_a_return_is_told_once_and_in_full(
    small_workbook, severity, name, row, column, typed, expected
):
    whole = len(small_workbook.open().observations)
    small_workbook.set_cell(name, row, column, typed)
    book = small_workbook.open()
    (fault,) = book.findings
    cell = f"{'ABCDEFGHIJKLM'[COLUMNS.index(column)]}{row}"
    told = f"{name}, {cell}, column {column}{_has(typed, expected)}"
    assert str(fault).startswith(told)
    assert str(fault).endswith(fault.remedy)
    assert fault.remedy
    assert fault.severity == severity
    assert len(book.observations) == whole - (severity == "error")
    assert book.observations["mark"].ne("").sum() == (severity == "warning")


def _has(typed, expected):
    has = f'has "{typed}"' if typed else "is empty"
    return f" {has}. Expected {expected}"


def test_figures_of_a_row_that_says_that_there_are_none(small_workbook):
    small_workbook.set_cell(INSPECTIONS, 7, "numerator", "4")
    (fault,) = small_workbook.faults(ReturnError)
    assert str(fault) == (
        f'{INSPECTIONS}, J7, column status has "missing". Expected final, '
        "provisional or revised, since the row has figures. "
        "Correct the status or blank the figures."
    )


def test_a_row_that_stands_twice(small_workbook):
    row = small_workbook.add_row(INSPECTIONS, like=2)
    (fault,) = small_workbook.faults(ReturnError)
    assert (fault.file, fault.row) == (INSPECTIONS, row)
    assert fault.remedy == "Remove one of the two rows."


def test_a_figure_that_stands_in_two_returns(small_workbook):
    small_workbook.write(
        "data/returns/history/streets--inspections.csv",
        small_workbook.text(INSPECTIONS),
    )
    faults = small_workbook.faults(ReturnError)
    assert {fault.file for fault in faults} == {
        "data/returns/history/streets--inspections.csv"
    }
    assert len(faults) == 14


@pytest.mark.parametrize(
    ("name", "key"),
    [
        (SERVICES, "id"),
        (INDICATORS, "id"),
        (SOURCES, "id"),
        (BREAKS, "indicator, starts"),
        (REBASES, "indicator, starts"),
        (REVISIONS, "indicator, source, starts"),
        (PEERS, "peer_group, council, authority"),
        (TARGETS, "indicator, period, characteristic, group, area, kind"),
        (AUTHORITIES, "code"),
        (AREAS, "code"),
        (NATIONAL_LIST, "id"),
        (OUTCOMES_LIST, "id"),
    ],
)
def test_an_id_that_stands_twice_in_a_register(small_workbook, name, key):
    row = small_workbook.add_row(name, like=2)
    (fault,) = small_workbook.faults(CatalogueError)
    assert (fault.file, fault.row, fault.column) == (name, row, key)
    assert fault.expected == "a row that is not in the register already"
    assert fault.remedy == "Remove one of the two rows or give it another id."


@pytest.mark.parametrize("polarity", ["midpoint", "range"])
@pytest.mark.parametrize("given_one", [(), ("ideal_low",), ("ideal_high",)])
def test_a_best_value_that_is_not_said(small_workbook, polarity, given_one):
    small_workbook.set_cell(INDICATORS, 2, "polarity", polarity)
    for column in given_one:
        small_workbook.set_cell(INDICATORS, 2, column, "50")
    (fault,) = small_workbook.faults(CatalogueError)
    assert str(fault) == (
        f"{INDICATORS}, row 2: expected ideal_low and ideal_high, since polarity is "
        f"{polarity}. Correct it."
    )


@pytest.mark.parametrize("polarity", ["midpoint", "range"])
def test_a_best_value_that_is_said(small_workbook, polarity):
    for column, typed in {"ideal_low": "0", "ideal_high": "0"}.items():
        small_workbook.set_cell(INDICATORS, 2, column, typed)
    small_workbook.set_cell(INDICATORS, 2, "polarity", polarity)
    indicator = small_workbook.open().catalogue.indicators["IL1"]
    assert (indicator.ideal_low, indicator.ideal_high) == (0, 0)


def test_an_interval_of_a_value_without_a_multiplier(small_workbook):
    small_workbook.set_cell(INDICATORS, 2, "per", "")
    (fault,) = small_workbook.faults(CatalogueError)
    assert fault.expected == "'per' to be filled in, since interval is wilson"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"value": ""}, "either a value, or both low and high"),
        ({"low": "90"}, "either a value, or both low and high"),
        ({"value": "", "low": "90"}, "either a value, or both low and high"),
        ({"value": "", "low": "95", "high": "90"}, "low to be no more than high"),
        ({"kind": "none"}, "no figures, since kind is none"),
        ({"kind": "none", "value": ""}, "no figures, since kind is none"),
        ({"tolerance_kind": ""}, "tolerance and tolerance_kind together, or neither"),
        ({"tolerance": ""}, "tolerance and tolerance_kind together, or neither"),
        ({"tolerance": "-1"}, "a tolerance of 0 or more"),
        (
            {"tolerance": "5", "tolerance_kind": "relative"},
            "a relative tolerance below 1, such as 0.1 for 10%",
        ),
        ({"characteristic": "age"}, "characteristic and group together, or neither"),
        ({"group": "16-34"}, "characteristic and group together, or neither"),
        (
            {"characteristic": "age", "group": "16-34", "area": "E01990001"},
            "a group or an area, not both",
        ),
        ({"kind": "gap"}, "a group or an area, since kind is gap"),
        (
            {"kind": "gap", "area": "E01990001", "value": "", "low": "1", "high": "2"},
            "a value, since kind is gap",
        ),
        ({"source": ""}, "a source, since basis is published"),
    ],
)
def test_a_target_that_contradicts_itself(small_workbook, cells, expected):
    for column, typed in cells.items():
        small_workbook.set_cell(TARGETS, 2, column, typed)
    (fault,) = small_workbook.faults(CatalogueError)
    assert str(fault) == f"{TARGETS}, row 2: expected {expected}. Correct it."


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            [(INDICATORS, 2, "polarity", "neutral")],
            'row 2, column value has "92". Expected low and high, since no side',
        ),
        (
            [(INDICATORS, 4, "interval", "none")],
            'row 12, column indicator has "IL3". Expected an indicator with an',
        ),
        (
            [(TARGETS, 13, "indicator", "IL3")],
            'row 13, column area has "E01990001". Expected no single area, since',
        ),
        (
            [(TARGETS, 2, "indicator", "IL4"), (TARGETS, 2, "period", "2025-26")],
            'row 14, column kind has "none". Expected no level for the same',
        ),
        (
            [(TARGETS, 8, "period", "2024-25")],
            'row 6, column period has "April to September 2025". Expected a '
            "target for the whole year too, to which the profile leads",
        ),
        (
            [(TARGETS, 6, "value", "3.4")],
            'row 6, column value has "3.4". Expected no more than the target for '
            "April to December 2025, since counts add up",
        ),
        (
            [(TARGETS, 7, "value", "4.5")],
            'row 7, column value has "4.5". Expected no more than the target for '
            "2025-26, since counts add up",
        ),
    ],
    ids=[
        "no side",
        "no interval",
        "too close",
        "both ways",
        "astray",
        "falls",
        "over the year",
    ],
)
def test_targets_that_do_not_fit_together(small_workbook, changes, told):
    for name, row, column, typed in changes:
        small_workbook.set_cell(name, row, column, typed)
    faults = small_workbook.faults(CatalogueError)
    assert str(faults[0]).startswith(f"{TARGETS}, {told}")


# --- whole files --------------------------------------------------------------


@pytest.mark.parametrize("name", [*REGISTERS, *REFERENCE])
def test_an_empty_file(small_workbook, name):
    small_workbook.write(name, b"")
    (fault,) = small_workbook.faults(family_of(name))
    assert str(fault) == (
        f"{name}, row 1: expected a row of headings. Restore it or fill it in."
    )


@pytest.mark.parametrize("name", [FRAMEWORK, METHODS])
def test_an_empty_yaml_file(small_workbook, name):
    small_workbook.write(name, b"")
    fault, *_ = small_workbook.faults(family_of(name))
    assert fault.file.endswith(name)


@pytest.mark.parametrize("name", [*REGISTERS, *REFERENCE, FRAMEWORK, METHODS])
def test_a_file_that_is_gone(small_workbook, name):
    small_workbook.remove(name)
    (fault,) = small_workbook.faults(family_of(name))
    assert fault.file.endswith(name)


def test_house_rules_are_named_from_the_workbook_s_folder(small_workbook):
    small_workbook.replace(
        METHODS, "confidence:\n  value: 0.95", "confidence:\n  value: 95"
    )
    (fault,) = small_workbook.faults(ParameterError)
    assert fault.file == METHODS


@pytest.mark.parametrize("name", [*REGISTERS, *REFERENCE])
def test_a_heading_that_is_missing(small_workbook, name):
    column = small_workbook.text(name).split(",", 1)[0]
    small_workbook.drop_column(name, column)
    (fault,) = small_workbook.faults(family_of(name))
    assert str(fault) == (
        f"{name}, row 1, column {column}: expected this heading. Add the column."
    )


@pytest.mark.parametrize("name", [*REGISTERS, *REFERENCE])
def test_a_heading_that_nobody_knows(small_workbook, name):
    lines = small_workbook.text(name).splitlines()
    spoilt = [f"{lines[0]},colour", *(f"{line},red" for line in lines[1:])]
    small_workbook.write(name, "\n".join(spoilt))
    (fault,) = small_workbook.faults(family_of(name))
    assert str(fault).startswith(
        f'{name}, row 1 has "colour". Expected one of the headings '
    )
    assert fault.remedy == "Correct or remove the column."


@pytest.mark.parametrize("name", [*REGISTERS, *REFERENCE])
def test_a_ragged_row(small_workbook, name):
    small_workbook.write(name, small_workbook.text(name) + "illustrative,row\n")
    row = len(small_workbook.text(name).splitlines())
    (fault,) = small_workbook.faults(family_of(name))
    assert (fault.file, fault.row, fault.found) == (name, row, "2 cells")
    assert fault.expected.endswith("cells, as the header has")
    assert fault.remedy == ("A comma inside a text needs the text in quotation marks.")


@pytest.mark.parametrize("name", [*REGISTERS, *REFERENCE])
def test_a_quotation_mark_that_is_not_closed(small_workbook, name):
    small_workbook.write(name, small_workbook.text(name) + '"illustrative\n')
    row = len(small_workbook.text(name).splitlines())
    (fault,) = small_workbook.faults(family_of(name))
    assert (fault.file, fault.row) == (name, row)
    assert fault.remedy.startswith("Close the quotation mark")


@pytest.mark.parametrize("name", [*REGISTERS, *REFERENCE, FRAMEWORK])
def test_bytes_that_are_not_utf_8(small_workbook, name):
    text = small_workbook.text(name).replace("llustrative", "llustr\xe9", 1)
    small_workbook.write(name, text.encode("latin-1"))
    (fault,) = small_workbook.faults(family_of(name))
    row = text[: text.index("\xe9")].count("\n") + 1
    assert str(fault) == (
        f'{name}, row {row} has "byte 0xe9". Expected text in UTF-8. '
        "Save it as UTF-8, from a spreadsheet as 'CSV UTF-8'."
    )


@pytest.mark.parametrize("name", TABLES)
def test_blank_lines_a_byte_order_mark_and_line_ends_of_windows_do_no_harm(
    small_workbook, name
):
    before = small_workbook.open()
    text = small_workbook.text(name).replace("\n", "\n\n")
    small_workbook.write(name, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    after = small_workbook.open()
    assert str(after.catalogue) == str(before.catalogue)
    assert str(after.reference) == str(before.reference)
    same = ["indicator", "authority", "area", "start", "value", "status"]
    assert after.observations[same].equals(before.observations[same])


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "council: E07990001",
            "council:",
            ", column council: expected a value here.",
        ),
        (
            "council: E07990001",
            "council: E0799001",
            ', column council has "E0799001". Expected a GSS code of',
        ),
        (
            "council: E07990001",
            "council: E07990001\ncouncil: E07990002",
            ", row 2 has \"the key 'council' twice\". Expected YAML.",
        ),
        ("values: []", "values: [", ", row "),
        (
            "values: []",
            "values: all",
            ', column values has "all". Expected a list.',
        ),
        (
            "values: []",
            "colours: []",
            ', column colours has "an empty list". Expected one of the keys',
        ),
        ("id: people", "id: places", ', column id has "places". Expected each id'),
        (
            "id: secure-homes",
            "id: clean-streets",
            ', column id has "clean-streets". Expected each id once.',
        ),
        (
            "title: Illustrative places\n    basis: illustrative",
            "title: Illustrative places\n    basis: invented",
            ', column priorities.0.basis has "invented". Expected one of '
            "'published' or 'illustrative'.",
        ),
        (
            "    title: Illustrative people\n",
            "",
            ", column priorities.1.title: expected a value here.",
        ),
    ],
)
def test_a_framework_that_does_not_fit(small_workbook, old, new, words):
    small_workbook.replace(FRAMEWORK, old, new)
    faults = small_workbook.faults(CatalogueError)
    fault = next(fault for fault in faults if fault.file == FRAMEWORK)
    assert str(fault).startswith(FRAMEWORK + words)
    assert fault.remedy


def test_an_outcome_may_be_called_no(small_workbook):
    small_workbook.replace(FRAMEWORK, "id: secure-homes", "id: NO")
    for row in (4, 5):
        small_workbook.set_cell(INDICATORS, row, "outcome", "NO")
    outcomes = small_workbook.open().catalogue.framework.outcomes
    assert [outcome.id for outcome in outcomes] == ["clean-streets", "NO"]


# --- many at once -------------------------------------------------------------


def test_every_fault_of_every_return_is_told_at_once(small_workbook):
    cells = [case for case in RETURN_CELLS if case[4] and case[3] != ""]
    spoilt = {}
    for name, _, column, typed, _ in cells:
        like = {INSPECTIONS: 2, HELP: 7, REPAIRS: 4, WASTE: 2}[name]
        if column in ("numerator", "denominator", "value", "status", "period"):
            like = {INSPECTIONS: 2, HELP: 2, REPAIRS: 4, WASTE: 2}[name]
        group = f"illustrative {len(spoilt)}"
        named = {"characteristic": "illustrative", "group": group, column: typed}
        row = small_workbook.add_row(name, like, **named)
        spoilt[name, row] = (column, typed)
    faults = small_workbook.faults(ReturnError)
    told = {(fault.file, fault.row): (fault.column, fault.found) for fault in faults}
    assert told == spoilt
    assert len(faults) == len(spoilt)


def test_every_fault_of_every_register_and_list_is_told_at_once(small_workbook):
    # References are looked up only in registers that could be read.
    cells = [
        case
        for case in REGISTER_CELLS
        if "an id that is in" not in case[4]
        and "a GSS code" not in case[4]
        and "lies in the" not in case[4]
    ]
    spoilt = set()
    for name, like, column, typed, _ in cells:
        key = {AUTHORITIES: "code", AREAS: "code", PEERS: "peer_group"}.get(name, "id")
        several = (BREAKS, REBASES, REVISIONS, TARGETS)
        own = {} if name in several else {key: f"x{len(spoilt)}"}
        row = small_workbook.add_row(name, like, **{**own, column: typed})
        spoilt.add((name, row, column))
    faults = small_workbook.faults(CatalogueError)
    assert {(fault.file, fault.row, fault.column) for fault in faults} == spoilt
    assert len(faults) == len(spoilt)


# --- anything at all ----------------------------------------------------------


@pytest.fixture(scope="module")
def vale(tmp_path_factory):
    """Give a folder that is spoilt and mended again and again."""
    return build(tmp_path_factory.mktemp("spoilt") / "illustrative-council")


def opens_or_tells(book):
    """Open the folder and ask it for everything; give what was refused."""
    try:
        opened = book.open()
        opened.parameters("2025-26 Q3")
        for service in opened.catalogue.services:
            opened.select(service, "2025-26 Q3")
    except PerfnbError as error:
        return error
    return None


ODD_TEXTS = st.text(max_size=12) | st.sampled_from(
    [
        *["0", "-1", "1e400", "NaN", "NULL", "None", "=1+1", "'", '"', "\\N", "\x00"],
        *["2025-26 Q3", "2025-26", "missing", "E07990001", "all", "yes", "IL1", "\r"],
        *["E01990001", "9" * 30, "0000-00-00", "9999-12-31", "early", "%", "\ufeff"],
    ]
)


@settings(max_examples=60)
@given(
    name=st.sampled_from(TABLES),
    where=st.tuples(st.integers(0, 100), st.integers(0, 100)),
    typed=ODD_TEXTS,
)
def test_no_text_in_any_cell_ends_in_a_traceback(vale, name, where, typed):
    before = vale.text(name)
    lines = before.splitlines()
    headings = lines[0].split(",")
    try:
        row = 2 + where[0] % (len(lines) - 1)
        vale.set_cell(name, row, headings[where[1] % len(headings)], typed)
        refused = opens_or_tells(vale)
        assert refused is None or str(refused)
    finally:
        vale.write(name, before)


@settings(max_examples=60)
@given(
    name=st.sampled_from([*TABLES, FRAMEWORK, PARAMETERS, METHODS]),
    cut=st.integers(0, 10_000),
    put=st.binary(max_size=6),
    length=st.integers(0, 40),
)
def test_no_bytes_in_any_file_end_in_a_traceback(vale, name, cut, put, length):
    before = vale.text(name)
    content = before.encode()
    start = cut % (len(content) + 1)
    try:
        vale.write(name, content[:start] + put + content[start + length :])
        refused = opens_or_tells(vale)
        assert refused is None or str(refused)
    finally:
        vale.write(name, before)


def test_an_unspoilt_folder_is_not_refused(vale):
    assert opens_or_tells(vale) is None
