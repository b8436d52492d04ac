"""Figures to take away: as CSV, unrounded, harmless in a spreadsheet."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from perfnb.harmless import csv_text


@dataclass(frozen=True)
class Download:
    """Figures to take away as CSV.

    Parameters
    ----------
    name : str
        File name without ending, in kebab-case.
    headings : sequence of str
        Column names.
    rows : sequence of sequence
        Unrounded figures.
    what : str
        What the link offers, as it stands within its text.
    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]
    what: str = "these figures"

    def csv(self) -> str:
        """Write the figures as CSV that a spreadsheet cannot take for formulas."""
        return csv_text(self.headings, self.rows, line_end="\r\n")

    def html(self) -> Markup:
        """Render as a link that carries its file."""
        coded = base64.b64encode(("\ufeff" + self.csv()).encode()).decode()
        return Markup(
            '<p><a download="{}.csv" href="data:text/csv;base64,{}">'
            'Download {}<span class="unseen"> ({})</span> as CSV</a></p>'
        ).format(self.name, coded, self.what, self.name)


def download(name: str, frame: pd.DataFrame) -> Download:
    """Offer the rows of a frame as they are, missing cells blank."""
    days = frame.select_dtypes("datetime").columns
    plain = frame.assign(**{day: frame[day].dt.date for day in days}).astype(object)
    rows = plain.where(frame.notna(), "").to_numpy().tolist()
    return Download(name.lower(), list(frame.columns), rows)
