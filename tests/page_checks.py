"""What must hold of every published page, as far as no browser is needed.

Each check lists the faults of a page in words. axe finds fewer than half of
these by itself, so they are checked here and proven in ``test_page_checks.py``
on a page that has each fault.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from bs4 import BeautifulSoup, Tag

LANGUAGE = "en-GB"
WORDS_OF_AN_ALTERNATIVE = 5
PLACEHOLDERS = re.compile(
    r"no description|alt(ernative)? text|lorem|todo|tbc|placeholder|\.(png|svg|jpe?g)$",
    re.IGNORECASE,
)
PATHS = re.compile(
    r"(?<![\w.:/-])/(home|root|Users|tmp|usr|var|opt|srv|mnt|work|private)/"
    r"|(?<!\w)[A-Za-z]:\\|file:/|site-packages|ipykernel_\d+"
)
OUTSIDE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
LOADS = (
    *(("img", "src"), ("img", "srcset"), ("source", "src"), ("source", "srcset")),
    *(("script", "src"), ("link", "href"), ("iframe", "src"), ("object", "data")),
    *(("embed", "src"), ("video", "src"), ("audio", "src"), ("image", "href")),
)
SVG = "{http://www.w3.org/2000/svg}"
NOTHING_TO_SHOW = "–"

Check = Callable[[BeautifulSoup], Iterator[str]]


def soup_of(html: str) -> BeautifulSoup:
    """Parse a page as it was written."""
    return BeautifulSoup(html, "html.parser")


def faults(html: str) -> list[str]:
    """List every fault of a page."""
    soup = soup_of(html)
    return [fault for check in CHECKS for fault in check(soup)]


def text_of(tag: Tag | None) -> str:
    """Give the words of an element, with single spaces."""
    return " ".join(tag.get_text(" ").split()) if tag else ""


def language_and_title(soup: BeautifulSoup) -> Iterator[str]:
    """Say which language the page is in and what it is about."""
    language = soup.html.get("lang") if soup.html else None
    if language != LANGUAGE:
        yield f"language is {language!r}"
    if not text_of(soup.title):
        yield "no title"
    if not soup.find("meta", attrs={"name": "viewport"}):
        yield "no viewport for phones"


def landmarks(soup: BeautifulSoup) -> Iterator[str]:
    """Have one heading of the page, one main part, and a way to skip to it."""
    for name in ("h1", "main"):
        count = len(soup.find_all(name))
        if count != 1:
            yield f"{count} {name} elements"
    main = soup.main.get("id") if soup.main else None
    first = soup.find("a")
    if first is None or first.get("href") != f"#{main}":
        yield "its first link does not skip to the main part"


def headings(soup: BeautifulSoup) -> Iterator[str]:
    """Have no empty heading and none that skips a level."""
    found = soup.find_all(re.compile(r"^h[1-6]$"))
    for heading in found:
        if not text_of(heading):
            yield f"an empty {heading.name}"
    for before, after in pairwise(found):
        if int(after.name[1]) > int(before.name[1]) + 1:
            yield f"heading jumps from {before.name} to {after.name}: {text_of(after)}"


def identifiers(soup: BeautifulSoup) -> Iterator[str]:
    """Have each id once, and every link within the page lead to one."""
    ids = Counter(tag["id"] for tag in soup.find_all(id=True))
    for name, count in ids.items():
        if count > 1:
            yield f"id '{name}' stands {count} times"
    for link in soup.find_all("a", href=re.compile("^#")):
        if link["href"].removeprefix("#") not in ids:
            yield f"link to '{link['href']}', which is not there"


def alternatives(soup: BeautifulSoup) -> Iterator[str]:
    """Have every image say in a sentence what it shows."""
    for image in soup.find_all("img"):
        alternative = image.get("alt")
        if not alternative:
            yield "an image without text alternative"
        elif (
            PLACEHOLDERS.search(alternative)
            or len(alternative.split()) < WORDS_OF_AN_ALTERNATIVE
        ):
            yield f"placeholder for a text alternative: '{alternative}'"


def pictures(soup: BeautifulSoup) -> Iterator[str]:
    """Have every image carried by the page itself, whole."""
    for image in soup.find_all("img"):
        if not image.get("src"):
            yield "an image without source"
    for tag in soup.find_all(["img", "source"]):
        for name in ("src", "srcset"):
            address = tag.get(name)
            if address and not is_picture(address):
                yield f"broken image: {address[:60]}"


def is_picture(address: str) -> bool:
    """Tell whether an address carries a whole SVG or PNG."""
    if " " in address:
        return False
    kind, _, content = address.partition(",")
    if kind.startswith("data:image/svg+xml"):
        try:
            drawing = drawing_of(unquote(content))
        except ElementTree.ParseError:
            return False
        return drawing.tag.endswith("svg") and not OUTSIDE.search(links_of(drawing))
    coded = content if kind == "data:image/png;base64" else ""
    return base64.b64decode(coded).startswith(b"\x89PNG")


def drawing_of(svg: str) -> ElementTree.Element:
    """Parse an SVG, which must be whole."""
    return ElementTree.fromstring(svg)


def links_of(drawing: ElementTree.Element) -> str:
    """Give every address that an SVG names."""
    return " ".join(
        value
        for element in drawing.iter()
        for name, value in element.attrib.items()
        if name.endswith("href")
    )


def tables(soup: BeautifulSoup) -> Iterator[str]:
    """Have every table named, and every row and column headed."""
    for table in soup.find_all("table"):
        name = text_of(table.caption)
        if not name:
            yield f"a table without caption: {text_of(table)[:40]}"
        heads = table.select("thead tr > *")
        if not heads:
            yield f"table '{name}' has no head"
        rows = [row.find_all(["th", "td"]) for row in table.select("tbody tr")]
        for cell in (cell for cell in heads if not is_head(cell, "col")):
            yield f"table '{name}': '{text_of(cell)}' does not head its column"
        for row in (row for row in rows if not is_head(row[0], "row")):
            yield f"table '{name}': '{text_of(row[0])}' does not head its row"
        for row in (row for row in rows if len(row) != len(heads)):
            yield f"table '{name}': a row of {len(row)} under {len(heads)} heads"


def is_head(cell: Tag, scope: str) -> bool:
    """Tell whether a cell heads its row or column for a screen reader."""
    return cell.name == "th" and cell.get("scope") == scope


def words_in_cells(soup: BeautifulSoup) -> Iterator[str]:
    """Have a word in every cell: no meaning by colour or shape alone."""
    for cell in soup.find_all(["th", "td"]):
        text = text_of(cell)
        if text != NOTHING_TO_SHOW and not re.search(r"[\w%]", text):
            yield f"a cell that has no word: '{text}' {cell.get('class', '')}".strip()


def no_script(soup: BeautifulSoup) -> Iterator[str]:
    """Have nothing in the page that runs."""
    for _ in soup.find_all("script"):
        yield "a script"
    for tag in soup.find_all(True):
        for name, value in tag.attrs.items():
            if name.startswith("on"):
                yield f"{tag.name} handles {name}"
            if str(value).strip().lower().startswith("javascript:"):
                yield f"{tag.name} runs its {name}"


def no_style_of_its_own(soup: BeautifulSoup) -> Iterator[str]:
    """Have one style element, which the policy allows by its hash."""
    for tag in soup.find_all(style=True):
        yield f"{tag.name} has a style of its own"
    styles = soup.find_all("style")
    if len(styles) != 1:
        yield f"{len(styles)} style elements"
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    allowed = policy.get("content", "") if policy else ""
    if "default-src 'none'" not in allowed:
        yield "no content security policy"
    for style in styles:
        digest = hashlib.sha256(style.decode_contents().encode()).digest()
        if base64.b64encode(digest).decode() not in allowed:
            yield "its policy does not allow its style"
        if re.search(r"@import|url\(", style.decode_contents()):
            yield "its style loads something"


def no_request(soup: BeautifulSoup) -> Iterator[str]:
    """Have nothing in the page that is fetched from elsewhere."""
    for name, attribute in LOADS:
        for tag in soup.find_all(name, attrs={attribute: OUTSIDE}):
            if not tag[attribute].startswith("data:"):
                yield f"{name} loads {tag[attribute][:60]}"
    for _ in soup.find_all("meta", attrs={"http-equiv": re.compile("refresh", re.I)}):
        yield "it goes elsewhere by itself"
    for tag in soup.find_all(["link", "iframe", "object", "embed", "form"]):
        yield f"a {tag.name}"


def no_trace(soup: BeautifulSoup) -> Iterator[str]:
    """Have nothing of the machine that made the page."""
    html = re.sub(r"data:[^\"']*", lambda found: unquote(found[0]), str(soup))
    for found in PATHS.finditer(html):
        yield f"a path of the machine: {html[found.start() :][:40]}"
    for word in ("Traceback", "stderr", "Error:", "Warning:", "object at 0x"):
        if word in html:
            yield f"'{word}' of a notebook that went wrong"


def charts(soup: BeautifulSoup) -> Iterator[str]:
    """Have the figures of every chart below it, to read and to take away."""
    for image in soup.find_all("img"):
        if not image.find_parent("figure"):
            yield f"an image outside a figure: {image.get('alt')}"
    for figure in soup.find_all("figure"):
        name = text_of(figure.figcaption)
        if not name:
            yield "a figure without caption"
        for needed in ("img", "source", "details > summary", "details table"):
            if not figure.select(needed):
                yield f"figure '{name}' has no {needed}"
        if not downloads(figure):
            yield f"figure '{name}' has no figures to download"


def downloads(tag: Tag) -> list[Tag]:
    """Give the links to figures beside the page."""
    return tag.select('details a[download][href$=".csv"]')


CHECKS: tuple[Check, ...] = (
    language_and_title,
    landmarks,
    headings,
    identifiers,
    alternatives,
    pictures,
    tables,
    words_in_cells,
    no_script,
    no_style_of_its_own,
    no_request,
    no_trace,
    charts,
)


def dead_links(page: Path) -> list[str]:
    """List the links of a page that lead to no file of the site."""
    soup = soup_of(page.read_text("utf-8"))
    targets = [link["href"].partition("#")[0] for link in soup.find_all("a", href=True)]
    inside = [target for target in targets if target and "://" not in target]
    return [
        target
        for target in inside
        if target.startswith("/") or not (page.parent / unquote(target)).is_file()
    ]


def downloads_that_differ(page: Path) -> list[str]:
    """List the charts whose CSV has not the rows of the table beside it."""
    found = []
    for figure in soup_of(page.read_text("utf-8")).find_all("figure"):
        shown = len(figure.select("details tbody tr"))
        for link in downloads(figure):
            text = (page.parent / link["href"]).read_text("utf-8-sig")
            rows = list(csv.reader(text.splitlines()))
            if len(rows) - 1 != shown or len({len(row) for row in rows}) != 1:
                found.append(f"{link['href']}: {len(rows) - 1} rows, {shown} shown")
    return found
