"""Slips of scale: a figure ten times the last one, a tenth or a hundredth of it.

Nothing proves such a figure wrong, so it gets in with a mark, and whoever sent
it is asked. Figures of other councils are for their publishers to check: they
are marked all the same, but told of once for each file and indicator.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfnb.ingest.rules.broken import Broken, broken
from perfnb.ingest.rules.reading import Reading
from perfnb.methods import Methods

CHECKED = "checked"
"""A note that begins with this word says that a figure is right as it is."""

_SERIES = ["indicator", "authority", "characteristic", "group"]
_OF_LAST = {
    "figure": "last_figure",
    "events": "last_events",
    "period": "last_period",
    "jumped": "last_jumped",
    "last_figure": "before_figure",
    "last_events": "before_events",
}


def jumps(read: Reading, methods: Methods) -> list[Broken]:
    """Find figures out of scale with the last one of the same place and group.

    Parameters
    ----------
    read : Reading
        Accepted rows only: a refused figure is nobody's last one.
    methods : Methods
        Its `jump_factor` and `minimum_events_for_jump`.

    Returns
    -------
    list of Broken
        Warnings. A figure that comes back to where its series was before a slip
        is no second slip.
    """
    figures = _figures(read)
    if figures.empty:
        return []
    figures = _beside_last(figures, methods)
    wrong = figures[figures["jumps"]].sort_index()
    own = wrong["authority"].eq(read.catalogue.council)
    in_file = [own, wrong["source_file"], wrong["indicator"]]
    number = wrong.groupby(in_file, sort=False)["figure"]
    first = own | number.cumcount().eq(0)
    more = (number.transform("size") - 1).mask(own, 0)
    mark = wrong["ratio"].map(lambda ratio: _mark(ratio, methods.jump_factor))
    silent = zip(wrong.index[~first].tolist(), mark[~first], strict=True)
    found = [Broken(position, None, words) for position, words in silent]
    for column in ("value", "numerator"):
        told = wrong[first & wrong["column"].eq(column)]
        found += broken(
            read.cells,
            read.rows.index.to_series().isin(told.index),
            column,
            _expected(read, told, more[told.index]),
            _remedies(read, told),
            mark=mark[told.index].tolist(),
            dimension="accuracy",
        )
    return found


def checked(read: Reading) -> pd.Series:
    """Tell the rows whose note says that they were checked and are right."""
    return read.rows["note"].str.lower().str.startswith(CHECKED)


def _figures(read: Reading) -> pd.DataFrame:
    """Lay out the figure of each row, its series and its days, in order of time."""
    figures = read.rows[[*_SERIES, "source_file"]].assign(
        checked=checked(read),
        place=read.place,
        months=read.of_span("months"),
        column=read.rows["value"].ne("").map({True: "value", False: "numerator"}),
        counted=read.value.isna(),
        figure=read.value.fillna(read.numbers["numerator"]).astype(float),
        events=read.numbers["numerator"].astype(float),
        end=read.of_span("end"),
        received=read.received,
        period=read.of_span("label"),
    )
    figures = figures[figures["figure"].notna()]
    series = [*_SERIES, "place", "months", "counted"]
    figures["series"] = figures.groupby(series, sort=False).ngroup()
    return figures.sort_values(["end", "received"], kind="stable")


def _beside_last(figures: pd.DataFrame, methods: Methods) -> pd.DataFrame:
    """Set each figure beside the last one of its series, and tell which jump."""
    history = figures.drop_duplicates(["series", "end"], keep="last")
    history = history.sort_values("series", kind="stable")
    of_series = history.groupby("series", sort=False)
    for name in ("figure", "events"):
        history[f"last_{name}"] = of_series[name].shift(1)
        history[f"before_{name}"] = of_series[name].shift(2)
    history["jumped"] = _slips(
        _out_of_scale(history, "last", methods).to_numpy(),
        _out_of_scale(history, "before", methods).to_numpy(),
    )
    last = history[["series", "end", *_OF_LAST]].rename(columns=_OF_LAST)
    rows = pd.merge_asof(
        figures,
        last.sort_values("end", kind="stable"),
        on="end",
        by="series",
        allow_exact_matches=False,
    ).set_axis(figures.index)
    jumps = _out_of_scale(rows, "last", methods)
    back = rows["last_jumped"].eq(other=True) & ~_out_of_scale(rows, "before", methods)
    return rows.assign(
        jumps=jumps & ~back & ~rows["checked"],
        ratio=rows["figure"] / rows["last_figure"],
    )


def _slips(jumps: np.ndarray, still_apart: np.ndarray) -> np.ndarray:
    """Tell slips from ways back: a jump after a slip to the figure before it."""
    slips = np.zeros(len(jumps), dtype=bool)
    for at in np.flatnonzero(jumps):
        # A jump has a figure of its series before it, so never looks at -1.
        slips[at] = still_apart[at] or not slips[at - 1]
    return slips


def _out_of_scale(figures: pd.DataFrame, other: str, methods: Methods) -> pd.Series:
    ratio = figures["figure"] / figures[f"{other}_figure"].where(lambda last: last > 0)
    far = ratio.ge(methods.jump_factor) | ratio.le(1 / methods.jump_factor)
    # A fall to 0 is told by nothing but the figure itself.
    far &= ratio > 0
    events = figures[["events", f"{other}_events"]].max(axis=1)
    return far & ~(events < methods.minimum_events_for_jump)


def _expected(read: Reading, told: pd.DataFrame, more: pd.Series) -> list[str]:
    unit = read.of_indicator("unit")[told.index].where(~told["counted"], "")
    units = [f"{'' if name in ('', '%') else ' '}{name}" for name in unit]
    columns = [told[name] for name in ("figure", "ratio", "last_figure", "last_period")]
    return [
        f"a figure on the scale of the last one, {last:.4g}{name} in {period}; "
        f"{figure:.4g}{name} is {_times(ratio)} that"
        + (f", and {others} more figures of other councils here jump" * (others > 0))
        for figure, ratio, last, period, name, others in zip(
            *columns, units, more, strict=True
        )
    ]


def _remedies(read: Reading, told: pd.DataFrame) -> list[str]:
    check = f"Check it; if it is right, begin its note with '{CHECKED}'."
    share = read.of_indicator("unit")[told.index].eq("%") & told["column"].eq("value")
    of_one = share & told["figure"].le(1) & told["ratio"].lt(1)
    return [
        f"If it is a share of 1, type {100 * figure:.6g} for {100 * figure:.6g}%. "
        f"{check}"
        if may_be
        else check
        for may_be, figure in zip(of_one, told["figure"], strict=True)
    ]


def _times(ratio: float) -> str:
    return f"{ratio:.3g} times" if ratio > 1 else f"1/{1 / ratio:.3g} of"


def _mark(ratio: float, factor: float) -> str:
    if ratio > 1:
        return f"{factor:g} times the last figure or more"
    return f"1/{factor:g} of the last figure or less"
