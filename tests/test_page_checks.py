"""Each check of a page is proven on a page that has the fault."""

import page_checks
import pytest
import small_page

from perfnb.report.page import CouncilExporter


def set_to(selector, **attributes):
    """Give attributes of the first such element another value."""

    def spoil(soup):
        soup.select_one(selector).attrs.update(attributes)

    return spoil


def without(selector, attribute=None):
    """Take out the first such element, or an attribute of it."""

    def spoil(soup):
        if attribute is None:
            soup.select_one(selector).decompose()
        else:
            del soup.select_one(selector)[attribute]

    return spoil


def renamed(selector, name):
    """Make all such elements elements of another name."""

    def spoil(soup):
        for tag in soup.select(selector):
            tag.name = name

    return spoil


def saying(selector, text):
    """Have the first such element say something else."""

    def spoil(soup):
        soup.select_one(selector).string = text

    return spoil


def holding(html, place="main"):
    """Put something more into the page."""

    def spoil(soup):
        soup.select_one(place).append(page_checks.soup_of(html))

    return spoil


def unwrapped(selector):
    """Take out such an element and leave what it holds."""

    def spoil(soup):
        soup.select_one(selector).unwrap()

    return spoil


@pytest.fixture(scope="module")
def good():
    """Give a page without a fault."""
    return small_page.html()


def test_good_page_has_no_fault(good):
    assert page_checks.faults(good) == []


