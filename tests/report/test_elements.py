"""Elements show themselves with all text escaped, and give figures to take away."""

import csv
import io
from urllib.parse import unquote

import pandas as pd
import pytest
import small_page
from page_checks import SVG, drawing_of, is_picture, soup_of

from perfnb.report.downloads import Download, download
from perfnb.report.elements import Chart, Parts, Points, Prose, Section, Table, rows_of

MARKUP = "<script>alert('Fish & chips')</script>"
NAMED = "Waste\" onload='x'"


def chart(**changed):
    """Give the chart of a small page, with something changed."""
    made = small_page.chart()
    return Chart(**{**made.__dict__, **changed})


@pytest.mark.parametrize(
    "element",
    [
        Prose([MARKUP, NAMED]),
        Prose([MARKUP], role="answer"),
        Points([MARKUP, NAMED]),
        Table(MARKUP, [MARKUP, NAMED], [[MARKUP, NAMED]]),
        Table(MARKUP, [NAMED, MARKUP], [[NAMED, MARKUP]], numeric=[1]),
        Section(MARKUP, [Prose([NAMED])]),
        Parts([Points([MARKUP]), Prose([NAMED])]),
        chart(title=MARKUP, alternative=MARKUP),
        chart(title=NAMED, alternative=NAMED),
    ],
    ids=lambda element: type(element).__name__,
)
def test_text_never_becomes_markup(element):
    soup = soup_of(str(element.html()))
    assert soup.find("script") is None
    assert not [tag for tag in soup.find_all(True) if tag.has_attr("onload")]
    shown = soup.get_text() + " ".join(str(tag.attrs) for tag in soup.find_all(True))
    assert "Fish & chips" in shown or NAMED in shown


def test_prose_is_paragraphs():
    prose = Prose(["One.", "Two."], role="answer")
    soup = soup_of(str(prose.html()))
    assert [p.string for p in soup.find_all("p")] == ["One.", "Two."]
    assert soup.select(".answer")
    assert prose.text() == "One.\nTwo."


def test_an_element_shows_itself_in_a_notebook():
    shown = Prose(["Fish & chips"])._repr_mimebundle_()
    assert shown == {
        "text/html": "<p>Fish &amp; chips</p>",
        "text/plain": "Fish & chips",
    }


def test_a_table_names_its_columns_and_rows():
    rows = [["Norwich", "19.0"], ["Ipswich", "38.8"]]
    table = soup_of(str(Table("Rates", ["Council", "%"], rows, numeric=[1]).html()))
    assert table.caption.string == "Rates"
    assert [th.string for th in table.select('thead th[scope="col"]')] == [
        *("Council", "%")
    ]
    assert [th.string for th in table.select('tbody th[scope="row"]')] == [
        *("Norwich", "Ipswich")
    ]
    assert [td.string for td in table.select("tbody td.figure")] == ["19.0", "38.8"]


def test_a_table_that_folds_into_cards_keeps_its_roles_and_labels():
    table = soup_of(str(Table("Rates", ["Council", "%"], [["Norwich", "19"]]).html()))
    assert {tag["role"] for tag in table.find_all(role=True)} == {
        *("table", "rowgroup", "row", "columnheader", "rowheader", "cell")
    }
    assert table.td["data-label"] == "%"


def test_a_chart_is_drawn_for_laptops_and_for_phones():
    figure = soup_of(str(small_page.chart().html()))
    wide, narrow = figure.img["src"], figure.source["srcset"]
    assert figure.source["media"].startswith("(max-width:")
    assert wide != narrow
    for address in (wide, narrow):
        assert is_picture(address)
        assert " " not in address


def test_a_chart_has_its_words_and_its_figures():
    made = small_page.chart()
    figure = soup_of(str(made.html()))
    assert figure.img["alt"] == made.alternative
    assert figure.figcaption.string == made.title
    assert len(figure.select("details table tbody tr")) == len(made.download.rows)
    assert made.text() == f"{made.title}\n{made.alternative}"


def test_a_section_has_its_heading():
    section = soup_of(str(Section("Streets", [Prose(["Clean."])], level=4).html()))
    assert section.section.h4.string == "Streets"
    assert section.section.p.string == "Clean."


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-A1", "@SUM(A1)", '=HYPERLINK("a")'])
def test_a_download_cannot_carry_a_formula(typed):
    text = Download("il1", [typed], [[typed]]).csv()
    assert list(csv.reader(io.StringIO(text, newline=""))) == [[f"'{typed}"]] * 2


def test_a_download_keeps_negative_figures_as_they_are():
    assert Download("il1", ["gap"], [[-1.5], ["a-b"]]).csv() == (
        "gap\r\n-1.5\r\na-b\r\n"
    )


def test_a_download_quotes_what_a_person_typed():
    text = Download("il1", ["note"], [['He said "so",\nat last']]).csv()
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["note"],
        ['He said "so",\nat last'],
    ]


def test_a_frame_is_offered_unrounded_with_missing_cells_blank():
    frame = pd.DataFrame(
        {
            "quarter": ["2025-26 Q2", "2025-26 Q3"],
            "value": pd.array([1 / 3, pd.NA], dtype="Float64"),
            "received": pd.to_datetime(["2025-11-01", None]),
        }
    )
    assert download("IL1-Trend", frame) == Download(
        "il1-trend",
        ["quarter", "value", "received"],
        [
            ["2025-26 Q2", 1 / 3, pd.Timestamp("2025-11-01").date()],
            ["2025-26 Q3", "", ""],
        ],
    )


def test_rows_have_their_columns_as_attributes():
    frame = pd.DataFrame({"group": ["a", "b"], "value": [1, 2]})
    assert [(row.group, row.value) for row in rows_of(frame)] == [("a", 1), ("b", 2)]


def test_a_picture_in_an_address_is_the_picture_itself():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg"><text>£5 &amp; 50% "so" ’</text></svg>'
    )
    figure = soup_of(str(chart(wide=svg, narrow=svg).html()))
    carried = unquote(figure.img["src"].partition(",")[2])
    assert drawing_of(carried).find(f"{SVG}text").text == '£5 & 50% "so" ’'
