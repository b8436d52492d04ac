"""Least squares against certified answers and base R."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from perfnb.analysis.effects.estimates import terms
from perfnb.analysis.effects.regression_fit import least_squares, require_terms
from perfnb.errors import PerfnbError

from . import sicily

NAMES = {"level": "smokban", "slope": "after", "intercept": "(Intercept)"}


def straight(n):
    """Lay out an intercept and a slope."""
    return pd.DataFrame({"intercept": np.ones(n), "time": np.arange(float(n))})


def certified(expected, fit):
    """Hold a fit to the certified rows of one data set."""
    reckoned = terms(fit, "own").set_index("term")
    for row in expected.itertuples():
        if row.term == "residual_sd":
            assert fit.dispersion**0.5 == pytest.approx(row.certified, rel=1e-8)
        elif row.term == "R2":
            assert fit.r_squared == pytest.approx(row.certified, rel=1e-8)
        else:
            found = reckoned.loc[row.term]
            assert found["estimate"] == pytest.approx(row.certified, rel=1e-8)
            assert found["standard_error"] == pytest.approx(row.certified_sd, rel=1e-8)
    return len(expected)


def norris(inputs):
    """Fit NIST's Norris data."""
    laid_out = pd.DataFrame({"B0": 1.0, "B1": inputs["x"]})
    return least_squares(inputs["y"].to_numpy(), laid_out, np.arange(len(inputs)))


def longley(inputs):
    """Fit NIST's Longley data, whose terms nearly follow from one another."""
    laid_out = inputs.drop(columns="TOTEMP").assign(B0=1.0)
    values = inputs["TOTEMP"].to_numpy()
    return least_squares(values, laid_out, np.arange(len(inputs)))


def test_certified_answers_are_met(own_case):
    expected = own_case("least_squares.csv")
    data = sm.datasets.longley.load_pandas().data
    checked = certified(
        expected.query("dataset == 'Norris'"), norris(own_case("norris.csv"))
    )
    checked += certified(expected.query("dataset == 'Longley'"), longley(data))
    assert checked == len(expected) == 13


def test_reference_answers_are_met(shared_case):
    expected = shared_case("nist_expected.csv")
    fits = {
        "Norris": norris(shared_case("nist_norris_inputs.csv")),
        "Longley": longley(shared_case("nist_longley_inputs.csv")),
    }
    checked = sum(certified(rows, fits[name]) for name, rows in by(expected, "dataset"))
    assert checked == len(expected) == 13


def by(frame, name):
    """Give the rows of each value of a column."""
    return [(value, frame[frame[name] == value]) for value in frame[name].unique()]


def line(model, inputs):
    """Fit the line that a reference model's name describes."""
    kind = "least squares"
    if "poisson" in model:
        kind = "quasi-poisson" if "quasi" in model else "poisson"
    lag = int(model.split("lag ")[1].split()[0]) if "lag" in model else None
    return sicily.fit(
        kind,
        inputs["aces"],
        inputs["stdpop"],
        inputs["month"],
        slope="slope" in model or model.startswith("o1"),
        seasons="harmonics" in model,
        lag=lag,
        adjust="n/(n-k) adjustment" in model,
    )


def test_reference_lines_are_met(shared_case):
    inputs, expected = (
        shared_case("its_sicily_inputs.csv"),
        shared_case("its_expected.csv"),
    )
    checked = 0
    for model, rows in by(expected, "model"):
        fit = line(model, inputs)
        errors = "newey-west" if "lag" in model else "own"
        found = terms(fit, errors).set_index("term").rename(index=NAMES)
        within = 1e-5 if "poisson" in model else 1e-9
        for row in rows.itertuples():
            ours = found.loc[row.term]
            assert ours["estimate"] == pytest.approx(row.estimate, rel=within)
            assert ours["standard_error"] == pytest.approx(row.se, rel=within)
            assert ours["statistic"] == pytest.approx(row.stat, rel=within)
            # Far out in a tail a p-value multiplies the statistic's last digits.
            tail = 1e-4 if "poisson" in model else within
            assert ours["p"] == pytest.approx(row.p, rel=tail)
            if "poisson" in model:
                dispersion = pytest.approx(row.dispersion_or_dw, rel=within)
                assert fit.dispersion == dispersion
            checked += 1
    assert checked == len(expected) == 57


def test_published_lines_are_met(own_case):
    inputs, expected = own_case("sicily.csv"), own_case("segmented_regression.csv")
    for row in expected.itertuples():
        fit = sicily.fit(
            row.model,
            inputs["admissions"],
            inputs["population"],
            inputs["month"],
            slope=row.slope == "yes",
            seasons=row.seasons == "yes",
            lag=None if np.isnan(row.lag) else int(row.lag),
            adjust=row.adjusted == "yes",
        )
        found = terms(fit, row.errors).set_index("term").loc[row.term]
        within = 1e-5 if "poisson" in row.model else 1e-8
        assert found["estimate"] == pytest.approx(row.estimate, rel=within)
        assert found["standard_error"] == pytest.approx(row.standard_error, rel=within)


def test_newey_west_errors_are_those_of_statsmodels():
    rng = np.random.default_rng(3)
    values, laid_out = rng.normal(size=20).cumsum(), straight(20)
    theirs = sm.OLS(values, laid_out).fit(
        cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}
    )
    ours = least_squares(values, laid_out, np.arange(20), lag=3)
    np.testing.assert_allclose(ours.newey_west, theirs.cov_params(), rtol=1e-10)


def test_a_line_through_every_figure_leaves_nothing_over():
    fit = least_squares(np.array([1.0, 3, 5, 7]), straight(4), np.arange(4))
    assert fit.exact
    assert fit.coefficients.tolist() == pytest.approx([1, 2])
    assert terms(fit)["p"].lt(1e-6).all()


@pytest.mark.parametrize("level", [0.0, 7.0])
def test_a_still_series_has_no_share_of_variance(level):
    fit = least_squares(np.full(6, level), straight(6), np.arange(6))
    assert fit.exact
    assert fit.r_squared is None
    assert fit.coefficients["time"] == pytest.approx(0)


@pytest.mark.parametrize(
    ("laid_out", "words"),
    [
        (straight(2), "2 figures are too few for the 2 terms"),
        (straight(4).assign(twice=lambda rows: 2 * rows["time"]), "follows from the"),
        (straight(4).assign(nought=0.0), "follows from the others"),
    ],
)
def test_mistakes_are_named(laid_out, words):
    with pytest.raises(PerfnbError, match=words):
        require_terms(len(laid_out), laid_out)
    with pytest.raises(PerfnbError, match=words):
        least_squares(np.ones(len(laid_out)), laid_out, np.arange(len(laid_out)))
