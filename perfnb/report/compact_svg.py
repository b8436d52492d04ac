"""Write a drawing in fewer bytes without changing what is seen.

Matplotlib writes coordinates to a millionth of a point, names every group and
sets out its paths for a reader of the source. A page holds a dozen drawings,
each twice and with every blank coded, so that this is most of its size.
"""

from __future__ import annotations

import re

DECIMALS = 1
"""Of coordinates: a tenth of a point is an eighth of a pixel."""

_LONG = re.compile(r"-?\d+\.\d{2,}")
_PLACES = re.compile(r' (d|x|y|x1|x2|y1|y2|points|transform|width|height)="([^"]*)"')
_STYLES = re.compile(r' style="([^"]*)"')
_FONT = re.compile(r"^(?:font-weight:([^;]+);)?font-size:([^;]+);font-family:([^;]+)")
_GROUPS = re.compile(r'<g id="[^"]*"')
_EDGES = re.compile(r"<g>|<g [^>]*>|</g>")
_DOT = re.compile(r"M([^A-Za-z]+)L\1(?=M|$)")
_NOT_TURNED = re.compile(r' transform="rotate\(-?0(\.0+)? [^"]*\)"')


def compact(svg: str) -> str:
    """Shorten a drawing that matplotlib wrote.

    Coordinates are rounded, path commands set close, groups that say nothing and
    turns by nothing left out.

    Parameters
    ----------
    svg : str
        As matplotlib writes it.

    Examples
    --------
    >>> compact('<g id="line2d_1"><path d="M 137.218774 129.999057 L 3 4.5 "/></g>')
    '<path d="M137.2,130L3,4.5"/>'
    """
    svg = _without_bare_groups(_GROUPS.sub("<g", svg))
    svg = _NOT_TURNED.sub("", svg)
    svg = _PLACES.sub(lambda found: f' {found[1]}="{_short(found[1], found[2])}"', svg)
    return _STYLES.sub(lambda found: f' style="{_close(found[1])}"', svg)


def _without_bare_groups(svg: str) -> str:
    kept: list[bool] = []

    def edge(found: re.Match[str]) -> str:
        if found[0] == "</g>":
            return found[0] if kept.pop() else ""
        kept.append(found[0] != "<g>")
        return found[0] if kept[-1] else ""

    return _EDGES.sub(edge, svg)


def _short(name: str, text: str) -> str:
    text = _LONG.sub(_rounded, text)
    if name != "d":
        return text
    text = re.sub(r"\s*([A-Za-z])\s*", r"\1", text)
    return _DOT.sub(r"M\1h0", re.sub(r"\s+", ",", text.strip()))


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found[0]):z.{DECIMALS}f}".removesuffix(".0")


def _close(style: str) -> str:
    close = re.sub(r"\s*([:;])\s*", r"\1", style)
    return _FONT.sub(_font, close)


def _font(found: re.Match[str]) -> str:
    return f"font:{' '.join(filter(None, found.groups()))}"
