"""The pages of the worked example, each looked at as a member would meet it.

The whole example is run once, in a copy of the workbook; what needs a browser
is then read off once for every page, at the widths of a laptop and of phones.
"""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import page_checks
import pytest
import small_page
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from spreadsheets import is_formula

from perfnb import run
from perfnb.workbook import open_workbook

ROOT = Path(__file__).parents[1]
QUARTER = "2025-26 Q3"
PARAMETERS = ROOT / "parameters" / "2025-26-q3.yaml"
ASKED = yaml.safe_load(PARAMETERS.read_text("utf-8"))
REPORTS = [
    f"{service}-{notebook}"
    for service in ASKED["services"]
    for notebook in ASKED["notebooks"]
]
REPORTS += [name.replace("_", "-") for name in ASKED["council_notebooks"]]
PAGES = ["index", *REPORTS]

LAPTOP, TABLET, PHONE, SMALL_PHONE = 1280, 768, 360, 320
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
    *("--disable-sync",),
)
WAIT_MS = 100
KB_OF_A_PAGE = 512


@dataclass
class Visit:
    """What a browser met on a page.

    Parameters
    ----------
    requests : list of str
        Addresses that it asked for, beside the page itself.
    messages : list of str
        What it wrote on its console, with the page's policy in force.
    violations : dict of int to list of str
        What axe found, by width of the window, details opened.
    width : dict of int to int
        Width of what the page holds, by width of the window.
    blank : list of str
        Text alternatives of the images that did not show, at each width.
    """

    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    violations: dict[int, list[str]] = field(default_factory=dict)
    width: dict[int, int] = field(default_factory=dict)
    blank: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the worked example in a copy of the workbook and give its site."""
    folder = tmp_path_factory.mktemp("example") / "a council’s workbook"
    for name in ("data", "notebooks", "parameters"):
        shutil.copytree(ROOT / name, folder / name)
    workbook = open_workbook(folder)
    done = run.run(workbook, workbook.parameters(QUARTER))
    assert {d.entry.page: d.entry.trouble for d in done if d.entry.trouble} == {}
    return folder / "output" / PARAMETERS.stem


@pytest.fixture(scope="module")
def program() -> str:
    """Find a browser; CI must have one, others are told how to get it."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        missing = (
            "No browser was found, so no page is looked at in one. Install Chromium "
            "(on Debian: apt-get install chromium) or Google Chrome."
        )
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    return str(path)


@pytest.fixture(scope="module")
def visits(program: str, site: Path) -> dict[str, Visit]:
    """Visit every page with the browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        found = {name: visit(browser, site / f"{name}.html") for name in PAGES}
        browser.close()
    return found


def visit(browser: Browser, path: Path) -> Visit:
    """Open a page as a reader does, then once more to measure it.

    Measuring needs scripts, which the page's policy rightly forbids; so what the
    policy gives rise to is read off first, with nothing bypassed.
    """
    found = Visit()
    with browser.new_context() as reader:
        page = reader.new_page()
        page.on("request", lambda request: found.requests.append(request.url))
        page.on("console", lambda message: found.messages.append(message.text))
        page.on("pageerror", lambda error: found.messages.append(str(error)))
        page.goto(path.as_uri())
        page.wait_for_timeout(WAIT_MS)
    found.requests.remove(path.as_uri())
    with browser.new_context(bypass_csp=True) as measurer:
        page = measurer.new_page()
        for width in (LAPTOP, TABLET, PHONE, SMALL_PHONE):
            measure(page, path, width, found)
    return found


def measure(page: Page, path: Path, width: int, found: Visit) -> None:
    """Read off what shows at a width of the window, with all details opened."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found.width[width] = page.evaluate("document.documentElement.scrollWidth")
    found.blank += page.evaluate(
        "[...document.images].filter(i => !(i.complete && i.naturalWidth > 0))"
        f".map(i => '{width}: ' + i.alt)"
    )
    if width in (LAPTOP, PHONE):
        found.violations[width] = list(told(Axe().run(page).response["violations"]))


def told(violations: list[dict[str, Any]]) -> Iterator[str]:
    """Say what axe found, place by place."""
    for violation in violations:
        for node in violation["nodes"]:
            yield f"{violation['id']}: {violation['help']}: {node['html'][:200]}"


