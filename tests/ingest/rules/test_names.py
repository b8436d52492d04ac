"""A code that nobody knows is refused, with the nearest one that somebody does."""

import pytest
from judging import judged
from small_workbook import SOURCES, VALE

REMEDIES = [
    ("indicator", "il1", "Type its id, 'IL1'."),
    ("indicator", "IL 1", "Type its id, 'IL1'."),
    ("indicator", "Streets found clean (illustrative)", "Type its id, 'IL1'."),
    ("indicator", "XYZ", "Correct the code, or add it to indicators.csv."),
    (
        "authority",
        "Vale",
        "No authority of authorities.csv is called 'Vale'. Correct the code.",
    ),
    ("source", "Late", "Type its id, 'late'."),
    ("source", "lates", "Correct the code; the nearest is 'late'."),
    ("source", "", "Correct the code, or add it to sources.csv."),
    ("denominator_source", "Illustrative population", "Type its id, 'people'."),
    ("status", "p", "Type 'provisional' if 'p' means that."),
    ("status", "[c]", "Type 'suppressed' if '[c]' means that."),
    ("status", "finall", "Type 'final' if that is meant."),
    ("status", "done", "Correct the status."),
]


@pytest.mark.parametrize(("column", "typed", "remedy"), REMEDIES)
def test_an_unknown_name_is_told_with_the_one_that_may_be_meant(
    vale, column, typed, remedy
):
    rows, (fault,) = judged(vale, {"value": "80", column: typed})
    assert rows.empty
    assert (fault.column, fault.found) == (column, typed)
    assert fault.remedy == remedy


def test_a_name_that_begins_like_another_is_not_taken_for_it(vale):
    """Wyre is not Wyre Forest."""
    _, (fault,) = judged(vale, {"value": "80", "authority": "Illustrative"})
    assert "E0799" not in fault.remedy


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Final", "final"),
        ("PROVISIONAL", "provisional"),
        ("final1", "final"),
        ("revised \u00b2", "revised"),
        ("final*", "final"),
    ],
)
def test_a_status_in_capitals_or_with_a_footnote_gets_in_and_is_told(
    vale, typed, meant
):
    rows, (fault,) = judged(vale, {"value": "80", "status": typed})
    assert rows["status"].tolist() == [meant]
    assert rows["mark"].tolist() == [f"status read as {meant}"]
    assert (fault.severity, fault.remedy) == ("warning", f"Type '{meant}'.")


def test_a_status_without_figures_is_known_in_capitals_too(vale):
    rows, (fault,) = judged(vale, {"status": "Missing"})
    assert rows["status"].tolist() == ["missing"]
    assert fault.severity == "warning"


def test_an_authority_that_had_ended_has_no_figures(vale):
    rows, (fault,) = judged(
        vale,
        {"value": "80", "authority": "E07990009", "period": "2018-19"},
        {"value": "80", "authority": "E07990009", "period": "2019-20"},
    )
    assert rows["source_row"].tolist() == [2]
    assert str(fault) == (
        'illustrative.xlsx, Return!B3, column authority has "E07990009". Expected an '
        "authority that was there; Illustrative Fen ended on 2019-03-31. "
        "Type the code of its successor, E07990004."
    )


def test_thousands_of_unknown_names_are_all_told(vale):
    rows, faults = judged(
        vale, *({"value": "80", "indicator": f"ZZ{n}"} for n in range(1000))
    )
    assert rows.empty
    assert [fault.found for fault in faults] == [f"ZZ{n}" for n in range(1000)]


def test_a_source_without_a_day_of_publication_is_known(small_workbook):
    small_workbook.set_cell(SOURCES, 3, "published", "")
    observations, faults = judged(small_workbook.open(), {"value": "80"})
    assert faults == []
    assert observations["published"].isna().all()
    assert observations["authority"].tolist() == [VALE]
