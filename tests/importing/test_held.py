"""What the workbook holds already, beside what a published file gives."""

from __future__ import annotations

import pandas as pd
import pytest

from perfnb.importing.held import beside_held, with_denominators
from perfnb.ingest.cells import COLUMNS

VALE = "E07990001"


def row(period="2025-26 Q3", **cells):
    """Give a row of a return, as text."""
    about = {"indicator": "IL3", "authority": VALE, "period": period}
    about |= {"characteristic": "all", "group": "all", "status": "final"}
    return {**dict.fromkeys(COLUMNS, ""), **about, "carried": True, **cells}


def rows(*each):
    return pd.DataFrame(list(each))


@pytest.fixture
def observations(small_workbook):
    """Give what Illustrative Vale holds."""
    return small_workbook.open().observations


class TestDenominators:
    def observations(self, observations, **denominators):
        """Give one held row with a denominator for each quarter that is named."""
        like = observations[
            (observations["indicator"] == "IL3")
            & (observations["authority"] == VALE)
            & (observations["area"] == VALE)
            & (observations["characteristic"] == "all")
        ]
        quarters = like["quarter"].astype(str)
        kept = like[quarters.isin(list(denominators))]
        return kept.assign(
            denominator=kept["quarter"].astype(str).map(denominators).astype("Float64")
        )

    @pytest.mark.parametrize(
        ("period", "expected"),
        [
            ("2025-26 Q2", "200"),
            ("2025-26 Q3", "200"),
            ("2025-26 Q4", "200"),
            ("2025-26 Q1", "100"),
            ("2024-25 Q4", "100"),
        ],
    )
    def test_that_of_the_period_or_last_before_it(self, observations, period, expected):
        held = self.observations(observations, **{"2026Q1": 100, "2026Q2": 200})
        found = with_denominators(rows(row(period, numerator="5")), held)
        assert found["denominator"].tolist() == [expected]
        assert found["denominator_source"].tolist() == ["people"]

    def test_of_the_same_place_and_group_alone(self, observations):
        held = self.observations(observations, **{"2026Q1": 100})
        asked = rows(
            row(numerator="5", authority="E07990002"),
            row(numerator="5", group="16-34", characteristic="age"),
            row(numerator="5", area="E01990001"),
        )
        assert with_denominators(asked, held)["denominator"].tolist() == [""] * 3

    def test_rows_that_carry_none_stay_as_they_are(self, observations):
        held = self.observations(observations, **{"2026Q1": 100})
        asked = rows(row(numerator="5", denominator="7", carried=False))
        assert with_denominators(asked, held)["denominator"].tolist() == ["7"]


class TestBesideHeld:
    def test_new_same_and_other(self, observations):
        found = beside_held(
            rows(
                row(numerator="30", denominator="20000.0"),
                row("2025-26 Q2", numerator="27", denominator="20000"),
                row("2025-26 Q4", numerator="30", denominator="20000"),
            ),
            observations,
            "late",
        )
        assert found.same["period"].tolist() == ["2025-26 Q3"]
        assert found.other["period"].tolist() == ["2025-26 Q2"]
        assert found.new["period"].tolist() == ["2025-26 Q4"]
        assert found.files == ("data/returns/2025-26-q3/homes--help.csv",)

    def test_the_same_figures_of_another_source_are_new(self, observations):
        asked = rows(row(numerator="30", denominator="20000"))
        assert len(beside_held(asked, observations, "early").new) == 1

    @pytest.mark.parametrize(("numerator", "kind"), [("", "same"), ("4", "other")])
    def test_a_figure_where_there_was_none_is_other(
        self, observations, numerator, kind
    ):
        asked = rows(row(authority="E07990004", numerator=numerator))
        assert len(getattr(beside_held(asked, observations, "late"), kind)) == 1

    def test_values_alone_are_compared(self, observations):
        value = row("2024-25", indicator="IL2", value="400", carried=False)
        other = {**value, "value": "401"}
        found = beside_held(rows(value, other), observations, "late")
        assert (len(found.same), len(found.other)) == (1, 1)

    def test_no_rows(self, observations):
        found = beside_held(rows(row()).iloc[:0], observations, "late")
        assert found.new.empty
        assert found.files == ()
