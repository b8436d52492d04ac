"""From the baseline to the target: a published index, and what has no score."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perfnb.analysis.weighting import goalposts
from perfnb.analysis.weighting.aggregation import combined, shares
from perfnb.errors import PerfnbError

NUMBER = st.integers(-100, 100)


def member(value, baseline, target, polarity="maximise", **more):
    """Make a basket of one member."""
    numbers = {"value": value, "baseline": baseline, "target": target}
    frame = pd.DataFrame({name: [each] for name, each in numbers.items()})
    return frame.astype("Float64").assign(indicator="x", polarity=polarity, **more)


def test_a_published_index_is_met(own_case):
    cases = own_case("goalposts.csv")
    index, parts = cases.iloc[-1], cases.iloc[:-1]
    found = goalposts.by_targets(
        parts.rename(
            columns={"member": "indicator", "worst": "baseline", "best": "target"}
        ).assign(polarity="maximise")
    )
    scores = found["score"].to_numpy(dtype=float)
    np.testing.assert_allclose(scores / 100, parts["score"], atol=5e-4)
    score = combined(scores[None, :], shares(parts["weight"]), "arithmetic")[0]
    # Published without the fourth decimal, cut and not rounded.
    assert score / 100 == pytest.approx(index["score"], abs=1e-3)


@pytest.mark.parametrize(
    ("value", "score", "beyond"),
    [
        (28, 0, ""),
        (30, 50, ""),
        (32, 100, ""),
        (35, 100, "beyond the target"),
        (20, 0, "worse than the baseline"),
    ],
)
def test_a_score_is_held_between_its_ends(value, score, beyond):
    found = goalposts.by_targets(member(value, 28, 32)).iloc[0]
    assert (found["score"], found["beyond"], found["no_score"]) == (score, beyond, "")
    assert (found["worst"], found["best"]) == (28, 32)
    assert found["goalposts"] == "baseline and target"


@pytest.mark.parametrize(
    ("given_figures", "reason"),
    [
        ((None, 28, 32), "no figure"),
        ((30, None, 32), "no baseline"),
        ((30, 28, None), "no target"),
        ((30, 32, 32), "target no better than the baseline"),
        ((30, 33, 32), "target no better than the baseline"),
    ],
)
def test_a_missing_score_has_a_reason(given_figures, reason):
    found = goalposts.by_targets(member(*given_figures)).iloc[0]
    assert pd.isna(found["score"])
    assert found["no_score"] == reason


def test_a_range_counts_by_the_distance_from_it():
    found = goalposts.by_targets(
        member(19, 16, 20, "range", ideal_low=20, ideal_high=22)
    )
    assert found["score"].tolist() == [75]


@given(NUMBER, NUMBER, NUMBER, st.sampled_from([0.01, 1, 1000]))
def test_polarity_and_unit_mirror(value, baseline, target, factor):
    assume(target > baseline)
    up = goalposts.by_targets(member(value, baseline, target))
    down = goalposts.by_targets(
        member(-value * factor, -baseline * factor, -target * factor, "minimise")
    )
    assert down["score"].iloc[0] == pytest.approx(up["score"].iloc[0], abs=1e-9)
    assert 0 <= up["score"].iloc[0] <= 100


def test_mistakes_are_named():
    with pytest.raises(PerfnbError, match="no good side"):
        goalposts.by_targets(member(1, 2, 3, "neutral"))
    with pytest.raises(PerfnbError, match="lack the column 'baseline'"):
        goalposts.by_targets(member(1, 2, 3).drop(columns="baseline"))
    with pytest.raises(PerfnbError, match="more than once"):
        goalposts.by_targets(pd.concat([member(1, 2, 3)] * 2))
