"""How much do the disclosure rules hide, and does anything leak? At a larger scale.

Random tables of counts of people are protected by both rules and attacked by
integer programming: by a reader who knows the rule, and by one who knows
besides which counts are small. Plain hiding of small counts stands beside them
for comparison.

    python benchmarks/disclosure_attack.py [tables] [rows] [columns]
"""

from __future__ import annotations

import sys
import time

import numpy as np
import pandas as pd

from perfnb.analysis.privacy import rounding, suppression
from perfnb.analysis.privacy.attack import intervals, worked_out
from perfnb.analysis.privacy.figures import Figures
from perfnb.analysis.privacy.knowledge import Scheme, reader
from perfnb.analysis.privacy.protection import Pattern, pattern, reader_of
from perfnb.analysis.privacy.tables import crossed
from perfnb.methods import read_methods


def random_table(seed: int, rows: int, columns: int) -> pd.DataFrame:
    """Make a table: sparse or full, with noughts, heavy rows or none."""
    random = np.random.default_rng(seed)
    size = int(random.integers(2, rows + 1)), int(random.integers(1, columns + 1))
    mean = random.gamma(random.choice([0.4, 1.5]), random.choice([1.0, 3, 8, 25]), size)
    mean[0] *= random.choice([1, 1, 40])
    counts = random.poisson(mean)
    counts[random.random(size) < random.choice([0, 0.3])] = 0
    return pd.DataFrame(counts)


def plainly(figures: Figures, scheme: Scheme) -> Pattern:
    """Hide the small counts and nothing else."""
    small = scheme.small(figures.people) & ~figures.known
    return Pattern(small, small, whole=False)


def attacked(figures: Figures, scheme: Scheme, found: Pattern) -> dict[str, float]:
    """Count the small cells that each reader works out or narrows."""
    places = np.flatnonzero(found.primary & figures.single)
    least, most = intervals(figures.members, reader_of(figures, scheme, found), places)
    narrow = (least > 1) | (most < scheme.smallest - 1)
    told = 0
    if not found.whole and len(places):
        knowing = reader(figures, scheme, found.hidden, small=found.primary)
        told = int(worked_out(figures.members, knowing, places).sum())
    further = found.hidden & ~found.primary
    return {
        "tables": 1,
        "hidden whole": int(found.whole),
        "small cells": len(places),
        "worked out": int((least == most).sum()) if not found.whole else 0,
        "narrowed": int(narrow.sum()) if not found.whole else 0,
        "worked out, small known": told,
        "further figures": int(further.sum()) if not found.whole else 0,
        "figures": len(figures.places),
    }


def main(tables: int = 2000, rows: int = 8, columns: int = 6) -> None:
    """Print what was hidden and what leaked, for both rules."""
    methods = read_methods("parameters/methods.yaml")
    schemes = {"rounding": rounding.scheme(methods)}
    schemes["suppression"] = suppression.scheme(methods)
    found = {}
    for name, scheme in schemes.items():
        for choice, how in ((pattern, name), (plainly, f"{name}, small alone")):
            started, patterns = time.process_time(), []
            for seed in range(tables):
                figures = crossed(random_table(seed, rows, columns))
                patterns.append((figures, choice(figures, scheme)))
            spent = time.process_time() - started
            counts = [attacked(fig, scheme, each) for fig, each in patterns]
            found[how] = pd.DataFrame(counts).sum().astype(float)
            found[how]["milliseconds a table"] = round(1000 * spent / tables, 1)
    sys.stdout.write(pd.DataFrame(found).to_string() + "\n")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:4]))
