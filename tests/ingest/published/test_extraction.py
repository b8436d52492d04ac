"""What is taken from a published file, told on tables that are made up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_hclic import AGES, DOWN, FIGURES, MARSH, VALE, table_a1, table_a6, table_a8
from published import KEY, NUMBERS, catalogue, profile

from perfnb.ingest.opening.sheets import Sheet
from perfnb.ingest.published.extraction import Extraction, Known, extract
from perfnb.ingest.published.profile import Profile
from perfnb.ingest.published.published_tables import recognised
from perfnb.places.answers import Answer
from perfnb.quarters import parse_period

WIDTHS = (12, 16, 18)


def vale_knows(councils: Mapping[str, str] = dict.fromkeys((VALE, MARSH, DOWN), "")):
    """Give what a workbook of Illustrative Vale knows."""

    def resolve(text: str, by: str) -> Answer:
        code = text if text in councils else ""
        return Answer(text, code, reason=f"'{text}' is no code of authorities.csv.")

    return Known(VALE, resolve, catalogue().indicators)


def taken(*sheets: Sheet, name: str = "hclic") -> Extraction:
    return extract(sheets, profile(name), vale_knows())


def figure(extraction: Extraction, indicator: str, authority: str, group="all"):
    rows = extraction.rows
    rows = rows[
        (rows["indicator"] == indicator)
        & (rows["authority"] == authority)
        & (rows["group"] == group)
    ]
    assert len(rows) == 1
    return rows.iloc[0]


class TestThreeLayouts:
    """Columns are found by their headings in each layout of the series."""

    @pytest.mark.parametrize("width", WIDTHS)
    def test_counts(self, width):
        found = taken(table_a1(width))
        assert figure(found, "HOM1", VALE)["numerator"] == "90"
        assert figure(found, "HOM2", VALE)["numerator"] == "80"
        assert figure(found, "HOM3", VALE)[NUMBERS].tolist() == ["30", "80", ""]
        assert found.findings == ()

    def test_without_households_the_note_says_so(self):
        row = figure(taken(table_a1(12)), "HOM1", VALE)
        assert row["denominator"] == ""
        assert row["note"] == "no household estimate in this edition"

    @pytest.mark.parametrize("width", [16, 18])
    def test_thousands_of_households_are_households(self, width):
        row = figure(taken(table_a1(width)), "HOM1", VALE)
        assert (row["denominator"], row["note"]) == ("45200", "")

    @pytest.mark.parametrize("width", WIDTHS)
    def test_markers_and_noughts(self, width):
        found = taken(table_a1(width))
        missing, nothing = figure(found, "HOM1", MARSH), figure(found, "HOM3", DOWN)
        assert (missing["status"], *missing[NUMBERS]) == ("missing", "", "", "")
        assert nothing["status"] == "not applicable"
        assert nothing["note"] == "no duties owed"
        assert figure(found, "HOM1", DOWN)["numerator"] == "4"

    @pytest.mark.parametrize("width", WIDTHS)
    def test_totals_are_dropped_and_notes_kept(self, width):
        found = taken(table_a1(width))
        assert [drop.name for drop in found.dropped] == [
            *("ENGLAND", "Rest of England", "West Midlands")
        ]
        assert found.notes[0] == "Notes"
        assert found.notes[-1] == "- Fewer than 5 households"

    @pytest.mark.parametrize("width", WIDTHS)
    @pytest.mark.parametrize("name", ["A1", "A1_", "a1", "A1 - Apr-Jun 18"])
    def test_sheet_names(self, width, name):
        assert not taken(table_a1(width, name=name)).rows.empty

    def test_another_sheet_whose_name_begins_alike_is_not_it(self):
        found = taken(replace(table_a1(16), name="A10 - Apr-Jun 18"))
        assert found.rows.empty
        assert 'has "the sheets A10 - Apr-Jun 18"' in str(found.findings[0])


@pytest.mark.parametrize(
    ("months", "period"),
    [
        ("October to December 2025", "2025-26 Q3"),
        ("January to March 2020", "2019-20 Q4"),
        ("April to June 2018", "2018-19 Q1"),
        ("July to September 2031", "2031-32 Q2"),
        ("July to September 2020 (revised)", "2020-21 Q2"),
        ("April to June 2020 R", "2020-21 Q1"),
    ],
)
def test_period_of_any_quarter_is_read_from_the_title(months, period):
    assert [span.label for span in taken(table_a1(18, months)).spans] == [period]


def test_a_given_period_goes_before_the_title():
    given_period = parse_period("2024-25 Q1")
    found = extract([table_a1(16)], profile("hclic"), vale_knows(), period=given_period)
    assert found.spans == (given_period,)


def test_no_period_is_told_and_nothing_taken():
    found = taken(table_a1(16, "last quarter"))
    assert found.rows.empty
    assert "expected a period above the table" in str(found.findings[0])
    assert "--period" in str(found.findings[0])


class TestGroups:
    """Tables A6 and A8, of which the council's own row is taken."""

    ages = ("0", "18", "32", "10", "12", "5", "2", "1", "0")
    ethnic = ("69", "1", "2", "3", "4", "10")

    def found(self, ages=ages, ethnic=ethnic):
        sheets = table_a6({MARSH: ages, VALE: ages}), table_a8({VALE: ethnic})
        return taken(table_a1(18), *sheets)

    def test_every_group_of_the_council(self):
        found = self.found()
        groups = found.rows[found.rows["indicator"] == "HOM5"]
        assert set(groups["authority"]) == {VALE}
        by_kind = groups.groupby("characteristic")["numerator"].agg(list)
        assert by_kind["age"] == list(self.ages)
        assert sorted(by_kind["ethnicity"]) == sorted(self.ethnic)
        assert by_kind["all"] == ["80"]

    def test_totals_of_ethnic_groups_not_their_parts(self):
        found = self.found()
        assert figure(found, "HOM5", VALE, "White")["numerator"] == "69"
        assert figure(found, "HOM5", VALE, "Asian or Asian British")["numerator"] == "2"

    def test_a_dash_is_suppressed_here(self):
        found = self.found(ages=("-",) * 9)
        ages = found.rows[found.rows["characteristic"] == "age"]
        assert set(ages["status"]) == {"suppressed"}
        assert len(ages) == len(AGES) + 1

    def test_a_dash_in_table_a1_is_told(self):
        figures = {VALE: {**FIGURES[VALE], "total": "-"}}
        found = taken(table_a1(16, figures=figures))
        assert set(found.rows["indicator"]) == {"HOM2", "HOM3", "HOM5"}
        (told,) = found.findings
        assert told.severity == "error"
        assert "A1!E10 has \"-\". Expected a number, or one of '..'" in str(told)

    def test_denominators_are_the_workbooks(self):
        rows = self.found().rows
        assert rows.groupby("indicator")["carried"].all().to_dict() == {
            "HOM1": False,
            "HOM2": False,
            "HOM3": False,
            "HOM5": True,
        }

    def test_an_edition_without_them(self):
        found = taken(table_a1(16))
        assert found.tables == ("table A1",)


