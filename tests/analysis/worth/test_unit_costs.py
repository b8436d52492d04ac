"""Unit costs and real terms: the Treasury's example and Wyre Forest's spending."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.worth import unit_costs
from perfnb.errors import PerfnbError
from perfnb.quarters import parse_period

SPENDING = (
    Path(__file__).parents[4]
    / "shared/data/derived/rs_service_expenditure_2010-11_2014-15_2017-18.csv"
)


def years(*labels, **columns):
    """Make rows for financial years."""
    spans = [parse_period(label) for label in labels]
    days = {
        "start": pd.to_datetime([span.start for span in spans]),
        "end": pd.to_datetime([span.end for span in spans]),
    }
    return pd.DataFrame(days).assign(**columns)


def prices(own_case):
    """Read the Treasury's price series."""
    return own_case("real_terms.csv")[["period", "index"]]


def test_published_real_terms_are_met(own_case):
    cases = own_case("real_terms.csv")
    costs = years(*cases["period"], value=cases["cash"])
    found = unit_costs.real_terms(costs, prices(own_case), base="2011-12")
    # The printed index has three decimals, the published real terms more.
    np.testing.assert_allclose(
        found.costs["real_value"].to_numpy(dtype=float),
        cases["real_2011_12"],
        rtol=5e-6,
    )
    assert found.costs["standing"].eq("real terms").all()
    assert (found.base, found.compared) == ("2011-12", "2006-07 to 2013-14")
    assert "HM Treasury" in found.method


def test_published_inflation_is_met(own_case):
    # The same annex: prices rose 12.04% from 2006-07 to 2011-12.
    costs = years("2006-07", "2011-12", value=[100.0, 100.0])
    found = unit_costs.real_terms(costs, prices(own_case), base="2006-07")
    assert found.cash_change == 0
    assert 1 / (1 + found.real_change) == pytest.approx(1.1204, abs=5e-5)


def test_spending_of_wyre_forest_is_read_as_published():
    if not SPENDING.exists():
        pytest.skip(f"the reference data are absent: {SPENDING}")
    rows = pd.read_csv(SPENDING)
    own = rows[
        (rows["e_code"] == "E1839") & (rows["service"] == "TOTAL SERVICE EXPENDITURE")
    ]
    thousands = pd.to_numeric(own["net_current_expenditure_gbp_thousand"])
    assert thousands.tolist() == [16165, 13551, 12202]
    costs = years(
        *own["year"], spending=thousands.to_numpy() * 1000, units=[None, 43_000, 43_500]
    )
    found = unit_costs.unit_costs(costs, spending="net", counted="household")
    assert found["standing"].tolist() == ["no units", "unit cost", "unit cost"]
    assert found["value"].tolist()[1:] == pytest.approx([315.14, 280.51], abs=0.005)
    price = pd.DataFrame({"period": own["year"], "index": [100, 100, 100]})
    flat = unit_costs.real_terms(
        found.assign(value=thousands.to_numpy()), price, base="2017-18"
    )
    assert flat.cash_change == flat.real_change == pytest.approx(12202 / 16165 - 1)


@pytest.mark.parametrize(
    ("spending", "units", "standing"),
    [
        (1000.0, 10.0, "unit cost"),
        (-1000.0, 10.0, "unit cost"),
        (0.0, 10.0, "unit cost"),
        (1000.0, 0.0, "no units"),
        (1000.0, None, "no units"),
        (None, 10.0, "no spending"),
        (None, None, "no spending"),
    ],
)
def test_a_unit_cost_is_never_made_up(spending, units, standing):
    costs = years("2017-18", spending=[spending], units=[units])
    costs[["spending", "units"]] = costs[["spending", "units"]].astype("Float64")
    found = unit_costs.unit_costs(costs, spending="net", counted="household").iloc[0]
    assert found["standing"] == standing
    assert pd.notna(found["value"]) == (standing == "unit cost")
    assert found["unit"] == "pounds per household, net spend"


