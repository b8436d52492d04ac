"""Cost, performance and satisfaction together: legs, quadrants, gaps."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfnb.analysis.worth.legs import placed
from perfnb.analysis.worth.value import completeness, value_for_money
from perfnb.errors import PerfnbError
from perfnb.quarters import parse_period

QUIET = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
UNITS = {"cost": "pounds per household", "performance": "%", "satisfaction": "%"}
PEERS = {
    "cost": [40.0, 42, 41, 43],
    "performance": [60.0, 62, 64, 66],
    "satisfaction": [60.0, 62, 64, 66],
}


def leg(name, value, interval="limits", reach=1.0, period="2017-18", **more):
    """Make one leg whose own series varies by `reach` about its figure."""
    span = parse_period(period)
    row = {
        "leg": name,
        "indicator": f"{name} indicator",
        "value": value,
        "unit": UNITS[name],
        "polarity": "minimise" if name == "cost" else "maximise",
        "start": pd.Timestamp(span.start),
        "end": pd.Timestamp(span.end),
        "interval": interval,
        "lower_limit": None if value is None else value - reach,
        "upper_limit": None if value is None else value + reach,
    }
    return row | more


def legs(*rows):
    """Make the frame of the legs given."""
    return pd.DataFrame(list(rows)) if rows else pd.DataFrame([leg("cost", 1)]).iloc[:0]


def peers(period="2017-18", **values):
    """Make the frame of the peers' figures."""
    span = parse_period(period)
    rows = [
        {"leg": name, "authority": f"p{place}", "value": value}
        for name, each in (PEERS | values).items()
        for place, value in enumerate(each)
    ]
    days = {"start": pd.Timestamp(span.start), "end": pd.Timestamp(span.end)}
    return pd.DataFrame(rows).assign(**days)


def service(methods, *rows, beside=None):
    """Judge the value for money of a service."""
    beside = peers() if beside is None else beside
    return value_for_money(legs(*rows), beside, methods=methods)


@pytest.mark.parametrize(
    ("cost", "performance", "quadrant"),
    [
        (30, 80, "lower cost, better performance"),
        (30, 40, "lower cost, worse performance"),
        (50, 80, "higher cost, better performance"),
        (50, 40, "higher cost, worse performance"),
    ],
)
def test_a_quadrant_needs_both_to_clear_the_mean(methods, cost, performance, quadrant):
    found = service(methods, leg("cost", cost), leg("performance", performance))
    assert (found.quadrant, found.reason) == (quadrant, "")
    assert found.missing == ("satisfaction",)
    assert found.satisfaction == "missing"
    assert "National Audit Office" in found.method


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "cost: there is no figure; performance: there is no figure"),
        (
            [leg("cost", 41), leg("performance", 80)],
            "cost: the interval holds the mean of the peers",
        ),
        (
            [leg("cost", 30), leg("performance", 63)],
            "performance: the interval holds the mean of the peers",
        ),
        (
            [leg("cost", 30, "none"), leg("performance", 80)],
            "cost: the figure has no interval",
        ),
        (
            [leg("cost", 30), leg("performance", 80, polarity="neutral")],
            "performance: no side of the indicator is good",
        ),
        ([leg("cost", None), leg("performance", 80)], "cost: there is no figure"),
    ],
)
def test_what_cannot_be_placed_says_why(methods, rows, reason):
    found = service(methods, *rows)
    assert (found.quadrant, found.reason) == ("cannot be placed", reason)


def test_too_few_peers_place_nothing(methods):
    found = service(
        methods,
        leg("cost", 30),
        leg("performance", 80),
        beside=peers(cost=[40.0, 42]),
    )
    assert found.reason == "cost: there are too few peers with a figure"
    assert found.legs["n_peers"].tolist() == [2, 4, 4]


def test_a_leg_carries_all_that_a_page_needs(methods):
    row = leg("cost", 30, target=28, status="not met")
    found = service(methods, row).legs.set_index("leg").loc["cost"]
    # Mean of the peers 41.5, standard deviation 1.290994.
    assert (found["centre"], found["n_peers"]) == (41.5, 4)
    assert found["z"] == pytest.approx(-11.5 / 1.290994, abs=1e-5)
    assert found["lower_z"] == pytest.approx(-12.5 / 1.290994, abs=1e-5)
    assert (found["lower_ci"], found["upper_ci"]) == (29, 31)
    assert (found["period"], found["unit"]) == ("2017-18", "pounds per household")
    assert (found["target"], found["gap_to_target"], found["status"]) == (
        28,
        2,
        "not met",
    )
    assert (found["side"], found["verdict"]) == ("below", "better")


def test_satisfaction_has_a_wilson_interval(methods):
    row = leg("satisfaction", 70, "wilson", numerator=700, denominator=1000, per=100)
    found = service(methods, row)
    mine = found.legs.set_index("leg").loc["satisfaction"]
    assert (mine["lower_ci"], mine["upper_ci"]) == (
        pytest.approx(67.08, abs=0.01),
        pytest.approx(72.76, abs=0.01),
    )
    assert found.satisfaction == "better"
    few = leg("satisfaction", 70, "wilson", numerator=7, denominator=10, per=100)
    assert service(methods, few).satisfaction == "no clear difference"


