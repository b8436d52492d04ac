"""What limits say of a target, against reference charts and by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.change.assurance import assurance
from perfnb.analysis.change.eras import NOTHING
from perfnb.errors import PerfnbError

from .made_series import STEADY, judge, quarterly
from .test_trend import CONFIGS, chart

ERA = replace(
    NOTHING, n=13, mean=50.0, lower_limit=40.0, upper_limit=60.0, standing="limits"
)
VERDICTS = {
    "consistent_pass": "consistently meets",
    "consistent_fail": "consistently fails",
    "inconsistent": "hit and miss",
}
POLARITY = {"increase": "maximise", "decrease": "minimise"}


def said(era, row):
    """Give the verdict on one target of the reference."""
    polarity = POLARITY[row.improvement_direction]
    return assurance(era, polarity=polarity, target=row.target).verdict


def test_reference_verdicts_are_met(shared_case, methods):
    inputs = shared_case("spc_ptd_inputs.csv").groupby(["series", "measure"])
    targets = shared_case("spc_ptd_assurance.csv")
    checked = 0
    for (series, measure, config), rows in targets.groupby(
        ["series", "measure", "config"]
    ):
        points = inputs.get_group((series, measure))
        found = chart(points["period"], points["value"], "increase", config, methods)
        for row in rows.itertuples():
            assert said(found.era, row) == VERDICTS[row.assurance_type]
            checked += 1
    assert checked == 1920


@pytest.mark.parametrize("config", CONFIGS)
def test_published_verdicts_are_met(own_case, methods, config):
    points, targets = own_case("xmr_points.csv"), own_case("assurance.csv")
    found = chart(points["period"], points["value"], "increase", config, methods)
    rows = targets[targets["config"] == config.replace("-", "_")]
    assert len(rows) == 10
    for row in rows.itertuples():
        assert said(found.era, row) == VERDICTS[row.assurance_type]


@pytest.mark.parametrize(
    ("polarity", "target", "verdict"),
    [
        ("maximise", 39, "consistently meets"),
        ("maximise", 61, "consistently fails"),
        ("minimise", 61, "consistently meets"),
        ("minimise", 39, "consistently fails"),
        ("maximise", 40, "hit and miss"),
        ("maximise", 60, "hit and miss"),
        ("minimise", 60, "hit and miss"),
        ("neutral", 39, "not assessed"),
        ("midpoint", 50, "not assessed"),
        ("maximise", None, "no target"),
    ],
)
def test_the_good_side_follows_polarity(polarity, target, verdict):
    assert assurance(ERA, polarity=polarity, target=target).verdict == verdict


@pytest.mark.parametrize("polarity", ["midpoint", "range", "neutral"])
@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (39, 61, "consistently meets"),
        (39, 60, "hit and miss"),
        (45, 55, "hit and miss"),
        (61, 70, "consistently fails"),
        (10, 39, "consistently fails"),
    ],
)
def test_a_target_may_have_two_sides(polarity, low, high, verdict):
    found = assurance(ERA, polarity=polarity, low=low, high=high)
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("values", "standing"),
    [
        ([], "no data"),
        (STEADY[:4], "too few points"),
        (STEADY[:12], "trial limits"),
        ([*[3] * 5, None, *[4] * 5], "no moving range"),
    ],
)
def test_without_settled_limits_nothing_is_promised(methods, values, standing):
    era = judge(quarterly(values), methods).era
    found = assurance(era, polarity="maximise", target=5)
    assert (found.verdict, found.reason) == ("not assessed", standing)


def test_a_measure_stuck_at_100_is_no_failure(methods):
    era = judge(quarterly([100] * 13), methods, upper_bound=100).era
    met = assurance(era, polarity="maximise", target=100)
    assert (met.verdict, met.reason) == ("consistently meets", "constant")
    assert assurance(era, polarity="maximise", target=95).verdict == met.verdict
    missed = assurance(era, polarity="minimise", target=5)
    assert (missed.verdict, missed.reason) == ("consistently fails", "constant")


def test_a_constant_at_nought_is_judged_too(methods):
    era = judge(quarterly([0] * 13), methods).era
    found = assurance(era, polarity="minimise", target=0)
    assert found.verdict == "consistently meets"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"polarity": "up", "target": 1}, "'up' is not a polarity"),
        ({"polarity": "range", "low": 1}, "both 'low' and 'high'"),
        ({"polarity": "range", "low": 2, "high": 1}, "'low' of 2 is above its 'high'"),
        ({"polarity": "maximise", "target": float("nan")}, "a finite number"),
        ({"polarity": "maximise", "target": 1, "low": 1, "high": 2}, "not both"),
    ],
)
def test_mistakes_are_named(settings, words):
    with pytest.raises(PerfnbError, match=words):
        assurance(ERA, **settings)


LEVEL = st.floats(-1e3, 1e3)


@given(LEVEL, LEVEL, LEVEL)
def test_polarity_mirrored_mirrors_the_verdict(target, one, other):
    low, high = sorted((one, other))
    era = replace(ERA, mean=(low + high) / 2, lower_limit=low, upper_limit=high)
    mirror = {
        "consistently meets": "consistently fails",
        "consistently fails": "consistently meets",
        "hit and miss": "hit and miss",
    }
    more = assurance(era, polarity="maximise", target=target).verdict
    assert assurance(era, polarity="minimise", target=target).verdict == mirror[more]


@given(LEVEL, LEVEL, LEVEL, st.sampled_from([0.5, 4.0, 1024.0]))
def test_another_unit_gives_the_same_verdict(target, one, other, factor):
    low, high = sorted((one, other))
    era = replace(ERA, lower_limit=low, upper_limit=high)
    scaled = replace(era, lower_limit=low * factor, upper_limit=high * factor)
    plain = assurance(era, polarity="maximise", target=target)
    assert (
        assurance(scaled, polarity="maximise", target=target * factor).verdict
        == plain.verdict
    )
