"""On which scale do errors add up? So that no forecast leaves its bounds.

A count varies the more the larger it is, and never falls below nought; a share
varies least near none or all, and never leaves them. On the square root of a
count and the arcsine of a share's root the spread is about the same everywhere,
also at the bounds themselves, where a logarithm or logit has no value. A larger
unit stretches the scale and changes nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from perfnb.analysis.frames import Floats
from perfnb.errors import PerfnbError

PLAIN, ROOT, ANGLE = "as they are", "square roots", "arcsine of square roots"


@dataclass(frozen=True)
class Scale:
    """A scale on which the errors of a series add up.

    Attributes
    ----------
    name : str
        'as they are', 'square roots' (a lower bound only) or 'arcsine of square
        roots' (both bounds).
    lower, upper : float or None
        Values beyond which there is nothing [indicator's unit].
    """

    name: str
    lower: float | None
    upper: float | None

    def there(self, values: Floats) -> Floats:
        """Put values on the scale."""
        if self.lower is None:
            return values
        above = values - self.lower
        if self.upper is None:
            return np.sqrt(above)
        return np.arcsin(np.sqrt(above / (self.upper - self.lower)))

    def back(self, scaled: Floats) -> Floats:
        """Bring values back; what lies beyond the scale's end is at the bound."""
        if self.lower is None:
            return scaled
        if self.upper is None:
            return self.lower + np.maximum(scaled, 0) ** 2
        angle = np.clip(scaled, 0, np.pi / 2)
        return self.lower + (self.upper - self.lower) * np.sin(angle) ** 2


def scale_for(
    values: Floats, lower_bound: float | None, upper_bound: float | None
) -> Scale:
    """Choose the scale for a series by its bounds.

    Parameters
    ----------
    values : numpy.ndarray
        The series, NaN where a figure is missing [indicator's unit].
    lower_bound, upper_bound : float or None
        Values beyond which there is nothing.

    Returns
    -------
    Scale

    Raises
    ------
    PerfnbError
        When there is only an upper bound, the bounds are the wrong way round or
        a value lies beyond one.

    References
    ----------
    Bartlett MS (1947) Biometrics 3:39 (transformations that stabilise the variance
    of counts and shares).

    Examples
    --------
    >>> counts = np.array([4.0, 9.0])
    >>> scale = scale_for(counts, 0, None)
    >>> scale.name, scale.there(counts).tolist(), scale.back(np.array([-1.0])).tolist()
    ('square roots', [2.0, 3.0], [0.0])
    """
    if lower_bound is None and upper_bound is not None:
        message = "A series with an upper bound needs a lower bound as well."
        raise PerfnbError(message)
    if lower_bound is not None and upper_bound is not None:
        if lower_bound >= upper_bound:
            message = f"The bounds {lower_bound} and {upper_bound} hold nothing."
            raise PerfnbError(message)
        _refuse(values[values > upper_bound], f"above the upper bound of {upper_bound}")
    if lower_bound is not None:
        _refuse(values[values < lower_bound], f"below the lower bound of {lower_bound}")
    name = PLAIN
    if lower_bound is not None:
        name = ROOT if upper_bound is None else ANGLE
    return Scale(name, lower_bound, upper_bound)


def _refuse(beyond: Floats, where: str) -> None:
    if len(beyond):
        message = f"The value {beyond[0]:g} lies {where}."
        raise PerfnbError(message)
