"""Flagged figures against others: by hand, by the tables and by chance."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from perfnb.analysis.effects import flagged
from perfnb.analysis.effects.flag_episodes import episodes
from perfnb.errors import PerfnbError

from .flag_histories import chance


def judged(baseline, later, flags, indicators=None):
    """Make followed figures, each of its own indicator unless told otherwise."""
    names = [f"L{i}" for i in range(len(flags))] if indicators is None else indicators
    return pd.DataFrame(
        {
            "indicator": names,
            "flagged": np.asarray(flags, dtype=bool),
            "standing": "followed",
            "baseline": pd.array(baseline, dtype="Float64"),
            "later": pd.array(later, dtype="Float64"),
        }
    )


def drawn(effect, seed=2, n=80, persistence=0.3):
    """Draw figures of which the bad ones are mostly flagged, with an effect."""
    rng = np.random.default_rng(seed)
    baseline = rng.normal(size=n)
    flags = baseline + rng.normal(0, 0.5, n) < -0.3
    later = persistence * baseline + effect * flags + rng.normal(0, 0.5, n)
    return judged(baseline, later, flags)


def test_changes_by_hand(methods):
    # Flagged figures stand at -2 and -1 in turn and then at 0; others at 1 and -1
    # and then at 0: what they had been leaves no trace.
    found = flagged.comparison(
        judged([-2, 1, -1, -1] * 10, [0.0] * 40, [True, False] * 20), methods
    )
    assert found.pooled.flagged_change == pytest.approx(1.5)
    assert found.pooled.unflagged_change == pytest.approx(0)
    assert found.pooled.difference.value == pytest.approx(1.5)
    assert found.pooled.persistence == pytest.approx(0)
    assert found.pooled.regression_to_the_mean == pytest.approx(1.5)
    assert found.pooled.adjusted.value == pytest.approx(0)
    assert found.verdict == "no clear difference"
    assert "regression to the mean" in found.reason
    assert (found.n_flagged, found.n_unflagged, found.n_left_out) == (20, 20, 0)


def test_the_difference_is_rebound_and_effect(methods):
    pooled = flagged.comparison(drawn(0.4), methods).pooled
    together = pooled.regression_to_the_mean + pooled.adjusted.value
    assert pooled.difference.value == pytest.approx(together)
    changes = pooled.flagged_change - pooled.unflagged_change
    assert pooled.difference.value == pytest.approx(changes)


@pytest.mark.parametrize(
    ("effect", "verdict", "words"),
    [
        (1.0, "flagged did better", "went on better than unflagged"),
        (-1.0, "flagged did worse", "went on worse than unflagged"),
        (0.0, "no clear difference", "no more than figures as bad as they were do"),
    ],
)
def test_an_effect_is_found_behind_the_rebound(methods, effect, verdict, words):
    found = flagged.comparison(drawn(effect), methods)
    assert found.verdict == verdict
    assert words in found.reason
    assert found.pooled.adjusted.lower < effect < found.pooled.adjusted.upper
    assert found.pooled.persistence == pytest.approx(0.3, abs=0.2)
    assert any("not drawn by lot" in caution for caution in found.cautions)


def test_figures_no_worse_than_others_need_no_such_words(methods):
    rng = np.random.default_rng(7)
    rows = judged(rng.normal(size=40), rng.normal(size=40), [True, False] * 20)
    found = flagged.comparison(rows, methods)
    assert found.verdict == "no clear difference"
    assert "regression to the mean" not in found.reason


def test_limits_are_those_of_the_sandwich_by_indicator(methods):
    rows = drawn(0.4).assign(indicator=[f"L{i // 2}" for i in range(80)])
    floats = rows.astype({"baseline": float, "later": float, "flagged": float})
    theirs = smf.ols("later ~ flagged + baseline", floats).fit(
        cov_type="cluster",
        cov_kwds={"groups": pd.factorize(rows["indicator"])[0]},
        use_t=True,
    )
    lower, upper = theirs.conf_int().loc["flagged"]
    found = flagged.comparison(rows, methods).pooled.adjusted
    assert (found.lower, found.upper) == pytest.approx((lower, upper))
    # 40 indicators leave 39 degrees of freedom.
    margin = stats.t.ppf(0.975, 39) * theirs.bse["flagged"]
    assert found.upper - found.value == pytest.approx(margin)


def test_the_rebound_of_the_worst_is_that_of_the_tables(own_case, methods):
    # Chance figures, the worst share of them flagged: their mean is the tables'
    # intensity of selection, and all of it returns.
    rng = np.random.default_rng(12)
    n = 40_000
    baseline = rng.normal(size=n)
    later = rng.normal(0, 0.5, n)
    indicators = np.arange(n) % 200
    for row in own_case("regression_to_the_mean.csv").itertuples():
        flags = baseline < np.quantile(baseline, row.share_selected)
        found = flagged.comparison(
            judged(baseline, later, flags, indicators), methods
        ).pooled
        assert found.flagged_change == pytest.approx(row.intensity, abs=0.05)
        # The others stand as far above as makes the mean of all nought.
        apart = row.intensity / (1 - row.share_selected)
        assert found.regression_to_the_mean == pytest.approx(apart, rel=0.05)


def pooled_chance(seed, correlation, methods):
    """Flag the bad figures of series in which nothing ever happens."""
    histories = chance(16, 26, seed, correlation)
    rows = histories[["indicator", "end"]].assign(flagged=False)
    told = episodes(histories, rows, methods)
    # Reported as a concern: clearly below the indicator's own usual level.
    bad = told["baseline"].fillna(0) < -0.84
    return flagged.comparison(told.assign(flagged=bad), methods)


@pytest.mark.parametrize("correlation", [0.0, 0.5])
def test_chance_has_a_rebound_and_no_effect(methods, correlation):
    found = [pooled_chance(seed, correlation, methods) for seed in range(20)]
    naive = [each.pooled.difference for each in found]
    adjusted = [each.pooled.adjusted for each in found]
    # Before the adjustment flagging seems to work every time.
    assert all(each.lower > 0 for each in naive)
    assert np.mean([each.value for each in naive]) > 1
    # After it, it seldom seems to, and on average has no effect.
    called = [each.verdict != "no clear difference" for each in found]
    assert np.mean(called) <= 0.1
    assert np.mean([each.value for each in adjusted]) == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize("size", [0, 1, 9])
def test_few_indicators_are_answered_in_words(methods, size):
    rows = judged([-1.0, 1.0] * size, [0.0] * 2 * size, [True, False] * size)
    found = flagged.comparison(rows, methods)
    assert (found.verdict, found.pooled) == ("too few indicators", None)
    assert "takes 10 indicators" in found.reason
    assert found.cautions == ()


def test_many_figures_of_few_indicators_are_few(methods):
    names = ["L1", "L2", "L3", "L4"] * 20
    rows = judged([-1.0, 1.0] * 40, [0.0] * 80, [True, False] * 40, names)
    found = flagged.comparison(rows, methods)
    assert (found.n_flagged, found.n_indicators_flagged) == (40, 2)
    assert found.verdict == "too few indicators"


@pytest.mark.parametrize("later", [[0.0] * 40, [1.0, -1.0] * 20])
@pytest.mark.parametrize("baseline", [[-1.0, 1.0] * 20, [0.0] * 40])
def test_a_flag_that_says_all_cannot_be_judged(methods, baseline, later):
    found = flagged.comparison(judged(baseline, later, [True, False] * 20), methods)
    assert found.verdict == "no spread"
    assert found.pooled is None


def test_figures_that_were_not_followed_are_counted(methods):
    rows = pd.concat([drawn(0.0), drawn(9.0, n=5).assign(standing="no figure")])
    found = flagged.comparison(rows, methods)
    assert found.n_left_out == 5
    assert found.verdict == "no clear difference"


@settings(max_examples=20)
@given(seed=st.integers(0, 10_000), effect=st.floats(-1.5, 1.5))
def test_order_and_mirror(methods, seed, effect):
    rows = drawn(effect, seed)
    found = flagged.comparison(rows, methods)
    shuffled = flagged.comparison(rows.sample(frac=1, random_state=seed), methods)
    assert shuffled.pooled.adjusted.value == pytest.approx(found.pooled.adjusted.value)
    assert shuffled.verdict == found.verdict
    mirrored = flagged.comparison(
        rows.assign(baseline=-rows["baseline"], later=-rows["later"]), methods
    )
    opposite = {
        "flagged did better": "flagged did worse",
        "flagged did worse": "flagged did better",
    }
    assert mirrored.verdict == opposite.get(found.verdict, found.verdict)
    for each in (found.pooled.adjusted, found.pooled.difference):
        assert each.lower <= each.value <= each.upper


def test_mistakes_are_named(methods):
    with pytest.raises(PerfnbError, match="lack the column 'later'"):
        flagged.comparison(drawn(0.0).drop(columns="later"), methods)
    with pytest.raises(PerfnbError, match="no number in 'baseline' or 'later'"):
        flagged.comparison(drawn(0.0).assign(later=pd.NA), methods)