def test_the_spread_of_the_peers_can_be_the_interval(methods):
    # t(3) at 97.5% is 3.182446; 3.182446 * 1.290994 * root(1.25) = 4.5935.
    near, far = (
        service(methods, leg("cost", value, "peers")).legs.iloc[0]
        for value in (37.0, 36.9)
    )
    assert near["upper_ci"] - near["value"] == pytest.approx(4.5935, abs=1e-4)
    assert (near["side"], far["side"]) == ("no clear difference", "below")


def test_peers_that_are_all_alike_give_no_z(methods):
    found = service(methods, leg("cost", 30), beside=peers(cost=[40.0] * 4))
    row = found.legs.iloc[0]
    assert pd.isna(row["z"])
    assert row["side"] == "below"
    spread = service(methods, leg("cost", 30, "peers"), beside=peers(cost=[40.0] * 4))
    assert spread.legs.iloc[0]["side"] == "no interval"


def test_mismatched_periods_are_said(methods):
    found = service(
        methods,
        leg("cost", 30),
        leg("performance", 80, period="2022-23"),
        leg("satisfaction", None),
    )
    assert found.period_note == (
        "Cost is of 2017-18, performance of 2022-23. "
        "Performance: The council is of 2022-23, 4 peers of 2017-18."
    )
    same = service(methods, leg("cost", 30), leg("performance", 80))
    assert same.period_note == ""


def test_missing_peers_are_not_counted(methods):
    beside = peers(cost=[40.0, None, 41, 43])
    found = service(methods, leg("cost", 30), beside=beside)
    assert found.legs["n_peers"].tolist()[0] == 3


FIGURE = st.integers(1, 100)


@QUIET
@given(FIGURE, st.integers(0, 20), FIGURE, st.lists(FIGURE, min_size=3, max_size=8))
def test_mirrors_units_and_order(methods, value, reach, cost, theirs):
    rows = [leg("cost", cost), leg("performance", value, reach=reach)]
    beside = peers(performance=[float(each) for each in theirs])
    found = service(methods, *rows, beside=beside)
    turned = value_for_money(
        legs(*rows[::-1]), beside.sample(frac=1, random_state=1), methods=methods
    )
    assert (turned.quadrant, turned.reason) == (found.quadrant, found.reason)
    mirror = {"better": "worse", "worse": "better"}
    down = service(methods, rows[0], rows[1] | {"polarity": "minimise"}, beside=beside)
    up_said, down_said = (each.legs["verdict"].iloc[1] for each in (found, down))
    assert down_said == mirror.get(up_said, up_said)
    factor = {name: rows[1][name] * 8 for name in ("value", "lower_limit")}
    scaled = service(
        methods,
        rows[0],
        rows[1] | factor | {"upper_limit": rows[1]["upper_limit"] * 8},
        beside=peers(performance=[float(each) * 8 for each in theirs]),
    )
    assert scaled.quadrant == found.quadrant
    ends = found.legs[["lower_ci", "value", "upper_ci"]].iloc[1].to_numpy(dtype=float)
    assert ends[0] <= ends[1] <= ends[2]


@pytest.mark.parametrize(
    ("rows", "beside", "words"),
    [
        ([leg("cost", 1) | {"leg": "speed"}], peers(), "'speed' is no known leg"),
        ([leg("cost", 1, "guess")], peers(), "'guess' is no known interval"),
        ([leg("cost", 1, polarity="up")], peers(), "'up' is not a polarity"),
        ([leg("cost", 1), leg("cost", 2)], peers(), "'cost' comes more than once"),
        ([leg("cost", 1, reach=-2)], peers(), "limits upside down"),
        (
            [leg("cost", 1, start=pd.NaT, end=pd.NaT)],
            peers(),
            "figure of cost has no period",
        ),
        ([leg("cost", 1)], pd.concat([peers()] * 2), "peer 'p0' comes twice"),
        ([leg("cost", 1)], peers().drop(columns="value"), "lack the column 'value'"),
    ],
)
def test_mistakes_are_named(methods, rows, beside, words):
    with pytest.raises(PerfnbError, match=words):
        placed(pd.DataFrame(rows), beside, methods=methods)


def test_services_that_lack_a_leg_are_listed():
    frame = pd.DataFrame(
        {
            "service": ["Waste", "Waste", "Waste", "Housing", "Housing", "Parks"],
            "leg": ["cost", "performance", "satisfaction", "cost", "performance", None],
            "value": [1.0, 2, 3, np.nan, 5, np.nan],
        }
    )
    found = completeness(frame).set_index("service")
    assert found["missing"].to_dict() == {
        "Housing": "cost, satisfaction",
        "Parks": "cost, performance, satisfaction",
        "Waste": "",
    }
    assert found["complete"].tolist() == [False, False, True]
    assert completeness(frame.iloc[:0]).empty
    with pytest.raises(PerfnbError, match="'speed' is not a leg"):
        completeness(frame.assign(leg="speed"))
