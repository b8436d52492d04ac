"""The gap to the peers, who move too."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfnb.analysis.peers.beside_peers import beside_peers
from perfnb.analysis.peers.peer_gap import peer_gap
from perfnb.errors import PerfnbError

MIRROR = {"improving": "worsening", "worsening": "improving", "": ""}


def values(series, start=2010):
    """Lay out yearly series by authority."""
    rows = [
        {
            "authority": code,
            "start": pd.Timestamp(start + place, 4, 1),
            "end": pd.Timestamp(start + place + 1, 3, 31),
            "value": value,
        }
        for code, levels in series.items()
        for place, value in enumerate(levels)
    ]
    columns = ["authority", "start", "end", "value"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"value": "Float64", **dict.fromkeys(columns[1:3], DAYS)})


DAYS = "datetime64[us]"


def members(codes, ends=None, begins=None):
    """Make peers with the days on which they began or ended."""
    days = {"first_day": begins or {}, "last_day": ends or {}}
    return pd.DataFrame(
        {
            "authority": list(codes),
            **{
                day: pd.Series([given.get(c, pd.NaT) for c in codes], dtype=DAYS)
                for day, given in days.items()
            },
        }
    )


def followed(frame, methods, polarity="maximise", peers=None, **more):
    """Follow the gap of `a` to all others."""
    codes = sorted(set(frame["authority"]) - {"a"})
    form = {"window_months": 12, "frequency": "annual"} | more
    return peer_gap(
        frame,
        own="a",
        members=members(codes) if peers is None else peers,
        polarity=polarity,
        methods=methods,
        **form,
    )


def moving(own, peer, n=12, start=(30.0, 40.0)):
    """Make a council and three peers that move by so much each year."""
    wobble = [0.1, -0.1] * n
    series = {
        code: [start[1] + level + peer * year for year in range(n)]
        for code, level in (("b", -1), ("c", 0), ("d", 1))
    }
    return {
        "a": [start[0] + own * year + wobble[year] for year in range(n)],
        **series,
    }


def test_who_moved_is_told_apart(methods):
    """Recycling rose, but that of the peers rose by more."""
    found = followed(values(moving(0.05, 0.2)), methods)
    assert found.change.own == pytest.approx(0.55 - 0.2)
    assert found.change.median == pytest.approx(2.2)
    assert found.change.gap == pytest.approx(found.change.own - found.change.median)
    assert found.change.n_same == 3
    assert (found.direction, found.meaning, found.side) == ("widening", "worsening", -1)


@pytest.mark.parametrize(
    ("own", "peer", "start", "direction", "meaning"),
    [
        (1, 0.5, (30, 40), "closing", "improving"),
        (0, 0.5, (50, 40), "closing", "worsening"),
        (1, 0.5, (50, 40), "widening", "improving"),
        (0, 0.5, (30, 40), "widening", "worsening"),
        (2, 0.5, (35, 40), "crossing", "improving"),
        (0, 1.0, (45, 40), "crossing", "worsening"),
    ],
)
def test_closing_is_not_the_same_as_improving(
    methods, own, peer, start, direction, meaning
):
    found = followed(values(moving(own, peer, start=start)), methods)
    assert (found.direction, found.meaning) == (direction, meaning)
    down = followed(values(moving(own, peer, start=start)), methods, "minimise")
    assert (down.direction, down.meaning) == (direction, MIRROR[meaning])
    neither = followed(values(moving(own, peer, start=start)), methods, "neutral")
    assert neither.meaning == "changing"


def test_peers_that_move_alike_leave_the_gap_as_it_is(methods):
    found = followed(values(moving(1, 1)), methods)
    assert (found.direction, found.meaning) == ("no clear change", "")


def test_a_gap_that_never_changes_has_no_direction(methods):
    found = followed(values({"a": [30] * 12, **{c: [40] * 12 for c in "bcd"}}), methods)
    assert (found.direction, found.slope.standing) == (
        "no clear change",
        "no variation",
    )


def test_few_periods_are_shown_without_a_verdict(methods):
    found = followed(values(moving(1, 0, n=9)), methods)
    assert len(found.points) == 9
    assert (found.direction, found.slope.standing) == ("not assessed", "too few points")
    assert found.change.own == pytest.approx(8)


def test_overlapping_windows_are_shown_without_a_verdict(methods):
    frame = values(moving(1, 0))
    frame["end"] += pd.DateOffset(years=1)
    found = followed(frame, methods, window_months=24, frequency="rolling")
    assert found.direction == "not assessed"
    assert found.slope.standing == "overlapping windows"


def test_only_periods_with_enough_peers_count(methods):
    """Of four peers two are half; with two of three there is no median."""
    frame = values({"a": [1, 1], "b": [2, 2], "c": [3, 3], "d": [4, 4], "e": [5, None]})
    assert followed(frame, methods).points["n_peers"].tolist() == [4, 3]
    frame.loc[frame["authority"].isin(["d", "e"]), "value"] = pd.NA
    assert followed(frame, methods).points.empty


def test_peers_are_expected_only_while_they_were_councils(methods):
    frame = values({code: [1.0, 2, 3] for code in "abcd"})
    ended = {"d": pd.Timestamp(2012, 3, 31)}
    frame = frame[(frame["authority"] != "d") | (frame["end"] < "2013-01-01")]
    peers = members("bcde", ends={**ended, "e": pd.Timestamp(2009, 3, 31)})
    points = beside_peers(frame, own="a", members=peers, methods=methods)
    assert points["n_expected"].tolist() == [3, 3]
    assert points["n_peers"].tolist() == [3, 3]


def test_quartiles_need_ten_peers(methods):
    codes = "bcdefghijk"
    frame = values({"a": [1.0], **{c: [float(n)] for n, c in enumerate(codes)}})
    points = beside_peers(frame, own="a", members=members(codes), methods=methods)
    assert points[["lower_quartile", "upper_quartile"]].iloc[0].tolist() == [2.25, 6.75]
    fewer = beside_peers(frame, own="a", members=members(codes[:9]), methods=methods)
    assert fewer["lower_quartile"].isna().all()


def test_changes_compare_the_same_season(methods):
    starts = pd.date_range("2021-04-01", periods=6, freq="3MS")
    rows = [
        {"authority": code, "start": day, "value": float(place)}
        for code in "abcd"
        for place, day in enumerate(starts)
    ]
    frame = pd.DataFrame(rows)
    frame["end"] = frame["start"] + pd.DateOffset(months=3, days=-1)
    found = followed(frame, methods, window_months=3, frequency="quarterly")
    assert found.change.start == pd.Timestamp(2021, 7, 1)
    assert found.change.own == 4
    assert found.year == found.change


@pytest.mark.parametrize(
    "series",
    [
        {},
        {"a": []},
        {"a": [1.0]},
        {"a": [None] * 3, "b": [1.0] * 3, "c": [1.0] * 3, "d": [1.0] * 3},
        {"b": [1.0], "c": [2.0], "d": [3.0]},
    ],
)
def test_without_a_shared_period_nothing_is_said(methods, series):
    found = followed(values(series), methods)
    assert found.points.empty
    assert (found.direction, found.meaning, found.side) == ("not assessed", "", 0)
    assert (found.change, found.year) == (None, None)
    assert found.method


def test_one_period_has_no_change(methods):
    found = followed(values({code: [1.0] for code in "abcd"}), methods)
    assert (len(found.points), found.change, found.side) == (1, None, 0)


LEVELS = st.lists(
    st.lists(st.integers(0, 100), min_size=12, max_size=12), min_size=4, max_size=6
)


@settings(max_examples=25)
@given(LEVELS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(methods, levels, random):
    frame = values(dict(zip("abcdef", levels, strict=False)))
    order = list(range(len(frame)))
    random.shuffle(order)
    one, other = followed(frame, methods), followed(frame.iloc[order], methods)
    pd.testing.assert_frame_equal(one.points, other.points)
    assert (one.direction, one.change) == (other.direction, other.change)


@settings(max_examples=25)
@given(LEVELS)
def test_polarity_mirrored_gives_the_mirrored_meaning(methods, levels):
    frame = values(dict(zip("abcdef", levels, strict=False)))
    up, down = followed(frame, methods), followed(frame, methods, "minimise")
    assert down.direction == up.direction
    assert down.meaning == MIRROR[up.meaning]


@settings(max_examples=25)
@given(LEVELS, st.sampled_from([0.01, 8, 1000]))
def test_the_unit_does_not_change_the_verdict(methods, levels, times):
    frame = values(dict(zip("abcdef", levels, strict=False)))
    one = followed(frame, methods)
    other = followed(frame.assign(value=frame["value"] * times), methods)
    assert (one.direction, one.meaning) == (other.direction, other.meaning)
    if one.change is not None:
        assert other.change.gap == pytest.approx(one.change.gap * times)
        gap = one.points["gap"].to_numpy(dtype=float)
        assert one.change.gap == pytest.approx(gap[-1] - gap[0], abs=1e-9)


def test_mistakes_are_named(methods):
    frame = values({code: [1.0] for code in "abcd"})
    mistakes = [
        (frame.drop(columns="value"), None, "column 'value'"),
        (frame, members("abc"), "among its own peers"),
        (frame, members("bb"), "peer 'b' comes more than once"),
        (pd.concat([frame, frame]), None, "comes more than once from 01/04/2010"),
        (frame, members("b").drop(columns="last_day"), "column 'last_day'"),
        (frame.assign(value="much"), None, "not a number"),
    ]
    for rows, peers, words in mistakes:
        with pytest.raises(PerfnbError, match=words):
            followed(rows, methods, peers=peers)
    with pytest.raises(PerfnbError, match="'up' is not a polarity"):
        followed(frame, methods, "up")
    assert np.isfinite(followed(frame, methods).points["gap"].astype(float)).all()
