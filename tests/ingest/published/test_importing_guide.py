"""``docs/importing.md`` describes every key, and its worked example works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from published import compared, files, held_returns, known, needs_published, sheets_of

from perfnb.ingest.opening.sheets import Sheet
from perfnb.ingest.periods.period_forms import FORMS
from perfnb.ingest.published import profile as models
from perfnb.ingest.published.extraction import extract
from perfnb.ingest.published.other_layouts import Counting, PerformanceSystem
from perfnb.ingest.published.profile import GAPS, Profile
from perfnb.ingest.published.profiles import profile_files, read_profile

RECORDS = (
    *(models.Profile, models.PeriodRule, models.Table, models.Place, models.Drop),
    *(models.Codes, models.Figure, models.Column, Counting, PerformanceSystem),
)


@pytest.fixture(scope="module")
def guide(root: Path) -> str:
    """Give the text of the guide."""
    return (root / "docs" / "importing.md").read_text(encoding="utf-8")


@pytest.fixture
def example(guide: str, tmp_path: Path) -> Profile:
    """Give the profile of the worked example."""
    (text,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    path = tmp_path / "fly-tipping.yaml"
    path.write_text(text, encoding="utf-8")
    profile, faults = read_profile(path, folder=tmp_path)
    assert profile is not None, faults
    return profile


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_key_is_described(guide: str, record: type[models.Record]) -> None:
    missing = [key for key in record.headings() if f"`{key}`" not in guide]
    assert missing == []


def test_every_form_and_gap_is_described(guide: str) -> None:
    for name, form in FORMS.items():
        assert f"| `{name}` | {form.meaning} |" in guide
    for gap in GAPS:
        assert f"`{{{gap}}}`" in guide


def test_every_profile_is_named(guide: str, root: Path) -> None:
    for path in profile_files(root):
        assert f"| `{path.stem}` |" in guide


def test_the_example_reads_the_rows_that_the_guide_shows(example: Profile) -> None:
    sheet = Sheet(
        "flytipping.xlsx",
        "LA_incidents",
        (
            ("Fly-tipping incidents", "", "", "", "", ""),
            ("", "", "", "", "TOTAL", "Land type"),
            ("Year", "ONS Code", "LA Name", "Region", "Total Incidents", "Highway"),
            ("2012-13", "*Total", "*Total", "*Total England", "714637", "324283.5"),
            ("2012-13", "E07000239", "Wyre Forest", "West Midlands", "196", "82"),
            ("2012-13", "E07000128", "Wyre", "North West", ":", ":"),
        ),
    )
    found = extract([sheet], example, known())
    assert found.rows[
        ["authority", "period", "numerator", "status"]
    ].to_numpy().tolist() == [
        ["E07000239", "2012-13", "196", "final"],
        ["E07000128", "2012-13", "", "missing"],
    ]
    assert [drop.name for drop in found.dropped] == ["*Total"]
    assert found.findings == ()


@needs_published
def test_the_example_reads_the_published_workbook(example: Profile) -> None:
    """Ten years of incidents, each as in the workbook's return."""
    (path,) = files("defra_flytipping*")
    rows = extract(sheets_of(path), example, known()).rows
    held = held_returns().query("indicator == 'NI196i'").assign(denominator="")
    count, largest = compared(rows, held)
    assert (count, largest) == (len(held), 0)
    assert count > 3000
