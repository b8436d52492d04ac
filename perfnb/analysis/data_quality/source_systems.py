"""Find indicators without one source of their own, and sources without use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from perfnb.analysis.frames import require
from perfnb.observations import each_once
from perfnb.registers import Indicator, Source

METHOD = (
    "A source system is a publication or return with all its editions. Each indicator "
    "should have one that gives its newest figure, and one only."
)


@dataclass(frozen=True)
class Systems:
    """The source systems of an indicator.

    Parameters
    ----------
    indicator : str
        Its id.
    current : tuple of str
        Titles of those that give the newest figure; one when all is well.
    former : tuple of str
        Titles of those that gave earlier figures and give none now.
    """

    indicator: str
    current: tuple[str, ...]
    former: tuple[str, ...]


def source_systems(
    rows: pd.DataFrame, indicator: Indicator, sources: Mapping[str, Source]
) -> Systems:
    """Name the source systems of an indicator's headline figures.

    Parameters
    ----------
    rows : pandas.DataFrame
        Every report of the council's headline figures: end, value, source. Those
        without a value are left out.
    indicator : Indicator
        Whose they are.
    sources : mapping of str to Source
        By id.

    Returns
    -------
    Systems
        A publication counts once, however many editions of it are held.

    Raises
    ------
    PerfnbError
        When a column is missing.
    """
    require(rows, ["end", "value", "source"], "figures")
    held = rows[rows["value"].notna()].sort_values("end", kind="stable")
    newest = held[held["end"] == held["end"].max()]
    current = _titles(newest["source"], sources)
    former = [
        title for title in _titles(held["source"], sources) if title not in current
    ]
    return Systems(indicator.id, current, tuple(former))


def unused(sources: Mapping[str, Source], used: Iterable[str]) -> tuple[Source, ...]:
    """List the sources of the register that nothing is taken from.

    Parameters
    ----------
    sources : mapping of str to Source
        By id.
    used : iterable of str
        Ids that figures, registers and reference lists name.

    Returns
    -------
    tuple of Source
        In the order of the register.
    """
    names = set(used)
    return tuple(each for name, each in sources.items() if name not in names)


def _titles(ids: pd.Series, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """Name the publication and not its edition; see `sources.csv`."""
    return each_once(_system(sources[str(name)]) for name in ids)


def _system(source: Source) -> str:
    # "Statutory homelessness: detailed tables, table A1" is one table of the whole.
    title = source.title.split(", table")[0]
    return f"{title} ({source.publisher})"