ALTERNATIVES = {
    "empty alt": (set_to("img", alt=""), "without text alternative"),
    "no alt": (without("img", "alt"), "without text alternative"),
    "placeholder alt": (
        set_to("img", alt="No description has been provided for this image"),
        "placeholder for a text alternative",
    ),
    "alt without words": (set_to("img", alt="Bar chart"), "placeholder"),
    "file name for alt": (set_to("img", alt="a b c d e wide.svg"), "placeholder"),
}
PICTURES = {
    "lost image": (set_to("img", src="chart.svg"), "broken image"),
    "torn image": (set_to("img", src="data:image/svg+xml,%3Csvg%3E"), "broken image"),
    "torn for phones": (
        set_to("source", srcset="data:image/svg+xml,<svg a='b'/>"),
        "broken image",
    ),
    "image that loads": (
        set_to("img", src="data:image/svg+xml,<svg><image href='//a.uk/b'/></svg>"),
        "broken image",
    ),
    "no source": (without("img", "src"), "without source"),
    "image by itself": (unwrapped("figure"), "outside a figure"),
}
STRUCTURE = {
    "duplicate id": (holding('<p id="main"></p>'), "id 'main' stands 2 times"),
    "dead anchor": (holding('<a href="#gone">a</a>'), "'#gone', which is not there"),
    "no skip link": (without("a"), "does not skip to the main part"),
    "wrong language": (set_to("html", lang="en"), "language is 'en'"),
    "no language": (without("html", "lang"), "language is None"),
    "missing title": (without("title"), "no title"),
    "empty title": (saying("title", " "), "no title"),
    "no viewport": (without("meta[name=viewport]"), "no viewport"),
    "two h1": (renamed("h2", "h1"), "2 h1 elements"),
    "no main": (renamed("main", "div"), "0 main elements"),
    "heading jump": (renamed("h2", "h4"), "jumps from h1 to h4"),
    "heading without words": (saying("h2", ""), "an empty h2"),
}
TABLES = {
    "missing caption": (without("caption"), "without caption"),
    "column heads as td": (renamed("thead th", "td"), "does not head its column"),
    "row heads as td": (renamed("tbody th", "td"), "does not head its row"),
    "row head without scope": (without("tbody th", "scope"), "not head its row"),
    "column head without scope": (without("thead th", "scope"), "not head its column"),
    "table without head": (without("thead"), "has no head"),
    "torn row": (without("tbody td"), "a row of 2 under 3 heads"),
    "status by shape and colour": (saying("tbody td:last-child", "▲"), "no word: '▲'"),
    "status by colour alone": (saying("tbody td:last-child", ""), "no word: ''"),
}
RUNS = {
    "script": (holding("<script>alert(1)</script>"), "a script"),
    "handler": (set_to("figure", onclick="alert(1)"), "figure handles onclick"),
    "script in a link": (
        holding('<a href=" JavaScript:alert(1)">a</a>'),
        "a runs its href",
    ),
    "inline style": (set_to("figure", style="color:red"), "a style of its own"),
    "second style": (holding("<style>p{}</style>"), "2 style elements"),
    "changed style": (saying("style", "body{}"), "does not allow its style"),
    "imported style": (saying("style", "@import 'a.css'"), "its style loads"),
    "no policy": (without("meta[http-equiv]"), "no content security policy"),
    "open policy": (set_to("meta[http-equiv]", content="default-src *"), "no content"),
}
REQUESTS = {
    "outside image": (
        set_to("img", src="https://a.uk/b.png"),
        "img loads https://a.uk",
    ),
    "outside style": (holding('<link href="//a.uk/b.css">', "head"), "link loads //a"),
    "outside script": (holding('<script src="http://a.uk"></script>'), "script loads"),
    "frame": (holding('<iframe src="a.html"></iframe>'), "a iframe"),
    "refresh": (holding('<meta http-equiv="refresh">', "head"), "elsewhere by itself"),
}
TRACES = {
    "path of Linux": (holding("<p>See /home/jo/perfnb/a.py.</p>"), "a path"),
    "path of Windows": (holding(r"<p>See C:\Users\jo\a.py.</p>"), "a path"),
    "path in a picture": (
        set_to("img", src="data:image/svg+xml,%3Csvg%3E%2Froot%2Fa%3C/svg%3E"),
        "a path",
    ),
    "process": (holding("<p>ipykernel_4711</p>"), "a path"),
    "traceback": (holding("<pre>Traceback (most recent</pre>"), "'Traceback'"),
    "warning": (holding("<pre>UserWarning: old</pre>"), "'Warning:'"),
    "error": (holding("<pre>ValueError: no</pre>"), "'Error:'"),
    "stream": (holding('<div class="output_stderr">a</div>'), "'stderr'"),
    "object": (holding("<p>&lt;Prose object at 0x7f3a&gt;</p>"), "'object at 0x'"),
}
CHARTS = {
    "chart without caption": (saying("figcaption", ""), "a figure without caption"),
    "chart without figures": (without("details table"), "has no details table"),
    "chart without summary": (without("summary"), "has no details > summary"),
    "chart for laptops only": (without("source"), "has no source"),
    "no download": (without("details a", "download"), "no figures to download"),
}


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        pytest.param(*case, id=name)
        for family in (
            *(ALTERNATIVES, PICTURES, STRUCTURE, TABLES),
            *(RUNS, REQUESTS, TRACES, CHARTS),
        )
        for name, case in family.items()
    ],
)
def test_check_catches(good, spoil, told):
    soup = page_checks.soup_of(good)
    spoil(soup)
    assert told in "\n".join(page_checks.faults(str(soup)))


@pytest.fixture
def page(tmp_path):
    """Give a page with its figures beside it."""
    html, resources = CouncilExporter().from_notebook_node(small_page.notebook())
    (tmp_path / "data").mkdir()
    for name, content in resources["outputs"].items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "index.html").touch()
    (tmp_path / "page.html").write_text(html, "utf-8")
    return tmp_path / "page.html"


def test_good_page_leads_to_its_figures(page):
    assert page_checks.dead_links(page) == []
    assert page_checks.downloads_that_differ(page) == []


@pytest.mark.parametrize("target", ["gone.html", "/srv/index.html", "data/gone.csv"])
def test_check_catches_a_dead_link(page, target):
    html = page.read_text("utf-8").replace('"index.html"', f'"{target}"')
    page.write_text(html, "utf-8")
    assert page_checks.dead_links(page) == [target]


@pytest.mark.parametrize(
    "spoiled",
    ["quarter,value\r\n2024-25 Q3,80\r\n", "a,b\r\n1,2,3\r\n4,5\r\n", "a,b\r\n"],
)
def test_check_catches_figures_that_differ(page, spoiled):
    (page.parent / "data" / "il1-trend.csv").write_text(spoiled, "utf-8")
    assert page_checks.downloads_that_differ(page) != []
