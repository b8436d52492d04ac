"""Every place of the reference data, to be found by code or name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from perfnb.places.answers import Answer
from perfnb.places.areas import SmallAreas
from perfnb.places.authorities import Authorities
from perfnb.reference import Reference


class Gazetteer:
    """Say which place a code or a name means, or why that cannot be said.

    Parameters
    ----------
    reference : Reference
        As `perfnb.reference.read_reference` gives it.

    Notes
    -----
    The first 200 names that no place has are compared with all names there are, so
    that what is spelt like them can be told; of further ones it is told that no
    place has them. A whole column of other texts so takes no time.
    """

    def __init__(self, reference: Reference) -> None:
        self._authorities = Authorities(reference)
        self._areas = SmallAreas(reference)

    def authority(
        self, text: str, on: date | None = None, by: str | None = None
    ) -> Answer:
        """Say which authority a code or a name means.

        Parameters
        ----------
        text : str
            A GSS code, the e-code of finance returns, the old statistics code
            (SNAC), the government's register code or a name, in any of its usual
            spellings and with or without a footnote's marker.
        on : datetime.date, optional
            The day that is spoken of, such as the last of a figure's period. An
            authority that had been abolished by then is not taken: the answer
            names who followed. A name that two authorities had one after the
            other is taken for the one of the day.
        by : str, optional
            The only kind of code to look among: ``"GSS code"``, ``"e-code"``,
            ``"register code"``, ``"old statistics code"``, ``"DETR code"``; or
            ``"name"``. Bare numbers, which a count that slipped into the column
            could be too, are read only so.

        Returns
        -------
        Answer
            With the GSS code, or with a reason and candidates.
        """
        return self._authorities.find(text, on, by)

    def authorities(
        self, asked: Iterable[tuple[str, date | None]]
    ) -> Mapping[tuple[str, date | None], Answer]:
        """Look up many texts with their days, each pair once."""
        return {pair: self._authorities.find(*pair) for pair in dict.fromkeys(asked)}

    def area(self, text: str) -> Answer:
        """Say which small area a code or a name means, of whichever census.

        The note says of which censuses it is and, where it was split, merged or
        redrawn between two, from what or into what.
        """
        return self._areas.find(text)

    def area_at(self, text: str, census: str) -> Answer:
        """Say which small area of a census holds all of a small area.

        Parameters
        ----------
        text : str
            Code or name of a small area of any census.
        census : str
            ``"2001"``, ``"2011"`` or ``"2021"``.

        Returns
        -------
        Answer
            The area itself where it was already or still there; else the one that
            holds it wholly. One that was merged from several, or shares ground
            with several, cannot be placed and is told with them.
        """
        return self._areas.at(text, census)

    def ward(self, text: str, wards: str = "2017") -> Answer:
        """Say which ward a small area lies in, by the best fit of the lists.

        Parameters
        ----------
        text : str
            Code or name of a small area of any census.
        wards : str
            Year of the wards: ``"2017"`` (as in ``areas.csv``) or ``"2024"``.

        Returns
        -------
        Answer
            The ward, or, where the parts of an area lie in two, both.
        """
        return self._areas.ward(text, wards)
