"""What the target report says, on Wyre Forest's real figures and made-up targets."""

from dataclasses import replace

import pytest

from perfnb.analysis.forecasting.outlook import outturns
from perfnb.analysis.targeting.against_target import against_targets
from perfnb.analysis.targeting.part_targets import part_targets
from perfnb.registers import Target
from perfnb.report import sources
from perfnb.report.targeting import challenge_words, part_status, target_tables, targets
from perfnb.report.targeting.status_words import rule, tolerance
from perfnb.report.targeting.target_charts import alternative, chart

NEIGHBOURS = "nearest-neighbours"


@pytest.fixture(scope="module")
def of_waste(waste):
    """Judge waste and recycling; nothing of it is forecast."""
    return against_targets(waste, NEIGHBOURS, {})


@pytest.fixture(scope="module")
def of_housing(housing, housing_outlooks):
    """Judge housing with its forecasts."""
    return against_targets(housing, NEIGHBOURS, outturns(housing_outlooks))


def made_up(indicator="NI192", value=None, **cells):
    """Make an illustrative target."""
    return Target(
        indicator=indicator,
        value=value,
        rationale="Illustrative",
        basis="illustrative",
        **{"period": "2022-23", "kind": "level", **cells},
    )


def with_targets(selection, *added, without=()):
    """Give a selection other targets."""
    kept = [t for t in selection.catalogue.targets if t.indicator not in without]
    catalogue = replace(selection.catalogue, targets=(*kept, *added))
    return replace(selection, catalogue=catalogue)


# --- the answer ---------------------------------------------------------------


def test_the_first_sentence_counts_what_was_met_and_missed(of_waste, waste):
    first = targets.answer(of_waste, waste).text().splitlines()[0]
    assert first == (
        "Waste and recycling, on figures up to 2022-23: one of four targets was met, "
        "one was narrowly missed and two were missed (illustrative targets)."
    )


def test_the_answer_says_too_whether_the_targets_are_right(of_waste, waste):
    last = targets.answer(of_waste, waste).text().splitlines()[-1]
    assert last == (
        "Of the four targets that were tested (illustrative), one lies within ordinary "
        "ups and downs, so that chance alone can meet it; three ask for more than the "
        "figures lead to."
    )


def test_a_service_that_met_none_is_not_praised(of_housing, housing):
    text = targets.answer(of_housing, housing).text()
    assert text.startswith(
        "Housing: none of four targets was met (illustrative targets)"
    )
    assert "Missed: " in text


def test_one_judged_figure_answers_with_what_it_says(planning):
    found = against_targets(planning, NEIGHBOURS, {})
    assert targets.answer(found, planning).text().splitlines() == [
        "Planning and regeneration: Non-major planning applications decided in time. "
        "96.3% in January 2024 to December 2025 meets the target of at least 90.0% "
        "(illustrative).",
        "The target for 2025-26 (illustrative) asks for less than is already reached.",
    ]


def test_a_service_without_targets_says_so(waste):
    bare = with_targets(waste, without=[i.id for i in waste.indicators])
    found = against_targets(bare, NEIGHBOURS, {})
    text = targets.answer(found, bare).text()
    assert text.startswith(
        "Waste and recycling: no figure can be held against a target."
    )
    assert "No target: Residual household waste per household" in text
    assert "No indicator of this service has a target." in (
        targets.sections(found, bare).text()
    )
    assert "No target of this service could be tested." in (
        challenge_words.challenge_table(found).text()
    )
    assert "no target, and nothing says why" in targets.attention(found).text()


def test_a_part_of_published_targets_is_told_from_the_made_up(waste):
    published = [
        t.model_copy(update={"basis": "published", "source": "oflog-waste-2022-23"})
        for t in waste.catalogue.targets_of("NI191")
    ]
    mixed = with_targets(waste, *published, without=["NI191"])
    found = against_targets(mixed, NEIGHBOURS, {})
    answer = targets.answer(found, mixed).text()
    assert answer.count("(three of them illustrative)") == 2
    section = targets.sections(found, mixed).text()
    assert "Who had a say: nobody besides officers." in section
    assert "meets the target of at most 520.0 kg per household." in section


# --- what needs attention -----------------------------------------------------


def test_the_worst_and_most_persistent_come_first(of_waste, of_housing):
    assert [f.indicator.id for f in targets.worst_first(of_waste)] == [
        "OFL1",
        "NI196e",
        "NI192",
    ]
    assert [f.indicator.id for f in targets.worst_first(of_housing)][:2] == [
        "HOM3",
        "HOM2",
    ]


