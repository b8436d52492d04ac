"""Verdicts alone and among all."""

import numpy as np
import pandas as pd

from perfnb.analysis.groups.group_verdicts import verdicts_alone, verdicts_among

P_VALUES = np.array([0.001, 0.03, 0.04, 0.6, np.nan])
SIDES = np.array([1.0, -1, 0, 1, 1])


def test_the_verdict_alone_follows_p_value_and_side(methods):
    assert verdicts_alone(P_VALUES, SIDES, "byar", methods) == [
        "better",
        "worse",
        "different",
        "no clear difference",
        "too few to say",
    ]


def test_a_p_value_on_the_line_is_not_clear(methods):
    found = verdicts_alone(
        np.array([1 - methods.confidence]), SIDES[:1], "byar", methods
    )
    assert found == ["no clear difference"]


def test_without_an_interval_nothing_is_assessed(methods):
    assert set(verdicts_alone(P_VALUES, SIDES, "none", methods)) == {"not assessed"}


def table(methods):
    """Give comparisons with their verdicts alone."""
    alone = verdicts_alone(P_VALUES, SIDES, "byar", methods)
    return pd.DataFrame({"p_value": pd.array(P_VALUES), "alone": alone})


def test_among_their_own_some_fall(methods):
    """Benjamini and Hochberg: 0.03 x 4 / 2 and 0.04 x 4 / 3, of which the lesser."""
    found = verdicts_among(table(methods), P_VALUES, methods)
    assert found["p_adjusted"].iloc[1] == 0.04 * 4 / 3
    assert found["verdict"].tolist() == [
        "better",
        "no clear difference",
        "no clear difference",
        "no clear difference",
        "too few to say",
    ]


def test_what_stands_among_its_own_can_fall_among_all(methods):
    among = np.array([0.2, 0.2, 0.2, 0.9, np.nan])
    found = verdicts_among(table(methods), among, methods, otherwise="no clear change")
    assert found["p_adjusted"].iloc[0] == 0.2
    assert found["verdict"].iloc[0] == "no clear change"
    assert found["verdict"].iloc[4] == "too few to say"


def test_a_laxer_rate_lets_more_stand(methods):
    lax = methods.model_copy(update={"false_discovery_rate": 0.1})
    found = verdicts_among(table(methods), P_VALUES, lax)
    assert found["verdict"].tolist()[:3] == ["better", "worse", "different"]
