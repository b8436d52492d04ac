"""Look back on the forecasts of every authority: skill, ranges, alarms.

Makes every earlier forecast of every indicator again for all authorities that
returned figures, and prints what came of them as Markdown. The pages do the same
for the council and a few of its peers.

    python benchmarks/backtest.py > docs/backtest.md
"""

from __future__ import annotations

import os

# One core, and the small matrices of the fits are slower on many threads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from perfnb.analysis.forecasting.backtest import Backtest, backtest
from perfnb.analysis.forecasting.outlook import year_rule
from perfnb.analysis.forecasting.track_record import TrackRecord, track_record
from perfnb.observations import headline, series
from perfnb.quarters import parse_quarter, write_quarter
from perfnb.registers import Indicator
from perfnb.selection import Selection
from perfnb.workbook import open_workbook

ROOT = Path(__file__).parents[1]
QUARTER = "2025-26 Q3"
NEVER = 1_000_000
PLAIN_MODELS = ("last year", "naive", "drift", "mean")
POINTS = ("before the year", "after Q1", "after Q2", "after Q3")


def main() -> None:
    """Print the whole record."""
    started = time.perf_counter()
    book = open_workbook(ROOT)
    records = []
    for service in book.catalogue.services:
        selection = book.select(service, QUARTER)
        for indicator in selection.indicators:
            record = of_indicator(indicator, selection)
            if record is not None:
                records.append(record)
                sys.stderr.write(
                    f"{indicator.id} {time.perf_counter() - started:.0f} s\n"
                )
    lines = [*opening(), *skills(records), *ranges(records), *alarms(records)]
    lines += [*plain(records), *closing(time.perf_counter() - started)]
    sys.stdout.write("\n".join(lines) + "\n")


Record = tuple[Indicator, TrackRecord, TrackRecord, dict[str, TrackRecord]]


def of_indicator(indicator: Indicator, selection: Selection) -> Record | None:
    """Look back on one indicator: as made, by the model alone, by plain models."""
    methods, rule = selection.methods, year_rule(indicator)
    splits = [b.start for b in selection.catalogue.breaks_of(indicator.id) if b.splits]
    points = all_points(indicator, selection)

    def made(model: str) -> Backtest:
        return backtest(points, rule, methods, splits=splits, model=model)

    chosen = made("chosen")
    if chosen.rows.empty:
        return None
    alone = methods.model_copy(update={"minimum_forecasts_for_backtest": NEVER})
    return (
        indicator,
        track_record(chosen, indicator.polarity, methods),
        track_record(chosen, indicator.polarity, alone),
        {
            model: track_record(made(model), indicator.polarity, alone)
            for model in PLAIN_MODELS
        },
    )


def all_points(indicator: Indicator, selection: Selection) -> dict[str, pd.DataFrame]:
    """Lay out the series of every authority with a figure."""
    rows = headline(selection.observations, indicator.id)
    rows = rows[rows["value"].notna() | rows["numerator"].notna()]
    laid_out = {
        code: series(rows, indicator, code, selection.quarter)
        for code in sorted(rows["authority"].astype(str).unique())
    }
    return {code: points for code, points in laid_out.items() if len(points)}


def point_of(indicator: Indicator, known: int) -> str:
    """Name the point of the year at which a forecast was made."""
    if indicator.frequency != "quarterly":
        return "a year ahead"
    return POINTS[known]


def stages(record: Record) -> Iterator[tuple[pd.Series, pd.Series]]:
    """Go through the points of the year, as made and by the model alone."""
    made, alone = record[1].stages, record[2].stages
    for place in range(len(made)):
        yield made.iloc[place], alone.iloc[place]


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Write a table in Markdown."""
    rule = ["---"] * 2 + ["---:"] * (len(headings) - 2)
    return [f"| {' | '.join(cells)} |" for cells in [headings, rule, *rows]]


def skills(records: Sequence[Record]) -> list[str]:
    """Set errors beside those of repeating last year's outturn."""
    rows = []
    for record in records:
        indicator = record[0]
        for made, alone in stages(record):
            if not made["n_compared"]:
                continue
            rows.append(
                [
                    f"{indicator.id} {indicator.title}",
                    point_of(indicator, int(made["known"])),
                    f"{made['n_compared']:.0f}",
                    f"{made['error']:.2f}",
                    f"{made['error_last_year']:.2f}",
                    f"{made['skill']:+z.2f}",
                    f"{alone['skill']:+z.2f}",
                ]
            )
    headings = ["Indicator", "Made", "Forecasts", "Typical miss"]
    headings += ["Last year's value", "Skill", "Skill of the model alone"]
    return ["", "## Nearer than last year's value?", "", *table(headings, rows)]


