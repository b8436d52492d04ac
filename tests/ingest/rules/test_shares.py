"""A per cent that may be a share of 1 is asked about once a file."""

import pytest
from judging import cells_of, judged

from perfnb.ingest.cells import Cells
from perfnb.ingest.quality import judge

OTHER = {"authority": "E07990002"}


def test_a_first_figure_that_looks_like_a_share_of_1_is_asked_about(vale):
    rows, (fault,) = judged(vale, {"value": "0.45"})
    assert rows["mark"].tolist() == ["may be a share of 1"]
    assert str(fault) == (
        'illustrative.xlsx, Return!I2, column value has "0.45". Expected a share in '
        "per cent; it looks like a share of 1. Type 45 for 45%; if it is right, begin "
        "its note with 'checked'."
    )
    assert (fault.severity, fault.dimension) == ("warning", "accuracy")


def test_a_column_of_shares_of_1_is_told_once(vale):
    rows, (fault,) = judged(
        vale,
        {"value": "1"},
        {"value": "0.5", "period": "2025-26 Q2"},
        {"value": "0.52", "period": "2025-26 Q1"},
        OTHER | {"value": "0"},
        {"authority": "E07990003", "value": "0.875"},
        {"authority": "E07990004", "status": "missing"},
    )
    assert fault.row == 3
    assert fault.remedy.endswith("So are 2 more of these rows.")
    marked = rows.set_index("source_row")["mark"].ne("")
    assert marked[marked].index.tolist() == [3, 4, 6]


@pytest.mark.parametrize(
    "rows",
    [
        [{"value": "0.45"}, OTHER | {"value": "1.1"}],
        [{"value": "1"}, OTHER | {"value": "0"}],
        [{"value": "0.45", "note": "Checked with the depot"}],
        [{"value": "0.5", "numerator": "1", "denominator": "200"}],
        [{"value": "0.45"}, OTHER | {"numerator": "1", "denominator": "200"}],
        [{"indicator": "IL2", "value": "0.45"}],
    ],
    ids=["one above 1", "whole", "checked", "counts", "counts beside", "no per cent"],
)
def test_what_may_well_be_per_cent_is_not_asked_about(vale, rows):
    assert judged(vale, *rows)[1] == []


def test_a_figure_with_one_before_it_in_another_file_is_for_the_jumps(vale):
    before = cells_of({"value": "0.6", "period": "2025-26 Q2"}, OTHER | {"value": "2"})
    now = cells_of({"value": "0.5"}, file="now.xlsx")
    lines = [*before.rows.to_numpy().tolist(), *now.rows.to_numpy().tolist()]
    cells = Cells.of(lines, before.places)
    _, faults = judge(cells, vale.catalogue, vale.reference, vale.methods)
    assert faults == ()
