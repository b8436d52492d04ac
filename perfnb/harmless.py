"""Text that a spreadsheet cannot take for a formula: the one place that sees to it.

A spreadsheet runs a cell that starts with ``=``, ``+``, ``-`` or ``@`` as a
formula, also a cell that came from somebody else's file. Whatever the package
writes as CSV or xlsx passes through `harmless` on its way out. Returns pass
through `restored` on their way in, so that what was written comes back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# Signs that start a formula, the full-width ones of East Asian keyboards among them.
_SIGNS = "=+\\-@＝＋－＠"
_BREAKS = "\t\r\n"
# Spreadsheets pass over some of these on import; no reader can see any of them.
_BLANKS = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x20\\x7f\\x85\\xa0\\u1680\\u2000-\\u200f\\u2028"
_BLANKS += "\\u2029\\u202f\\u205f\\u2060\\u3000\\ufeff"

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?")


def _places(apostrophe: str) -> re.Pattern[str]:
    # A file that is opened with another separator than its own begins cells also
    # behind semicolons, tabs and line ends, inside quotation marks or not. The
    # apostrophe is among what may stand before the sign, so a text that was typed
    # with one gets a second, and taking one off always gives back what was typed.
    return re.compile(
        f"^{apostrophe}(?='*[{_BREAKS}\\x00]|['{_BREAKS}{_BLANKS}]*[{_SIGNS}])"
        f"|(?<=[;{_BREAKS}]){apostrophe}(?=['\"{_BLANKS}]*[{_SIGNS}])"
    )


_UNMARKED = _places("")
_MARKED = _places("'")

INERT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""How xlsxwriter must be opened, so that text stays text however it is written."""


def harmless(cell: object) -> object:
    r"""Put an apostrophe before whatever a spreadsheet could run as a formula.

    Marked is text that starts with ``=``, ``+``, ``-``, ``@`` or a full-width form
    of these, also after blanks that nobody sees; that starts with a tab, a line
    end or a null; and a sign that stands behind a semicolon, a tab or a line end,
    where a file opened with another separator would begin a cell. A number stays
    a number, below nought too.

    Parameters
    ----------
    cell : object
        What the cell should hold. Infinite numbers are marked: ``-inf`` is a
        formula to a spreadsheet.

    Returns
    -------
    object
        The cell itself when it is harmless, else its text with apostrophes.

    References
    ----------
    OWASP Foundation, CSV Injection (community page, read 2026): the signs, tab,
    carriage return, line feed and full-width forms; a leading apostrophe;
    separators inside a text. OWASP Application Security Verification Standard
    5.0, requirement 1.2.10, adds the null character.

    Examples
    --------
    >>> harmless('=HYPERLINK("http://example.org")')
    '\'=HYPERLINK("http://example.org")'
    >>> harmless(-4.5), harmless("-4.5"), harmless("fewer - or more"), harmless(None)
    (-4.5, '-4.5', 'fewer - or more', None)
    >>> harmless("Two teams; @home and away")
    "Two teams;' @home and away"
    """
    if cell is None:
        return None
    text = str(cell)
    marked = _marked(text)
    return cell if marked == text else marked


def restored(text: str) -> str:
    """Take off the apostrophes that `harmless` put on, and no others.

    Parameters
    ----------
    text : str
        A cell of a CSV or xlsx file that was written through `harmless`, or of
        one that was not: an apostrophe that marks no formula stays.

    Examples
    --------
    >>> restored("'=1+1"), restored("'Bout time"), restored("''=1+1")
    ('=1+1', "'Bout time", "'=1+1")
    >>> restored("'-5")
    "'-5"
    >>> restored(harmless("'-5; =7"))
    "'-5; =7"
    """
    if "'" not in text:
        return text
    typed = _MARKED.sub("", text)
    return typed if _marked(typed) == text else text


def csv_text(
    headings: Sequence[str], rows: Iterable[Sequence[object]], *, line_end: str = "\n"
) -> str:
    r"""Write rows as CSV that carries no formula.

    Parameters
    ----------
    headings : sequence of str
        The first row.
    rows : iterable of sequence
        Cells of any kind; None is a blank cell.
    line_end : str
        ``"\r\n"`` for files that people take away, else ``"\n"``.

    Examples
    --------
    >>> csv_text(["place", "change"], [["=Vale", -3], ["Marsh", None]])
    "place,change\n'=Vale,-3\nMarsh,\n"
    """
    return "".join(f"{_line(row)}{line_end}" for row in [headings, *rows])


def _line(row: Iterable[object]) -> str:
    # The writer puts a text with a line end in quotation marks only when that end
    # is among its own, and a bare one in a text would begin a new row.
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(map(harmless, row))
    return buffer.getvalue().removesuffix("\r\n")


def _marked(text: str) -> str:
    return text if _NUMBER.fullmatch(text) else _UNMARKED.sub("'", text)
