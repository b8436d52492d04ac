"""Frames as they should come in: columns there, numbers numbers, names once.

Every analysis passes its frames through these guards first, so that a mistake
is told in words and not by pandas. Numbers are reckoned with as floats and go
back out as columns in which missing is missing.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from perfnb.errors import PerfnbError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Objects = npt.NDArray[np.object_]


def floats(values: npt.ArrayLike) -> Floats:
    """Give numbers as floats, missing ones as NaN; refuse text and infinity.

    Raises
    ------
    PerfnbError
        When a value is text or infinite.

    Examples
    --------
    >>> floats(pd.Series([1, None], dtype="Float64")).tolist()
    [1.0, nan]
    """
    name = f" in '{values.name}'" if isinstance(values, pd.Series) else ""
    try:
        if isinstance(values, pd.Series | pd.api.extensions.ExtensionArray):
            numbers = values.to_numpy(dtype=float, na_value=np.nan)
        else:
            numbers = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        message = f"There is something that is not a number{name}."
        raise PerfnbError(message) from None
    if np.isinf(numbers).any():
        message = f"There is an infinite number{name}."
        raise PerfnbError(message)
    return numbers


def column(numbers: npt.ArrayLike) -> pd.api.extensions.ExtensionArray:
    """Give floats as a column in which NaN is missing.

    Examples
    --------
    >>> column([1.5, np.nan])
    <FloatingArray>
    [1.5, <NA>]
    Length: 2, dtype: Float64
    """
    array = np.asarray(numbers, dtype=float)
    return pd.arrays.FloatingArray(
        np.where(np.isnan(array), 1.0, array), np.isnan(array)
    )


def require(frame: pd.DataFrame, columns: Iterable[str], what: str) -> None:
    """Refuse a frame that lacks a column.

    Raises
    ------
    PerfnbError
        Naming the columns that are missing.

    Examples
    --------
    >>> require(pd.DataFrame({"group": []}), ["group", "numerator"], "groups")
    Traceback (most recent call last):
    perfnb.errors.PerfnbError: The groups lack the column 'numerator'.
    """
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        word = "column" if len(missing) == 1 else "columns"
        names = ", ".join(f"'{name}'" for name in missing)
        message = f"The {what} lack the {word} {names}."
        raise PerfnbError(message)


def require_once(values: pd.Series, what: str) -> None:
    """Refuse names that are missing or come twice.

    Raises
    ------
    PerfnbError
        Naming the first that comes twice.

    Examples
    --------
    >>> require_once(pd.Series(["a", "b"]), "group")
    """
    if values.isna().any():
        message = f"There is a row without a {what}."
        raise PerfnbError(message)
    twice = values[values.duplicated()]
    if len(twice):
        message = f"The {what} '{twice.iloc[0]}' comes more than once."
        raise PerfnbError(message)