def test_every_report_is_a_page(site):
    assert {path.stem for path in site.glob("*.html")} == set(PAGES)


def test_site_holds_nothing_else(site):
    kinds = {path.parent.relative_to(site).as_posix() for path in site.rglob("*.*")}
    assert kinds == {".", "data", "notebooks"}
    assert {path.suffix for path in (site / "data").iterdir()} == {".csv"}
    assert {path.stem for path in (site / "notebooks").iterdir()} == set(REPORTS)
    assert {path.name for path in site.iterdir() if path.suffix != ".html"} == {
        "data",
        "data-quality.csv",
        "manifest.json",
        "notebooks",
    }


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_fault(site, name):
    assert page_checks.faults((site / f"{name}.html").read_text("utf-8")) == []


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(site, name):
    assert page_checks.dead_links(site / f"{name}.html") == []


@pytest.mark.parametrize("name", REPORTS)
def test_downloads_hold_the_figures_shown(site, name):
    assert page_checks.downloads_that_differ(site / f"{name}.html") == []


@pytest.mark.parametrize("name", PAGES)
def test_page_is_light(site, name):
    assert (site / f"{name}.html").stat().st_size < KB_OF_A_PAGE * 1024


def test_index_leads_to_every_report(site):
    soup = page_checks.soup_of((site / "index.html").read_text("utf-8"))
    targets = {link["href"] for link in soup.main.find_all("a", href=True)}
    assert targets >= {f"{name}.html" for name in REPORTS}


def test_every_report_leads_back_to_the_index(site):
    for name in REPORTS:
        soup = page_checks.soup_of((site / f"{name}.html").read_text("utf-8"))
        assert soup.header.find("a", href="index.html")


def test_pages_have_titles_of_their_own(site):
    titles = [
        page_checks.text_of(page_checks.soup_of(path.read_text("utf-8")).title)
        for path in site.glob("*.html")
    ]
    assert len(set(titles)) == len(titles)


def test_no_cell_of_any_file_to_take_away_is_a_formula(site):
    files = sorted(site.rglob("*.csv"))
    assert len(files) > len(REPORTS)
    for file in files:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            cells = [cell for row in csv.reader(opened) for cell in row]
        assert [cell for cell in cells if is_formula(cell)] == [], file.name


def test_figures_to_download_have_names_of_their_own(site):
    """A figure of one report does not overwrite that of another."""
    links = [
        link["href"]
        for path in site.glob("*.html")
        for link in page_checks.soup_of(path.read_text("utf-8")).select("a[download]")
    ]
    assert len(set(links)) == len(links)
    assert {f"data/{path.name}" for path in (site / "data").iterdir()} == set(links)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visits, name):
    assert visits[name].violations == {LAPTOP: [], PHONE: []}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways(visits, name):
    wide = {w: held for w, held in visits[name].width.items() if held > w}
    assert wide == {}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_fetched(visits, name):
    asked = [url for url in visits[name].requests if not url.startswith("data:")]
    assert asked == []


@pytest.mark.parametrize("name", PAGES)
def test_console_stays_empty(visits, name):
    assert visits[name].messages == []


@pytest.mark.parametrize("name", PAGES)
def test_every_image_shows(visits, name):
    assert visits[name].blank == []


def test_a_script_that_slips_into_a_page_does_not_run(program, tmp_path):
    """An output may hold any HTML; the page's policy keeps it from running."""
    made = small_page.notebook()
    slipped = (
        "<script>document.title = 'ran'</script>"
        "<img src=x alt=x onerror=\"document.title = 'ran'\">"
        "<a href=\"javascript:document.title = 'ran'\">a</a>"
    )
    shown = nbformat.v4.new_output("display_data", {"text/html": slipped})
    made.cells.append(nbformat.v4.new_code_cell("slip()", outputs=[shown]))
    path = tmp_path / "page.html"
    path.write_text(small_page.html(made), "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        page = browser.new_page()
        page.goto(path.as_uri())
        page.click("a[href^=javascript]")
        page.wait_for_timeout(WAIT_MS)
        assert page.title().startswith("Is it so?")
        browser.close()
