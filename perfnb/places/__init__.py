"""Codes and names of places: which one is meant, or why that cannot be said.

- `names`: what of a name is content, and what is a footnote's digit or a title;
- `answers`: what comes back: a code with how it was found, or a reason with
  candidates;
- `authorities`: councils, present and past, by any code or name;
- `areas`: small areas of three censuses and their wards;
- `gazetteer`: both together, made from the reference data.

Nothing is guessed: a code or name that fits no place, or two, is told with what
comes near, and a code whose authority had gone by the day is told with its
successor.
"""

from perfnb.places.answers import Answer
from perfnb.places.authorities import exchanged
from perfnb.places.gazetteer import Gazetteer

__all__ = ["Answer", "Gazetteer", "exchanged"]
