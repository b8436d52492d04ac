"""A table with the same rows to take away."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from perfnb.report.downloads import Download
from perfnb.report.elements import Element, Table


@dataclass(frozen=True)
class Tabled(Element):
    """A table and, below it, its rows as CSV.

    Parameters
    ----------
    table : Table
        As people read it.
    download : Download
        The same rows, unrounded and with full names.

    Examples
    --------
    >>> table = Table("Waste", ["Year", "kg"], [["2024-25", "400.0"]])
    >>> shown = Tabled(table, Download("waste", ["year", "kg"], [["2024-25", 400]]))
    >>> "data:text/csv" in shown.html()
    True
    """

    table: Table
    download: Download

    def html(self) -> Markup:
        """Render the table, then the link that carries its file."""
        return Markup("{}{}").format(self.table.html(), self.download.html())
