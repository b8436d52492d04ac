"""Write the content of cells as plain text."""

from __future__ import annotations

from datetime import datetime, time

# As many digits as Excel keeps; behind them is the noise of binary fractions.
_DIGITS = 15


def text_of(value: object) -> str:
    """Write the content of a cell as plain text.

    Examples
    --------
    >>> text_of(12.0), text_of(0.1 + 0.2), text_of(1e-7), text_of(True)
    ('12', '0.3', '0.0000001', 'TRUE')
    >>> text_of(datetime(2025, 12, 31)), text_of(datetime(2025, 12, 31, 10, 30))
    ('2025-12-31', '2025-12-31 10:30:00')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return _plain(float(value))
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time() else value)
    return str(value)


def as_percentage(text: str) -> str:
    """Write a number as it is shown with a per cent sign.

    Examples
    --------
    >>> as_percentage("0.3"), as_percentage("0.285"), as_percentage("n/a")
    ('30%', '28.5%', 'n/a')
    """
    try:
        return f"{_plain(float(text) * 100)}%"
    except ValueError:
        return text


def _plain(number: float) -> str:
    text = format(number, f".{_DIGITS}g")
    decimals = len(text.partition(".")[2])
    if "e" in text or decimals > _DIGITS:
        text = format(float(text), f".{_DIGITS}f").rstrip("0").rstrip(".")
    return text
