"""A code or a name means one place, or the answer says why it does not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.places import Gazetteer
from perfnb.reference import (
    Area,
    AreaChange,
    AreaWard,
    Authority,
    AuthorityName,
    Reference,
)

VALE, MARSH = "E07990001", "E07990002"
COUNTY, DISTRICT = "E10990001", "E07990003"
SHIRE, UNITARY = "E10990002", "E06990001"
OLD_CODE, NEW_CODE = "E08990001", "E08990002"

AUTHORITIES = [
    {"code": VALE, "name": "Illustrative Vale", "kind": "district"},
    {"code": MARSH, "name": "Illustrative Vale Marsh", "kind": "district"},
    {"code": COUNTY, "name": "Illustrative Down", "kind": "county"},
    {"code": DISTRICT, "name": "Illustrative Down", "kind": "district"},
    {"code": SHIRE, "name": "Illustrative Fell", "kind": "county"},
    {"code": UNITARY, "name": "Illustrative Fell", "kind": "unitary"},
    {"code": OLD_CODE, "name": "Illustrative Moor", "kind": "metropolitan"},
    {"code": NEW_CODE, "name": "Illustrative Moor", "kind": "metropolitan"},
]
MORE = {
    VALE: {"e_code": "E9901", "snac": "99UG", "register_code": "ILV"},
    COUNTY: {"snac": "99"},
    SHIRE: {"end": "2023-03-31", "replaced_by": UNITARY},
    UNITARY: {"start": "2023-04-01", "region": "Illustrative West"},
    OLD_CODE: {"replaced_by": NEW_CODE},
}


def small_area(code, name):
    return Area(
        code=code,
        name=name,
        kind="LSOA 2011",
        authority=VALE,
        ward_code="E05990001",
        ward_name="Old Ward",
    )


def change(older, years, kind, newer):
    first, last = years
    return AreaChange(
        older=older,
        older_name=f"Vale {older[-1]}",
        older_census=first,
        change=kind,
        newer=newer,
        newer_name=f"Vale {newer[-1]}",
        newer_census=last,
        authority=VALE,
        source="illustrative",
    )


SINCE_2001, SINCE_2011 = ("2001", "2011"), ("2011", "2021")
KEPT, SPLIT, LEFT, RIGHT = (f"E0199000{n}" for n in range(1, 5))
ONE, TWO, MERGED, REDRAWN, REDRAWN_TO = (f"E0199000{n}" for n in range(5, 10))
CHANGES = [
    change(KEPT, SINCE_2001, "unchanged", KEPT),
    change(KEPT, SINCE_2011, "unchanged", KEPT),
    change(SPLIT, SINCE_2001, "unchanged", SPLIT),
    change(SPLIT, SINCE_2011, "split", LEFT),
    change(SPLIT, SINCE_2011, "split", RIGHT),
    change(ONE, SINCE_2001, "merged", MERGED),
    change(TWO, SINCE_2001, "merged", MERGED),
    change(MERGED, SINCE_2011, "unchanged", MERGED),
    change(REDRAWN, SINCE_2011, "redrawn", REDRAWN_TO),
]


def new_ward(area, code):
    return AreaWard(
        area=area,
        area_name=area,
        kind="LSOA 2021",
        authority=VALE,
        ward_code=code,
        ward_name=f"New Ward {code[-1]}",
        wards="2024",
        source="illustrative",
    )


@pytest.fixture(scope="module")
def gazetteer():
    authorities = [Authority(**{**a, **MORE.get(a["code"], {})}) for a in AUTHORITIES]
    areas = [small_area(code, f"Vale {code[-1]}") for code in (KEPT, SPLIT, MERGED)]
    names = [
        AuthorityName(name=name, kind=kind, authority=VALE, source="illustrative")
        for name, kind in [
            ("The Vale, Illustrative", "name"),
            ("9901", "DETR code"),
        ]
    ]
    wards = [new_ward(KEPT, "E05990002"), new_ward(LEFT, "E05990003")]
    return Gazetteer(
        Reference(
            authorities={a.code: a for a in authorities},
            areas={a.code: a for a in areas},
            listed={},
            names=tuple(names),
            changes=tuple(CHANGES),
            wards=(*wards, new_ward(RIGHT, "E05990004")),
        )
    )


@pytest.mark.parametrize(
    ("text", "how"),
    [
        (VALE, "GSS code"),
        (f" {VALE.lower()}\N{NO-BREAK SPACE}", "GSS code"),
        ("E9901", "e-code"),
        ("99UG", "old statistics code"),
        ("ILV", "register code"),
        ("illustrative vale", "name"),
        ("Illustrative Vale District Council", "name"),
        ("The Vale, Illustrative", "name"),
        ("Illustrative Vale4", "name without its footnote"),
        ("Illustrative Vale [note 2]", "name without its footnote"),
    ],
)
def test_every_code_and_spelling_means_the_authority(gazetteer, text, how):
    answer = gazetteer.authority(text)
    assert (answer.code, answer.name) == (VALE, "Illustrative Vale")
    assert answer.how == how


def test_only_the_gss_code_as_it_stands_is_plain(gazetteer):
    assert gazetteer.authority(VALE).plain
    assert not gazetteer.authority(VALE.lower()).plain
    assert not gazetteer.authority("E9901").plain


def test_a_name_is_not_the_start_of_another(gazetteer):
    assert gazetteer.authority("Illustrative Vale").code == VALE
    assert gazetteer.authority("Illustrative Vale Marsh").code == MARSH
    assert not gazetteer.authority("Illustrative").found


def test_the_nearest_spelling_is_told_and_never_taken(gazetteer):
    answer = gazetteer.authority("Ilustrative Vale")
    assert not answer.found
    assert answer.candidates[0] == VALE
    assert "Spelt like it: Illustrative Vale (E07990001)" in answer.reason


def test_a_name_of_county_and_district_is_told_with_both(gazetteer):
    answer = gazetteer.authority("Illustrative Down")
    assert not answer.found
    assert answer.candidates == (COUNTY, DISTRICT)
    assert str(answer) == (
        "'Illustrative Down' is the name of Illustrative Down (E10990001) and of "
        "Illustrative Down (E07990003)."
    )


def test_the_title_of_a_council_tells_county_and_district_apart(gazetteer):
    assert gazetteer.authority("Illustrative Down County Council").code == COUNTY
    assert gazetteer.authority("Illustrative Down DC").code == DISTRICT
    assert not gazetteer.authority("Illustrative Down Council").found


def test_the_day_tells_an_authority_and_its_successor_of_one_name_apart(gazetteer):
    assert not gazetteer.authority("Illustrative Fell").found
    assert gazetteer.authority("Illustrative Fell", date(2023, 3, 31)).code == SHIRE
    assert gazetteer.authority("Illustrative Fell", date(2023, 4, 1)).code == UNITARY


def test_a_code_that_was_abolished_by_the_day_is_told_with_its_successor(gazetteer):
    assert gazetteer.authority(SHIRE, date(2023, 3, 31)).code == SHIRE
    answer = gazetteer.authority(SHIRE, date(2023, 6, 30))
    assert not answer.found
    assert answer.candidates == (UNITARY,)
    assert answer.reason == (
        "Illustrative Fell (E10990002) was abolished after 2023-03-31 and followed "
        "by Illustrative Fell (E06990001)."
    )


def test_a_successor_before_its_first_day_is_found_with_a_word(gazetteer):
    answer = gazetteer.authority(UNITARY, date(2020, 3, 31))
    assert answer.code == UNITARY
    assert answer.note.startswith("It began on 2023-04-01")
    assert gazetteer.authority(UNITARY, date(2023, 6, 30)).note == ""


def test_a_former_code_of_the_same_council_is_found_with_the_new_one(gazetteer):
    assert gazetteer.authority(OLD_CODE).code == OLD_CODE
    assert gazetteer.authority(OLD_CODE).note == "Its code is now E08990002."
    assert gazetteer.authority("Illustrative Moor").code == NEW_CODE


def test_a_bare_number_is_a_code_only_where_that_is_declared(gazetteer):
    answer = gazetteer.authority("99")
    assert not answer.found
    assert "may be the old statistics code of Illustrative Down" in answer.reason
    assert gazetteer.authority("99", by="old statistics code").code == COUNTY
    assert gazetteer.authority("9901", by="DETR code").code == VALE
    assert not gazetteer.authority("E9901", by="register code").found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "There is no code and no name."),
        ("E12000005", "'E12000005' is the code of a region, not of an authority."),
        ("E07999999", "'E07999999' is no code of authorities.csv."),
        ("England", "'England' is no authority but many together."),
        ("Illustrative West", "'Illustrative West' is no authority but many together."),
        ("Somewhere", "No authority of authorities.csv is called 'Somewhere'."),
    ],
)
def test_what_is_no_authority_is_told(gazetteer, text, reason):
    answer = gazetteer.authority(text)
    assert not answer.found
    assert answer.reason == reason


@given(text=st.text(max_size=30))
def test_a_text_is_found_or_told_and_never_both(gazetteer, text):
    answer = gazetteer.authority(text)
    assert answer.found != bool(answer.reason)


def test_a_small_area_is_told_with_its_censuses_and_what_became_of_it(gazetteer):
    notes = {code: gazetteer.area(code).note for code in (KEPT, SPLIT, LEFT, MERGED)}
    assert notes == {
        KEPT: "A small area of 2001 and 2011 and 2021.",
        SPLIT: f"A small area of 2001 and 2011, later split into {LEFT} and {RIGHT}.",
        LEFT: f"A small area of 2021, one of the parts into which {SPLIT} was split.",
        MERGED: f"A small area of 2011 and 2021, made from {ONE} and {TWO} together.",
    }


def test_a_part_lies_in_the_area_that_was_split_but_not_the_other_way(gazetteer):
    assert gazetteer.area_at(LEFT, "2011").code == SPLIT
    assert gazetteer.area_at(LEFT, "2001").code == SPLIT
    answer = gazetteer.area_at(SPLIT, "2021")
    assert not answer.found
    assert answer.candidates == (LEFT, RIGHT)


def test_merged_areas_lie_in_the_new_one_but_not_the_other_way(gazetteer):
    assert gazetteer.area_at(ONE, "2021").code == MERGED
    assert gazetteer.area_at(MERGED, "2001").candidates == (ONE, TWO)


def test_a_redrawn_area_lies_in_no_single_one(gazetteer):
    answer = gazetteer.area_at(REDRAWN, "2021")
    assert not answer.found
    assert REDRAWN_TO in answer.candidates


def test_the_ward_of_a_small_area_is_that_of_the_year_asked_for(gazetteer):
    assert gazetteer.ward(KEPT).code == "E05990001"
    assert gazetteer.ward(KEPT, "2024").code == "E05990002"
    assert gazetteer.ward(KEPT, "2024").note == "Best fit to the wards of 2024."
    assert gazetteer.ward(LEFT).code == "E05990001"
    assert gazetteer.ward(ONE).code == "E05990001"


def test_an_area_whose_parts_lie_in_two_wards_is_told_with_both(gazetteer):
    answer = gazetteer.ward(SPLIT, "2024")
    assert not answer.found
    assert answer.candidates == ("E05990003", "E05990004")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("E01999999", "'E01999999' is a small area outside the reference lists."),
        (VALE, f"'{VALE}' is the code of a district, not of a small area."),
        ("Dale 1", "No small area of the reference lists is called 'Dale 1'."),
    ],
)
def test_what_is_no_small_area_is_told(gazetteer, text, reason):
    assert gazetteer.area(text).reason == reason
    assert gazetteer.area_at(text, "2011").reason == reason
    assert gazetteer.ward(text).reason == reason


def test_a_ward_of_a_year_without_a_list_is_told(gazetteer):
    assert "No list gives the ward of 1998" in gazetteer.ward(KEPT, "1998").reason
