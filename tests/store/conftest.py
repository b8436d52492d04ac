"""What the tests of the store share: a small history, and opening without judging."""

from __future__ import annotations

import pandas as pd
import pytest

from perfnb import workbook
from perfnb.observations import assemble


def history(**columns) -> pd.DataFrame:
    """Make up a history: three indicators, each with figures of two quarters."""
    rows = pd.DataFrame(
        {
            "indicator": ["IL2", "IL1", "IL3", "IL1", "IL3", "IL2"],
            "authority": "E07990001",
            "area": "E07990001",
            "characteristic": "all",
            "group": "all",
            "numerator": [1, 0, None, 2.5, 4, None],
            "denominator": [3, 7, None, 7, 9, None],
            "value": [100 / 3, 0, None, 250 / 7, 400 / 9, 12.5],
            "status": ["final", "final", "missing", "final", "revised", "final"],
            "basis": "illustrative",
            "source": ["early", "early", "early", "late", "late", "late"],
            "denominator_source": "",
            "note": ["", "Illustrative note, “quoted”", "", "", "", ""],
            "mark": "",
            "source_file": ["b.csv", "a.csv", "a.csv", "a.csv", "b.xlsx", "b.csv"],
            "source_sheet": ["", "", "", "", "Return", ""],
            "source_row": [2, 2, 3, 4, 14, 3],
            "start": ["2025-07-01"] * 3 + ["2025-10-01"] * 3,
            "end": ["2025-09-30"] * 3 + ["2025-12-31"] * 3,
            "published": [None, "2025-10-30", None, None, None, "2026-01-30"],
            "received": ["2025-11-01"] * 3 + ["2026-02-01"] * 3,
        }
    )
    return assemble(rows.assign(**columns))


@pytest.fixture
def unjudged(monkeypatch):
    """Have the judging of returns fail, so that what is remembered must do."""

    def judged_after_all(*_):
        pytest.fail("the returns were judged again")

    def arrange():
        monkeypatch.setattr(workbook, "read_observations", judged_after_all)

    return arrange


def same(first, second) -> None:
    """Assert that two opened workbooks say the same, types and all."""
    pd.testing.assert_frame_equal(first.observations, second.observations)
    assert first.findings == second.findings
    assert first.history.extent == second.history.extent
    for service in first.catalogue.services:
        one, other = (
            book.select(service, "2025-26 Q3").__dict__ for book in (first, second)
        )
        for name in ("observations", "vintages", "revised"):
            pd.testing.assert_frame_equal(one[name], other[name])
        assert one["findings"] == other["findings"]
