"""Say what differs between the figures compared, each mismatch with its count."""

from __future__ import annotations

from collections.abc import Mapping

from perfnb.analysis.peers.among_peers import AgainstGroup, BenchmarkFinding
from perfnb.analysis.peers.comparability import Comparability
from perfnb.report.words import count, joined, plural, sentence
from perfnb.selection import Selection

MOST_NAMED = 5
"""Of more councils than this only the number is given."""

_REASONS = {
    "missing": "marked missing",
    "suppressed": "hidden so that nobody can be identified",
    "not applicable": "marked as not applicable",
    "no return": "without a return",
}


def comparability_sentences(
    finding: BenchmarkFinding, against: AgainstGroup, selection: Selection
) -> list[str]:
    """Say whether the figures of one comparison are alike.

    Returns
    -------
    list of str
        First how many figures, of which period and from which source; then one
        sentence for each mismatch, none where there is none.
    """
    found = against.comparability
    return [
        _basis(finding, found, selection),
        *_absent(finding, against, selection),
        *_unsettled(found, selection),
        *_boundaries(found, selection),
        *[
            f"{_of(n, found.n)} carr{'y' if n > 1 else 'ies'} the note “{note}”."
            for note, n in found.notes.items()
        ],
    ]


def definition_sentences(finding: BenchmarkFinding, against: AgainstGroup) -> list[str]:
    """Say where the definition or source changed, which holds for every group."""
    found = against.comparability
    since = [
        f"Since {finding.period} the figures are made differently: {each.reason}"
        for each in found.changed_since
    ]
    within = [
        f"From {each.starts} on, for the council and its peers alike: {each.reason}"
        for each in found.changed_within
    ]
    return since + within


def _basis(
    finding: BenchmarkFinding, found: Comparability, selection: Selection
) -> str:
    sources = _named(found.sources, selection)
    figures = plural(found.n, "figure")
    if len(found.sources) < 2 and len(found.denominator_sources) < 2:
        settled = "" if found.unsettled else ", all final"
        return (
            f"{sentence(figures)} for {finding.period}: same source, same "
            f"period{settled} ({joined(list(sources))})."
        )
    parts = [f"{count(n)} from {name}" for name, n in sources.items()]
    text = f"{sentence(figures)} for {finding.period}: {joined(parts)}"
    own = selection.catalogue.sources.get(found.own_source)
    if own is not None and len(found.sources) > 1:
        text += f"; that of {selection.council_name} is from {own.publisher}"
    if len(found.denominator_sources) > 1:
        divided = _named(found.denominator_sources, selection)
        by = [f"{count(n)} by those of {name}" for name, n in divided.items()]
        text += f"; divided {joined(by)}"
    return f"{text}."


def _named(sources: Mapping[str, int], selection: Selection) -> dict[str, int]:
    """Name sources by publisher and edition or date: vintages differ in these."""
    known = selection.catalogue.sources
    return {
        f"{known[name].publisher}, {known[name].edition or known[name].published}": n
        for name, n in sources.items()
    }


def _absent(
    finding: BenchmarkFinding, against: AgainstGroup, selection: Selection
) -> list[str]:
    found, compared = against.comparability, against.comparison
    said = []
    if compared.missing:
        without = [selection.reference.name(code) for code in compared.missing]
        names = f" ({', '.join(without)})" if len(without) <= MOST_NAMED else ""
        have = "has" if len(without) == 1 else "have"
        said.append(
            f"{sentence(against.group.title)}: {count(len(without))} of "
            f"{compared.n_expected} peers {have} no figure for "
            f"{finding.period}{names}: {_why(found)}."
        )
    if found.own_newest is not None:
        said.append(
            f"{selection.council_name} has a newer figure, up to "
            f"{found.own_newest.day} {found.own_newest:%B %Y}; too few peers have one "
            "to compare it."
        )
    return said


def _why(found: Comparability) -> str:
    reasons = [f"{count(n)} {_REASONS[why]}" for why, n in found.without.items()]
    text = joined(reasons)
    if found.older:
        text += f"; {plural(found.older, 'has', 'have')} only an older one"
    return text


def _unsettled(found: Comparability, selection: Selection) -> list[str]:
    said = []
    for status, n in found.unsettled.items():
        text = f"{_of(n, found.n)} {'is' if n == 1 else 'are'} {status}"
        if status == "provisional":
            text += " and may still change"
        if n < found.n and found.own_status == status:
            text += f", that of {selection.council_name} among them"
        said.append(f"{text}.")
    if found.since_revised:
        n = found.since_revised
        said.append(
            f"{_of(n, found.n)} {'was' if n == 1 else 'were'} revised after first "
            "publication; the later figure is used."
        )
    return said


def _boundaries(found: Comparability, selection: Selection) -> list[str]:
    said = []
    for codes, what in (
        (found.ended, "since been merged or abolished"),
        (found.begun, "begun within the period, so that its figure may cover less"),
    ):
        if codes:
            names = [selection.reference.name(code) for code in codes]
            named = f" ({', '.join(names)})" if len(names) <= MOST_NAMED else ""
            have = "has" if len(codes) == 1 else "have"
            said.append(
                f"{sentence(count(len(codes)))} of the peers {have} {what}{named}."
            )
    return said


def _of(n: int, whole: int) -> str:
    if n == whole:
        return f"All {whole} figures" if whole > 1 else "The figure"
    return f"{sentence(count(n))} of {whole} figures"
