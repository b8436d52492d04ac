"""A published quarter made again later is the same; what came since is in none of it.

Illustrative Vale publishes its third quarter as at 15 February 2026. On 1 May a
return comes that revises figures of the council and of its peers and adds the
fourth quarter. The third is run again, with its frozen day and without.
"""

from __future__ import annotations

import re

import pytest
import small_workbook as illustrative_vale
from page_checks import dead_links
from small_workbook import PARAMETERS, REVISIONS, SOURCES, WASTE
from test_run import QUARTER, SITE, content, run_it

from perfnb import manifest
from perfnb.receipts import LEDGER

LATER = "data/returns/2025-26-q4/streets--inspections-and-waste.csv"
ROWS = """\
IL1,E07990001,,2025-26 Q3,all,all,47,50,,revised,newest,,
IL1,E07990001,,2025-26 Q4,all,all,48,50,,provisional,newest,,
IL1,E07990002,,2025-26 Q3,all,all,48,50,,revised,newest,,
IL1,E07990002,,2025-26 Q4,all,all,49,50,,provisional,newest,,
IL1,E07990003,,2025-26 Q4,all,all,31,40,,provisional,newest,,
IL1,E07990004,,2025-26 Q4,all,all,22,24,,provisional,newest,,
IL2,E07990001,,2022-23,all,all,,,431.0,revised,newest,,
IL2,E07990001,,2024-25,all,all,,,388.0,revised,newest,,
IL2,E07990001,,2025-26,all,all,,,380.0,final,newest,,
IL2,E07990003,,2024-25,all,all,,,399.0,revised,newest,,
"""


def ask(book, *notebooks, as_at="2026-02-15", council="[data_quality]"):
    """Write the parameters of the third quarter."""
    book.write(
        PARAMETERS,
        f"quarter: {QUARTER}\n"
        f"as_at: {as_at}\n"
        "peer_group: neighbours\n"
        "services: [streets]\n"
        f"notebooks: [{', '.join(notebooks)}]\n"
        f"council_notebooks: {council}\n",
    )


def publish(book):
    """Run the third quarter and give what is published, by file."""
    assert {entry.trouble for entry in run_it(book).values()} == {""}
    folder = book.folder / SITE
    assert {path.name: dead_links(path) for path in folder.glob("*.html")} == {
        path.name: [] for path in folder.glob("*.html")
    }
    return content(folder)


def a_later_return_comes(book):
    """Add a source, a return of the next quarter and the reason for what it revises."""
    book.add_row(SOURCES, like=3, id="newest", received="2026-05-01", edition="third")
    heading = book.text(WASTE).splitlines(keepends=True)[0]
    book.write(LATER, heading + ROWS)
    book.add_row(
        *(REVISIONS, 2),
        **{"source": "newest", "from": "", "to": "", "decided": "2026-05-02"},
        reason="Illustrative weighbridge",
    )


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Give the site as published, made again later, and made as at a later day."""
    book = illustrative_vale.build(tmp_path_factory.mktemp("as at") / "council")
    ask(book, "trend", "benchmarking")
    published = publish(book)
    a_later_return_comes(book)
    again = publish(book)
    ask(book, "trend", as_at="2026-05-31", council="[]")
    return published, again, publish(book)


def test_a_published_quarter_made_again_is_the_same_byte_for_byte(runs):
    published, again, _ = runs
    assert published.keys() == again.keys()
    changed = [name for name in published if published[name] != again[name]]
    assert changed == [manifest.NAME]


def test_the_manifest_tells_that_the_data_has_grown(runs):
    """The figures are the same and what they were chosen from is not."""
    published, again, _ = (site[manifest.NAME].decode() for site in runs)
    assert LATER not in published
    assert LATER in again


def test_seen_from_a_later_day_the_page_says_what_was_revised(runs):
    published, _, later = (site["streets-trend.html"].decode() for site in runs)
    assert published != later
    assert "90.0% in 2025-26 Q3" in published
    assert "94.0% in 2025-26 Q3" in later
    text = " ".join(re.sub(r"<[^>]+>", " ", later).split())
    assert "2025-26 Q3 was revised from 90.0% to 94.0%" in text
    assert "received 1 May 2026" in text
    assert "No reason recorded." in text
    assert "Three figures of three were revised" in text
    assert "Illustrative weighbridge" in text
    assert "Illustrative weighbridge" not in published


def test_the_next_quarter_is_in_no_report_on_the_one_before(runs):
    for site in runs:
        assert b"2025-26 Q4" not in site["streets-trend.html"]


@pytest.mark.parametrize("service", ["streets", "homes"])
def test_every_report_looks_at_the_same_figures_as_when_it_was_published(
    small_workbook, service
):
    """Whatever a notebook shows, it has from here."""
    published = small_workbook.open().select(service, QUARTER)
    a_later_return_comes(small_workbook)
    again = small_workbook.open().select(service, QUARTER)
    assert again.findings == published.findings
    for frame in ("observations", "vintages", "revised"):
        before, after = (
            getattr(each, frame).reset_index(drop=True).astype(object)
            for each in (published, again)
        )
        assert after.equals(before), frame


def test_what_is_wrong_with_a_later_return_is_in_no_earlier_report(small_workbook):
    """It lies in the folder of the quarter, came in May and has a wrong row."""
    book = small_workbook
    book.add_row(SOURCES, like=3, id="newest", received="2026-05-01")
    heading = book.text(WASTE).splitlines(keepends=True)[0]
    name = WASTE.replace("waste", "corrections")
    book.write(name, heading + ROWS.splitlines(keepends=True)[0].replace("47", "<5"))
    assert book.text(LEDGER).splitlines()[3].startswith(name)
    book.set_cell(LEDGER, 4, "received", "2026-05-01")
    opened = book.open()
    assert name in {each.file for each in opened.findings}
    for selection in (opened.select("streets", QUARTER), opened.whole(QUARTER)):
        assert selection.findings == ()
    book.replace(PARAMETERS, "2026-02-15", "2026-05-01")
    (told,) = book.open().select("streets", QUARTER).findings
    assert (told.file, told.row) == (name, 2)


def test_a_selection_of_a_later_day_has_what_came(small_workbook):
    a_later_return_comes(small_workbook)
    small_workbook.replace(PARAMETERS, "2026-02-15", "2026-05-31")
    selection = small_workbook.open().select("streets", QUARTER)
    found = selection.revised[["indicator", "authority", "old_value", "new_value"]]
    assert [tuple(row) for row in found.to_numpy()] == [
        ("IL1", "E07990001", 90, 94),
        ("IL1", "E07990002", 80, 96),
        ("IL2", "E07990001", 420, 431),
        ("IL2", "E07990001", 410, 405.5),
        ("IL2", "E07990001", 400, 388),
        ("IL2", "E07990003", 450.5, 399),
    ]
