"""``perfnb import``: from a published file to returns, on made-up files.

What is written reads back without an error; nothing is overwritten; what is not
taken is told.
"""

from __future__ import annotations

import sys

import pytest
import xlsxwriter
from small_workbook import HELP, SOURCES, VALE

from perfnb import cli
from perfnb.ingest.cells import COLUMNS
from perfnb.registers import Source

CATALOGUE, RETURNS, ASKED = 3, 4, 5
PROFILE = "data/profiles/vale-help.yaml"
RETURN = "data/returns/2024-25-q4/homes--help-jan-mar-2025.csv"
TEXT = """\
id: vale-help
publisher: Illustrative Office
title: Illustrative help with homes
licence: Illustrative licence
about: People helped (illustrative).
source: help-{months}
edition: "{period}; {tables}"
period:
  place: title
  form: months
  text: "Help, {period}"
markers:
  "..": missing
tables:
  - name: table 1
    sheet: Help
    place:
      code: Code
      name: Council
    drop:
      - text: Total
        reason: totals
    figures:
      - indicator: IL3
        numerator: Helped
        denominator: Residents
      - indicator: IL3
        authorities: council
        characteristic: age
        denominator_from: workbook
        groups:
          16-34: Young
          35 and over: Older
"""
ROWS = [
    ["Help, January to March 2025"],
    ["Code", "Council", "Helped1,2", "Residents", "Young", "Older"],
    ["E07990001", "Illustrative Vale", 30, 20000, 18, 12],
    ["E07990002", "Illustrative Marsh3", 20, 25000, 9, 11],
    ["E07990003", "Illustrative Down", "..", 30000, "..", ".."],
    ["E07990077", "Illustrative Nowhere", 5, 1000, 3, 2],
    ["Total", "All", 55, 46000, 30, 25],
    [],
    ["Notes"],
]


@pytest.fixture
def perfnb(monkeypatch, capfd):
    """Give the command: it takes words and gives exit code, output and errors."""
    monkeypatch.setenv("COLUMNS", "200")

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["perfnb", *map(str, words)])
        try:
            cli.main()
        except SystemExit as end:
            code = end.code or 0
        else:
            code = 0
        told = capfd.readouterr()
        assert "Traceback" not in told.err + told.out
        return code, told.out, told.err

    return call


@pytest.fixture
def vale(small_workbook):
    """Give the folder of Illustrative Vale with a profile of its own."""
    small_workbook.write(PROFILE, TEXT)
    return small_workbook


@pytest.fixture
def published(tmp_path):
    """Give a maker of published workbooks."""

    def make(rows=ROWS, name="help.xlsx", sheet="Help"):
        path = tmp_path / name
        with xlsxwriter.Workbook(path) as book:
            page = book.add_worksheet(sheet)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
        return path

    return make


@pytest.fixture
def bring(perfnb, vale):
    """Give the command that imports a file into Illustrative Vale."""

    def call(path, *words, profile="vale-help"):
        folder = ("--folder", vale.folder)
        asked = ("--profile", profile) if profile else ()
        return perfnb("import", path, *asked, *words, *folder)

    return call


def files(vale):
    """Give every file of a folder with its content, the cache aside."""
    return {
        path: path.read_bytes()
        for path in sorted((vale.folder / "data").rglob("*"))
        if path.is_file()
    }


def changed(rows, row, column, cell):
    """Give rows with one cell changed; both numbered as a spreadsheet does."""
    rows = [list(line) for line in rows]
    rows[row - 1][column - 1] = cell
    return rows


def test_a_published_file_becomes_a_return(bring, vale, published):
    code, out, err = bring(published(), "--add-source")
    assert code == 0
    assert vale.text(RETURN).splitlines() == [
        ",".join(COLUMNS),
        "IL3,E07990001,,2024-25 Q4,all,all,30,20000,,final,help-jan-mar-2025,"
        "help-jan-mar-2025,",
        "IL3,E07990001,,2024-25 Q4,age,16-34,18,6000,,final,help-jan-mar-2025,people,",
        "IL3,E07990001,,2024-25 Q4,age,35 and over,12,14000,,final,"
        "help-jan-mar-2025,people,",
        "IL3,E07990002,,2024-25 Q4,all,all,20,25000,,final,help-jan-mar-2025,"
        "help-jan-mar-2025,",
        "IL3,E07990003,,2024-25 Q4,all,all,,,,missing,help-jan-mar-2025,,",
    ]
    for told in (
        "Illustrative help with homes, January to March 2025; table 1.",
        "Taken: 5 rows (IL3 5).",
        "Of these without a figure: 1 missing.",
        "2 rows have denominators that the workbook held (people).",
        "IL3: taken for the council alone, as the profile says.",
        "Left out of table 1: 1 row, totals (All).",
        f"Wrote {RETURN}.",
    ):
        assert told in out
    assert 'Help!A6 has "E07990077, Illustrative Nowhere"' in err


