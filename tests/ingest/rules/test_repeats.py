"""A figure stands once, and the parts of a whole are no more than it."""

import pytest
from judging import cells_of, judged

from perfnb.ingest.cells import Cells
from perfnb.ingest.quality import judge


def test_the_row_that_says_it_already_is_named_with_its_file(vale):
    first, second = (
        cells_of({"value": "80"}, file=f"data/returns/2025-26-q3/{name}.csv")
        for name in ("a", "b")
    )
    lines = [*first.rows.to_numpy().tolist(), *second.rows.to_numpy().tolist()]
    cells = Cells.of(lines, first.places)
    rows, (fault,) = judge(cells, vale.catalogue, vale.reference, vale.methods)
    assert rows["source_file"].tolist() == ["data/returns/2025-26-q3/a.csv"]
    assert fault.file == "data/returns/2025-26-q3/b.csv"
    assert "; row 2 of data/returns/2025-26-q3/a.csv has the same" in fault.expected


def test_three_rows_of_one_figure_give_two_faults_that_name_the_first(vale):
    rows, faults = judged(vale, *[{"value": value} for value in ("80", "81", "80")])
    assert rows["source_row"].tolist() == [2]
    assert [fault.row for fault in faults] == [3, 4]
    assert "row 2 has other figures" in faults[0].expected
    assert "row 2 has the same" in faults[1].expected


@pytest.mark.parametrize("written", ["2025/26 Q3", "Q3 2025/26"])
def test_the_same_days_written_in_another_way_are_the_same_figure(vale, written):
    rows, faults = judged(vale, {"value": "80"}, {"value": "80", "period": written})
    assert len(rows) == 1
    assert [fault.severity for fault in faults] == ["error", "warning"]


def test_groups_of_another_source_are_added_up_by_themselves(vale):
    whole = {"indicator": "IL3", "numerator": "60", "denominator": "20000"}
    part = whole | {"characteristic": "age", "group": "16-34", "numerator": "40"}
    _, faults = judged(
        vale,
        whole | {"period": "2024-25 Q1"},
        part | {"period": "2024-25 Q1"},
        part | {"period": "2024-25 Q1", "source": "early"},
    )
    assert faults == []


def test_a_row_that_is_wrong_by_itself_keeps_no_right_one_out(vale):
    wrong = {"numerator": "51", "denominator": "50"}
    rows, faults = judged(vale, wrong, {"value": "80"}, {"value": "n/a"})
    assert rows["source_row"].tolist() == [3]
    assert [(fault.row, fault.column) for fault in faults] == [
        *[(2, "indicator"), (2, "numerator"), (4, "indicator"), (4, "value")]
    ]
    assert "row 3 has other figures" in faults[0].expected


def test_a_slip_in_one_group_keeps_no_other_group_out(vale):
    whole = {"indicator": "IL3", "numerator": "60", "denominator": "20000"}
    part = whole | {"characteristic": "age", "denominator": "100"}
    rows, (fault,) = judged(
        vale,
        whole,
        part | {"group": "16-34", "numerator": "340"},
        part | {"group": "35 and over", "numerator": "26"},
    )
    assert rows["source_row"].tolist() == [2, 4]
    assert (fault.row, fault.column) == (3, "numerator")


@pytest.mark.parametrize(
    ("again", "says"),
    [
        ({"value": "80.0"}, "row 2 has the same."),
        ({"status": "Provisional"}, "row 2 has the same."),
        (
            {"status": "final"},
            "row 2 has the same figures with the status 'provisional'.",
        ),
        ({"status": "final", "value": "81"}, "row 2 has other figures."),
    ],
)
def test_what_differs_from_the_row_before_is_said(vale, again, says):
    before = {"value": "80", "status": "provisional"}
    _, faults = judged(vale, before, before | again)
    assert says in str(next(fault for fault in faults if fault.severity == "error"))


def test_where_only_the_sum_is_too_large_the_whole_set_stays_out(vale):
    whole = {"indicator": "IL3", "numerator": "60", "denominator": "20000"}
    age = whole | {"characteristic": "age", "denominator": "100", "numerator": "30"}
    rows, (fault,) = judged(
        vale,
        whole,
        age | {"group": "16-34"},
        age | {"characteristic": "ethnicity", "group": "White"},
        age | {"group": "35 and over", "numerator": "26"},
        age | {"group": "not known", "numerator": "5", "denominator": ""},
    )
    assert rows["source_row"].tolist() == [2, 4]
    assert fault.row == 3
    assert fault.expected == (
        "groups that add up to the headline's 60 at most; they add up to 61: "
        "'16-34', '35 and over', 'not known'"
    )
    assert fault.remedy.endswith("until then none of these groups is in.")
