"""Texts that a profile looks for: one, or several of which the first counts."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator


def _listed(texts: Any) -> Any:
    return [texts] if isinstance(texts, str) else texts


Texts = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""One text, or a list of alternatives of which the first that is found counts."""
