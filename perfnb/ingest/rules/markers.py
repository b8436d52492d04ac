"""What stands in returns where a figure should: marks, words and slips of Excel.

Each has the sentence that says what it usually means and the move that mends
it. None is ever taken for a figure: the meaning of a mark belongs to its source.
"""

from __future__ import annotations

import re

_STATUS = "Type the figure, or leave it blank and put '{}' in 'status'."
_HIDDEN = _STATUS.format("suppressed")
_MISSING = _STATUS.format("missing")
_WHICH = "Ask which, then type the figure, or leave it blank and say so in 'status'."
_RESULT = "Type the result in its place."
_ALONE = "Type the figure alone"

_NUMBER = r"[-+]?[0-9][0-9,. ]*"
_MONTH = r"(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_WORDS = "this is text, not digits"

_MEANINGS = (
    (
        r"\[low\]|[<≤] ?=? ?£?[0-9.,]+%?|(under|below|(less|fewer) than) [0-9]+",
        "this is a small number already hidden at source",
        _HIDDEN,
    ),
    (
        r"[>≥] ?=? ?£?[0-9.,]+%?|(over|above|more than) [0-9]+",
        "this is a limit that hides the figure itself",
        _HIDDEN,
    ),
    (
        r"\.{2,}|…",
        "in many official tables this means that no data was received",
        _MISSING,
    ),
    (
        r"[-\u2010-\u2015\u2212_]+",
        "this mark means suppressed in H-CLIC, not applicable in Defra's tables and "
        "nil in others",
        "Look it up in the source, then type the figure, or leave it blank and give "
        "the reason in 'status'.",
    ),
    (r":", "in Defra's tables this means not available", _MISSING),
    (
        r"~",
        "this is its source's own mark, often for a figure too small to be given",
        "Look it up in the source, then type the figure, or leave it blank and give "
        "the reason in 'status'.",
    ),
    (r"\*+", "in many official tables this hides a small number", _HIDDEN),
    (r"\[c\]|c|conf(idential)?\.?", "this usually means confidential", _HIDDEN),
    (r"s|\[s\]|suppressed", "this usually means suppressed", _HIDDEN),
    (r"\[x\]|x", "in official tables this means not available", _MISSING),
    (
        r"\[z\]|z",
        "in official tables this means not applicable",
        _STATUS.format("not applicable"),
    ),
    (r"\[u\]|u", "in official tables this means too unreliable to be given", _MISSING),
    (
        r"\[(p|r|e|f|b|w|ns)\]",
        "this mark stands beside a figure in official tables, and there is none",
        _MISSING,
    ),
    (
        r"#?n\.?/?a\.?|not (available|applicable)",
        "this means not available or not applicable and does not say which",
        _WHICH,
    ),
    (
        r"tb[ca]\.?|\?+|no data|no return|unknown|missing|pending|awaiting.*|late|"
        r"not (yet )?(known|received|due)|data not .*|to follow",
        "this says that there is no figure yet",
        _MISSING,
    ),
    (
        r"nil|zero|none|nothing",
        "this may mean 0 or that nobody knows",
        "Type 0 if there were none, or leave it blank and put 'missing' in 'status'.",
    ),
    (
        r"nan|null|[-+]?inf(inity)?|<na>|nat",
        "this is how software writes that it has no figure",
        _MISSING,
    ),
    (r"#div/0!", "this is a formula that divided by nothing", _MISSING),
    (
        r"#(ref|value|name|num|null|spill|calc)[!?]",
        "this is a formula that failed",
        "Mend the formula, or type its result.",
    ),
    (r"#+", "this is a column too narrow to show its figure", _ALONE + "."),
    (r"=.*", "this is a formula, and only results are read", _RESULT),
    (
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}([t ].*)?|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}"
        rf"|[0-9]{{1,2}}[- ]{_MONTH}([- ][0-9]{{2,4}})?|{_MONTH}[- ][0-9]{{1,4}}",
        "this is a date: Excel often turns a figure into one",
        "Set the format of the cell to a number and type the figure again.",
    ),
    (
        r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[ap]m)?",
        "this is a time of day: Excel often turns a figure into one",
        "Set the format of the cell to a number and type the figure again.",
    ),
    (
        r"-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?|-?[0-9]+,[0-9]+",
        "this looks like continental writing, a comma before the decimals",
        "Type it with a point before the decimals and nothing between thousands.",
    ),
    (
        r"[-+]?[0-9]+(\.[0-9]+)?e[-+]?[0-9]+",
        "this is scientific notation, which hides digits",
        "Set the format of the cell to a number and type every digit.",
    ),
    (r"-?[0-9]+(_[0-9]+)+", "these are underscores between digits", "Take them out."),
    (r"\+[0-9.]+", "a plus sign may be a change, not a level", _ALONE + "."),
    (
        r"\u2212[0-9.]+|--[0-9.]+|\([0-9.,]+\)|[0-9.]+-",
        "this looks like a number below 0, written so that it cannot be read",
        "Type it with one plain hyphen before it, if it is one.",
    ),
    (
        r"-?[0-9]+\.|-?\.[0-9]+",
        "a decimal point stands between two digits",
        "Type the missing digit.",
    ),
    (
        r"[0-9.,]+ ?(/|of|out of) ?[0-9.,]+",
        "these are two figures in one cell",
        "Type them into 'numerator' and 'denominator'.",
    ),
    (
        r"[0-9.,]+ ?(-|\u2013|to) ?[0-9.,]+",
        "this is a range, not a figure",
        _MISSING,
    ),
    (
        r"(c\.?|ca\.?|circa|about|approx\.?|approximately|est\.?|around|~|≈) ?[0-9.,]+",
        "this is an estimate",
        _ALONE + " and say in 'note' that it is an estimate.",
    ),
    (
        rf"{_NUMBER} ?(\[[a-z0-9]{{1,3}}\]|\([a-z0-9]\)|[prefb*†‡§^]+|"
        "[\u00b9\u00b2\u00b3\u2070-\u2079]+)",
        "a mark or footnote is glued to the figure",
        _ALONE + " and put what the mark says into 'status' or 'note'.",
    ),
    (r"true|false|yes|no|y|n", "this answers yes or no", _ALONE + "."),
    (r"-?[0-9]{16,}(\.[0-9]+)?", "no figure has more than 15 digits", "Check it."),
    (
        rf"({_NUMBER}) ?[a-z].*",
        "there are words beside the figure",
        _ALONE + "; words go into 'note'.",
    ),
)

_COMPILED = tuple(
    (re.compile(pattern, re.IGNORECASE), says, remedy)
    for pattern, says, remedy in _MEANINGS
)


def meaning(text: str) -> tuple[str, str]:
    """Say what a cell that is no figure usually means, and how to mend it.

    Parameters
    ----------
    text : str
        What was typed, without outer blanks.

    Returns
    -------
    says : str
        Part of a sentence: "this is ...".
    remedy : str
        The move to make.

    References
    ----------
    Government Analysis Function, guidance on symbols and shorthand in tables (marks
    in square brackets); the notes of the H-CLIC tables and of Defra's local authority
    collected waste tables ("-", ":" and "..").

    Examples
    --------
    >>> meaning("<5")[0]
    'this is a small number already hidden at source'
    >>> meaning("2025-12-31")[0]
    'this is a date: Excel often turns a figure into one'
    """
    for pattern, says, remedy in _COMPILED:
        if pattern.fullmatch(text):
            return says, remedy
    if any(not letter.isascii() and letter.isnumeric() for letter in text):
        return "these are not the digits 0 to 9", "Type it with the digits 0 to 9."
    return _WORDS, "Type the figure, or leave it blank and give the reason in 'status'."
