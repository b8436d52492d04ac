"""What owners say of the quality of their figures, and which claims clash.

The register is ``data/registers/sign_off.csv``. A signature can only be lowered
by what the figures themselves show; that is reckoned in
`perfnb.analysis.data_quality`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, get_args

from pydantic import field_validator

from perfnb import quarters
from perfnb.errors import Dimension, Fault, ParameterError
from perfnb.records import Record
from perfnb.registers import Basis, Identifier

Grade = Literal["good", "fair", "poor"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
"""The six characteristics of good data, in the order of their source."""


class SignOff(Record):
    """What the owner of an indicator says of its data quality in a quarter.

    The fields are the columns of ``sign_off.csv``. A row speaks for the
    characteristics that it names, or for all six where it names none.
    """

    indicator: Identifier
    quarter: str
    owner: str
    dimensions: str = ""
    rating: Grade
    signed: date
    note: str = ""
    basis: Basis

    @field_validator("quarter")
    @classmethod
    def _is_quarter(cls, text: str) -> str:
        try:
            return quarters.write_quarter(quarters.parse_quarter(text))
        except ParameterError as error:
            message = "a quarter such as '2025-26 Q3'"
            raise ValueError(message) from error

    @field_validator("dimensions")
    @classmethod
    def _known_dimensions(cls, text: str) -> str:
        named = [name.strip() for name in text.split(";") if name.strip()]
        if any(name not in DIMENSIONS for name in named):
            message = f"names out of {', '.join(DIMENSIONS)}, with a semicolon between"
            raise ValueError(message)
        return "; ".join(dict.fromkeys(named))

    @property
    def covers(self) -> tuple[str, ...]:
        """Which characteristics it speaks for."""
        return tuple(self.dimensions.split("; ")) if self.dimensions else DIMENSIONS


def sign_off_faults(sign_offs: Sequence[SignOff]) -> list[Fault]:
    """Find rows that sign a characteristic which another row has signed already.

    Parameters
    ----------
    sign_offs : sequence of SignOff
        In the order of the register.

    Returns
    -------
    list of Fault
        One for each row that says something a second time.
    """
    faults = []
    signed: dict[tuple[str, str], set[str]] = {}
    for each in sign_offs:
        before = signed.setdefault((each.indicator, each.quarter), set())
        twice = [name for name in each.covers if name in before]
        before.update(each.covers)
        if twice:
            faults.append(
                Fault(
                    "data/registers/sign_off.csv",
                    f"each characteristic signed once for {each.indicator} in "
                    f"{each.quarter}",
                    ", ".join(twice),
                    "Remove one of the two rows, or name other dimensions in it.",
                    each.row,
                    "dimensions",
                )
            )
    return faults
