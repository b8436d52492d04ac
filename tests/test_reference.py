"""Codes, names, small areas and published lists are what they say they are."""

from datetime import date

from small_workbook import AREAS, AUTHORITIES, NATIONAL_LIST, OUTCOMES_LIST

from perfnb.errors import CatalogueError
from perfnb.reference import read_reference


def test_an_authority_is_known_by_its_code(small_workbook):
    reference = read_reference(small_workbook.folder)
    assert reference.name("E07990001") == "Illustrative Vale"
    assert reference.authorities["E07990009"].end == date(2019, 3, 31)
    assert reference.authorities["E07990009"].replaced_by == "E07990004"


def test_an_unlisted_authority_keeps_its_code(small_workbook):
    assert read_reference(small_workbook.folder).name("E07999999") == "E07999999"


def test_an_area_has_its_authority_and_its_deprivation(small_workbook):
    area = read_reference(small_workbook.folder).areas["E01990001"]
    assert (area.authority, area.deprivation_rank, area.deprivation_decile) == (
        "E07990001",
        900,
        1,
    )


def test_both_published_lists_are_read(small_workbook):
    listed = read_reference(small_workbook.folder).listed
    assert list(listed) == ["NI 999", "LOF 99.01"]


def test_faults_of_every_list_are_told_together(small_workbook):
    small_workbook.set_cell(AUTHORITIES, 3, "start", "1974")
    small_workbook.set_cell(AREAS, 2, "deprivation_decile", "11")
    small_workbook.set_cell(AREAS, 3, "deprivation_decile", "0")
    small_workbook.set_cell(NATIONAL_LIST, 2, "certainty", "sure")
    small_workbook.set_cell(OUTCOMES_LIST, 2, "title", "")
    faults = small_workbook.faults(CatalogueError)
    assert [str(fault) for fault in faults] == [
        f'{AUTHORITIES}, row 3, column start has "1974". Expected a date such as '
        "2026-01-31. Correct it.",
        f'{AREAS}, row 2, column deprivation_decile has "11". Expected less than '
        "or equal to 10. Correct it.",
        f'{AREAS}, row 3, column deprivation_decile has "0". Expected greater '
        "than or equal to 1. Correct it.",
        f'{NATIONAL_LIST}, row 2, column certainty has "sure". Expected one of '
        "certain, partly, uncertain. Correct it.",
        f"{OUTCOMES_LIST}, row 2, column title: expected a value here. Fill it in.",
    ]


def test_the_real_lists_have_every_national_indicator_and_metric(book):
    listed = book.reference.listed
    assert sum(name.startswith("NI ") for name in listed) == 198
    assert sum(name.startswith("LOF ") for name in listed) == 48


def test_real_areas_lie_in_known_authorities(book):
    areas = book.reference.areas.values()
    assert {area.authority for area in areas} <= set(book.reference.authorities)
    assert sum(area.authority == book.catalogue.council for area in areas) == 65


def test_a_real_former_code_points_to_known_successors(book):
    known = book.reference.authorities
    for authority in known.values():
        assert set(authority.replaced_by.split()) <= set(known), authority.code
