"""What the benchmarking report says, on real figures."""

import pytest

from perfnb.analysis import among_peers
from perfnb.report import benchmarks, sources
from perfnb.report.benchmark_words import coverage, place, verdict


@pytest.fixture(scope="module")
def found(housing):
    """Compare every indicator of the service."""
    return among_peers.benchmarks(housing, "nearest-neighbours")


def test_better_and_worse_are_named_with_figure_period_and_place(found, housing):
    """Duties owed: 3.58 per 1,000 households against 2.66 in the middle."""
    text = benchmarks.answer(found, housing).text()
    assert text.startswith(
        "Housing, 2025-26 Q3 and October to November 2022: compared with nearest "
        "neighbours, Wyre Forest is worse on two indicators and not clearly different "
        "on one; one indicator differs, where neither higher nor lower is better."
    )
    assert (
        "Households owed a prevention or relief duty (3.58 per 1,000 households in "
        "2025-26 Q3, 6th of 6)" in text
    )


def test_figures_without_counts_are_ranked_and_not_judged(waste):
    """Waste is weighed: no interval, so no better or worse."""
    text = benchmarks.answer(
        among_peers.benchmarks(waste, "nearest-neighbours"), waste
    ).text()
    assert "worst quarter of English districts on two of four indicators" in text
    assert "whether the differences are more than chance cannot be said" in text
    assert "Worse:" not in text


def test_without_any_peer_nothing_is_compared(housing):
    """Neither an error nor silence."""
    assert benchmarks.answer((), housing).text() == (
        "Housing: nothing can be compared; no other council's figure is held."
    )


def test_the_verdict_names_group_place_order_median_and_conclusion(found, housing):
    """All that a reader needs to check it."""
    duty = next(f for f in found if f.indicator.id == "HOM2")
    group, comparison = benchmarks.first_of(duty)
    said = verdict(duty, group, comparison, housing)
    assert said == (
        "Among nearest neighbours Wyre Forest is 6th of 6, counted from the lowest, "
        "which is best: 3.58 per 1,000 households in 2025-26 Q3. The median of the "
        "5 others is 2.66 per 1,000 households. The difference from the median is more "
        "than chance: worse."
    )


def test_no_quarter_is_given_among_few(found):
    """Five peers: a place, no quartile."""
    for finding in found:
        if "nearest-neighbours" in finding.comparisons:
            assert finding.comparisons["nearest-neighbours"].quartile is None


def test_peers_without_a_figure_are_counted(found, housing):
    """A missing return is told, not hidden in the rank."""
    duty = next(f for f in found if f.indicator.id == "HOM2")
    said = " ".join(coverage(duty, housing))
    assert (
        "English districts: one of 163 peers has no figure for 2025-26 Q3 "
        "(Epping Forest)." in said
    )


def test_a_tie_is_a_block(found):
    """Two councils with the same figure share their places."""
    comparison = next(iter(found[0].comparisons.values()))
    tied = comparison.__class__(
        **{**vars(comparison), "rank_from": 3, "rank_to": 5, "n_ranked": 20}
    )
    assert place(tied) == "joint 3rd to 5th of 20"


def test_what_looks_the_same_shares_its_place(planning):
    """Ashford, Gravesham and Wyre Forest all show 96.3%."""
    (found,) = among_peers.benchmarks(planning, "all-districts")
    assert place(found.comparisons["all-districts"]) == "joint 36th to 38th of 164"


def test_the_page_says_who_the_peers_are_and_what_chance_would_do(found, housing):
    """Five districts far down the list are called what they are."""
    said = str(sources.benchmark_methods(found, housing).html())
    assert "Nearest neighbours: 5 councils" in said
    assert "Their places in that list: 15, 16, 17, 18 and 20." in said
    assert "would look different by chance alone" in said