class TestWhatIsNotTaken:
    """Unknown codes, unknown cells, changed headings."""

    def test_an_unknown_authority_is_named(self):
        more = (("E07990099", "Illustrative New", "", "", "7", "", "6", "3"),)
        found = taken(table_a1(16, more=more))
        (told,) = found.findings
        assert told.severity == "warning"
        assert 'has "E07990099, Illustrative New"' in str(told)
        assert "E07990099" not in set(found.rows["authority"])

    def test_an_unknown_total_is_named(self):
        more = (("Total", "All councils", "", "", "7", "", "6", "3"),)
        (told,) = taken(table_a1(16, more=more)).findings
        assert 'has "Total, All councils"' in str(told)
        assert "under 'drop'" in str(told)

    def test_an_unreadable_cell_keeps_out_its_figure_alone(self):
        figures = {VALE: {**FIGURES[VALE], "prevention": "3O"}}
        found = taken(table_a1(18, figures=figures))
        assert set(found.rows["indicator"]) == {"HOM1", "HOM2", "HOM5"}
        assert 'has "3O"' in str(found.findings[0])

    def test_a_changed_heading_refuses_the_file_and_names_the_nearest(self):
        sheet = table_a1(18)
        rows = tuple(
            tuple(
                cell.replace("Total initial assessments", "All initial assessment")
                for cell in row
            )
            for row in sheet.rows
        )
        found = taken(replace(sheet, rows=rows))
        assert found.rows.empty
        (told,) = found.findings
        assert "a column headed 'Total initial assessments'" in str(told)
        assert "All initial assessment1,2,6"[:22] in str(told)

    def test_a_heading_that_stands_twice_is_told(self):
        sheet = table_a1(16)
        rows = list(sheet.rows)
        cells = list(rows[2])
        cells[12] = "Total initial assessments"
        rows[2] = tuple(cells)
        (told,) = taken(replace(sheet, rows=tuple(rows))).findings
        assert "2 columns with this heading" in str(told)

    def test_no_codes_at_all(self):
        (told,) = taken(Sheet("made.xlsx", "A1", (("A title",), ("Nothing",)))).findings
        assert "a column with codes such as 'E06*'" in str(told)

    @pytest.mark.parametrize("sheets", [(), (Sheet("made.csv", None, ()),)])
    def test_an_empty_file(self, sheets):
        found = taken(*sheets)
        assert found.rows.empty
        assert found.findings


