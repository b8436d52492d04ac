"""The form: what can be typed where, and that it comes back as it was filled in."""

import io
import math
from datetime import date
from pathlib import Path

import pytest
import python_calamine
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spreadsheets import is_formula, type_into, xlsx_cells, xlsx_part, xlsx_sheet

from perfnb.harmless import restored
from perfnb.ingest.cells import COLUMNS
from perfnb.ingest.door.limits import Limits, for_returns
from perfnb.ingest.returned.headings import CONTEXT
from perfnb.ingest.returned.returns import read_return
from perfnb.methods import read_methods
from perfnb.observations import STATUSES
from perfnb.quarters import Span, parse_quarter
from perfnb.registers import Indicator, Source
from perfnb.return_form.asking import Asked, AskedRow, asked
from perfnb.return_form.guidance import Form
from perfnb.return_form.writing import FILLED_IN, HEADINGS, LOCKED, return_form

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORM = Form("Homes (illustrative)", "Head of homes", "Illustrative Vale", "2025-26 Q4")
QUARTER = Span(date(2026, 1, 1), date(2026, 3, 31))
SOURCE = Source(
    id="late",
    publisher="Illustrative",
    title="Illustrative",
    received=date(2026, 5, 1),
    licence="OGL",
    basis="illustrative",
)


def indicator(**changed) -> Indicator:
    """Make an indicator up."""
    plain = {
        "id": "IL3",
        "title": "People helped (illustrative)",
        "definition": "Illustrative definition.",
        "kind": "outcome",
        "service": "homes",
        "outcome": "secure-homes",
        "owner": "Illustrative officer",
        "unit": "per 1,000 residents",
        "per": "1000",
        "decimals": "1",
        "polarity": "minimise",
        "frequency": "quarterly",
        "window_months": "3",
        "numerator": "People helped",
        "denominator": "Residents",
        "counts_people": "yes",
        "set": "local",
    }
    return Indicator.model_validate({**plain, **changed})


def form(*rows: AskedRow) -> bytes:
    """Write a form with some rows."""
    return return_form(FORM, Asked(rows, ()), "E07990001", [SOURCE])


def letters(heading: str) -> str:
    """Name the column of a heading; the form has fewer than 26."""
    return chr(ord("A") + HEADINGS.index(heading))


@pytest.fixture(scope="module")
def limits(root) -> Limits:
    """Give how large a return may be."""
    return for_returns(read_methods(root / "parameters" / "methods.yaml"))


@pytest.fixture(scope="module")
def forms(book) -> dict[str, bytes]:
    """Write the forms of the worked example."""
    catalogue = book.catalogue
    return {
        service: return_form(
            FORM,
            asked(service, parse_quarter("2025-26 Q4"), catalogue, book.observations),
            catalogue.council,
            catalogue.sources.values(),
        )
        for service in catalogue.services
    }


def read(content: bytes, folder: Path, limits: Limits):
    """Read a form as a return."""
    path = folder / "homes--return.xlsx"
    path.write_bytes(content)
    return read_return(path, limits, folder=folder)


def test_the_headings_are_those_of_a_return_and_no_others():
    assert sorted(HEADINGS) == sorted([*COLUMNS, *CONTEXT])


def test_a_form_is_the_same_whenever_it_is_made(forms, book):
    catalogue = book.catalogue
    again = return_form(
        FORM,
        asked("housing", parse_quarter("2025-26 Q4"), catalogue, book.observations),
        catalogue.council,
        catalogue.sources.values(),
    )
    assert forms["housing"] == again


def test_a_spreadsheet_program_finds_the_sheets(forms):
    opened = python_calamine.load_workbook(io.BytesIO(forms["housing"]))
    assert opened.sheet_names == ["Read me", "Return", "Definitions", "Lists"]
    visible = [each.visible for each in opened.sheets_metadata]
    assert [str(each).rpartition(".")[2] for each in visible] == [
        *("Visible", "Visible", "Visible", "Hidden")
    ]
    rows = opened.get_sheet_by_name("Return").to_python()
    assert tuple(rows[0]) == HEADINGS
    assert len(rows) == 20


