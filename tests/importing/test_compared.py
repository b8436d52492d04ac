"""The performance system's export beside the returns: told, and never copied."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import yaml

from perfnb import cli
from perfnb.importing import Request, prepare, told

ROOT = Path(__file__).parents[2]
HART = ROOT.parent / "shared" / "data" / "derived" / "hart_dc_kpis_2014-15_Q1_Q2.csv"
HEADINGS = (
    "PI code,Title,Period,Value,Numerator,Denominator,Target,Amber threshold,"
    "Red threshold,Status,Trend,Owner,Commentary"
)
ROWS = [
    # Same figure and target as the workbook; met.
    "ST 1,Clean streets,Q3 2025/26,90%,45,50,90%,88%,85%,Green,Up,Illustrative,",
    # Another figure, target and status.
    'ST 2,Waste,2024/25,412.5,,,390,,,Green,Down,Illustrative,"=1+1, odd"',
    # No return has this one.
    'HO 1,People helped,2024-25 Q4,"1.7",34,"20,000",,,,Data only,,Illustrative,',
    # Nobody has said what this is; nothing to report; not a figure.
    "XX 9,Other,2025-26 Q3,4,,,,,,Green,,,",
    "HO 2,Repairs,24 months to December 2025,N/A,,,,,,Unknown,,,",
    "ST 1,Clean streets,Q2 2025/26,about 90,,,,,,Green,,,",
]
MEANS = {"ST 1": "IL1", "ST 2": "IL2", "HO 1": "IL3", "HO 2": "IL4"}


def covalent():
    """Give the profile that the workbook ships, every word as it was typed."""
    path = ROOT / "data" / "profiles" / "covalent.yaml"
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506


@pytest.fixture
def council(small_workbook):
    """Give Illustrative Vale with the profile of the performance system."""
    profile = covalent()
    profile["tables"][0]["indicators"]["means"] = MEANS
    text = yaml.safe_dump(profile, allow_unicode=True)
    small_workbook.write("data/profiles/covalent.yaml", text)
    return small_workbook


def prepared(council, *rows, profile="covalent", headings=HEADINGS):
    path = council.folder / "covalent-export.csv"
    path.write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8-sig")
    return prepare(council.open(), Request(path, profile, date(2026, 2, 20)))


def verdicts(made, what):
    return made.compared.rows.set_index(["indicator", "period"])[what].to_dict()


def test_the_same_figure_in_both_agrees_and_another_is_told(council):
    made = prepared(council, *ROWS)
    assert verdicts(made, "figures") == {
        ("IL1", "2025-26 Q3"): "agree",
        ("IL2", "2024-25"): "differ",
        ("IL3", "2024-25 Q4"): "only in the system",
        ("IL4", "January 2024 to December 2025"): "only in the returns",
        ("IL1", "2024-25 Q4"): "only in the returns",
        ("IL3", "2025-26 Q3"): "only in the returns",
    }
    said = [str(fault) for fault in made.findings if fault.column == "value"]
    assert said == [
        'covalent-export.csv, row 3, column value has "412.5". Expected 400, the '
        "figure of late for IL2, 2024-25. Find out which is right and correct it "
        "where it is wrong."
    ]


def test_targets_and_statuses_that_differ_from_the_register_are_told(council):
    made = prepared(council, *ROWS)
    targets, statuses = verdicts(made, "targets"), verdicts(made, "statuses")
    assert targets["IL1", "2025-26 Q3"] == "differ"
    assert targets["IL2", "2024-25"] == "differ"
    assert statuses["IL2", "2024-25"] == "differ"
    found = {
        (fault.column, fault.row): (fault.found, fault.severity)
        for fault in made.findings
        if fault.column in ("target", "status")
    }
    assert found["target", 2] == ("90", "warning")
    assert found["target", 3] == ("390", "warning")
    assert found["status", 3] == ("met", "warning")


def test_no_second_copy_is_kept_of_what_a_return_has(council):
    made = prepared(council, *ROWS)
    taken = made.rows[["indicator", "period", "numerator", "denominator", "status"]]
    assert taken.to_numpy().tolist() == [
        ["IL3", "2024-25 Q4", "34", "20000", "provisional"]
    ]
    assert made.source.id == "performance-system-2025-26-q3"


def test_nothing_is_taken_where_all_is_in_the_returns(council):
    made = prepared(council, *ROWS[:2])
    assert made.rows.empty
    assert made.returns == {}
    lines = told(made, {}, council.folder / "covalent-export.csv", council.folder)
    assert (
        "Compared with the returns of the workbook: 1 agree, 1 differ, 0 only in the "
        "system, 0 only in the returns. Targets: 0 agree with targets.csv, 2 differ, "
        "0 are only in the system."
    ) in lines


def test_what_is_not_known_or_not_a_figure_is_told(council):
    made = prepared(council, *ROWS)
    assert [row.name for row in made.extraction.dropped] == ["XX 9"]
    unread = [fault for fault in made.findings if fault.found == "about 90"]
    assert [(fault.row, fault.severity) for fault in unread] == [(7, "error")]


def test_the_list_can_be_written_and_carries_no_formula(council):
    lines = prepared(council, *ROWS).compared.as_csv().splitlines()
    assert lines[0].startswith("indicator,period,figures,system_value,held_value")
    assert sum("'=1+1, odd" in line for line in lines) == 1


def test_other_headings_are_put_into_the_profile(council):
    headings = HEADINGS.replace("PI code", "Code").replace("Value", "Current value")
    made = prepared(council, *ROWS, headings=headings)
    assert verdicts(made, "figures")["IL1", "2025-26 Q3"] == "agree"


def test_an_export_without_status_and_target_is_compared_by_its_figures(council):
    made = prepared(council, "ST 1,2025-26 Q3,90", headings="PI code,Period,Value")
    assert verdicts(made, "figures") == {("IL1", "2025-26 Q3"): "agree"}
    assert not made.findings


def test_a_figure_that_was_imported_before_is_not_one_of_the_services(council):
    made = prepared(council, *ROWS)
    for path, content in made.returns.items():
        council.write(path.relative_to(council.folder).as_posix(), content)
    row = made.source.model_dump()
    council.add_row(
        "data/registers/sources.csv",
        like=2,
        **{name: "" if cell is None else str(cell) for name, cell in row.items()},
    )
    again = prepared(council, *ROWS)
    assert verdicts(again, "figures")["IL3", "2024-25 Q4"] == "only in the system"
    assert again.rows.empty
    assert again.same == 1


@pytest.mark.skipif(not HART.is_file(), reason="the published figures are not here")
def test_indicators_of_a_real_district_are_read_as_an_export(council):
    """Hart District Council published 45 indicators of two quarters."""
    real = pd.read_csv(HART, dtype=str, keep_default_na=False)
    profile = covalent() | {"id": "hart"}
    profile["system"] |= {
        "title": "description",
        "target": "target",
        "status": "status",
        "statuses": {
            "above target": "met",
            "close to target": "close",
            "below target": "not met",
        },
        "commentary": "note",
    }
    profile["period"] = {"place": "column", "heading": "period", "form": "unambiguous"}
    table = profile["tables"][0]
    table["place"]["code"] = "kpi"
    table["indicators"] = {"heading": "kpi", "means": {"CS01": "IL1"}}
    table["figures"] = [{"value": {"heading": "this_quarter", "sign": "%"}}]
    council.write("data/profiles/hart.yaml", yaml.safe_dump(profile))
    made = prepare(council.open(), Request(HART, "hart", date(2026, 2, 20)))
    rows = made.compared.rows
    typed = real[real["kpi"].eq("CS01")]
    assert rows["system_value"].tolist() == [float(v) for v in typed["this_quarter"]]
    assert rows["system_target"].tolist() == [float(v) for v in typed["target"]]
    assert rows["period"].tolist() == ["2014-15 Q1", "2014-15 Q2"]
    assert len(made.extraction.dropped) == len(real) - len(typed)


def command(monkeypatch, *words):
    monkeypatch.setattr(sys, "argv", ["perfnb", "import", *map(str, words)])
    with pytest.raises(SystemExit) as end:
        cli.main()
    return end.value.code or 0


def test_the_command_writes_the_comparison_where_it_is_told(council, monkeypatch):
    prepared(council, *ROWS[:3])
    export, list_ = council.folder / "covalent-export.csv", council.folder / "list.csv"
    words = [export, "--profile", "covalent", "--folder", council.folder]
    code = command(monkeypatch, *words, "--add-source", "--reconciliation", list_)
    assert code == 0
    table = pd.read_csv(list_)
    assert table["figures"].value_counts()["differ"] == 1
    returned = council.folder / "data/returns/2025-26-q3"
    assert (returned / "homes--performance-system-2025-26-q3.csv").is_file()


def test_another_profile_has_nothing_to_compare(council, monkeypatch, capfd):
    council.write(
        "data/profiles/plain.yaml",
        yaml.safe_dump(
            {
                "id": "plain",
                "publisher": "Illustrative",
                "title": "Illustrative",
                "licence": "Illustrative",
                "about": "Illustrative.",
                "source": "plain-{quarter}",
                "period": {
                    "place": "column",
                    "heading": "Period",
                    "form": "unambiguous",
                },
                "tables": [
                    {
                        "name": "table",
                        "place": {"code": "Council", "by": "name", "keep": "*"},
                        "figures": [{"indicator": "IL2", "value": "Value"}],
                    }
                ],
            }
        ),
    )
    path = council.folder / "plain.csv"
    path.write_text("Council,Period,Value\nIllustrative Vale,2021/22,430\n")
    list_ = council.folder / "list.csv"
    words = [path, "--profile", "plain", "--folder", council.folder, "--add-source"]
    assert command(monkeypatch, *words, "--reconciliation", list_) == 5
    assert "there is nothing to compare" in " ".join(capfd.readouterr().err.split())
    assert not list_.exists()
