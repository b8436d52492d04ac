"""A page stands by itself, says what it is, and nothing that people typed runs."""

import base64
import csv
import hashlib
import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
import small_page
from page_checks import faults, soup_of, text_of
from spreadsheets import WOULD_RUN, is_formula

from perfnb.errors import NotebookError
from perfnb.harmless import restored
from perfnb.report import page
from perfnb.report.downloads import Download
from perfnb.report.elements import Points, Prose, Section, Table

MARKUP = "<script>alert('x')</script>"
ABOUT = {
    "council": MARKUP,
    "quarter": "2025-26 Q3",
    "service": MARKUP,
    "report": MARKUP,
    "links": [{"href": 'a.html" onclick="x', "text": MARKUP}],
}


def output(kind, **parts):
    """Give a cell whose one output is of some kind."""
    return nbformat.v4.new_code_cell(
        "show()",
        execution_count=2,
        outputs=[nbformat.v4.new_output(kind, **parts)],
    )


def test_what_people_typed_is_shown_as_text():
    made = small_page.notebook(
        Prose([MARKUP]),
        Points([MARKUP]),
        Table(MARKUP, [MARKUP, MARKUP], [[MARKUP, MARKUP]]),
        Section(MARKUP, [small_page.chart(MARKUP, MARKUP)]),
        about=ABOUT,
    )
    soup = soup_of(small_page.html(made))
    assert soup.find("script") is None
    assert not [tag for tag in soup.find_all("a") if tag.has_attr("onclick")]
    for tag in (soup.title, soup.caption, soup.th, soup.td, soup.h3, soup.figcaption):
        assert MARKUP in tag.get_text()
    assert soup.img["alt"] == MARKUP
    assert soup.select_one(".council").string == MARKUP


def test_what_people_typed_is_shown_as_text_on_the_index():
    entry = {"page": "a.html", "question": MARKUP, "answer": MARKUP}
    service = {"title": MARKUP, "description": MARKUP, "entries": [entry]}
    troubled = {"service": MARKUP, "report": MARKUP, "trouble": MARKUP, "kept": True}
    soup = soup_of(
        page.index(
            {
                "council": MARKUP,
                "quarter": "2025-26 Q3",
                "as_at": "1 May 2026",
                "answer": [MARKUP],
                "services": [service],
                "troubled": [troubled],
            }
        )
    )
    assert soup.find("script") is None
    assert soup.get_text().count(MARKUP) >= 9


def test_a_page_says_what_it_is():
    soup = soup_of(small_page.html())
    assert soup.html["lang"] == "en-GB"
    for part in ("Is it so?", "Streets", "2025-26 Q3", "Illustrative Vale"):
        assert part in text_of(soup.title)
    assert text_of(soup.h1) == "Is it so?"
    assert soup.select_one('nav [aria-current="page"]').string == "Trend"


def test_the_policy_allows_the_one_style_and_nothing_else():
    soup = soup_of(small_page.html())
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    digest = hashlib.sha256(soup.style.decode_contents().encode()).digest()
    rules = dict(rule.strip().split(" ", 1) for rule in policy["content"].split(";"))
    assert rules == {
        "default-src": "'none'",
        "img-src": "data:",
        "style-src": f"'sha256-{base64.b64encode(digest).decode()}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_a_page_holds_no_code():
    html = small_page.html()
    assert "show()" not in html
    assert "In [" not in html


def test_the_same_notebook_gives_the_same_page():
    assert small_page.html() == small_page.html()


def test_downloads_are_written_beside_the_page():
    made = small_page.notebook()
    html, resources = page.CouncilExporter().from_notebook_node(made)
    content = resources["outputs"]["data/il1-trend.csv"]
    assert list(resources["outputs"]) == ["data/il1-trend.csv"]
    assert content.startswith(b"\xef\xbb\xbfquarter,value,verdict\r\n")
    assert soup_of(html).find("a", download=True)["href"] == "data/il1-trend.csv"
    assert "data:text/csv" not in html


def test_no_trap_for_spreadsheets_gets_into_a_file_beside_the_page():
    trapped = replace(
        small_page.chart(),
        download=Download("il1-trend", WOULD_RUN, [WOULD_RUN, [-1.5] * len(WOULD_RUN)]),
    )
    made = small_page.notebook(Section("Streets", [trapped]))
    _, resources = page.CouncilExporter().from_notebook_node(made)
    text = resources["outputs"]["data/il1-trend.csv"].decode("utf-8-sig")
    headings, typed, numbers = csv.reader(io.StringIO(text, newline=""))
    assert not any(map(is_formula, [*headings, *typed]))
    assert list(map(restored, typed)) == WOULD_RUN
    assert set(numbers) == {"-1.5"}


def test_a_notebook_with_an_error_is_refused():
    made = small_page.notebook()
    made.cells.append(
        output("error", ename="KeyError", evalue="'il1'", traceback=["a", "b"])
    )
    with pytest.raises(NotebookError, match=r"(?i)cell 5 .*'il1'"):
        small_page.html(made)


def test_plain_text_is_shown_as_it_is():
    made = small_page.notebook()
    made.cells.append(
        output("execute_result", data={"text/plain": MARKUP}, execution_count=2)
    )
    assert soup_of(small_page.html(made)).pre.string == MARKUP


def test_the_heading_is_the_question():
    assert page.heading(small_page.notebook()) == "Is it so?"
    assert page.heading(nbformat.v4.new_notebook()) == "Report"


def test_the_answer_is_the_first_line_that_is_shown():
    assert page.answer(small_page.notebook(Prose(["First.", "Second."]))) == (
        "Streets: one indicator is improving."
    )


def test_a_notebook_that_shows_nothing_has_no_answer():
    with pytest.raises(NotebookError, match="shows nothing"):
        page.answer(nbformat.v4.new_notebook())


@pytest.fixture
def converted(tmp_path):
    """Give a notebook that an analyst ran, converted by nbconvert itself."""
    made = small_page.notebook()
    del made.metadata["perfnb"]
    nbformat.write(made, tmp_path / "streets.ipynb")
    jupyter = Path(sys.executable).with_name("jupyter")
    done = subprocess.run(
        [jupyter, "nbconvert", "--to", "council", "streets.ipynb"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return tmp_path


def test_nbconvert_makes_the_same_kind_of_page(converted):
    html = (converted / "streets.html").read_text("utf-8")
    assert faults(html) == []
    assert text_of(soup_of(html).title) == "Is it so?"
    assert (converted / "data" / "il1-trend.csv").is_file()


def test_markup_in_prose_is_shown_and_not_obeyed():
    """A script or an image from elsewhere in a Markdown cell stays text."""
    prose = "Text <script>alert(1)</script> <img src='https://x.org/y'>"
    made = small_page.notebook()
    made.cells.append(nbformat.v4.new_markdown_cell(prose))
    soup = soup_of(small_page.html(made))
    assert soup.find("script") is None
    assert not soup.find_all("img", src="https://x.org/y")
    assert "<script>alert(1)</script>" in soup.main.get_text()