def test_no_cell_of_any_sheet_is_a_formula(forms):
    for content in forms.values():
        for sheet in ("Read me", "Return", "Definitions", "Lists"):
            for cell in xlsx_cells(content, sheet).values():
                assert cell.formula is None
                assert not is_formula(cell.text)


def test_only_what_is_to_be_filled_in_can_be_typed_into(forms):
    content = forms["housing"]
    styles = xlsx_part(content, "xl/styles.xml").find(f"{MAIN}cellXfs")
    protections = [style.find(f"{MAIN}protection") for style in styles]
    is_open = [each is not None and each.get("locked") == "0" for each in protections]
    for name, cell in xlsx_cells(content, "Return").items():
        column, row = name.rstrip("0123456789"), int(name.lstrip("ABCDEFGHIJKLMNOPQR"))
        heading = HEADINGS[ord(column) - ord("A")]
        assert is_open[cell.style] == (row > 1 and heading in FILLED_IN), name
    for sheet in ("Read me", "Return", "Definitions", "Lists"):
        protection = xlsx_sheet(content, sheet).find(f"{MAIN}sheetProtection")
        assert protection.get("sheet") == "1"
        assert protection.get("password") is None


def test_the_headings_stay_in_sight(forms):
    pane = xlsx_sheet(forms["housing"], "Return").find(f".//{MAIN}pane")
    assert (pane.get("state"), pane.get("topLeftCell")) == ("frozen", "C2")


def checks(content: bytes) -> dict[str, dict[str, str]]:
    """List what is checked of each cell of a return, by its name."""
    found = {}
    for each in xlsx_sheet(content, "Return").iter(f"{MAIN}dataValidation"):
        first, _, last = each.get("sqref").partition(":")
        column = first[0]
        for row in range(int(first[1:]), int((last or first)[1:]) + 1):
            found[f"{column}{row}"] = {
                **each.attrib,
                "low": each.findtext(f"{MAIN}formula1"),
                "high": each.findtext(f"{MAIN}formula2"),
            }
    return found


def test_every_cell_that_is_filled_in_is_checked_and_says_what_goes_there(forms):
    for content in forms.values():
        told = checks(content)
        rows = {int(name[1:]) for name in xlsx_cells(content, "Return")} - {1}
        assert set(told) == {
            f"{letters(heading)}{row}" for heading in FILLED_IN for row in rows
        }
        for each in told.values():
            assert each["prompt"]
            assert len(each["prompt"]) <= 255
            assert len(each["promptTitle"]) <= 32


def test_counts_of_people_are_whole_and_shares_are_between_0_and_100():
    share = indicator(id="IL1", unit="%", per="100", counts_people="no")
    told = checks(form(AskedRow(indicator(), QUARTER), AskedRow(share, QUARTER)))
    numerator, value = letters("numerator"), letters("value")
    assert told[f"{numerator}2"]["type"] == "whole"
    assert told[f"{numerator}3"]["type"] == "decimal"
    assert told[f"{numerator}2"]["operator"] == "greaterThanOrEqual"
    assert told[f"{numerator}2"]["low"] == "0"
    assert (told[f"{value}3"]["low"], told[f"{value}3"]["high"]) == ("0", "100")
    assert float(told[f"{value}2"]["high"]) > 1e14
    assert told[f"{letters('denominator')}2"]["operator"] == "greaterThan"
    assert "33.1 for 33.1%" in told[f"{value}3"]["prompt"]


@pytest.mark.parametrize(
    ("heading", "choices"),
    [("status", STATUSES), ("source", ("late",)), ("denominator_source", ("late",))],
)
def test_lists_offer_what_the_registers_have(heading, choices):
    content = form(AskedRow(indicator(), QUARTER))
    check = checks(content)[f"{letters(heading)}2"]
    assert check["type"] == "list"
    first, last = check["low"].removeprefix("Lists!").replace("$", "").split(":")
    cells = xlsx_cells(content, "Lists")
    rows = range(int(first[1:]), int(last[1:]) + 1)
    assert tuple(cells[f"{first[0]}{row}"].text for row in rows) == choices


