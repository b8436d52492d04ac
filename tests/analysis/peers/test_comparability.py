"""Is like compared with like? Each mismatch with its count."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.peers.comparability import comparability
from perfnb.breaks import Break
from perfnb.errors import PerfnbError

YEAR = {"start": pd.Timestamp(2022, 4, 1), "end": pd.Timestamp(2023, 3, 31)}
LATER = {"start": pd.Timestamp(2023, 4, 1), "end": pd.Timestamp(2024, 3, 31)}
EARLIER = {"start": pd.Timestamp(2021, 4, 1), "end": pd.Timestamp(2022, 3, 31)}


def figure(authority, **more):
    """Make the figure of an authority in 2022-23."""
    plain = {"value": 1.0, "status": "final", "source": "defra"}
    plain |= {"denominator_source": "", "note": "", "authority": authority}
    return plain | YEAR | more


def members(*codes, **days):
    """Make peers, some with a last day."""
    ends = [days.get(code, pd.NaT) for code in codes]
    return pd.DataFrame(
        {
            "authority": list(codes),
            "first_day": pd.NaT,
            "last_day": pd.Series(ends, dtype="datetime64[us]"),
        }
    )


def found(rows, peers=None, **more):
    """Say what differs between figures of the council `a` and its peers."""
    frame = pd.DataFrame(rows).astype({"value": "Float64"})
    settings = {
        "own": "a",
        "members": members("b", "c", "d") if peers is None else peers,
        "start": date(2022, 4, 1),
        "end": date(2023, 3, 31),
        "until": date(2025, 12, 31),
    }
    return comparability(frame, **(settings | more))


ALIKE = [figure(code) for code in "abcd"]


def test_nothing_differs_where_nothing_does():
    plain = found(ALIKE)
    assert plain.alike
    assert (plain.n, plain.sources) == (4, {"defra": 4})


def test_two_vintages_are_counted():
    rows = [figure("a", source="oflog"), *ALIKE[1:]]
    mixed = found(rows)
    assert mixed.sources == {"defra": 3, "oflog": 1}
    assert mixed.own_source == "oflog"
    assert not mixed.alike


def test_denominators_of_different_sources_are_counted():
    rows = [figure(c, denominator_source="ons" if c < "c" else "own") for c in "abcd"]
    assert found(rows).denominator_sources == {"ons": 2, "own": 2}
    assert not found(rows).alike


@pytest.mark.parametrize("status", ["provisional", "revised"])
def test_figures_that_are_not_final_are_counted(status):
    mixed = found([figure("a", status=status), *ALIKE[1:]])
    assert (mixed.unsettled, mixed.own_status) == ({status: 1}, status)
    assert not mixed.alike


def test_peers_without_a_figure_are_counted_by_what_their_return_says():
    rows = [
        *ALIKE[:1],
        figure("b", value=None, status="suppressed"),
        figure("c", value=None, status="missing"),
    ]
    mixed = found(rows)
    assert mixed.without == {"suppressed": 1, "missing": 1, "no return": 1}
    assert mixed.n == 1


def test_a_peer_with_only_an_older_figure_lags():
    rows = [*ALIKE[:3], figure("d", **EARLIER)]
    lagging = found(rows)
    assert (lagging.without, lagging.older) == ({"no return": 1}, 1)


def test_a_newer_figure_of_the_council_is_told():
    newer = found([*ALIKE, figure("a", **LATER)])
    assert newer.own_newest == date(2024, 3, 31)
    assert found([*ALIKE, figure("b", **LATER)]).own_newest is None


def test_revised_figures_are_counted_among_those_compared():
    assert found(ALIKE, revised=["b", "z"]).since_revised == 1


def test_notes_are_told_only_where_not_all_carry_them():
    rows = [figure(code, note="window inferred") for code in "abc"]
    rows.append(figure("d", note="window inferred; counts inferred"))
    assert found(rows).notes == {"counts inferred": 1}


def test_changes_of_definition_are_told_on_the_side_where_they_lie():
    breaks = [
        Break.model_validate(
            {
                "indicator": "X",
                "from": start,
                "kind": "method",
                "splits": "no",
                "reason": "new",
                "source": "s",
            }
        )
        for start in ("2015-16", "2023-24", "2026-27")
    ]
    told = found(ALIKE, breaks=breaks, since=date(2010, 4, 1))
    assert [each.starts for each in told.changed_since] == ["2023-24"]
    assert [each.starts for each in told.changed_within] == ["2015-16"]
    assert found(ALIKE, breaks=breaks[:1]).alike


def test_peers_that_have_ended_or_just_begun_are_named():
    peers = members("b", "c", "d", c=pd.Timestamp(2023, 3, 31))
    assert found(ALIKE, peers).ended == ("c",)
    started = peers.assign(first_day=pd.Timestamp(2022, 10, 1), last_day=pd.NaT)
    assert found(ALIKE, started).begun == ("b", "c", "d")


def test_a_peer_that_had_ended_is_not_missed():
    peers = members("b", "c", "d", d=pd.Timestamp(2022, 3, 31))
    assert found(ALIKE[:3], peers).without == {}


def test_no_figures_at_all_are_answered():
    nothing = found([figure(code, value=None, status="missing") for code in "ab"])
    assert (nothing.n, nothing.own_source) == (0, "")
    assert nothing.without == {"no return": 2, "missing": 1}


@given(st.permutations(range(4)))
def test_the_order_of_rows_does_not_matter(order):
    rows = [figure("a", source="oflog"), *ALIKE[1:3], figure("d", note="late")]
    assert found([rows[place] for place in order]) == found(rows)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{k: v for k, v in ALIKE[0].items() if k != "note"}], "column 'note'"),
        ([ALIKE[0], ALIKE[0]], "authority 'a' comes more than once"),
    ],
)
def test_mistakes_are_named(rows, words):
    with pytest.raises(PerfnbError, match=words):
        found(rows)