def ranges(records: Sequence[Record]) -> list[str]:
    """Count outturns within the ranges, as made and by the model alone."""
    rows = []
    for record in records:
        indicator = record[0]
        for made, alone in stages(record):
            rows.append(
                [
                    f"{indicator.id} {indicator.title}",
                    point_of(indicator, int(made["known"])),
                    f"{made['n']:.0f}",
                    f"{made['n_series']:.0f}",
                    *[
                        f"{found[name]:.0f} ({found[name] / found['n']:.0%})"
                        for found in (made, alone)
                        for name in ("inside_inner", "inside_ci")
                    ],
                    f"{made['interval_score']:.2f}",
                    f"{alone['interval_score']:.2f}",
                ]
            )
    headings = ["Indicator", "Made", "Forecasts", "Authorities", "Within 80%"]
    headings += ["Within 95%", "Model alone, 80%", "Model alone, 95%"]
    headings += ["Interval score", "Model alone"]
    return ["", "## Do the ranges hold what they promise?", "", *table(headings, rows)]


def alarms(records: Sequence[Record]) -> list[str]:
    """Set chances of doing worse than last year beside what came."""
    rows = []
    for record in records:
        indicator = record[0]
        for made, _ in stages(record):
            if not made["n_compared"]:
                continue
            rows.append(
                [
                    f"{indicator.id} {indicator.title}",
                    point_of(indicator, int(made["known"])),
                    f"{made['n_compared']:.0f}",
                    f"{made['brier']:.3f}",
                    f"{made['brier_base']:.3f}",
                    f"{made['alerts']:.0f}",
                    f"{made['alerts_right']:.0f}",
                    f"{made['worse']:.0f}",
                ]
            )
    headings = ["Indicator", "Made", "Forecasts", "Brier score", "Always the base rate"]
    headings += ["Alerts", "Alerts that came true", "Worse than last year"]
    return [
        "",
        "## Do chances come true?",
        "",
        "Last year's outturn stands in for a target. Where no side is good, worse is "
        "more than last year and nothing is alerted.",
        "",
        *table(headings, rows),
    ]


def plain(records: Sequence[Record]) -> list[str]:
    """Give the skill of the plain models, which a good one should beat."""
    rows = []
    for record in records:
        indicator = record[0]
        for made, _ in stages(record):
            if not made["n_compared"]:
                continue
            found = [record[3][model].stages for model in PLAIN_MODELS]
            rows.append(
                [
                    f"{indicator.id} {indicator.title}",
                    point_of(indicator, int(made["known"])),
                    *[_skill(each[each["known"] == made["known"]]) for each in found],
                ]
            )
    headings = ["Indicator", "Made", "Last year's figures for the rest"]
    headings += ["Last figure", "Mean step", "Mean"]
    return [
        "",
        "## How far would plain models have come?",
        "",
        "Skill of each for the rest of the year, with the number of forecasts.",
        "",
        *table(headings, rows),
    ]


def _skill(stage: pd.DataFrame) -> str:
    if stage.empty:
        return "none"
    return f"{stage['skill'].iloc[0]:+z.2f} ({stage['n_compared'].iloc[0]:.0f})"


def opening() -> list[str]:
    """Say what this is."""
    quarter = write_quarter(parse_quarter(QUARTER))
    return [
        "# How good were earlier forecasts?",
        "",
        "Every forecast of a year's outturn that could have been made is made again "
        "from the figures up to then, for every authority with figures, and set "
        f"beside what came. Figures as held in the workbook of {quarter}: those "
        "revised since are used as revised. Written by `python benchmarks/backtest.py "
        "> docs/backtest.md`; do not edit.",
        "",
        "- Typical miss: mean absolute error, in the indicator's unit.",
        "- Skill: 1 minus the typical miss over that of repeating last year's outturn. "
        "Above 0 is nearer; where the years before gave less than the house rule "
        "asks for, last year's figures are repeated.",
        "- Within: outturns within the ranges, which are widened by what the years "
        "before asked for; beside it the model's own ranges.",
    ]


def closing(seconds: float) -> list[str]:
    """Say when and how fast this was made."""
    today = datetime.now(UTC).date()
    return ["", f"Made on {today} in {seconds:.0f} seconds on one core."]


if __name__ == "__main__":
    main()
