"""A reader who attacks published tables, and tables made up to be attacked.

The reader has a table as published, knows the rule, and shares no code with
the rooms that protect: every cell and every total is an unknown whole number,
every sum an equation. Many tables are attacked in one integer programme.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

BEYOND = 100_000.0


@dataclass(frozen=True)
class Published:
    """A table of rows by columns with all totals, as a reader has it.

    ``lower`` and ``upper`` are what the reader knows of each figure.
    """

    lower: np.ndarray
    upper: np.ndarray


def random_table(seed: int) -> pd.DataFrame:
    """Make a table: mixed sizes, sparse or full, with noughts, heavy rows or none."""
    random = np.random.default_rng(seed)
    rows, columns = int(random.integers(2, 6)), int(random.integers(1, 5))
    level = random.choice([1.0, 3, 8, 25])
    mean = random.gamma(random.choice([0.4, 1.5]), level, (rows, columns))
    if random.random() < 0.3:
        mean[0] *= 40
    counts = random.poisson(mean)
    counts[random.random(counts.shape) < random.choice([0, 0.3])] = 0
    return pd.DataFrame(
        counts,
        index=[f"row {number}" for number in range(rows)],
        columns=[f"column {number}" for number in range(columns)],
    )


def with_totals(table: pd.DataFrame) -> pd.DataFrame:
    """Add the totals that a published table has."""
    full = table.copy()
    if table.shape[1] > 1:
        full["Total"] = full.sum(axis=1)
    full.loc["Total"] = full.sum()
    return full


def ways_to_be_shown(shown: float, smallest: int, base: int) -> tuple[float, float]:
    """Give the counts that the rule shows so, found by trying them."""
    if shown == 0:
        return 0, 0
    tried = range(smallest, int(shown) + base + 1)
    ways = [
        count for count in tried if (2 * count + base) // (2 * base) * base == shown
    ]
    return ways[0], ways[-1]


def as_read(found, total: float | None, smallest: int, base: int) -> Published:
    """Give what a reader knows of a protected table; `total` where it is known."""
    lower, upper = np.zeros(found.shown.shape), np.zeros(found.shown.shape)
    last = (lower.shape[0] - 1, lower.shape[1] - 1)
    for place in np.ndindex(lower.shape):
        inner = place[0] < last[0] and (place[1] < last[1] or last[1] == 0)
        if place == last and total is not None:
            lower[place] = upper[place] = total
        elif found.hidden.iloc[place]:
            lower[place] = 1 if inner and not found.whole else 0
            upper[place] = BEYOND
        else:
            shown = found.shown.iloc[place]
            lower[place], upper[place] = ways_to_be_shown(shown, smallest, base)
    return Published(lower, upper)


def attack(tables: list[Published], places: list[tuple[int, int]]) -> np.ndarray:
    """Give the least and the most that one figure of each table can be."""
    equations = sparse.block_diag([sums(t.lower.shape) for t in tables], format="csc")
    lower = np.concatenate([table.lower.ravel() for table in tables])
    upper = np.concatenate([table.upper.ravel() for table in tables])
    sizes = np.cumsum([0] + [table.lower.size for table in tables[:-1]])
    at = sizes + [
        np.ravel_multi_index(place, table.lower.shape)
        for table, place in zip(tables, places, strict=True)
    ]
    ends = []
    for sign in (1, -1):
        aim = np.zeros(len(lower))
        aim[at] = sign
        found = milp(
            aim,
            integrality=np.ones(len(lower)),
            bounds=Bounds(lower, upper),
            constraints=LinearConstraint(equations, 0, 0),
            options={"mip_rel_gap": 0},
        )
        assert found.status == 0, found.message
        ends.append(found.x[at].round())
    return np.stack(ends, axis=1)


def sums(shape: tuple[int, int]) -> sparse.csr_array:
    """Give the equations of a table: each total is the sum of its parts."""
    numbers = np.arange(shape[0] * shape[1]).reshape(shape)
    lines = [(numbers[-1, j], numbers[:-1, j]) for j in range(shape[1])]
    if shape[1] > 1:
        lines += [(numbers[i, -1], numbers[i, :-1]) for i in range(shape[0])]
    equations = np.zeros((len(lines), numbers.size))
    for row, (total, parts) in enumerate(lines):
        equations[row, total] = -1
        equations[row, parts] = 1
    return sparse.csr_array(equations)


class Reader:
    """Somebody who keeps the reports of a year and reckons with all of them."""

    def __init__(self, smallest: int, base: int):
        self.smallest, self.base = smallest, base
        self.rows: list[np.ndarray] = []
        self.bounds: list[tuple[float, float]] = []

    def read(self, found, counts: pd.DataFrame) -> None:
        """Take in a report; the totals of everybody are known from elsewhere."""
        for place in np.ndindex(found.shown.shape):
            group, column = found.shown.index[place[0]], found.shown.columns[place[1]]
            member = self.member(group, column, counts)
            everybody = group == "Total"
            if everybody:
                bound = (float(member @ counts.to_numpy().ravel()),) * 2
            elif found.hidden.iloc[place]:
                bound = (0, np.inf)
            else:
                shown = found.shown.iloc[place]
                bound = ways_to_be_shown(shown, self.smallest, self.base)
            self.rows.append(member)
            self.bounds.append(bound)

    def member(self, group: str, column: str, counts: pd.DataFrame) -> np.ndarray:
        """Mark the counts that a figure is the sum of."""
        marks = pd.DataFrame(0.0, index=counts.index, columns=counts.columns)
        rows = counts.index if group == "Total" else [group]
        last = column.removeprefix("Year to ")
        marks.loc[rows, counts.columns[0] if last != column else last : last] = 1
        return marks.to_numpy().ravel()

    def interval(self, place: int) -> tuple[float, float]:
        """Give the least and the most that a hidden count can be."""
        lower, upper = np.array(self.bounds).T
        rows = np.array(self.rows)
        single = rows.sum(axis=1) == 1
        lower = np.where(single & (upper > 0), np.maximum(lower, 1), lower)
        ends = []
        for sign in (1, -1):
            aim = np.zeros(rows.shape[1])
            aim[place] = sign
            found = milp(
                aim,
                integrality=np.ones(len(aim)),
                constraints=LinearConstraint(rows, lower, upper),
            )
            assert found.status == 0, found.message
            ends.append(float(found.x[place].round()))
        return ends[0], ends[1]