def test_what_was_written_reads_back_without_an_error(bring, vale, published):
    before = len(vale.open().observations)
    bring(published(), "--add-source")
    book = vale.open()
    assert [f for f in book.findings if f.severity == "error"] == []
    assert len(book.observations) == before + 5


def test_the_source_must_be_in_the_register(bring, vale, published):
    before = files(vale)
    code, out, err = bring(published())
    assert code == ASKED
    assert "help-jan-mar-2025,Illustrative Office,Illustrative help with homes" in out
    assert "not in data/registers/sources.csv" in err
    assert files(vale) == before


@pytest.mark.parametrize("last", ["", "\n"])
def test_a_new_source_is_added_behind_the_others(bring, vale, published, last):
    text = vale.text(SOURCES).rstrip("\n") + last
    vale.write(SOURCES, text)
    assert bring(published(), "--add-source")[0] == 0
    lines = vale.text(SOURCES).splitlines()
    assert lines[:-1] == text.splitlines()
    source = vale.open().catalogue.sources["help-jan-mar-2025"]
    assert (source.edition, source.basis) == (
        "January to March 2025; table 1",
        "published",
    )
    assert lines[-1].count(",") == len(Source.headings()) - 1


def test_a_row_of_the_register_carries_no_formula(bring, vale, published):
    vale.replace(PROFILE, "publisher: Illustrative Office", "publisher: =1+1")
    assert bring(published(), "--add-source")[0] == 0
    assert ",'=1+1," in vale.text(SOURCES)


def test_a_source_of_the_register_is_named(bring, vale, published):
    assert bring(published(), "--source", "late")[0] == 0
    written = vale.text("data/returns/2024-25-q4/homes--late.csv")
    assert ",late,late," in written


def test_importing_twice_changes_nothing(bring, vale, published):
    bring(published(), "--add-source")
    before = files(vale)
    code, out, _ = bring(published())
    assert code == 0
    assert files(vale) == before
    assert "5 rows of source help-jan-mar-2025 are in the workbook already" in out


def test_other_figures_of_the_same_source_are_refused(bring, vale, published):
    bring(published(), "--add-source")
    before = files(vale)
    code, _, err = bring(published(changed(ROWS, 3, 3, 31)))
    assert code == RETURNS
    assert 'Help, row 3 has "31 of 20000"' in err
    assert "the figures of help-jan-mar-2025" in err
    assert files(vale) == before


def test_a_return_with_other_content_is_never_overwritten(bring, vale, published):
    vale.write(RETURN, ",".join(COLUMNS) + "\n")
    before = files(vale)
    code, _, err = bring(published(), "--add-source")
    assert code == ASKED
    assert f"{RETURN} is there already with other content" in err
    assert files(vale) == before


def test_a_revised_edition_has_a_source_of_its_own(bring, vale, published):
    bring(published(), "--add-source")
    again = published(changed(ROWS, 3, 3, 31))
    words = ("--source", "help-revised", "--add-source", "--status", "revised")
    assert bring(again, *words)[0] == 0
    rows = vale.open().observations
    rows = rows[(rows["indicator"] == "IL3") & (rows["authority"] == VALE)]
    rows = rows[rows["source"].astype(str).str.startswith("help-")]
    headline = rows[rows["characteristic"] == "all"].set_index("source")
    assert headline["numerator"].astype(int).to_dict() == {
        "help-jan-mar-2025": 30,
        "help-revised": 31,
    }
    assert headline.loc["help-revised", "status"] == "revised"


def test_the_folder_and_the_period_can_be_given(bring, vale, published):
    into = vale.folder / "data" / "returns" / "history"
    words = ("--period", "2024-25 Q1", "--into", into, "--add-source")
    assert bring(published(), *words)[0] == 0
    written = vale.text("data/returns/history/homes--help-apr-jun-2024.csv")
    assert "IL3,E07990001,,2024-25 Q1,all,all,30,20000" in written