class TestWindow:
    """P153: a rolling window, inferred from the edition's month."""

    HEAD = ("organisation", "reference", "name", "volume", "percentage")

    def found(self, *rows, file="planning_p153_committed_2026-03.csv", period=None):
        sheet = Sheet(file, None, (self.HEAD, *rows, ("",) * 5))
        return extract([sheet], profile("planning-p153"), vale_knows(), period=period)

    def row(self, volume, percentage):
        return ("local-authority:VAL", VALE, "Illustrative Vale4,5", volume, percentage)

    def test_the_number_in_time_is_worked_out(self):
        found = self.found(self.row("349.0", "96.3"))
        assert found.rows[NUMBERS].to_numpy().tolist() == [["336", "349", ""]]
        assert found.rows["period"].tolist() == ["January 2024 to December 2025"]
        assert found.rows["note"].tolist() == ["window inferred"]

    def test_not_where_several_numbers_fit(self):
        found = self.found(self.row("1541", "98.4"))
        assert found.rows[NUMBERS].to_numpy().tolist() == [["", "1541", "98.4"]]
        assert "several whole numbers" in found.rows["note"].iloc[0]

    @pytest.mark.parametrize("cells", [("~", "~"), ("", "")])
    def test_markers_and_blanks_are_missing(self, cells):
        assert self.found(self.row(*cells)).rows["status"].tolist() == ["missing"]

    def test_parks_are_left_out_with_the_reason(self):
        park = ("national-park-authority:Q1", "E26990001", "A Park 4", "37", "100")
        found = self.found(self.row("10", "90"), park)
        assert [(drop.name, drop.reason) for drop in found.dropped] == [
            ("A Park", "national parks are not councils")
        ]

    @pytest.mark.parametrize(
        ("edition", "window"),
        [
            ("2025-01", "October 2022 to September 2024"),
            ("2025-03", "January 2023 to December 2024"),
            ("2025-06", "April 2023 to March 2025"),
            ("2025-12", "October 2023 to September 2025"),
        ],
    )
    def test_window_of_an_edition(self, edition, window):
        found = self.found(self.row("10", "90"), file=f"p153_{edition}.csv")
        assert found.rows["period"].tolist() == [window]

    def test_without_a_month_the_period_must_be_given(self):
        assert "--period" in str(
            self.found(self.row("10", "90"), file="p.csv").findings[0]
        )
        said = parse_period("January 2024 to December 2025")
        found = self.found(self.row("10", "90"), file="p.csv", period=said)
        assert found.rows["note"].tolist() == [""]


class TestCountsBehindShares:
    """ENV18: the tonnes of table 1 go to the rate of table 3 that they give."""

    WASTE = (
        *("Year", "Region", "ONS code", "Authority", "Authority type"),
        *("Residual (Ex NI191)", "Recycled (Ex NI192)", "Collected (Ex BVPI 84a)"),
    )
    TONNES = (
        *("Financial Year", "ONS Code", "Local Authority", "Authority type"),
        "Household - total waste (tonnes)",
        "Household - waste sent for recycling/composting/reuse (tonnes)",
    )

    def found(self, share, tonnes, code=VALE):
        line = ("2017-18", "", code, "Vale", "Collection", "518.9", share, "-")
        total = ("2017-18", "Total England", "Total", "Total", "Total", "1", "0.4", ":")
        waste = Sheet("env18.ods", "Table_3", (self.WASTE, total, line, ("Notes",)))
        counts = ("2017-18", code, "Vale", "Collection", *tonnes)
        sheets = waste, Sheet("env18.ods", "Table_1", (self.TONNES, counts))
        return extract(sheets, profile("env18"), vale_knows())

    def test_shares_become_percentages_with_their_tonnes(self):
        row = figure(self.found("0.328", ("1000", "328.4")), "NI192", VALE)
        assert row[NUMBERS].tolist() == ["328.4", "1000", ""]

    def test_counts_that_give_another_share_are_not_taken(self):
        row = figure(self.found("0.328", ("1000", "300")), "NI192", VALE)
        assert row[NUMBERS].tolist() == ["", "", "32.8"]

    def test_a_dash_is_not_applicable_here(self):
        row = figure(self.found("0.328", ("1000", "328.4")), "BVPI84a", VALE)
        assert row["status"] == "not applicable"

    def test_totals_are_dropped(self):
        found = self.found("0.328", ("1000", "328.4"))
        assert [drop.reason for drop in found.dropped] == [
            "totals of England and its regions"
        ]


@given(
    order=st.permutations(range(4, 11)),
    spacers=st.lists(st.integers(4, 10), max_size=4),
    helpers=st.integers(0, 3),
)
def test_columns_may_move_and_rows_be_put_in(order, spacers, helpers):
    """Neither the order of columns, nor blank ones, nor hidden rows matter."""
    sheet = table_a1(16)
    places = [0, 1, 2, 3, *order, *range(11, 16)]
    for spacer in spacers:
        places.insert(spacer, -1)
    rows = [
        tuple(row[at] if 0 <= at < len(row) else "" for at in places)
        for row in sheet.rows
    ]
    blank = ("",) * len(places)
    moved = replace(sheet, rows=(rows[0], *[blank] * helpers, *rows[1:]))
    columns = [*KEY, *NUMBERS, "status", "note"]
    assert taken(moved).rows[columns].equals(taken(sheet).rows[columns])


def test_a_file_is_recognised_by_its_tables_alone():
    profiles: list[Profile] = [profile(n) for n in ("hclic", "env18", "planning-p153")]
    assert recognised([table_a1(12)], profiles) == ["hclic"]
    assert recognised([replace(table_a1(12), name="B1")], profiles) == []
    assert recognised([], profiles) == []
