"""A drawing in fewer bytes is the same drawing."""

import re
from xml.etree import ElementTree

import numpy as np

from perfnb.report import theme
from perfnb.report.compact_svg import compact
from perfnb.report.dots import dots


def drawn():
    """Draw a line, some dots and a label."""
    with theme.canvas(theme.WIDE, 2) as (figure, axes):
        axes.plot([0, 1, 2], [3.14159, 1, 2])
        axes.set_xlim(0, 4)
        axes.set_ylim(0, 4)
        dots(axes, np.linspace(1, 3, 200), np.linspace(1, 3, 200), theme.QUIET, 5)
        axes.annotate("named", (1, 1), fontweight="bold")
        return theme.to_svg(figure)


def test_it_is_whole_and_no_group_says_nothing():
    svg = drawn()
    ElementTree.fromstring(svg)
    assert "<g>" not in svg
    assert svg.count("<g ") == svg.count("</g>")


def test_coordinates_are_short_and_paths_close():
    paths = re.findall(r' d="([^"]*)"', drawn())
    assert paths
    for path in paths:
        assert not re.search(r"\d\.\d\d|\s", path)


def test_all_dots_are_one_path_with_round_ends():
    (path,) = re.findall(r'<path d="([^"]*)"[^>]*stroke-linecap:round"/>', drawn())[1:]
    assert re.fullmatch(r"(M[\d.]+,[\d.]+h0){200}", path)


def test_fonts_are_short_and_bold_stays_bold():
    styles = re.findall(r'<text style="([^"]*)"', drawn())
    assert styles
    for style in styles:
        assert re.match(r"font:(700 )?9px Arial,", style)
    assert [style for style in styles if style.startswith("font:700")] == styles[-1:]


def test_no_dots_are_nothing():
    with theme.canvas(theme.WIDE, 2) as (_, axes):
        dots(axes, np.array([]), np.array([]), theme.QUIET, 5)
        assert not axes.patches


def test_what_is_referred_to_keeps_its_name():
    svg = compact('<defs><path id="m1" d="M 0 0 L 0 3.5 "/></defs><g id="a"><g/></g>')
    assert svg == '<defs><path id="m1" d="M0,0L0,3.5"/></defs><g/>'


def test_words_keep_their_spaces_and_figures():
    assert compact("<text>1.2345 per 1,000 : x</text>") == (
        "<text>1.2345 per 1,000 : x</text>"
    )
