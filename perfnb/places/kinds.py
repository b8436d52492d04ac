"""What kind of place a GSS code is of, by its first three signs.

References
----------
Office for National Statistics, Register of Geographic Codes: the entity codes.
"""

from __future__ import annotations

import re

_ENTITIES = {
    "E00": "an output area",
    "E01": "a small area (LSOA)",
    "E02": "a middle-sized area (MSOA)",
    "E04": "a parish",
    "E05": "a ward",
    "E06": "a unitary authority",
    "E07": "a district",
    "E08": "a metropolitan district",
    "E09": "a London borough",
    "E10": "a county",
    "E11": "a metropolitan county",
    "E12": "a region",
    "E14": "a constituency",
    "E23": "a police force area",
    "E26": "a national park",
    "E31": "a fire authority",
    "E47": "a combined authority",
    "E50": "a waste authority",
    "E51": "a development corporation",
    "E61": "the Greater London Authority",
    "E92": "England",
    "K02": "the United Kingdom",
    "K03": "Great Britain",
    "K04": "England and Wales",
    "N09": "a district of Northern Ireland",
    "N92": "Northern Ireland",
    "S12": "a council area of Scotland",
    "S92": "Scotland",
    "W06": "a unitary authority of Wales",
    "W92": "Wales",
}
_GSS = re.compile(r"[EKNSW][0-9]{8}")
_OTHERS = {
    "e-code": re.compile(r"[EW][0-9]{4}"),
    "old statistics code": re.compile(r"[0-9]{2}(?:[A-Z]{2})?"),
    "DETR code": re.compile(r"[0-9]{4}"),
}

COUNCILS = ("E06", "E07", "E08", "E09", "E10", "E47", "E61")
"""The first signs of the codes of authorities."""

SMALL_AREA = "E01"
"""The first signs of the codes of small areas."""


def is_gss(text: str) -> bool:
    """Tell whether a text is written as a GSS code.

    Examples
    --------
    >>> is_gss("E07000239"), is_gss("E1839"), is_gss("e07000239")
    (True, False, False)
    """
    return _GSS.fullmatch(text) is not None


def entity(code: str) -> str:
    """Say what kind of place a GSS code is of.

    Examples
    --------
    >>> entity("E12000005"), entity("E99000001")
    ('a region', 'a place of another kind')
    """
    return _ENTITIES.get(code[:3], "a place of another kind")


def looks_like(text: str) -> str:
    """Say which kind of code a text looks like; blank when it is none.

    Examples
    --------
    >>> looks_like("E1839"), looks_like("47UG"), looks_like("Wyre Forest")
    ('e-code', 'old statistics code', '')
    """
    if is_gss(text):
        return "GSS code"
    return next((kind for kind, form in _OTHERS.items() if form.fullmatch(text)), "")
