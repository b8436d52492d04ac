"""A period is read when it can mean one thing only."""

import pytest
from judging import judged
from small_workbook import SOURCES


@pytest.mark.parametrize(
    ("typed", "label"), [("Q3 2025/26", "2025-26 Q3"), ("2025/26 Q3", "2025-26 Q3")]
)
def test_another_way_of_writing_a_period_gets_in_and_is_told(vale, typed, label):
    rows, (fault,) = judged(vale, {"value": "80", "period": typed})
    assert str(rows["quarter"][0]) == "2026Q3"
    assert rows["mark"].tolist() == [f"period read as {label}"]
    assert (fault.severity, fault.column, fault.found) == ("warning", "period", typed)
    assert f"write '{label}'" in fault.remedy


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("2025 Q4", "It can mean two periods: type '2025-26 Q3'"),
        ("", "Fill it in."),
        ("soon", "Write a financial year ('2017-18')"),
        ("45658", "Type '"),
        ("01/02/2025", "It can mean two periods"),
    ],
)
def test_what_may_mean_two_things_is_refused_with_both(vale, typed, remedy):
    rows, (fault,) = judged(vale, {"value": "80", "period": typed})
    assert rows.empty
    assert (fault.column, fault.found, fault.severity) == ("period", typed, "error")
    assert fault.remedy.startswith(remedy)


def test_a_period_that_had_not_ended_when_its_source_came_is_refused(vale):
    rows, (fault,) = judged(vale, {"value": "80", "period": "2025-26 Q4"})
    assert rows.empty
    assert fault.expected == (
        "a period that ended by 2026-01-15, when its source was published"
    )


@pytest.mark.parametrize(
    ("published", "last", "how"),
    [
        ("2025", "2025-12-31", "published"),
        ("2025-12", "2025-12-31", "published"),
        ("2025-12-30", "2025-12-30", "published"),
        ("2026", "2026-02-01", "received"),
        ("", "2026-02-01", "received"),
    ],
)
def test_a_day_that_is_not_known_wholly_counts_as_its_last(
    small_workbook, published, last, how
):
    small_workbook.set_cell(SOURCES, 3, "published", published)
    _, faults = judged(
        small_workbook.open(),
        {"value": "80", "period": "2025-26 Q3"},
        {"value": "80", "period": "2025-26 Q4"},
    )
    assert [fault.row for fault in faults] == ([2, 3] if last[-2:] == "30" else [3])
    said = f"a period that ended by {last}, when its source was {how}"
    assert {fault.expected for fault in faults} == {said}
