"""Find the tables of a profile in a file, or say what was looked for in vain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from perfnb.errors import Fault
from perfnb.ingest.opening.sheets import Sheet
from perfnb.ingest.published.layout import Layout, locate
from perfnb.ingest.published.profile import Column, Drop, Figure, Profile, Table
from perfnb.ingest.published.sought import Texts
from perfnb.ingest.published.wording import fits, nearest


@dataclass(frozen=True)
class FoundFigure:
    """A figure of a table with the columns that it is read from.

    A column that a profile says may be absent, and that is, is not in `columns`.
    """

    figure: Figure
    columns: dict[str, int]
    where: dict[int, Texts]


@dataclass(frozen=True)
class FoundTable:
    """A table of a profile, found on a sheet with every column it needs."""

    table: Table
    layout: Layout
    figures: tuple[FoundFigure, ...]
    name: int | None
    area: int | None
    period: int | None
    indicator: int | None
    drops: tuple[int, ...]


def find_tables(
    sheets: Sequence[Sheet], profile: Profile
) -> tuple[list[FoundTable], list[Fault]]:
    """Find every table of a profile.

    Parameters
    ----------
    sheets : sequence of Sheet
        The file.
    profile : Profile
        What to look for.

    Returns
    -------
    tables : list of FoundTable
        Those that are there. An optional table that is not there is left out.
    faults : list of Fault
        What the file must have and has not: it is not of this profile then.
    """
    tables: list[FoundTable] = []
    faults: list[Fault] = []
    for table in profile.tables:
        found, wrong = find_table(sheets, table, profile)
        if found is not None:
            tables.append(found)
        elif not table.optional:
            faults += wrong
    return tables, faults


def recognised(sheets: Sequence[Sheet], profiles: Iterable[Profile]) -> list[str]:
    """Name the profiles that a file is of, so that it can be imported.

    Parameters
    ----------
    sheets : sequence of Sheet
        The file.
    profiles : iterable of Profile
        Those of the workbook.

    Returns
    -------
    list of str
        Ids of the profiles all of whose tables are there; of one whose rows are to
        be counted, when the columns are there by which they are.
    """
    return [each.id for each in profiles if sheets and _is_of(sheets, each)]


def _is_of(sheets: Sequence[Sheet], profile: Profile) -> bool:
    counted = profile.counting
    if counted is None:
        return not find_tables(sheets, profile)[1]
    headings = sheets[0].rows[0] if sheets[0].rows else ()
    by = (counted.area, counted.period, counted.kind)
    return all(any(fits(cell, sought) for cell in headings) for sought in by)


def find_table(
    sheets: Sequence[Sheet], table: Table, profile: Profile
) -> tuple[FoundTable | None, list[Fault]]:
    """Find one table of a profile; see `find_tables`."""
    named = [sheet for sheet in sheets if fits(sheet.name or "", table.sheet)]
    if not named:
        return None, [_no_sheet(sheets, table, profile)]
    missed: list[list[Fault]] = []
    for sheet in named:
        found, faults = _on_sheet(sheet, table, profile)
        if found is not None:
            return found, []
        missed.append(faults)
    return None, min(missed, key=len)


def _on_sheet(
    sheet: Sheet, table: Table, profile: Profile
) -> tuple[FoundTable | None, list[Fault]]:
    layout = locate(sheet, table)
    if layout is None:
        return None, [_no_codes(sheet, table, profile)]
    search = _Search(layout, table, profile)
    rule = table.period or profile.period
    found = FoundTable(
        table,
        layout,
        tuple(search.figure(f) for each in table.figures for f in each.each()),
        search.optional(table.place.name),
        search.one(table.place.area, "area") if table.place.area else None,
        search.one(rule.heading, "period") if rule.place == "column" else None,
        search.one(table.indicators.heading, "indicator") if table.indicators else None,
        tuple(
            layout.code
            if not drop.heading
            else search.one(drop.heading, "rows to drop")
            for drop in table.drop
        ),
    )
    return (None, search.faults) if search.faults else (found, [])


class _Search:
    """Looks up columns by their headings and keeps what it did not find."""

    def __init__(self, layout: Layout, table: Table, profile: Profile) -> None:
        self.layout, self.table, self.profile = layout, table, profile
        self.faults: list[Fault] = []

    def one(self, heading: Texts, use: str, under: Texts = ()) -> int:
        """Find the one column of a heading; 0 with a fault when it is not there."""
        found = self.layout.columns(heading, under)
        if len(found) == 1:
            return found[0]
        fault = self._twice(heading, found, use) if found else self._none(heading, use)
        if fault not in self.faults:
            self.faults.append(fault)
        return 0

    def one_of(self, column: Column, use: str) -> int:
        """Find the column of a figure, the first where the profile says so."""
        found = self.layout.column(column)
        if found and column.is_first:
            return found[0]
        return self.one(column.heading, use, column.under)

    def optional(self, heading: Texts) -> int | None:
        """Find a column that need not be there; without heading, that of names."""
        if heading:
            return next(iter(self.layout.columns(heading)), None)
        return self.layout.code + 1

    def rows_to_drop(self, drop: Drop) -> int:
        """Find the column that tells which rows to leave out."""
        if not drop.heading:
            return self.layout.code
        return self.one(drop.heading, "rows to drop")

    def figure(self, figure: Figure) -> FoundFigure:
        """Find every column of a figure."""
        use = f"{figure.indicator or 'figures'}"
        use = use if figure.group == "all" else f"{use}, {figure.group}"
        columns = {
            what: self.one_of(column, f"{what} of {use}")
            for what, column in figure.columns().items()
            if self._expected(column)
        }
        where = {
            self.one((heading,), f"rows of {use}"): text
            for heading, text in figure.where.items()
        }
        return FoundFigure(figure, columns, where)

    def _expected(self, column: Column) -> bool:
        return not column.absent or bool(self.layout.column(column))

    def _none(self, heading: Texts, use: str) -> Fault:
        close = nearest(heading[0], self.layout.headings())
        return Fault(
            self.layout.sheet.file,
            f"a column headed {_or(heading)} ({use})",
            f"{close}, the heading most like it" if close else None,
            f"Is this a file of {self.profile.title}? If its publisher changed a "
            f"heading, add the new one to {_file(self.profile)}.",
            sheet=self.layout.sheet.name,
            dimension="reliability",
        )

    def _twice(self, heading: Texts, found: Sequence[int], use: str) -> Fault:
        return Fault(
            self.layout.sheet.file,
            f"one column headed {_or(heading)} ({use})",
            f"{len(found)} columns with this heading",
            f"Say in {_file(self.profile)} under which heading it stands.",
            sheet=self.layout.sheet.name,
            place=found[1] + 1,
            dimension="reliability",
        )


def _no_sheet(sheets: Sequence[Sheet], table: Table, profile: Profile) -> Fault:
    names = [sheet.name for sheet in sheets if sheet.name]
    shown = ", ".join(names[:8]) + (f" and {len(names) - 8} more" * (len(names) > 8))
    return Fault(
        sheets[0].file if sheets else "",
        f"a sheet named {_or(table.sheet)}, as profile {profile.id} looks for",
        f"the sheets {shown}" if names else "one table without a name",
        _is_it(profile),
        dimension="reliability",
    )


def _no_codes(sheet: Sheet, table: Table, profile: Profile) -> Fault:
    place = table.place
    sought = (
        f"a column headed {_or(place.code)}, with rows under it"
        if place.code
        else f"a column with codes such as {_or(place.keep)}"
    )
    top = [cell for row in sheet.rows[:20] for cell in row if cell]
    close = nearest(place.code[0], top) if place.code else None
    return Fault(
        sheet.file,
        f"{sought}, as profile {profile.id} looks for",
        f"{close}, the heading most like it" if close else None,
        _is_it(profile),
        sheet=sheet.name,
        dimension="reliability",
    )


def _is_it(profile: Profile) -> str:
    return (
        f"Is this a file of {profile.title}? 'perfnb import --list' names all profiles."
    )


def _or(texts: Sequence[str]) -> str:
    return " or ".join(f"'{text}'" for text in texts)


def _file(profile: Profile) -> str:
    return f"data/profiles/{profile.id}.yaml"