def test_attention_names_the_figure_the_distance_the_time_and_the_owner(of_waste):
    text = targets.attention(of_waste).text()
    assert (
        "✗ Not met: Recycling contamination rate. 12.8% in 2022-23 misses the "
        "target of at most 10.0% (illustrative) by 2.8 percentage points, 28% of it. "
        "Off target for four years in a row. Owner: Waste and recycling manager "
        "(illustrative)." in text
    )


def test_attention_names_targets_that_are_hardly_the_right_ones(of_housing):
    text = targets.attention(of_housing).text()
    assert "asks for less than is already reached. Owner of the target:" in text
    assert "is nought, which leaves no room" in text


def test_a_gap_beyond_chance_needs_attention(safety):
    text = part_status.attention(part_targets(safety)).text()
    assert "1 (most deprived) (92.0 against 88.0) misses its target" in text
    assert "the target of 2.50 times (illustrative) is not met" in text


def test_groups_within_chance_do_not(housing):
    assert part_status.attention(part_targets(housing)).text() == ""


# --- tables -------------------------------------------------------------------


def row_of(table, title):
    """Find the row of an indicator."""
    (row,) = [row for row in table.rows if row[0] == title]
    return dict(zip(table.headings, row, strict=True))


def test_the_scorecard_gives_value_target_status_and_rule(of_waste, waste):
    row = row_of(
        target_tables.scorecard(of_waste, waste),
        "Household waste reused, recycled or composted",
    )
    assert row == {
        "Indicator": "Household waste reused, recycled or composted",
        "Period": "2022-23",
        "Value": "33.1%",
        "Target": "at least 35.0% (illustrative)",
        "Status": "◐\u00a0Close (illustrative)",
        "Off target in a row": "four years",
        "A miss is close within": "2.0 percentage points (set for this target)",
        "Data quality": "□\u00a0Poor",
    }


def test_status_and_chance_stand_in_two_tables(of_housing, housing):
    now = target_tables.scorecard(of_housing, housing)
    coming = target_tables.course(of_housing)
    assert not any("hance" in heading for heading in now.headings)
    row = row_of(coming, "Households owed a prevention or relief duty")
    assert "Status" not in row
    assert row["Against the period before"] == "Better than 3.68 in 2025-26 Q2"
    assert row["Against a year before"] == "Worse than 3.28 in 2024-25 Q3"
    assert row["Over time"] == "▼\u00a0Getting worse"
    chance = row["Chance of missing the year's target"]
    assert chance.endswith("likely to be missed (illustrative)")


def test_without_a_forecast_there_is_no_column_of_chances(of_waste):
    assert target_tables.course(of_waste).headings[-1] == "Over time"


def test_why_there_is_no_chance_is_said(of_housing):
    coming = target_tables.course(of_housing)
    rough = row_of(coming, "People sleeping rough on a single night in autumn")
    assert "Insufficient data" in rough["Chance of missing the year's target"]
    demand = row_of(coming, "Households assessed under homelessness law")
    assert "No target for the year" in demand["Chance of missing the year's target"]


def test_the_test_of_a_target_gives_the_figures_that_it_rests_on(of_waste):
    row = row_of(
        challenge_words.challenge_table(of_waste),
        "Residual household waste per household",
    )
    assert row["Target"] == "at most 470.0 kg per household (illustrative), 2025-26"
    assert row["What it asks for"] == "Asks for more than the figures lead to"
    assert row["Latest figure before"] == "483.9 in 2022-23 (n\u00a0=\u00a013)"
    assert row["Ordinary ups and downs"] == "472.5 to 602.1"
    assert row["Peers that meet it"].startswith("11 of 18 (districts of the West")


def test_indicators_without_a_target_are_sorted_by_why(of_waste):
    text = targets.without(of_waste).text()
    assert "Household waste collected per person: by choice." in text
    assert "Fly-tipping incidents (the count behind NI 196): for context." in text


# --- the rule -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("indicator", "target", "expected"),
    [
        (
            "NI192",
            made_up(value=35, tolerance=2, tolerance_kind="points"),
            "Met: 35.0 or more. Close: down to 33.0. Not met: less (illustrative).",
        ),
        (
            "NI192",
            made_up(value=98.25, tolerance=0, tolerance_kind="points"),
            "Met: 98.25 or more. Not met: anything else (illustrative).",
        ),
        (
            "NI196e",
            made_up("NI196e", low=0.2, high=0.6),
            "Met: 0.20 to 0.60. Close: down to 0.18 or up to 0.66. Not met: further "
            "off (illustrative).",
        ),
        (
            "NI191",
            made_up("NI191", 0),
            "Met: 0.0 or less. Not met: anything else. Close: nothing, since a share "
            "of nought is nought (illustrative).",
        ),
    ],
)
def test_the_rule_of_a_target_is_printed(book, indicator, target, expected):
    known = book.catalogue.indicators[indicator]
    assert rule(target, known, book.methods) == expected


