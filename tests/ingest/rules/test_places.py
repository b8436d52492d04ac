"""A place is known by any code or name that can mean it alone, and that is said."""

import pytest
from judging import judged
from small_workbook import AUTHORITIES, FELL, VALE


@pytest.mark.parametrize(
    ("typed", "how"),
    [
        ("Illustrative Vale", "name"),
        ("ILLUSTRATIVE VALE District Council", "name"),
        ("illustrative vale4", "name without its footnote"),
        ("e07990001", "GSS code"),
    ],
)
def test_an_authority_by_another_code_or_name_gets_in_and_is_told(vale, typed, how):
    rows, (fault,) = judged(vale, {"value": "80", "authority": typed})
    assert rows["authority"].tolist() == [VALE]
    assert rows["area"].tolist() == [VALE]
    assert rows["mark"].tolist() == [f"authority read as {VALE}"]
    assert (fault.severity, fault.column, fault.found) == (
        "warning",
        "authority",
        typed,
    )
    assert fault.remedy == (
        f"It was read as {VALE}, Illustrative Vale, by its {how}. Type the code."
    )


def test_codes_of_finance_returns_and_of_old_statistics_are_read(small_workbook):
    small_workbook.set_cell(AUTHORITIES, 2, "e_code", "E9901")
    small_workbook.set_cell(AUTHORITIES, 2, "snac", "99UG")
    book = small_workbook.open()
    for typed, how in (("E9901", "e-code"), ("99UG", "old statistics code")):
        rows, (fault,) = judged(book, {"value": "80", "authority": typed})
        assert rows["authority"].tolist() == [VALE]
        assert how in fault.remedy


def test_an_abolished_authority_is_not_taken_for_its_successor(vale):
    row = {"value": "80", "authority": "Illustrative Fen"}
    rows, (fault,) = judged(vale, row)
    assert rows.empty
    assert fault.severity == "error"
    earlier = {**row, "period": "2018-19 Q3", "source": "early"}
    rows, _ = judged(vale, earlier)
    assert rows["authority"].tolist() == ["E07990009"]
    rows, (fault,) = judged(vale, {"value": "80", "authority": "E07990009"})
    assert rows.empty
    assert FELL in fault.remedy


def test_an_area_by_its_name_gets_in_and_is_told(vale):
    row = {"value": "80", "area": "Illustrative Vale 001A"}
    rows, (fault,) = judged(vale, row)
    assert rows["area"].tolist() == ["E01990001"]
    assert rows["mark"].tolist() == ["area read as E01990001"]
    assert fault.column == "area"


def test_an_authority_named_twice_in_a_row_is_read_twice(vale):
    name = "Illustrative Vale"
    rows, (fault,) = judged(vale, {"value": "80", "authority": name, "area": name})
    assert rows["area"].tolist() == [VALE]
    assert fault.column == "authority"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("E01999999", "'E01999999' is a small area outside the reference lists."),
        ("E05990001", "'E05990001' is the code of a ward, not of a small area."),
        ("Dale 1", "No small area of the reference lists is called 'Dale 1'."),
    ],
)
def test_an_area_that_is_not_listed_is_refused_with_what_it_is(vale, typed, said):
    rows, (fault,) = judged(vale, {"value": "80", "area": typed})
    assert rows.empty
    assert fault.remedy.startswith(said)


def test_the_place_of_a_row_is_compared_with_others_by_its_code(vale):
    row = {"value": "80", "period": "2025-26 Q3"}
    _, faults = judged(vale, row, {**row, "authority": "Illustrative Vale"})
    said = {fault.severity: fault for fault in faults}
    assert said["error"].row == 3
    assert "one row for each indicator" in said["error"].expected
    assert said["warning"].found == "Illustrative Vale"


def test_a_name_is_told_once_a_sheet_and_marked_in_every_row(vale):
    row = {"value": "80", "authority": "Illustrative Vale"}
    rows, (fault,) = judged(vale, row, {**row, "period": "2025-26 Q2"})
    assert fault.row == 2
    assert fault.remedy.endswith("So was 1 more of this sheet. Type the code.")
    assert rows["mark"].tolist() == [f"authority read as {VALE}"] * 2
