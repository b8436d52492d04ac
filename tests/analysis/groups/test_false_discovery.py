"""Many comparisons: chance finds are kept out as published procedures do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.groups import false_discovery
from perfnb.analysis.groups.false_discovery import PROCEDURES, adjusted
from perfnb.errors import PerfnbError

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=30)
NAMES = {"BH": "benjamini-hochberg", "BY": "benjamini-yekutieli"}


def test_base_r_is_met_on_every_row(shared_case):
    cases = shared_case("multiple_comparison.csv")
    for (_, method), rows in cases.groupby(["set", "method"]):
        found = adjusted(rows["p"], NAMES.get(method, method))
        np.testing.assert_allclose(found, rows["adjusted"], rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    "procedure", ["benjamini-hochberg", "benjamini-yekutieli", "holm", "bonferroni"]
)
def test_published_example_is_met(own_case, procedure):
    case = own_case("false_discovery.csv")
    found = adjusted(case["p_value"], procedure)
    np.testing.assert_allclose(found, case[procedure], rtol=0, atol=1e-9)


def test_the_paper_finds_four_and_bonferroni_three(own_case):
    """Benjamini and Hochberg (1995), section 4."""
    p_values = own_case("false_discovery.csv")["p_value"]
    assert (adjusted(p_values, "benjamini-hochberg") <= 0.05).sum() == 4
    assert (adjusted(p_values, "bonferroni") <= 0.05).sum() == 3


@given(P_VALUES, st.sampled_from(sorted(PROCEDURES)), st.randoms())
def test_order_makes_no_difference_and_nothing_gets_surer(values, procedure, random):
    found = adjusted(values, procedure)
    assert (found >= np.array(values) - 1e-12).all()
    order = list(range(len(values)))
    random.shuffle(order)
    shuffled = adjusted([values[place] for place in order], procedure)
    np.testing.assert_allclose(shuffled, found[order], rtol=1e-12)


def test_a_comparison_that_was_not_made_counts_for_nothing():
    found = adjusted([0.01, np.nan, 0.04], "bonferroni")
    assert found[[0, 2]].tolist() == [0.02, 0.08]
    assert np.isnan(found[1])


@pytest.mark.parametrize("values", [[], [np.nan, np.nan]])
def test_without_comparisons_there_is_nothing_to_adjust(values):
    assert np.isnan(adjusted(values, "holm")).all()


def test_the_rule_says_what_is_held_down():
    assert "share of false finds" in false_discovery.rule("benjamini-hochberg", 0.1)
    assert "even one false find" in false_discovery.rule("holm", 0.05)


@pytest.mark.parametrize(
    ("values", "procedure", "words"),
    [
        ([0.5], "tukey", "'tukey' is not a procedure; known are benjamini-hochberg"),
        ([1.5], "holm", "not between 0 and 1"),
        (["small"], "holm", "something that is not a number"),
    ],
)
def test_mistakes_are_named(values, procedure, words):
    with pytest.raises(PerfnbError, match=words):
        adjusted(values, procedure)


def test_a_rule_of_an_unknown_procedure_is_refused():
    with pytest.raises(PerfnbError, match="'tukey' is not a procedure"):
        false_discovery.rule("tukey", 0.05)
