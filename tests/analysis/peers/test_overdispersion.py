"""Spread between councils beyond chance, against published answers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from perfnb.analysis.exact_intervals import count_limits
from perfnb.analysis.peers import overdispersion as od
from perfnb.errors import PerfnbError

SCALES = {"PR": "arcsine", "SR": "log", "RC": "log of two counts"}
# The file rounds its normal quantiles to six decimals, not those of chi-squared.
LEVELS = (("95", 0.95, 1.959964), ("998", 0.998, 3.090232))


def areas(numerators, denominator=100):
    """Make areas a0, a1 and so on."""
    return pd.DataFrame(
        {
            "area": [f"a{place}" for place in range(len(numerators))],
            "numerator": pd.array(numerators, dtype="Float64"),
            "denominator": float(denominator),
        }
    )


def spread(rows, methods, scale="arcsine", target=0.5, **more):
    """Estimate the spread of areas."""
    return od.overdispersion(rows, scale=scale, target=target, methods=methods, **more)


def of(summary, points):
    """Pair each set of the reference file with its areas."""
    for case in summary.itertuples():
        chosen = (points["dataset"] == case.dataset) & (points["method"] == case.method)
        yield case, points[chosen].rename(columns={"group": "area"})


def line_errors(case, rows):
    """Give the standard errors that the limits of the reference file stand on.

    For ratios of two counts the file takes that of the arcsine, which has
    nothing to do with them (a slip of FunnelPlotR): its back-transformation is
    held to its figures here, our limits are not.
    """
    whole = rows["denominator"].to_numpy(dtype=float)
    if case.data_type == "SR":
        return 1 / np.sqrt(whole)
    return 1 / (2 * np.sqrt(whole))


def test_reference_spread_is_met(shared_case, methods):
    summary = shared_case("funnel_overdispersion_summary.csv")
    points = shared_case("funnel_overdispersion_points.csv")
    assert methods.outlying_share == 0.1
    checked = 0
    for case, rows in of(summary, points):
        found = spread(
            rows, methods, SCALES[case.data_type], case.target, treatment=case.method
        )
        assert found.n_used == case.n_used
        np.testing.assert_allclose(found.phi, case.phi, rtol=1e-9)
        np.testing.assert_allclose(found.tau2, case.tau2, rtol=1e-9, atol=1e-15)
        for ours, theirs in (
            ("transformed", "Y"),
            ("standard_error", "s"),
            ("z", "Uzscore"),
            ("z_used", "Wuzscore"),
        ):
            np.testing.assert_allclose(
                found.points[ours].to_numpy(dtype=float, na_value=np.nan),
                rows[theirs].to_numpy(dtype=float),
                rtol=1e-9,
                atol=1e-11,
                err_msg=f"{case.dataset} {case.method} {theirs}",
            )
        checked += len(rows)
    assert (len(summary), checked) == (8, len(points)) == (8, 1594)


def test_reference_limits_are_met(shared_case):
    summary = shared_case("funnel_overdispersion_summary.csv")
    points = shared_case("funnel_overdispersion_points.csv")
    checked = 0
    for case, rows in of(summary, points):
        scale = SCALES[case.data_type]
        error = line_errors(case, rows)
        for name, level, z in LEVELS:
            rounded = 2 * float(stats.norm.cdf(z)) - 1
            lower, upper = od.limits(scale, case.target, error, case.tau2, rounded)
            np.testing.assert_allclose(lower, rows[f"odll{name}"], rtol=1e-9)
            np.testing.assert_allclose(upper, rows[f"odul{name}"], rtol=1e-9)
            lower, upper = od.limits(scale, case.target, error, 0, rounded)
            if case.data_type == "SR":
                whole = rows["denominator"].to_numpy(dtype=float)
                lower, upper = (each / whole for each in count_limits(whole, level))
            np.testing.assert_allclose(lower, rows[f"ll{name}"], rtol=1e-9)
            np.testing.assert_allclose(upper, rows[f"ul{name}"], rtol=1e-9)
            checked += 4 * len(rows)
    assert checked == 8 * 1594


def test_published_spread_is_met(own_case, methods):
    """Fifty-one small areas; left out instead of pulled in, nothing is left."""
    rows = own_case("overdispersion_areas.csv")
    for case in own_case("overdispersion.csv").itertuples():
        found = spread(rows, methods, target=case.target, treatment=case.treatment)
        assert found.n_used == case.n_used
        assert found.phi == pytest.approx(case.phi, rel=1e-9)
        assert found.tau2 == pytest.approx(case.tau2, rel=1e-9)


def test_limits_by_hand():
    """Log scale: exp(0 -/+ 1.96 sqrt(0.01 + 0.03)) = exp(-/+ 0.392)."""
    lower, upper = od.limits("log", 1, [0.1], 0.03, 0.95)
    assert lower[0] == pytest.approx(np.exp(-0.39199), rel=1e-5)
    assert upper[0] == pytest.approx(np.exp(0.39199), rel=1e-5)


def test_limits_do_not_fold_back():
    """An angle below 0 is a share of 0; squared blindly it would rise again."""
    lower, upper = od.limits("arcsine", 0.02, [0.2], 0, 0.95)
    assert lower[0] == 0
    assert upper[0] == pytest.approx(0.25896, abs=1e-5)
    assert od.limits("arcsine", 0.98, [0.2], 0, 0.95)[1][0] == 1
    assert od.limits("square root", 1, [0.6], 0, 0.95)[0][0] == 0


def test_chance_alone_is_not_called_more(methods):
    """Of 300 sets of 40 councils without any difference, about one in twenty."""
    chance = np.random.default_rng(20251124)
    called = sum(
        spread(areas(chance.binomial(200, 0.3, 40), 200), methods, target=0.3).standing
        == "overdispersed"
        for _ in range(300)
    )
    assert called <= 24


def test_counts_with_noughts_stay_on_the_square_root_scale(methods):
    rows = areas([0, 1, 2, 3] * 5, 2)
    root = spread(rows, methods, "square root", 1)
    log = spread(rows, methods, "log", 1)
    assert (root.n, log.n) == (20, 15)


@pytest.mark.parametrize(
    ("numerators", "standing", "n"),
    [
        ([], "too few areas", 0),
        ([50] * 9, "too few areas", 9),
        ([None] * 12, "too few areas", 0),
        ([50] * 12, "chance alone", 12),
        ([0] * 12, "overdispersed", 12),
        ([101] * 12, "too few areas", 0),
    ],
)
def test_odd_input_is_answered_in_words(methods, numerators, standing, n):
    found = spread(areas(numerators), methods)
    assert (found.standing, found.n) == (standing, n)
    assert standing != "too few areas" or found.tau2 == 0
    assert found.method


def test_denominators_of_nought_are_left_out(methods):
    found = spread(areas([0] * 12, 0), methods)
    assert (found.standing, found.phi) == ("too few areas", None)


COUNTS = st.lists(st.integers(0, 100), min_size=10, max_size=25)


@given(COUNTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(methods, numerators, random):
    rows = areas(numerators)
    order = list(range(len(rows)))
    random.shuffle(order)
    one, other = spread(rows, methods), spread(rows.iloc[order], methods)
    assert one.standing == other.standing
    assert one.tau2 == pytest.approx(other.tau2)


@given(COUNTS)
def test_the_other_way_round_is_as_wide(methods, numerators):
    """Shares of yes and shares of no spread alike."""
    yes = spread(areas(numerators), methods, target=0.3)
    no = spread(areas([100 - n for n in numerators]), methods, target=0.7)
    assert yes.tau2 == pytest.approx(no.tau2, abs=1e-9)


@given(st.floats(0.01, 0.99), st.floats(0.001, 1), st.floats(0, 1))
def test_spread_never_narrows_the_limits_nor_leaves_the_target(target, error, tau2):
    for scale in od.SCALES:
        narrow = od.limits(scale, target, [error], 0, 0.95)
        wide = od.limits(scale, target, [error], tau2, 0.95)
        assert wide[0][0] <= narrow[0][0] <= target * (1 + 1e-9)
        assert target * (1 - 1e-9) <= narrow[1][0] <= wide[1][0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"scale": "cube"}, "'cube' is not a scale"),
        ({"treatment": "drop"}, "'drop' is not a treatment"),
        ({"target": 1.0}, "held against 1.0; expected between 0 and 1"),
        ({"scale": "log", "target": 0}, "held against 0; expected above 0"),
        ({"rows": areas([1]).drop(columns="area")}, "lack the column 'area'"),
        ({"rows": pd.concat([areas([1])] * 2)}, "'a0' comes more than once"),
        ({"rows": areas([1]).assign(numerator="many")}, "not a number in 'numerator'"),
    ],
)
def test_mistakes_are_named(methods, change, words):
    given_input = {"rows": areas([50] * 12), "scale": "arcsine", "target": 0.5}
    with pytest.raises(PerfnbError, match=words):
        spread(methods=methods, **(given_input | change))