def test_the_folder_is_one_of_the_workbook_s_wherever_it_is_typed(
    bring, vale, published, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    code, out, _ = bring(published(), "--into", "data/returns/extra", "--add-source")
    assert code == 0
    assert "Wrote data/returns/extra/homes--help-jan-mar-2025.csv." in out
    assert (vale.folder / "data/returns/extra").is_dir()


def test_a_figure_that_breaks_a_rule_is_told_and_not_written(bring, vale, published):
    code, out, err = bring(published(changed(ROWS, 4, 3, 26000)), "--add-source")
    assert code == RETURNS
    assert 'Help, row 4, column numerator of IL3 has "26000"' in err
    assert "E07990002" not in vale.text(RETURN)
    assert "Taken: 4 rows" in out
    assert [f for f in vale.open().findings if f.severity == "error"] == []


def test_a_cell_that_cannot_be_read_is_told_and_the_rest_is_written(
    bring, vale, published
):
    code, _, err = bring(published(changed(ROWS, 4, 3, "<5")), "--add-source")
    assert code == RETURNS
    assert "Help!C4 has \"<5\". Expected a number, or one of '..'" in err
    assert "E07990001" in vale.text(RETURN)
    assert "E07990002" not in vale.text(RETURN)


def test_indicators_that_the_workbook_has_not_are_told(bring, vale, published):
    vale.replace(PROFILE, "IL3\n        authorities", "NEW\n        authorities")
    code, out, _ = bring(published(), "--add-source")
    assert code == 0
    assert (
        "Left out: figures of NEW, which is not in data/registers/indicators.csv" in out
    )


def test_without_a_held_denominator_none_is_made_up(bring, vale, published):
    text = vale.text(HELP).splitlines(keepends=True)
    vale.write(HELP, "".join(line for line in text if ",age," not in line))
    code, out, _ = bring(published(), "--add-source")
    assert code == 0
    assert "The workbook holds no denominator for IL3 16-34, IL3 35 and over." in out
    assert ",age,16-34,18,,,final,help-jan-mar-2025,," in vale.text(RETURN)


def test_notes_are_shown_when_asked_for(bring, published):
    out = bring(published(), "--add-source", "--notes")[1]
    assert "Note: Notes" in out


class TestRefusals:
    """Nothing is written, and the message says what to do."""

    def test_a_file_of_another_kind(self, bring, vale, published):
        before = files(vale)
        code, _, err = bring(published(sheet="Budget"), "--add-source")
        assert code == RETURNS
        assert "a sheet named 'Help', as profile vale-help looks for" in err
        assert "the sheets Budget" in err
        assert files(vale) == before

    def test_a_file_of_another_profile_is_recognised(self, bring, vale, published):
        other = TEXT.replace("vale-help", "vale-money").replace(
            "sheet: Help", "sheet: X"
        )
        vale.write("data/profiles/vale-money.yaml", other)
        code, _, err = bring(published(), profile="vale-money")
        assert code == RETURNS
        assert "This one looks like vale-help." in err

    def test_an_unknown_profile(self, bring, published):
        code, _, err = bring(published(), profile="vale-halp")
        assert code == ASKED
        assert "There is no profile 'vale-halp'. Did you mean vale-help?" in err
        assert "This one looks like vale-help." in err

    def test_no_profile(self, bring, published):
        code, _, err = bring(published(), profile="")
        assert code == ASKED
        assert "This one looks like vale-help." in err

    def test_no_file(self, bring, tmp_path):
        code, _, err = bring(tmp_path / "nothing.xlsx")
        assert code == ASKED
        assert "There is no file" in err
        assert "nothing.xlsx" in err

    def test_a_folder_in_place_of_a_file(self, bring, tmp_path):
        code, _, err = bring(tmp_path)
        assert code == ASKED
        assert "is a folder. Name the published file in it." in err

    def test_no_workbook_to_list_the_profiles_of(self, perfnb, tmp_path):
        code, out, err = perfnb("import", "--list", "--folder", tmp_path / "nope")
        assert (code, out) == (ASKED, "")
        assert "There is no folder 'data' in" in err

    @pytest.mark.parametrize("name", ["my_source", "my source"])
    def test_a_source_that_can_be_no_id(self, bring, vale, published, name):
        before = files(vale)
        code, out, err = bring(published(), "--source", name, "--add-source")
        assert (code, out) == (ASKED, "")
        assert "letters, digits, points and hyphens only; write 'my-source'." in err
        assert files(vale) == before

    def test_none_of_its_indicators(self, bring, vale, published):
        vale.write(PROFILE, TEXT.replace("IL3", "NEW"))
        before = files(vale)
        code, out, err = bring(published(), "--add-source")
        assert code == ASKED
        assert "added" not in out
        assert "Left out: figures of NEW" in out
        assert err.splitlines()[-1] == (
            "ERROR Nothing was written: none of its indicators is in indicators.csv; "
            "add its row first."
        )
        assert files(vale) == before

    @pytest.mark.parametrize("into", ["parameters", "../data/returns/x", "/"])
    def test_a_folder_that_is_not_among_the_returns(self, bring, vale, published, into):
        before = files(vale)
        code, _, err = bring(published(), "--into", into, "--add-source")
        assert code == ASKED
        assert f"'{into}' is not in data/returns" in err
        assert files(vale) == before

    def test_a_period_where_each_row_says_its_own(self, bring, vale, published):
        rule = "place: column\n  heading: Quarter\n  form: return"
        old = 'place: title\n  form: months\n  text: "Help, {period}"'
        vale.replace(PROFILE, old, rule)
        code, _, err = bring(published(), "--period", "2024-25 Q1")
        assert code == ASKED
        assert "Leave out --period" in err
        assert "in the column 'Quarter'" in err

    def test_the_profile_in_use_is_not_what_it_looks_like(self, bring, published):
        code, _, err = bring(published(changed(ROWS, 1, 1, "Help")))
        assert code == RETURNS
        assert "looks like" not in err

    def test_the_example_of_a_period_can_be_typed(self, bring, vale, published):
        rule = 'place: title\n  form: autumn\n  text: "Help, {period}"'
        old = 'place: title\n  form: months\n  text: "Help, {period}"'
        vale.replace(PROFILE, old, rule)
        code, _, err = bring(published())
        assert code == RETURNS
        told = "such as --period 'October to November 2022'."
        assert told in err
        words = ("--period", "October to November 2022", "--add-source")
        bring(published(), *words)
        assert any("oct-nov-2022" in path.name for path in files(vale))

    def test_nothing_said(self, perfnb, vale):
        code, _, err = perfnb("import", "--folder", vale.folder)
        assert code == ASKED
        assert "Say which file to import" in err

    def test_a_period_that_is_none(self, bring, published):
        assert bring(published(), "--period", "last year")[0] == ASKED

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("form: months", "form: quarters", "period.form"),
            ("help-{months}", "help-{moths}", "no gaps but {months}, {year}"),
            ("help-{months}", "my help {months}", "points and hyphens around its gaps"),
            ("id: vale-help", "id: vale", "Expected vale-help, as the file is named"),
            ("numerator: Helped", "count: Helped", "count"),
            ('"..": missing', '"..": absent', "markers"),
            ("place: title", "place: column", "a heading, since the period is in"),
        ],
    )
    def test_a_broken_profile(self, bring, vale, published, old, new, said):
        vale.replace(PROFILE, old, new)
        code, _, err = bring(published())
        assert code == CATALOGUE
        assert PROFILE in err
        assert said in err


def test_profiles_are_listed(perfnb, root):
    code, out, _ = perfnb("import", "--list", "--folder", root)
    assert code == 0
    for name in ("hclic", "env18", "planning-p153"):
        assert f"{name}: " in out
    assert "Gives HOM1, HOM2, HOM3, HOM5." in out


def test_a_profile_none_of_whose_indicators_is_ours_is_marked(perfnb, vale):
    vale.write(
        "data/profiles/vale-new.yaml",
        TEXT.replace("IL3", "NEW").replace("id: vale-help", "id: vale-new"),
    )
    code, out, _ = perfnb("import", "--list", "--folder", vale.folder)
    assert code == 0
    lines = {line.split(":")[0]: line for line in out.splitlines()}
    assert "Gives IL3." in lines["vale-help"]
    assert "Gives NEW, none of which is in indicators.csv yet." in lines["vale-new"]
