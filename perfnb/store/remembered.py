"""Judge the returns of a workbook once, and remember the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from perfnb.errors import Fault
from perfnb.store import entries
from perfnb.store.history import History, Loaded, by_indicator
from perfnb.store.inputs import digest

Judge = Callable[[], tuple[pd.DataFrame, Iterable[Fault]]]


def remembered(folder: Path, judge: Judge) -> tuple[History, tuple[Fault, ...]]:
    """Give the observations and findings of a workbook, judged anew only if needed.

    Parameters
    ----------
    folder : pathlib.Path
        The workbook's folder; what is remembered lies in its ``.perfnb-cache``.
    judge : callable
        Reads and judges the returns: the tidy frame and what is wrong. Its answer
        may depend on nothing but what `perfnb.store.inputs.digest` digests.

    Returns
    -------
    history : History
        The observations.
    findings : tuple of Fault
        In the order in which `judge` gave them.
    """
    before = digest(folder)
    found = entries.read(folder, before) if before is not None else None
    if found is not None:
        return found
    judged, wrong = judge()
    observations, findings = by_indicator(judged), tuple(wrong)
    # A file that changed meanwhile was perhaps read before and perhaps after.
    if before is not None and digest(folder) == before:
        entries.write(folder, before, observations, findings)
    return Loaded(observations), findings
