"""A run is asked for what the workbook has, or refused before it starts."""

from datetime import date

import pandas as pd
import pytest
from small_workbook import PARAMETERS

from perfnb.errors import ParameterError


@pytest.fixture
def refused(small_workbook):
    """Write a parameters file with a change and list what is told of it."""

    def faults(old, new):
        small_workbook.replace(PARAMETERS, old, new)
        with pytest.raises(ParameterError) as error:
            small_workbook.open().parameters("2025-26 Q3")
        return error.value.faults

    return faults


def test_a_run_has_a_quarter_a_day_services_notebooks_and_peers(small_workbook):
    parameters = small_workbook.open().parameters("2025-26 Q3")
    assert parameters.period == pd.Period("2026Q3", freq="Q-MAR")
    assert parameters.file_name == "2025-26-q3"
    assert parameters.as_at == date(2026, 2, 15)
    assert parameters.services == ("streets", "homes")
    assert parameters.notebooks == ("trend", "benchmarking", "diversity")
    assert parameters.council_notebooks == ()
    assert parameters.peer_group == "neighbours"


@pytest.mark.parametrize(
    ("old", "new", "column", "words"),
    [
        (
            "- homes",
            "- housing",
            "services",
            ' has "housing". Expected one of streets, homes.',
        ),
        (
            "- trend",
            "- trends",
            "notebooks",
            ' has "trends". Expected one of benchmarking, data_quality, ',
        ),
        (
            "- homes",
            "- streets",
            "services",
            ' has "the list streets, streets". Expected a list of at least one',
        ),
        (
            "- trend",
            "- ../trend",
            "notebooks",
            ' has "../trend". Expected one of benchmarking, data_quality, ',
        ),
        (
            "peer_group: neighbours",
            "peer_group: neighbors",
            "peer_group",
            ' has "neighbors". Expected one of everybody, landlords, neighbours, '
            "region.",
        ),
        (
            "quarter: 2025-26 Q3",
            "quarter: 2025-27 Q3",
            "quarter",
            " has \"2025-27 Q3\". Expected a quarter such as '2025-26 Q3'.",
        ),
        (
            "quarter: 2025-26 Q3",
            "quarter: 2025_26",
            "quarter",
            " has \"2025_26\". Expected a quarter such as '2025-26 Q3'.",
        ),
        (
            "quarter: 2025-26 Q3",
            "quarter: 2025-26 Q2",
            "quarter",
            ' has "2025-26 Q2". Expected the quarter that the file is named for.',
        ),
        (
            "quarter: 2025-26 Q3",
            "quarter: NO",
            "quarter",
            " has \"NO\". Expected a quarter such as '2025-26 Q3'.",
        ),
        (
            "as_at: 2026-02-15",
            "as_at: 15 February 2026",
            "as_at",
            ' has "15 February 2026". Expected a date such as 2026-01-31.',
        ),
        (
            "as_at: 2026-02-15",
            "as_at: 1_000",
            "as_at",
            ' has "1_000". Expected a date such as 2026-01-31.',
        ),
        ("as_at: 2026-02-15", "as_at:", "as_at", ": expected a value here."),
        (
            "services:\n  - streets\n  - homes",
            "services: streets",
            "services",
            ' has "streets". Expected a list.',
        ),
        (
            "peer_group: neighbours",
            "peer_group: neighbours\nservce: homes",
            "servce",
            ' has "homes". Expected one of the keys quarter, as_at, services, '
            "notebooks, council_notebooks, peer_group.",
        ),
    ],
)
def test_what_cannot_be_run_is_named_with_what_can(refused, old, new, column, words):
    (fault,) = refused(old, new)
    assert str(fault).startswith(f"{PARAMETERS}, column {column}{words}")
    assert fault.remedy


def test_every_unknown_name_is_told_at_once(refused):
    faults = refused(
        "- streets\n  - homes\nnotebooks:\n  - trend",
        "- parks\n  - NO\nnotebooks:\n  - fate",
    )
    assert [(fault.column, fault.found) for fault in faults] == [
        ("services", "parks"),
        ("services", "NO"),
        ("notebooks", "fate"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "row"),
    [
        ("as_at: 2026-02-15", "quarter: 2025-26 Q3", 2),
        ("as_at: 2026-02-15", "as_at: [2026-02-15", 3),
        ("as_at: 2026-02-15", "\tas_at: 2026-02-15", 2),
    ],
    ids=["key twice", "bracket not closed", "tab"],
)
def test_broken_yaml_is_placed_to_its_row(refused, old, new, row):
    (fault,) = refused(old, new)
    assert (fault.file, fault.row, fault.expected) == (PARAMETERS, row, "YAML")
    assert fault.found
    assert fault.remedy


def test_a_quarter_without_a_file_is_told_which_quarters_have_one(small_workbook):
    with pytest.raises(ParameterError) as error:
        small_workbook.open().parameters("2025-26 Q2")
    assert str(error.value) == (
        "parameters/2025-26-q2.yaml: expected this file to be there. "
        "There are parameters for 2025-26-q3."
    )


def test_without_any_file_there_are_parameters_for_no_quarter(small_workbook):
    small_workbook.remove(PARAMETERS)
    with pytest.raises(ParameterError, match="are parameters for no quarter"):
        small_workbook.open().parameters("2025-26 Q3")


def test_an_empty_file_is_told(small_workbook):
    small_workbook.write(PARAMETERS, b"")
    with pytest.raises(ParameterError) as error:
        small_workbook.open().parameters("2025-26 Q3")
    assert str(error.value) == f"{PARAMETERS}: expected a mapping of keys. Correct it."


def test_the_real_run_is_of_the_real_notebooks(book, root):
    parameters = book.parameters("2025-26 Q3")
    assert parameters.services == tuple(book.catalogue.services)
    there = {path.stem for path in (root / "notebooks").glob("*.ipynb")}
    assert {*parameters.notebooks, *parameters.council_notebooks} == there


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["luck"], 'council_notebooks has "luck". Expected one of benchmarking, '),
        (["data_quality"] * 2, "Expected a list of names, each once"),
        (["trend"], "expected trend under notebooks or council_notebooks, not under"),
    ],
)
def test_notebooks_of_the_council_are_looked_up_too(refused, names, words):
    listed = "".join(f"\n  - {name}" for name in names)
    peers = "peer_group: neighbours"
    (fault,) = refused(peers, f"council_notebooks:{listed}\n{peers}")
    assert words in str(fault)
