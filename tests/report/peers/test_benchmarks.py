"""What the benchmarking report says, on real figures."""

import re
from dataclasses import replace

import pytest

from perfnb.analysis.peers import among_peers
from perfnb.report import sources
from perfnb.report.peers import benchmark_answer, benchmarks
from perfnb.report.peers.benchmark_words import coverage, place, verdict
from perfnb.report.peers.comparability_words import comparability_sentences


@pytest.fixture(scope="module")
def found(housing):
    """Compare every indicator of the service."""
    return among_peers.benchmarks(housing, "nearest-neighbours")


@pytest.fixture(scope="module")
def weighed(waste):
    """Compare every indicator of a service whose figures have no counts."""
    return among_peers.benchmarks(waste, "nearest-neighbours")


def of(found, indicator):
    """Give the finding of an indicator."""
    return next(each for each in found if each.indicator.id == indicator)


def test_better_and_worse_are_named_with_figure_period_and_place(found, housing):
    """Duties owed: 3.58 per 1,000 households against 2.66 in the middle."""
    text = benchmark_answer.answer(found, housing).text()
    assert text.startswith(
        "Housing, 2025-26 Q3 and October to November 2022: compared with nearest "
        "neighbours, Wyre Forest is worse on two indicators and not clearly different "
        "on one; one indicator differs, where neither higher nor lower is better."
    )
    assert (
        "Households owed a prevention or relief duty (3.58 per 1,000 households in "
        "2025-26 Q3, 6th of 6)" in text
    )
    assert text.endswith(
        "Losing ground over time: Share of duties owed that are prevention duties (to "
        "nearest neighbours)."
    )


def test_figures_without_counts_are_ranked_and_not_judged(weighed, waste):
    """Waste is weighed: no interval, so no better or worse."""
    text = benchmark_answer.answer(weighed, waste).text()
    assert "worst quarter of English districts on two of four indicators" in text
    assert "whether the differences are more than chance cannot be said" in text
    assert "Worse:" not in text


def test_without_any_peer_nothing_is_compared(housing):
    """Neither an error nor silence."""
    assert benchmark_answer.answer((), housing).text() == (
        "Housing: nothing can be compared; no other council's figure is held."
    )
    assert benchmarks.summary(()).text() == "There is nothing to compare."


def test_the_verdict_names_group_place_order_median_and_conclusion(found, housing):
    """All that a reader needs to check it."""
    duty = of(found, "HOM2")
    assert verdict(duty, duty.against[0], housing) == (
        "Among nearest neighbours Wyre Forest is 6th of 6, counted from the lowest, "
        "which is best: 3.58 per 1,000 households in 2025-26 Q3. The median of the "
        "5 others is 2.66 per 1,000 households. The difference from the median is more "
        "than chance: worse."
    )


def test_no_quarter_is_given_among_few(found):
    """Five peers: a place, no quartile."""
    for finding in found:
        for each in finding.against:
            if each.group.id == "nearest-neighbours":
                assert each.comparison.quartile is None


def test_peers_without_a_figure_are_counted_with_the_reason(found, housing):
    """A missing return is told, not hidden in the rank."""
    duty = of(found, "HOM2")
    said = " ".join(comparability_sentences(duty, duty.against[-1], housing))
    assert (
        "English districts: one of 163 peers has no figure for 2025-26 Q3 "
        "(Epping Forest): one marked missing" in said
    )
    assert "All 163 figures are provisional and may still change." in said


def test_old_figures_and_groups_left_out_are_told(safety):
    """Crime of February 2019, held for one police area."""
    (crime,) = among_peers.benchmarks(safety, "nearest-neighbours")
    said = coverage(crime, safety)
    assert said == [
        "February 2019 is the latest period held, at least six years before this "
        "quarter.",
        "Nearest neighbours, districts of the West Midlands region and English "
        "districts: not compared, since too few of their members have a figure for "
        "February 2019.",
    ]


def test_a_tie_is_a_block(found):
    """Two councils with the same figure share their places."""
    comparison = found[0].against[0].comparison
    tied = replace(comparison, rank_from=3, rank_to=5, n_ranked=20)
    assert place(tied) == "joint 3rd to 5th of 20"


def test_what_looks_the_same_shares_its_place(planning):
    """Ashford, Gravesham and Wyre Forest all show 96.3%."""
    (found,) = among_peers.benchmarks(planning, "all-districts")
    assert place(found.against[0].comparison) == "joint 36th to 38th of 164"


def test_the_page_says_who_the_peers_are_and_what_chance_would_do(found, housing):
    """Five districts far down the list are called what they are."""
    said = sources.benchmark_methods(found, housing).text()
    assert "Nearest neighbours: 5 councils" in said
    assert "Their places in that list: 15, 16, 17, 18 and 20." in said
    assert "Districts of the West Midlands region: 18 councils" in said
    assert "Of 12 comparisons with a median on this page, about 0.6 would look" in said
    assert "Of 9 gaps followed over time, about 0.5 would seem to move" in said
    assert "two such verdicts are not two findings" in said


def test_every_method_on_the_page_is_named(found, housing):
    said = sources.benchmark_methods(found, housing).text()
    for name in ("Wilson 1927", "Breslow and Day", "DerSimonian", "Hamed and Rao"):
        assert name in said


def test_what_needs_attention_is_worse_unusual_or_losing_ground(found, housing):
    said = benchmarks.attention(found, housing).text()
    assert "19th of 19 among districts of the West Midlands region, and unusu" in said
    assert "prevention duties: losing ground over time to nearest neighbours." in said
    assert "Main applicants owed a homelessness duty: no peer's figure is held." in said
    assert "sleeping rough" not in said


def test_the_first_group_is_seen_and_the_others_are_folded(found, housing):
    html = str(benchmarks.sections([of(found, "HOM2")], housing).html())
    seen, folded = html.split("<details><summary>Households owed", maxsplit=1)
    assert "Among nearest neighbours" in seen
    assert "among districts of the West Midlands region: 19th of 19" in folded
    assert "among English districts: 149th of 163. ▼ Worse" in folded
    assert seen.count("<figure>") == 2
    assert folded.count("<figure>") == 3


def test_the_largest_group_gives_the_funnel_whichever_is_first(housing):
    found = among_peers.benchmarks(housing, "all-districts")
    html = str(benchmarks.sections([of(found, "HOM2")], housing).html())
    seen = html.split("<details><summary>Households owed", maxsplit=1)[0]
    assert "Beside the average of English districts, 2.33 per 1,000" in seen
    assert "by size of council, among English districts" in seen


def test_a_table_of_all_shows_the_first_group_and_folds_the_others(found):
    html = str(benchmarks.summary(found).html())
    seen, folded = html.split("<details>")
    assert seen.count("Nearest neighbours</td>") == 4
    assert folded.count("English districts</td>") == 4
    assert "▼\u00a0Unusually bad" in folded


def test_an_indicator_without_peers_has_its_place_on_the_page(found, housing):
    html = benchmarks.sections([of(found, "HOM5")], housing).text()
    assert "No other council's figure for this indicator is held. Owner:" in html


def test_a_page_stays_small(found, housing):
    """No chart of more than 30 kilobytes, no service of more than 400."""
    html = str(benchmarks.sections(found, housing).html())
    # In the page the downloads are files beside it.
    html = re.sub(r'href="data:text/csv[^"]*"', "", html)
    figures = html.split("<figure>")[1:]
    assert max(len(each.split("</figure>")[0]) for each in figures) < 30_000
    assert len(html) < 400_000
