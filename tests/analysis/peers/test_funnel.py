"""Funnels against published answers, and what they say in odd cases."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis import intervals
from perfnb.analysis.peers import funnel
from perfnb.errors import PerfnbError

LIMITS = ["inner_lower", "inner_upper", "outer_lower", "outer_upper"]
LOW_HIGH = ("lower", "upper")
SIGMAS = ["lower_2s", "upper_2s", "lower_3s", "upper_3s"]


def areas(numerators, denominators=1000):
    """Make areas a00, a01 and so on."""
    return pd.DataFrame(
        {
            "area": [f"a{place:02d}" for place in range(len(numerators))],
            "numerator": pd.array(numerators, dtype="Float64"),
            "denominator": pd.array(
                np.broadcast_to(denominators, len(numerators)), dtype="Float64"
            ),
        }
    )


def drawn(rows, methods, kind="proportion", per=100, **more):
    """Draw the funnel of areas."""
    return funnel.funnel(rows, kind=kind, per=per, methods=methods, **more)


def categories(found):
    """Give the category of each area by its name."""
    return found.points.set_index("area")["category"]


def test_reference_categories_of_proportions_are_met(shared_case, methods):
    cases = shared_case("funnel_prop_points.csv")
    found = categories(drawn(cases, methods, widen="never"))
    assert len(cases) == 303
    assert (found[cases["area"]].to_numpy() == cases["significance"]).all()


def test_reference_lines_of_proportions_are_met(shared_case, methods):
    points = shared_case("funnel_prop_points.csv")
    checked = 0
    for subset, cases in shared_case("funnel_prop_limits.csv").groupby("subset"):
        rows = points if subset == "all" else points[points["denominator"] < 31_000]
        found = drawn(rows, methods, widen="never")
        limits = funnel.lines(found, cases["population"])
        assert found.average == pytest.approx(cases["baseline"].iloc[0], abs=1e-6)
        for ours, theirs in zip(LIMITS, SIGMAS, strict=True):
            np.testing.assert_allclose(
                limits[ours], cases[f"{theirs}_limit"], rtol=0, atol=1e-6
            )
            checked += len(cases)
    assert checked == 800


@pytest.mark.parametrize("nought", ["with_0", "without_0"])
@pytest.mark.parametrize("per", [100_000, 100])
@pytest.mark.parametrize("rate", ["dsr", "crude"])
def test_reference_categories_of_rates_are_met(shared_case, methods, rate, per, nought):
    """Forty areas; the file lacks the count that its last had instead of 0."""
    cases = shared_case("funnel_rate_points.csv")
    expected = cases[f"{rate}_per_{per}_{nought}"]
    denominator = cases["pop"].astype(float)
    if rate == "dsr":
        # Of the last area, without events, no standardised rate can be given.
        denominator = cases["count"] / cases["rate_dsr"] * 100_000
    rows = areas(cases["count"], denominator)
    if nought == "without_0":
        rows, expected = rows.iloc[:-1], expected.iloc[:-1]
    found = categories(drawn(rows, methods, "rate", per, widen="never"))
    got = found.reindex(rows["area"]).fillna(
        "Not applicable for events less than 10 for dsrs"
    )
    assert got.tolist() == expected.tolist()
    assert len(got) == (40 if nought == "with_0" else 39)


def baseline(case, inputs):
    """Lay out the areas that each set of reference lines stands on."""
    events, rate = inputs["ev"].astype(float), inputs["rate"]
    most = events.idxmax()
    if case == 2:
        events[most] = 5
    population = events / rate * 100_000
    if case == 3:
        events[most] = 0
        large = population > population.max() / 2
        events, population = events[large], population[large]
    return areas(events.to_numpy(), population.to_numpy())


def test_reference_lines_of_rates_are_met(shared_case, methods):
    """Each row gives the populations at which its events lie just on a line."""
    inputs = shared_case("funnel_rate_limits_inputs.csv")
    checked = 0
    for case, rows in shared_case("funnel_rate_limits.csv").groupby("case"):
        found = drawn(baseline(case, inputs), methods, "rate", 100_000, widen="never")
        assert found.average == pytest.approx(rows["baseline"].iloc[0], rel=1e-6)
        for ours, theirs in zip(LIMITS, SIGMAS, strict=True):
            # Three years of data: the population is that of one year.
            population = rows[f"{theirs}_population_1_year"] * 3
            limit = funnel.lines(found, population)[ours].to_numpy(dtype=float)
            np.testing.assert_allclose(limit, rows[f"{theirs}_limit"], rtol=1e-4)
            np.testing.assert_allclose(
                limit * population / 100_000, rows["Events"], rtol=1e-4
            )
            checked += 2 * len(rows)
    assert checked == 300 * 8


def test_published_categories_are_met(own_case, methods):
    for (kind, average, per), rows in own_case("funnel_points.csv").groupby(
        ["kind", "average", "per"]
    ):
        found = categories(
            drawn(rows, methods, kind, per, average=average, widen="never")
        )
        assert (found[rows["area"]].to_numpy() == rows["category"]).all()


def test_published_lines_are_met(own_case, methods):
    for case in own_case("funnel_lines.csv").itertuples():
        found = drawn(
            areas([1], 10),
            methods,
            case.kind,
            case.per,
            average=case.average,
            widen="never",
        )
        limits = funnel.lines(found, [case.denominator])
        assert limits[case.line].iloc[0] == pytest.approx(case.limit, rel=1e-4), case


def test_a_spread_beyond_chance_widens_the_limits(methods):
    """Twenty large councils at 40% and twenty at 60%: all odd, and so none is."""
    rows = areas([4000, 6000] * 20, 10_000)
    plain, wide = drawn(rows, methods, widen="never"), drawn(rows, methods)
    assert wide.spread.standing == "overdispersed"
    assert (plain.widened, wide.widened) == (False, True)
    assert set(plain.points["category"]) == {"High (0.001)", "Low (0.001)"}
    assert set(wide.points["category"]) == {"Not significant"}
    assert "more than chance anyway" in wide.method


def test_an_outlier_among_councils_that_differ_anyway_still_shows(methods):
    rows = areas([450, 550] * 20 + [950])
    assert categories(drawn(rows, methods))["a40"] == "High (0.001)"


@pytest.mark.parametrize("kind", ["rate", "ratio", "proportion"])
def test_chance_alone_needs_no_wider_limits(methods, kind):
    """Twenty councils as alike as chance would have them."""
    found = drawn(areas([88, 94, 100, 106, 112] * 4, 1000), methods, kind, 1)
    if kind == "ratio":
        found = drawn(areas([88, 94, 100, 106, 112] * 4, 100), methods, kind, 1)
    assert (found.widened, found.spread.standing) == (False, "chance alone")


def test_the_one_judged_is_left_out_of_the_average(methods):
    rows = areas([500] * 12 + [900])
    others = [area for area in rows["area"] if area != "a12"]
    found = drawn(rows, methods, reference=others)
    assert (found.average, found.n) == (50, 12)
    assert categories(found)["a12"] == "High (0.001)"
    assert drawn(rows, methods).average == pytest.approx(6900 / 130)


def test_an_average_and_limits_of_ones_own(methods):
    rows = areas([500, 545])
    found = drawn(rows, methods, average=50, levels=(0.8, 0.99))
    assert (found.average, found.n) == (50, 0)
    assert categories(found).tolist() == ["Not significant", "High (0.005)"]
    assert found.levels == (0.8, 0.99)


def test_a_ratio_is_held_against_what_is_expected(methods):
    found = drawn(areas([100] * 11 + [150], 100), methods, "ratio", 1)
    assert found.average == 1
    assert categories(found)["a11"] == "High (0.001)"


@pytest.mark.parametrize(
    ("numerators", "denominators", "standing"),
    [
        ([], 1000, "no areas"),
        ([None] * 12, 1000, "no areas"),
        ([0] * 12, 0, "no areas"),
        ([5] * 9, 1000, "too few areas"),
        ([0] * 12, 1000, "no variation"),
        ([1000] * 12, 1000, "no variation"),
        ([500] * 12, 1000, "funnel"),
    ],
)
def test_odd_input_is_answered_in_words(methods, numerators, denominators, standing):
    found = drawn(areas(numerators, denominators), methods)
    assert found.standing == standing
    assert found.method.startswith("Funnel" if standing == "funnel" else "No funnel")
    limits = funnel.lines(found, [100, 1000])
    assert limits[LIMITS].isna().all(axis=None) == (standing != "funnel")
    assert (found.points["category"] == "Not judged").all() == (standing != "funnel")


def test_a_share_of_more_than_everything_is_left_out(methods):
    found = drawn(areas([500] * 12 + [1200]), methods)
    assert len(found.points) == 12
    assert len(drawn(areas([500] * 12 + [1200]), methods, "rate").points) == 13


COUNTS = st.lists(st.integers(0, 1000), min_size=10, max_size=25)


@given(COUNTS)
def test_outside_exactly_when_the_average_is_outside_its_interval(methods, numerators):
    found = drawn(areas(numerators), methods, widen="never")
    if found.standing != "funnel":
        return
    points = found.points
    lower, upper = intervals.wilson(points["numerator"], points["denominator"], 0.95)
    level = found.average / 100
    assert ((points["side"] != 0) == ((lower > level) | (upper < level))).all()
    # The lines say the same, but for figures that lie on them.
    value = points["value"].to_numpy(dtype=float)
    low, high = (points[f"inner_{end}"].to_numpy(dtype=float) for end in LOW_HIGH)
    clear = (abs(value - low) > 1e-9) & (abs(value - high) > 1e-9)
    beyond = (value < low) | (value > high)
    assert (beyond == (points["side"] != 0))[clear].all()


@given(COUNTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(methods, numerators, random):
    rows = areas(numerators)
    order = list(range(len(rows)))
    random.shuffle(order)
    one, other = drawn(rows, methods), drawn(rows.iloc[order], methods)
    assert categories(one).to_dict() == categories(other).to_dict()


@given(COUNTS, st.sampled_from(["proportion", "rate"]), st.sampled_from([1, 100, 1e5]))
def test_the_unit_only_scales(methods, numerators, kind, per):
    one = drawn(areas(numerators), methods, kind, 1)
    many = drawn(areas(numerators), methods, kind, per)
    assert categories(one).to_dict() == categories(many).to_dict()
    for name in ("value", *LIMITS):
        np.testing.assert_allclose(
            many.points[name].to_numpy(dtype=float, na_value=np.nan),
            one.points[name].to_numpy(dtype=float, na_value=np.nan) * per,
        )


@given(COUNTS)
def test_no_is_the_mirror_of_yes(methods, numerators):
    yes = drawn(areas(numerators), methods)
    no = drawn(areas([1000 - n for n in numerators]), methods)
    assert (yes.points["side"] == -no.points["side"]).all()


@given(st.floats(1e-4, 0.9), st.floats(10, 1e6), st.sampled_from(["rate", "ratio"]))
def test_limits_hold_the_average_and_the_outer_the_inner(methods, level, size, kind):
    found = drawn(areas([1], 10), methods, kind, 1, average=level)
    row = funnel.lines(found, [size]).iloc[0]
    ordered = [row["outer_lower"], row["inner_lower"], level]
    ordered += [row["inner_upper"], row["outer_upper"]]
    assert ordered == sorted(ordered)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "mean"}, "'mean' is not a kind of funnel"),
        ({"widen": "maybe"}, "'maybe' is not a way"),
        ({"levels": (0.998, 0.95)}, "not two shares"),
        ({"per": 0}, "multiplier above 0"),
        ({"average": -1}, "average not below 0"),
        ({"rows": areas([-1])}, "negative numerator"),
        ({"rows": areas([1]).drop(columns="area")}, "lack the column 'area'"),
        ({"rows": pd.concat([areas([1])] * 2)}, "comes more than once"),
    ],
)
def test_mistakes_are_named(methods, change, words):
    with pytest.raises(PerfnbError, match=words):
        drawn(**({"rows": areas([1]), "methods": methods} | change))
