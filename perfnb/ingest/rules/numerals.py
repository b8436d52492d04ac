"""Read what was typed where a figure should stand.

Only plain digits are a figure. English thousands separators, a per cent sign
where the unit is per cent and a pound sign where it is money are read too, and
told. Nothing else is: Python would take ``1_000``, ``1e3``, ``nan`` and Arabic
digits for numbers that nobody typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from perfnb.ingest.rules.markers import meaning

PLAIN = r"-?[0-9]{1,15}(\.[0-9]{1,15})?"

# A space between thousands: plain, non-breaking, narrow non-breaking or thin.
_SPACES = "\u0020\u00a0\u202f\u2009"
_UNSEEN = "\u200b\u2060\ufeff"
_PLAIN = re.compile(PLAIN)
_GROUPED = re.compile(
    rf"-?[0-9]{{1,3}}((,[0-9]{{3}})+|([{_SPACES}][0-9]{{3}})+)(\.[0-9]{{1,15}})?"
)
_EXACT = re.compile(r"(-?[0-9]{1,15}\.[0-9]{15})[0-9]+")
_LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Numeral:
    """What a cell that should hold a figure holds.

    Parameters
    ----------
    plain : str
        Its digits; blank when the cell is blank or no figure.
    refused : bool
        Whether something stands there that is no figure.
    says : str
        What it usually means; or how it was read, when it was not plain.
    remedy : str
        The move that mends it.
    mark : str
        In a few words how it was read, when it was not plain.
    """

    plain: str
    refused: bool = False
    says: str = ""
    remedy: str = ""
    mark: str = ""


def read_numeral(text: str, *, unit: str = "", count: bool = False) -> Numeral:
    """Read a cell that should hold a figure.

    Parameters
    ----------
    text : str
        The cell.
    unit : str
        The indicator's unit: ``%`` lets a per cent sign in, one with ``£`` a
        pound sign.
    count : bool
        Whether the cell is a numerator or denominator, which is never a share.

    Returns
    -------
    Numeral

    Examples
    --------
    >>> read_numeral("1,234").plain, read_numeral("1,234").says
    ('1234', 'a figure without separators; it was read as 1234')
    >>> read_numeral("30%", unit="%").plain, read_numeral("30%", count=True).refused
    ('30', True)
    >>> read_numeral("1_000").refused, read_numeral(" 12 ").plain
    (True, '12')
    """
    typed = text.strip(_SPACES + _UNSEEN + "\t\r\n")
    if not text.strip() or _PLAIN.fullmatch(typed):
        return Numeral(typed)
    if not typed:
        says = "these are characters that nobody can see"
        return Numeral("", refused=True, says=says, remedy="Empty the cell.")
    bare, sign = _without_sign(typed, unit, count=count)
    grouped = _GROUPED.fullmatch(bare) is not None
    digits = re.sub(f"[,{_SPACES}]", "", bare) if grouped else bare
    exact = _EXACT.fullmatch(digits)
    if exact:
        digits = exact[1].rstrip("0").rstrip(".")
    if _PLAIN.fullmatch(digits):
        left_out = [sign] if sign else []
        left_out += ["separators"] if grouped else []
        left_out += ["digits beyond the 15th decimal"] if exact else []
        without = " and ".join(left_out)
        return Numeral(
            digits,
            says=f"a figure without {without}; it was read as {digits}",
            remedy=f"Leave out {without}.",
            mark=f"read as {digits}",
        )
    return _refused(typed, unit, count=count)


def shown(text: str) -> str:
    r"""Show what was typed in one line, and not all of what is endless.

    Examples
    --------
    >>> shown("9" * 70)[-4:], shown("two\nlines")
    ('999…', 'two lines')
    """
    line = " ".join(text.splitlines())
    return line if len(line) <= _LONGEST_SHOWN else f"{line[: _LONGEST_SHOWN - 1]}…"


def _without_sign(typed: str, unit: str, *, count: bool) -> tuple[str, str]:
    if typed.endswith("%") and unit == "%" and not count:
        return typed[:-1].rstrip(_SPACES), "the sign %"
    if "£" in unit and typed.lstrip("-").startswith("£"):
        return typed.replace("£", "", 1), "the sign £"
    return typed, ""


def _refused(typed: str, unit: str, *, count: bool) -> Numeral:
    says, remedy = meaning(typed)
    bare = typed.strip("%£$€ ")
    if bare != typed and (_PLAIN.fullmatch(bare) or _GROUPED.fullmatch(bare)):
        if "%" in typed:
            says = "this is a share" + (", not a count" if count else f", not {unit}")
            remedy = "Type the count." if count else "Type the figure in its unit."
        else:
            says = "this is an amount of money" + (f", not {unit}" if unit else "")
            remedy = "Type the figure in its unit, without a currency sign."
    return Numeral("", refused=True, says=says, remedy=remedy)
