"""Summary measures of inequality, against the World Health Organization's."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perfnb.analysis.groups import inequality_measures as measures
from perfnb.analysis.groups.inequality_summary import inequality
from perfnb.errors import PerfnbError

NAMES = {
    "d": "difference",
    "r": "ratio",
    "bgv": "between-group variance",
    "bgsd": "between-group standard deviation",
    "covar": "coefficient of variation",
    "mdmw": "mean difference from mean, weighted",
    "mdmu": "mean difference from mean",
    "mdbw": "mean difference from best, weighted",
    "mdbu": "mean difference from best",
    "idisw": "index of disparity, weighted",
    "idisu": "index of disparity",
    "mld": "mean log deviation",
    "ti": "Theil index",
}
IN_THOUSANDTHS = ("mld", "ti")
UNEQUAL = st.lists(
    st.tuples(st.floats(0.5, 90), st.integers(1, 10_000)), min_size=2, max_size=12
)


def table(values, populations, errors=0.5):
    """Make groups."""
    return pd.DataFrame(
        {
            "group": [f"group {place}" for place in range(len(values))],
            "value": pd.array(values, dtype="Float64"),
            "standard_error": errors,
            "population": populations,
        }
    )


def reckon(groups, good=-1, **more):
    """Reckon the measures by name."""
    found = inequality(groups, good=good, confidence=0.95, **more)
    numbers = ["estimate", "standard_error", "lower_ci", "upper_ci"]
    return found.measures.set_index("measure")[numbers].astype(float)


def published(shared_case):
    """Give each published row beside ours."""
    inputs = shared_case("inequality_who_inputs.csv")
    expected = shared_case("inequality_who_expected.csv")
    columns = {"subgroup": "group", "estimate": "value", "se": "standard_error"}
    for name, groups in inputs.groupby("dataset"):
        ordered = bool(groups["ordered_dimension"].iloc[0])
        named = groups["subgroup"][groups["reference_subgroup"] == 1]
        ours = reckon(
            groups.sort_values("subgroup_order").rename(columns=columns),
            good=1 if groups["favourable_indicator"].iloc[0] else -1,
            ordered=ordered,
            reference=None if ordered else named.iloc[0],
        )
        for row in expected[expected["dataset"] == name].itertuples():
            yield row, ours.loc[NAMES[row.measure]]


def test_published_measures_are_met_on_every_row(shared_case):
    n = 0
    for row, ours in published(shared_case):
        n += 1
        assert ours["estimate"] == pytest.approx(row.estimate, rel=1e-6)
    assert n == 78


def test_published_errors_are_met_where_there_is_a_closed_form(shared_case):
    """There the errors of the two entropies are not in thousandths, as these are."""
    n = 0
    for row, ours in published(shared_case):
        if pd.notna(row.se):
            n += 1
            times = measures.THOUSAND if row.measure in IN_THOUSANDTHS else 1
            assert ours["standard_error"] == pytest.approx(row.se * times, rel=1e-6)
            if times == 1:
                limits = [ours["lower_ci"], ours["upper_ci"]]
                assert limits == pytest.approx([row.lowerci, row.upperci], rel=1e-6)
    assert n == 30


@pytest.mark.parametrize("case", ["births", "deaths"])
def test_published_examples_are_met(own_case, case):
    groups = own_case("inequality_groups.csv").query("case == @case")
    good = int(groups["good"].iloc[0])
    ours = reckon(groups, good=good, ordered=True)
    rows = own_case("inequality_measures.csv").query("case == @case")
    assert len(rows) == len(NAMES)
    for row in rows.itertuples():
        assert ours["estimate"][row.measure] == pytest.approx(row.estimate, rel=1e-6)
        if pd.notna(row.standard_error):
            error = ours["standard_error"][row.measure]
            assert error == pytest.approx(row.standard_error, rel=1e-6)


@pytest.mark.parametrize("measure", ["mean_log_deviation", "theil_index"])
def test_errors_of_entropies_are_those_of_simulated_groups(measure):
    """Why their errors are in thousandths: the spread of what is drawn."""
    value, error = np.array([75.0, 91, 99]), np.array([1.6, 1.1, 0.3])
    population = np.array([2000.0, 2100, 1900])
    reckoned = getattr(measures, measure)
    drawn = np.random.default_rng(1).normal(value, error, (4000, 3))
    spread = np.std([reckoned(each, error, population).estimate for each in drawn])
    found = reckoned(value, error, population).standard_error
    assert found == pytest.approx(spread, rel=0.05)


@given(UNEQUAL, st.floats(0.01, 100))
def test_measures_keep_to_their_scale(rows, times):
    values, populations = (
        np.array(each, dtype=float) for each in zip(*rows, strict=True)
    )
    one = reckon(table(values, populations))["estimate"]
    scaled = reckon(table(values * times, populations, 0.5 * times))["estimate"]
    for name in one.index:
        power = {"between-group variance": 2}.get(name, 1)
        if name in ("ratio", "coefficient of variation", "Theil index") or (
            "disparity" in name or "log" in name
        ):
            power = 0
        assert scaled[name] == pytest.approx(one[name] * times**power, abs=1e-6)


@given(UNEQUAL, st.randoms())
def test_the_order_of_groups_makes_no_difference(rows, random):
    groups = table([each[0] for each in rows], [each[1] for each in rows])
    order = list(groups.index)
    random.shuffle(order)
    pd.testing.assert_frame_equal(
        reckon(groups), reckon(groups.loc[order]), rtol=1e-9, atol=1e-9
    )


@given(UNEQUAL)
@example([(4.241674715022768, 1), (4.241674715022768, 2049)])
def test_measures_lie_within_their_limits(rows):
    found = reckon(table([each[0] for each in rows], [each[1] for each in rows]))
    known = found[found["lower_ci"].notna()]
    assert (known["lower_ci"] <= known["estimate"]).all()
    assert (known["estimate"] <= known["upper_ci"]).all()


def test_no_limit_lies_below_perfect_equality():
    found = reckon(table([5, 5.1, 4.9], [10, 20, 30], 2.0))
    never_negative = ["between-group variance", "mean log deviation", "Theil index"]
    assert (found.loc[never_negative, "lower_ci"] == 0).all()


def test_equal_groups_are_not_unequal():
    found = reckon(table([7, 7, 7], [10, 20, 30]))["estimate"]
    assert found["ratio"] == 1
    assert found.drop("ratio").abs().max() == pytest.approx(0, abs=1e-9)


def test_nothing_in_a_group_has_no_ratio_and_no_logarithm():
    found = reckon(table([0, 7], [10, 20]))["estimate"]
    assert found["difference"] == 7
    missing = ["ratio", "mean log deviation", "Theil index"]
    assert found[missing].isna().all()
    assert found.drop(missing).notna().all()


def test_nothing_anywhere_has_no_share_of_its_mean():
    found = reckon(table([0, 0], [10, 20], 0.0))["estimate"]
    assert found["between-group variance"] == 0
    assert found[["coefficient of variation", "index of disparity"]].isna().all()


def test_without_a_good_side_no_group_is_best():
    assert (
        "mean difference from best" not in reckon(table([3, 7], [1, 1]), good=0).index
    )


def test_the_groups_that_are_compared_are_named():
    groups = table([5, 9, 3], [10, 20, 30])
    found = inequality(groups, good=-1, confidence=0.95)
    assert (found.highest, found.lowest) == ("group 1", "group 2")
    ordered = inequality(groups, good=-1, confidence=0.95, ordered=True)
    assert (ordered.highest, ordered.lowest) == ("group 0", "group 2")


def test_groups_without_a_figure_are_left_out_and_counted():
    found = inequality(table([5, None, 3], [10, 20, 30]), good=1, confidence=0.95)
    assert (found.n_groups, found.n_without) == (2, 1)


@pytest.mark.parametrize("values", [[], [5], [None, 5], [None, None]])
def test_one_group_is_not_unequal_to_itself(values):
    groups = table(values, [10] * len(values))
    found = inequality(groups, good=1, confidence=0.95)
    assert found.standing == "too few groups"
    assert found.method == "No measure: it needs 2 groups with a figure."
    assert found.measures.empty


@pytest.mark.parametrize(
    ("groups", "more", "words"),
    [
        (table([1, 2], [1, 1]).drop(columns="value"), {}, "lack the column 'value'"),
        (pd.concat([table([1], [1])] * 2), {}, "comes more than once"),
        (table([1, 2], [1, 1]), {"reference": "group 9"}, "'group 9' is not among"),
        (
            table([1, 2], [1, 1]),
            {"reference": "group 0", "good": 0},
            "no side of the indicator is good",
        ),
    ],
)
def test_mistakes_are_named(groups, more, words):
    with pytest.raises(PerfnbError, match=words):
        inequality(groups, **({"good": 1, "confidence": 0.95} | more))
