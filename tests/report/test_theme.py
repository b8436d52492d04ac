"""Charts look alike, are legible, and give the same bytes for the same figures."""

import re

import matplotlib as mpl
import pytest
import small_page
from page_checks import SVG, drawing_of

from perfnb.report import theme, words

COLOURS = sorted(
    {theme.INK, theme.QUIET, theme.COUNCIL, *theme.VARIATION_COLOURS.values()}
)
TEXT_AT_LEAST = 11
READABLE = 4.5


def luminance(colour):
    """Reckon the relative luminance of a colour, as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", COLOURS)
def test_every_colour_with_a_meaning_stands_out_on_white(colour):
    assert 1.05 / (luminance(colour) + 0.05) >= READABLE


def test_every_verdict_has_a_colour_a_marker_and_words():
    assert theme.VARIATION_COLOURS.keys() == theme.VARIATION_MARKERS.keys()
    assert theme.VARIATION_COLOURS.keys() == words.VARIATION.keys()


def test_verdicts_differ_by_shape_and_words_not_only_by_colour():
    looks = {
        theme.VARIATION_COLOURS[verdict]: theme.VARIATION_MARKERS[verdict]
        for verdict in theme.VARIATION_COLOURS
    }
    assert len(set(looks.values())) == len(looks)
    for labels in (words.VARIATION, words.POSITION):
        assert len(set(labels.values())) == len(labels)
        assert all(re.search(r"[A-Za-z]{3}", label) for label in labels.values())


@pytest.mark.parametrize("shape", theme.SHAPES, ids=lambda shape: shape.name)
def test_the_same_figures_give_the_same_bytes(shape):
    assert small_page.line(shape) == small_page.line(shape)


def test_a_chart_is_drawn_wide_and_narrow():
    wide, narrow = (
        float(drawing_of(small_page.line(shape)).get("width")[:-2])
        for shape in (theme.WIDE, theme.NARROW)
    )
    assert wide > 2 * narrow
    assert narrow * 4 / 3 <= 360


@pytest.mark.parametrize("shape", theme.SHAPES, ids=lambda shape: shape.name)
def test_a_drawing_is_small_whole_and_silent_about_its_making(shape):
    svg = small_page.line(shape)
    assert drawing_of(svg).tag.endswith("svg")
    assert len(svg) < 20_000
    for trace in ("<metadata", "<!--", "Matplotlib", "dc:date", "<script"):
        assert trace not in svg


@pytest.mark.parametrize("shape", theme.SHAPES, ids=lambda shape: shape.name)
def test_text_stays_text_that_a_phone_can_show(shape):
    texts = list(drawing_of(small_page.line(shape)).iter(f"{SVG}text"))
    assert texts
    for text in texts:
        assert "Arial" in text.get("style")
        points = float(re.search(r"([\d.]+)px", text.get("style"))[1])
        assert points * 4 / 3 >= TEXT_AT_LEAST


def test_drawing_leaves_the_settings_of_others_alone():
    before = dict(mpl.rcParams)
    small_page.line(theme.WIDE)
    assert dict(mpl.rcParams) == before
