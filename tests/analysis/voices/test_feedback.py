"""Complaints and compliments as rates, hidden counts, and the Ombudsman."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfnb.analysis.voices import feedback
from perfnb.analysis.voices.ombudsman import upheld
from perfnb.errors import PerfnbError
from perfnb.quarters import parse_period

QUIET = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
DECISIONS = (
    Path(__file__).parents[4] / "shared/data/derived/lgsco_wyre_forest_2022_2025.csv"
)


def returns(*rows):
    """Make returns from kind, quarter, count and denominator."""
    spans = [parse_period(quarter) for _, quarter, _, _ in rows]
    return pd.DataFrame(
        {
            "kind": [kind for kind, *_ in rows],
            "start": pd.to_datetime([span.start for span in spans]),
            "end": pd.to_datetime([span.end for span in spans]),
            "numerator": pd.array([row[2] for row in rows], dtype="Float64"),
            "denominator": pd.array([row[3] for row in rows], dtype="Float64"),
        }
    )


def rates(frame, methods, per=1000):
    """Give rates per 1,000 households."""
    return feedback.rates(frame, per=per, counted="households", methods=methods)


def test_rates_have_the_published_interval(methods):
    # Byar's limits of 65 are 50.163 and 82.849 (Breslow and Day); of none, 0 and
    # 3.689 (Garwood).
    found = rates(
        returns(
            ("complaint", "2025-26 Q3", 65, 40_000),
            ("complaint", "2025-26 Q2", 0, 1000),
        ),
        methods,
    ).rates
    assert found["period"].tolist() == ["2025-26 Q2", "2025-26 Q3"]
    assert found["value"].tolist() == [0, 1.625]
    assert found["lower_ci"].tolist() == pytest.approx([0, 50.163 / 40], abs=1e-4)
    assert found["upper_ci"].tolist() == pytest.approx([3.689, 82.849 / 40], abs=1e-3)
    assert set(found["unit"]) == {"per 1,000 households"}


def test_compliments_are_not_set_off(methods):
    found = rates(
        returns(
            ("complaint", "2025-26 Q3", 20, 40_000),
            ("compliment", "2025-26 Q3", 30, 40_000),
        ),
        methods,
    )
    by_kind = found.rates.set_index("kind")["value"]
    assert by_kind.to_dict() == {"complaint": 0.5, "compliment": 0.75}
    assert "not set off" in found.method
    assert found.disclosure == ""


@pytest.mark.parametrize(
    ("count", "base", "standing"),
    [
        (5, 1000, "rate"),
        (0, 1000, "rate"),
        (5, 0, "no denominator"),
        (5, None, "no denominator"),
        (None, 1000, "no count"),
        (None, None, "no count"),
    ],
)
def test_what_has_no_rate_is_said(methods, count, base, standing):
    found = rates(returns(("complaint", "2025-26 Q3", count, base)), methods).rates
    assert found["standing"].tolist() == [standing]
    assert found["value"].notna().tolist() == [standing == "rate"]
    assert found["lower_ci"].notna().tolist() == [standing == "rate"]


def test_no_returns_are_no_mistake(methods):
    empty = returns(("complaint", "2025-26 Q3", 1, 1)).iloc[:0]
    assert rates(empty, methods).rates.empty


@QUIET
@given(st.integers(0, 500), st.integers(1, 100_000), st.sampled_from([10, 1000]))
def test_the_interval_holds_the_rate_in_any_unit(methods, count, base, per):
    frame = returns(("complaint", "2025-26 Q3", count, base))
    found = rates(frame, methods, per=per).rates.iloc[0]
    single = rates(frame, methods, per=1).rates.iloc[0]
    assert found["lower_ci"] <= found["value"] <= found["upper_ci"]
    assert found["value"] == pytest.approx(single["value"] * per)


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (returns(("moan", "2025-26 Q3", 1, 9)), "'moan' is not feedback"),
        (returns(("complaint", "2025-26 Q3", -1, 9)), "numerator of -1 is not a count"),
        (
            returns(*[("complaint", "2025-26 Q3", 1, 9)] * 2),
            "two rows of complaints for 2025-26 Q3",
        ),
        (
            returns(("complaint", "2025-26 Q3", 1, 9)).assign(start=pd.NaT, end=pd.NaT),
            "A complaint has no period",
        ),
        (
            returns(("complaint", "2025-26 Q3", 1, 9)).drop(columns="kind"),
            "lack the column 'kind'",
        ),
    ],
)
def test_mistakes_are_named(methods, frame, words):
    with pytest.raises(PerfnbError, match=words):
        rates(frame, methods)


def test_a_rate_per_nothing_is_refused(methods):
    with pytest.raises(PerfnbError, match="must be above 0"):
        rates(returns(("complaint", "2025-26 Q3", 1, 9)), methods, per=0)


def groups(counts):
    """Make complaints by ward, each ward with 4,000 households."""
    return pd.DataFrame(
        {
            "group": [f"ward {place}" for place in range(len(counts))],
            "numerator": counts,
            "denominator": [4000] * len(counts),
        }
    )


def by_ward(counts, methods):
    """Give rates by ward per 1,000 households."""
    return feedback.by_group(
        groups(counts), per=1000, counted="households", methods=methods
    )


def test_small_counts_of_people_are_hidden(methods):
    found = by_ward([3, 51, 39, 0], methods)
    assert found.rates["standing"].tolist() == ["hidden", "rate", "rate", "rate"]
    assert found.rates["numerator"].isna().tolist() == [True, False, False, False]
    assert found.rates["numerator"].tolist()[1:] == [50, 40, 0]
    assert pd.isna(found.rates["value"].iloc[0])
    assert pd.isna(found.rates["upper_ci"].iloc[0])
    assert found.disclosure.startswith("Counts of 1 to 7 people are hidden")


def test_intervals_do_not_tell_the_count_that_was_rounded(methods):
    one, two = (by_ward([count, 80, 90], methods).rates for count in (48, 52))
    pd.testing.assert_frame_equal(one, two)


def decisions(*rows):
    """Make decisions from period, upheld, decided and the share of others."""
    spans = [parse_period(period) for period, *_ in rows]
    return pd.DataFrame(
        {
            "start": pd.to_datetime([span.start for span in spans]),
            "end": pd.to_datetime([span.end for span in spans]),
            "numerator": pd.array([row[1] for row in rows], dtype="Float64"),
            "denominator": pd.array([row[2] for row in rows], dtype="Float64"),
            "similar": pd.array([row[3] for row in rows], dtype="Float64"),
        }
    )


@pytest.mark.parametrize(
    ("count", "whole", "similar", "verdict"),
    [
        (4, 4, 60, "no clear difference"),
        (4, 4, 50, "worse"),
        (0, 10, 60, "better"),
        (4, 4, None, "no comparison"),
        (0, 0, 60, "no decisions"),
        (None, 4, 60, "no figure"),
        (4, None, 60, "no figure"),
    ],
)
def test_the_share_upheld_beside_similar_councils(
    methods, count, whole, similar, verdict
):
    # The Wilson interval of 4 of 4 is 51.0% to 100%, of 0 of 10 is 0% to 27.8%.
    found = upheld(decisions(("2024-25", count, whole, similar)), methods=methods)
    assert found["verdict"].tolist() == [verdict]
    assert found["period"].tolist() == ["2024-25"]
    assert "Wilson" in found["method"].iloc[0]


def test_decisions_on_wyre_forest(methods):
    if not DECISIONS.exists():
        pytest.skip(f"the reference data are absent: {DECISIONS}")
    rows = pd.read_csv(DECISIONS)
    periods = (
        rows["period"].str.replace(" - ", " to ").str.replace("Sept ", "September ")
    )
    frame = decisions(
        *zip(periods, rows["upheld"], rows["decided_by_lgsco"], [None] * 4, strict=True)
    )
    found = upheld(frame, methods=methods)
    assert found["verdict"].tolist() == [
        "no decisions",
        "no decisions",
        "no comparison",
        "no decisions",
    ]
    year = found.iloc[2]
    assert (year["period"], year["value"]) == ("2024-25", 100)
    assert year["lower_ci"] == pytest.approx(51.01, abs=0.01)
    assert year["upper_ci"] == pytest.approx(100)


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (decisions(("2024-25", 5, 4, None)), "2024-25: more upheld than decided"),
        (decisions(("2024-25", -1, 4, None)), "numerator of -1 is not a count"),
        (
            decisions(("2024-25", 1, 4, None)).drop(columns="similar"),
            "lack the column 'similar'",
        ),
    ],
)
def test_decisions_that_cannot_be_are_named(methods, frame, words):
    with pytest.raises(PerfnbError, match=words):
        upheld(frame, methods=methods)
