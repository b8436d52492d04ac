"""What no place differs by is set aside in a name, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.places.names import content, without_footnote, without_title


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Helens", "ST HELENS"),
        ("Brighton & Hove", "Brighton and Hove"),
        ("Stoke-on-Trent", "Stoke on\N{NO-BREAK SPACE}Trent"),
        ("King's Lynn", "King\N{RIGHT SINGLE QUOTATION MARK}s Lynn"),
        ("Bristol, City of", "Bristol  City of"),
    ],
)
def test_two_spellings_say_the_same(one, other):
    assert content(one) == content(other)


def test_a_longer_name_is_another_name():
    assert content("Wyre") != content("Wyre Forest")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ebbsfleet Development Corporation4", "Ebbsfleet Development Corporation"),
        ("Middlesbrough 4,5", "Middlesbrough"),
        ("Bristol [note 3]", "Bristol"),
        ("Bristol (2)", "Bristol"),
        ("Bristol [r]", "Bristol"),
        ("Bristol\N{SUPERSCRIPT TWO}", "Bristol"),
        ("Bristol*", "Bristol"),
        ("Bristol", "Bristol"),
        ("Bristol (Avon)", "Bristol (Avon)"),
    ],
)
def test_a_footnote_is_no_part_of_a_name(written, name):
    assert without_footnote(written) == name


def test_a_name_of_digits_alone_is_left_as_it_is():
    assert without_footnote("47") == "47"


@given(st.text(max_size=40))
def test_what_is_set_aside_once_is_set_aside(name):
    assert content(content(name)) == content(name)
    assert without_footnote(without_footnote(name)) == without_footnote(name)


@pytest.mark.parametrize(
    ("name", "rest", "kind"),
    [
        ("wyre forest district council", "wyre forest", "district"),
        ("london borough of camden", "camden", "london"),
        ("worcestershire county council", "worcestershire", "county"),
        ("st helens mbc", "st helens", "metropolitan"),
        ("hartlepool ua", "hartlepool", "unitary"),
    ],
)
def test_a_title_says_what_kind_of_council_it_is(name, rest, kind):
    plain, kinds = without_title(name)
    assert plain == rest
    assert kind in kinds


def test_a_name_without_a_title_has_none():
    assert without_title("wyre forest") is None
    assert without_title("council") is None