def test_units_of_other_days_are_told():
    costs = years(
        "2017-18",
        spending=[1000],
        units=[10],
        units_start=pd.to_datetime(["2011-04-01"]),
        units_end=pd.to_datetime(["2012-03-31"]),
    )
    found = unit_costs.unit_costs(
        costs, spending="gross", per=1000, counted="1,000 households"
    )
    assert found["period_note"].tolist() == [
        "Spending is of 2017-18, the count of units of 2011-12."
    ]
    assert found["value"].tolist() == [100_000]


def test_gaps_in_costs_or_prices_are_said(own_case):
    costs = years("2006-07", "2011-12", "2020-21", value=[1.0, None, 3.0])
    found = unit_costs.real_terms(costs, prices(own_case), base="2011-12")
    assert found.costs["standing"].tolist() == [
        "real terms",
        "no figure",
        "no deflator",
    ]
    assert (found.real_change, found.compared) == (None, "")


def test_a_change_from_nought_or_income_has_no_share(own_case):
    costs = years("2006-07", "2011-12", value=[-5.0, 5.0])
    found = unit_costs.real_terms(costs, prices(own_case), base="2011-12")
    assert (found.cash_change, found.real_change) == (None, None)
    assert found.compared == "2006-07 to 2011-12"


def test_no_costs_are_no_mistake(own_case):
    found = unit_costs.real_terms(years(value=[]), prices(own_case), base="2011-12")
    assert found.costs.empty
    assert (found.real_change, found.compared) == (None, "")


@given(st.floats(1, 1e6), st.sampled_from([0.01, 7.0, 1000.0]))
def test_the_base_of_the_index_does_not_matter(cash, factor):
    costs = years("2006-07", "2011-12", value=[cash, cash])
    price = pd.DataFrame({"period": ["2006-07", "2011-12"], "index": [89.254, 100.0]})
    plain = unit_costs.real_terms(costs, price, base="2006-07")
    scaled = unit_costs.real_terms(
        costs, price.assign(index=price["index"] * factor), base="2006-07"
    )
    assert scaled.real_change == pytest.approx(plain.real_change)
    assert plain.costs["real_value"].iloc[0] == pytest.approx(cash)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"spending": "netto"}, "'netto' is not a spending"),
        ({"per": 0}, "must be above 0"),
    ],
)
def test_unknown_options_are_named(change, words):
    costs = years("2017-18", spending=[1], units=[1])
    with pytest.raises(PerfnbError, match=words):
        unit_costs.unit_costs(
            costs, **({"spending": "net", "counted": "household"} | change)
        )


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"spending": [1]}, "lack the column 'units'"),
        ({"spending": [1], "units": [-3]}, "-3 units is not a count"),
        ({"spending": ["lots"], "units": [1]}, "not a number in 'spending'"),
    ],
)
def test_costs_that_are_none_are_named(columns, words):
    with pytest.raises(PerfnbError, match=words):
        unit_costs.unit_costs(
            years("2017-18", **columns), spending="net", counted="household"
        )


@pytest.mark.parametrize(
    ("labels", "price", "base", "words"),
    [
        (["2011-12", "2006-07"], [89.0, 100.0], "2011-12", "2006-07 comes twice or"),
        (["2006-07"], [89.0, 100.0], "2012-13", "no index for 2012-13"),
        (["2006-07"], [89.0, 0.0], "2011-12", "missing or not above 0"),
        (["2006-07"], [89.0, 100.0], "next year", "'next year' is not a period"),
    ],
)
def test_series_that_do_not_fit_are_named(labels, price, base, words):
    series = pd.DataFrame({"period": ["2006-07", "2011-12"], "index": price})
    costs = years(*labels, value=[1.0] * len(labels))
    with pytest.raises(PerfnbError, match=words):
        unit_costs.real_terms(costs, series, base=base)


def test_a_price_series_with_a_year_twice_is_refused():
    series = pd.DataFrame({"period": ["2006-07"] * 2, "index": [1, 2]})
    with pytest.raises(PerfnbError, match="'2006-07' comes more than once"):
        unit_costs.real_terms(years("2006-07", value=[1]), series, base="2006-07")


def test_a_cost_without_a_period_is_refused(own_case):
    costs = years("2006-07", value=[1.0])
    costs = costs.assign(start=pd.NaT, end=pd.NaT)
    with pytest.raises(PerfnbError, match="A cost has no period"):
        unit_costs.real_terms(costs, prices(own_case), base="2006-07")
