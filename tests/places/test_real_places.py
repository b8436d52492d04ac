"""The real codes and names resolve as the published lists have them."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from perfnb.places import Gazetteer
from perfnb.reference import read_reference

PROJECT = Path(__file__).parents[2]
PUBLISHED = PROJECT.parent / "shared" / "data"
WYRE_FOREST, WYRE = "E07000239", "E07000128"


@pytest.fixture(scope="module")
def reference():
    return read_reference(PROJECT)


@pytest.fixture(scope="module")
def gazetteer(reference):
    return Gazetteer(reference)


@pytest.mark.parametrize(
    "text", ["E07000239", "E1839", "47UG", "WYE", "Wyre Forest District Council"]
)
def test_wyre_forest_is_known_by_all_its_codes(gazetteer, text):
    assert gazetteer.authority(text).code == WYRE_FOREST


def test_wyre_is_another_council_and_47uh_is_none(gazetteer):
    assert gazetteer.authority("Wyre").code == WYRE
    assert gazetteer.authority("Wyre Borough Council").code == WYRE
    assert not gazetteer.authority("47UH").found
    assert gazetteer.authority("1845", by="DETR code").code == WYRE_FOREST


def test_aylesbury_vale_became_buckinghamshire(gazetteer):
    day = date(2020, 3, 31)
    assert gazetteer.authority("E07000004", day).code == "E07000004"
    answer = gazetteer.authority("E07000004", date(2020, 4, 1))
    assert answer.candidates == ("E06000060",)


def test_every_authority_is_found_by_its_own_codes(reference, gazetteer):
    for authority in reference.authorities.values():
        assert gazetteer.authority(authority.code).code == authority.code
        for code in (authority.e_code, authority.register_code):
            if code:
                assert gazetteer.authority(code).code == authority.code
        if authority.snac:
            found = gazetteer.authority(authority.snac, by="old statistics code")
            assert found.code == authority.code


def test_other_names_are_those_of_listed_authorities(reference):
    known = set(reference.authorities)
    assert {name.authority for name in reference.names} <= known


def test_lists_of_small_areas_fit_together(reference, gazetteer):
    newest = {c.newer for c in reference.changes if c.newer_census == "2021"}
    assert newest == {row.area for row in reference.wards}
    assert len(newest) == 374
    in_2011 = {c.newer for c in reference.changes if c.newer_census == "2011"}
    assert in_2011 == set(reference.areas)
    own = [row for row in reference.wards if row.authority == WYRE_FOREST]
    assert len(own) == 67
    assert len({row.ward_code for row in own}) == 12
    assert gazetteer.area_at("E01034331", "2011").code == "E01032450"


def test_a_small_area_on_the_edge_fits_another_ward_in_2024(gazetteer):
    own = [f"E010{number}" for number in range(32418, 32483)]
    moved = [
        code
        for code in own
        if gazetteer.ward(code, "2017").code != gazetteer.ward(code, "2024").code
    ]
    assert moved


@pytest.fixture(scope="module")
def published():
    if not PUBLISHED.is_dir():
        pytest.skip("the published figures are not beside the project")
    return PUBLISHED / "derived"


def test_names_of_planning_authorities_mean_their_codes(published, gazetteer):
    table = pd.read_csv(
        published / "planning_p153_six_editions_long.csv",
        dtype=str,
        keep_default_na=False,
    )
    pairs = table[["reference", "name"]].drop_duplicates()
    pairs = pairs[pairs["reference"].str.match("E0[6-9]|E10")]
    for code, name in pairs.itertuples(index=False):
        found = gazetteer.authority(name, date(2025, 1, 1)).code
        # A council may keep its former code in some editions.
        now = gazetteer.authority(code).note.removeprefix("Its code is now ")
        assert found in (code, now.rstrip(".")), name
    others = table[~table["reference"].str.match("E0[6-9]|E10")]["name"].unique()
    assert not any(gazetteer.authority(name).found for name in others)


def test_e_codes_of_councils_mean_their_names(published, gazetteer):
    table = pd.read_csv(
        published / "rs_service_expenditure_2010-11_2014-15_2017-18.csv", dtype=str
    )
    pairs = table[table["class"] != "O"][["e_code", "authority"]].drop_duplicates()
    by_name = {}
    for code, name in pairs.itertuples(index=False):
        found = gazetteer.authority(code, by="e-code")
        assert found.found, name
        by_name[name] = gazetteer.authority(name, date(2018, 3, 31))
        assert by_name[name].code in (found.code, ""), name
    unknown = {
        name: str(answer) for name, answer in by_name.items() if not answer.found
    }
    misspelt = {name for name, said in unknown.items() if "Spelt like it" in said}
    assert misspelt == {
        "Folkstone and Hythe",
        "Middlesborough UA",
        "South Buckinghamshire",
    }
    # Counties whose name is since that of one council for all of the county.
    begun = {name for name, said in unknown.items() if "began on" in said}
    assert begun == {"Buckinghamshire", "Dorset"}
    # A city that the register knows without this word.
    assert set(unknown) - misspelt - begun == {"Lincoln City", "Norwich City"}
