"""A place is known by any code or name that can mean it alone, and that is said."""

import pandas as pd
import pytest
from judging import judged
from small_workbook import AUTHORITIES, FELL, MARSH, VALE


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


FORMER = "E07990008"


@pytest.fixture
def recoded(small_workbook):
    """Give Illustrative Marsh a former code, which was only exchanged."""
    path = small_workbook.folder / AUTHORITIES
    text = path.read_text("utf-8")
    row = f"{FORMER},Illustrative Marsh,district,Illustrative,,,,,,,{MARSH}\n"
    path.write_text(text + row, "utf-8")
    return small_workbook.open()


def test_a_council_does_not_stand_twice_by_its_former_code(recoded):
    row = {"value": "80", "authority": MARSH}
    rows, faults = judged(recoded, row, row | {"authority": FORMER, "value": "81"})
    assert rows["source_row"].tolist() == [2]
    assert {(f.severity, f.row, f.column) for f in faults} == {
        ("warning", 3, "authority"),
        ("error", 3, "indicator"),
    }


def test_a_former_code_is_read_as_the_present_one_once_that_is_used(recoded):
    row = {"value": "80", "authority": FORMER, "area": FORMER}
    rows, (fault,) = judged(
        recoded,
        row | {"period": "2024-25 Q1", "source": "early"},
        {"value": "80", "authority": MARSH, "period": "2025-26 Q1"},
        row | {"period": "2025-26 Q2"},
        row,
    )
    assert rows["authority"].tolist() == [FORMER, MARSH, MARSH, MARSH]
    assert rows["area"].tolist() == rows["authority"].tolist()
    assert rows["mark"].tolist() == ["", "", *[f"authority read as {MARSH}"] * 2]
    assert (fault.row, fault.found) == (4, FORMER)
    assert fault.remedy == (
        f"It was read as {MARSH}, Illustrative Marsh. Type that code. "
        "So is 1 more of these rows."
    )


def test_a_former_code_by_itself_stays_as_its_source_has_it(recoded):
    rows, faults = judged(recoded, {"value": "80", "authority": FORMER})
    assert rows["authority"].tolist() == [FORMER]
    assert faults == []


def test_the_codes_of_the_real_returns_stay_as_their_sources_have_them(book):
    """Barnsley's figures stand under its old code to 2024-25, then its new one."""
    authority = book.observations["authority"].astype(str)
    barnsley = book.observations[authority.eq("E08000016")]
    assert len(barnsley) > 100
    assert barnsley["end"].max() == pd.Timestamp("2025-03-31")
    assert not barnsley["mark"].astype(str).str.contains("authority").any()


def test_a_figure_from_before_its_council_gets_in_with_a_word(vale):
    row = {"value": "80", "authority": FELL, "source": "early"}
    rows, (fault,) = judged(
        vale,
        row | {"period": "2017-18"},
        row | {"period": "2018-19"},
        row | {"period": "2019-20"},
        row | {"period": "2016-17", "note": "Checked: on today's boundaries"},
    )
    assert rows["mark"].tolist() == [
        *["from before 2019-04-01, when it began"] * 2,
        *["", ""],
    ]
    assert (fault.severity, fault.row, fault.column) == ("warning", 2, "authority")
    assert "Illustrative Fell began on 2019-04-01" in fault.expected
    assert "So is 1 more of these rows." in fault.remedy


def test_a_name_is_refused_by_what_was_so_on_the_day_of_the_figure(vale):
    row = {"value": "80", "source": "early"}
    _, faults = judged(
        vale,
        row | {"authority": "Illustrative Fell", "period": "2017-18"},
        row | {"authority": "Illustrative Fen", "period": "2022-23"},
    )
    assert [fault.remedy for fault in faults] == [
        f"Illustrative Fell ({FELL}) began on 2019-04-01; before it there were "
        "Illustrative Fen (E07990009). Correct the code.",
        "Illustrative Fen (E07990009) was abolished after 2019-03-31 and followed by "
        f"Illustrative Fell ({FELL}). Correct the code.",
    ]