def test_a_tolerance_of_nought_is_not_called_a_tenth(book):
    nought = made_up("NI191", 0)
    indicator = book.catalogue.indicators["NI191"]
    assert tolerance(nought, indicator, book.methods) == (
        "10% of the target, which is nought (house rule)"
    )


# --- sections and charts ------------------------------------------------------


def test_a_section_says_the_count_and_what_the_rest_of_the_year_may_bring(
    of_housing, housing
):
    text = targets.sections(of_housing, housing).text()
    assert "Counted: 511 households." in text
    assert (
        "For the year's target of at most 13.00 per 1,000 households (illustrative) "
        "the rest may bring 2.18 per 1,000 households at most." in text
    )
    assert "Counted: 53 of 167 households." in text


def test_two_points_are_never_called_a_trend(of_housing, housing):
    text = targets.sections(of_housing, housing).text()
    assert "Each is of two points only: no trend." in text


def test_a_chart_says_what_it_shows_and_that_targets_are_made_up(of_housing):
    found = next(f for f in of_housing if f.indicator.id == "HOM2")
    shown = chart(found)
    assert shown.title.endswith("lower is better; illustrative targets")
    assert alternative(found) == (
        "Line chart of Households owed a prevention or relief duty against its "
        "targets; illustrative targets, per 1,000 households, seven figures: close 2 "
        "times, not met 5 times. Latest figure 10.82 in April to December 2025, target "
        "at most 9.70."
    )
    assert "illustrative" in shown.download.csv()
    assert "(illustrative)" in shown.wide


@pytest.mark.parametrize("name", ["of_waste", "of_housing"])
def test_every_indicator_with_a_figure_can_be_drawn(name, request):
    for found in request.getfixturevalue(name):
        shown = chart(found)
        assert shown.wide.startswith("<svg")
        assert len(shown.table.rows) >= 1


# --- groups and areas ---------------------------------------------------------


def test_a_hidden_group_shows_its_target_and_nothing_else(housing):
    text = part_status.sections(part_targets(housing), (), housing).html()
    row = str(text).split("75+")[1].split("</tr>")[0]
    cells = [
        part.split("<")[0] for part in row.split(">") if part.split("<")[0].strip()
    ]
    assert cells == ["hidden", "–", "4.0", "–\u00a0Hidden", "–"]


def test_parts_are_set_beside_the_district_in_rates_and_counts(safety):
    text = part_status.sections(part_targets(safety), (), safety).text()
    assert "they come to the district's target (illustrative)." in text
    assert (
        "In incidents: 4,651 for the groups together, 4,659 for the district's" in text
    )
    assert "101,139, the district's own is 101,291" in text
    assert "The 95% interval 2.58 to 2.89 leaves the target out." in text


def test_a_target_that_meets_no_figure_is_told(waste):
    lost = made_up(value=40, characteristic="ward", group="Nowhere")
    text = part_status.sections((), (lost,), waste).text()
    assert "No figure is held against these targets:" in text
    assert "Nowhere by ward, 2022-23, level (illustrative)." in text
    assert "no group and no area has a target of its own" in (
        part_status.sections((), (), waste).text()
    )


# --- sources ------------------------------------------------------------------


def test_the_rules_and_what_is_made_up_stand_at_the_end(of_waste, waste):
    text = sources.target_methods(of_waste, (), waste).text()
    assert "10% of the target (house rule)" in text
    assert "2 in its own unit (the target's own tolerance)" in text
    assert "Targets marked illustrative are made up" in text
    table = sources.table(of_waste, waste).text()
    assert "Waste management metrics" in table


def test_whatever_comes_of_a_made_up_target_says_so(of_waste, of_housing, waste):
    """Each sentence with a status or a target is marked."""
    for found in (of_waste, of_housing):
        for line in targets.attention(found).sentences:
            assert "(illustrative)" in line
    for row in target_tables.scorecard(of_waste, waste).rows:
        judged = any(word in row[4] for word in ("Met", "Close", "Not met"))
        assert judged == ("(illustrative)" in row[3])
        assert not judged or "(illustrative)" in row[4]