def test_definitions_have_each_indicator_once(forms):
    cells = xlsx_cells(forms["housing"], "Definitions")
    ids = [cells[f"A{row}"].text for row in range(2, 6)]
    assert ids == ["HOM1", "HOM2", "HOM3", "HOM5"]
    assert "A6" not in cells
    headings = [cells[f"{column}1"].text for column in "ABCDEFGHIJKL"]
    assert {"definition", "numerator", "denominator", "unit", "owner"} <= set(headings)
    row = dict(
        zip(headings, (cells[f"{c}3"].text for c in "ABCDEFGHIJKL"), strict=True)
    )
    assert row["which way is good"] == "lower is better"
    assert row["how the year so far is worked out"] == "the quarters are added up"


def test_the_first_sheet_says_how_to_fill_in_and_what_is_not_asked(forms):
    cells = xlsx_cells(forms["housing"], "Read me")
    text = " ".join(cell.text for cell in cells.values())
    for words in ("19 figures", *STATUSES, "Next due: 2026-27 Q3", "no password"):
        assert words in text
    assert "Last figures of groups of people are left out" in text
    assert "Counts of people" in text
    waste = xlsx_cells(forms["waste-and-recycling"], "Read me").values()
    assert "Counts of people" not in " ".join(cell.text for cell in waste)


# --- read back -----------------------------------------------------------------


def test_an_untouched_form_reads_back_as_one_warning(forms, limits, tmp_path):
    for content in forms.values():
        cells, findings = read(content, tmp_path, limits)
        assert cells.rows.empty
        assert [each.severity for each in findings] == ["warning"]
        assert "still to be filled in" in str(findings[0])


# What a spreadsheet can hold and a return can tell apart from nothing.
names = (
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1)
    | st.text("=+-@' ;\u00a0＝a1,\"_x", min_size=1)
).filter(lambda text: text == text.strip())
figures = st.integers(0, 10**12) | st.decimals(
    0, 10**6, allow_nan=False, allow_infinity=False, places=3
).map(float)


@settings(max_examples=40)
@given(names, names, figures, figures, names)
@example("=1+1", "'=1+1", 0, 0.3, "'-5")
@example("'@home", "a", 1, 2, "'@home")
@example("a", "' =", 1, 2, "' =")
@example("+65", "-", 3, 1e-05, "_x0041_")
@example("_x0041_", "a;=1", 3, 1e-05, "Two lines\n-1")
@example("16-17", "1/2", 1, 0.1, "007")
def test_what_is_typed_comes_back_and_so_do_the_keys(
    tmp_path_factory, limits, group, characteristic, numerator, denominator, note
):
    row = AskedRow(indicator(), QUARTER, "", characteristic, group, "2025-26 Q3", "-1")
    content = type_into(
        form(row),
        "Return",
        {
            f"{letters('numerator')}2": numerator,
            f"{letters('denominator')}2": denominator,
            f"{letters('status')}2": "final",
            f"{letters('source')}2": "late",
            f"{letters('note')}2": note,
        },
    )
    cells, findings = read(content, tmp_path_factory.mktemp("form"), limits)
    assert findings == []
    told = cells.rows.iloc[0]
    assert (told["characteristic"], told["group"]) == (characteristic, group)
    assert (told["indicator"], told["period"]) == ("IL3", "2025-26 Q4")
    assert (told["authority"], told["area"]) == ("E07990001", "")
    assert (told["status"], told["source"]) == ("final", "late")
    assert math.isclose(float(told["numerator"]), numerator, rel_tol=0, abs_tol=0)
    assert math.isclose(float(told["denominator"]), denominator, rel_tol=0, abs_tol=0)
    assert told["note"] == restored(note).strip()
    assert (told["value"], told["denominator_source"]) == ("", "")


def test_locked_columns_come_first():
    assert HEADINGS[: len(LOCKED)] == tuple(LOCKED)
