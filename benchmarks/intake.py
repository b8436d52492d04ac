"""Time returns of 20,000 rows through reading and judging, right and wrong.

The figures are made up (seeded draws, illustrative) for indicators, councils and
sources of this workbook. Each return is written as CSV and as xlsx; in none, a
tenth or all of its rows a numerator is spoilt, by a mark that is the same in every
row or by a text that is different in every row. Last comes the workbook itself.

    python benchmarks/intake.py [rows]
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import csv
import itertools
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import xlsxwriter

from perfnb import findings
from perfnb.ingest.cells import COLUMNS
from perfnb.ingest.quality import judge
from perfnb.ingest.returned.returns import read_returns
from perfnb.workbook import Workbook, open_workbook, read_observations

ROOT = Path(__file__).parents[1]
SEED = 20
SHARES = (0.0, 0.1, 1.0)
QUARTERS = [f"20{y}-{y + 1} Q{q}" for y in range(10, 25) for q in (1, 2, 3, 4)]
SPOILT: dict[str, Callable[[int], str]] = {
    "one mark": lambda row: "<5",
    "many texts": lambda row: f"about {row} households",
}


def made_up(
    book: Workbook, count: int, share: float, spoil: Callable[[int], str]
) -> Iterator[list[str]]:
    """Make up the rows of a return, a share of them with a fault."""
    random = np.random.default_rng(SEED)
    sources = book.catalogue.sources.values()
    # A source without a day of publication may tell of any period before it came.
    source = max(sources, key=lambda each: (not each.published, each.received)).id
    known = book.reference.authorities.values()
    known = [each for each in known if not (each.end or each.replaced_by)]
    councils = [each.code for each in known if each.start is None]
    councils = councils or [each.code for each in known]
    keys = itertools.product(["HOM1", "HOM2", "HOM4"], QUARTERS, councils)
    wrong = random.random(count) < share
    for row, (indicator, period, council) in enumerate(itertools.islice(keys, count)):
        cells = dict.fromkeys(COLUMNS, "") | {
            "indicator": indicator,
            "authority": council,
            "period": period,
            "characteristic": "all",
            "group": "all",
            "numerator": spoil(row) if wrong[row] else str(random.integers(200, 400)),
            "denominator": "50000",
            "status": "final",
            "source": source,
        }
        yield list(cells.values())


def write(path: Path, rows: list[list[str]]) -> None:
    """Write a return as its name says."""
    path.parent.mkdir(parents=True)
    lines = [COLUMNS, *rows]
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(lines)
        return
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Return")
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Give what some work gives, and the seconds that it took."""
    started = time.perf_counter()
    done = work()
    return done, time.perf_counter() - started


def intake(book: Workbook, form: str, rows: list[list[str]]) -> str:
    """Read and judge a return; give a line of the table."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        write(folder / f"data/returns/2025-26-q3/housing--made-up.{form}", rows)
        (cells, unread), reading = timed(lambda: read_returns(folder, book.methods))
        known = (book.catalogue, book.reference, book.methods)
        (accepted, told), judging = timed(lambda: judge(cells, *known))
        _, telling = timed(lambda: findings.csv([*unread, *told]))
    figures = f"{len(accepted):>8,} {len(told):>8,}"
    seconds = f"{reading:>8.2f} {judging:>8.2f} {telling:>8.2f}"
    return f"{form:<5} {len(rows):>8,} {figures} {seconds}"


def tell(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def main(count: int = 20_000) -> None:
    """Print the table."""
    book = open_workbook(ROOT)
    tell(f"{'':<17}form      rows accepted findings  reading  judging  telling")
    for share, (name, spoil) in itertools.product(SHARES, SPOILT.items()):
        if share == 0 and name != "one mark":
            continue
        rows = list(made_up(book, count, share, spoil))
        label = f"{share:.0%} {name}" if share else "right"
        for form in ("csv", "xlsx"):
            tell(f"{label:<17}{intake(book, form, rows)}")
    known = (book.catalogue, book.reference, book.methods)
    (rows, told), seconds = timed(lambda: read_observations(ROOT, *known))
    tell(f"the workbook: {len(rows):,} rows, {len(told)} findings, {seconds:.2f} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
