"""What the profiles take from published files is what was published.

Each figure is compared with the tidy files that were cut from the same
publications by other means, and with the returns of this workbook.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from published import (
    DERIVED,
    NUMBERS,
    WYRE_FOREST,
    compared,
    extracted,
    files,
    held_returns,
    known,
    needs_published,
    profile,
    sheets_of,
)

from perfnb.ingest.published.extraction import extract
from perfnb.ingest.published.profiles import read_profiles
from perfnb.ingest.published.published_tables import recognised

HCLIC = files("hclic_*")
ENV18 = files("defra_env18_LA*")
P153 = files("planning_p153_*")
CSV_OF_ENV18 = files("defra_env18_table1*")

pytestmark = needs_published


def by_name(path: Path) -> str:
    return path.stem


class TestHomelessness:
    """H-CLIC: seven files, three layouts, xlsx and ods."""

    @pytest.mark.parametrize("path", HCLIC, ids=by_name)
    def test_every_council_is_as_in_the_tidy_series(self, path: Path) -> None:
        """Five measures of table A1, every area with a council's code."""
        tidy = pd.read_csv(DERIVED / "hclic_A1_long_2018Q2_2025Q4.csv")
        tidy = tidy[tidy["quarter"] == path.name.split("_")[1]]
        tidy = tidy[tidy["area_code"].str.match("E0[6-9]")]
        wide = tidy.pivot_table(
            index="area_code", columns="measure", values="value", dropna=False
        )
        rows = extracted("hclic", path).rows
        rows = rows[rows["characteristic"] == "all"].set_index("authority")
        numbers = rows[NUMBERS].apply(pd.to_numeric).assign(indicator=rows["indicator"])
        one, two, three = (
            numbers[numbers["indicator"] == name] for name in ("HOM1", "HOM2", "HOM3")
        )
        some = three[three["denominator"].notna()]
        assert set(one.index) == set(tidy["area_code"])
        pairs = [
            (one["numerator"], "total_initial_assessments"),
            (two["numerator"], "owed_duty_total"),
            (some["numerator"], "prevention_duty"),
            (some["denominator"], "owed_duty_total"),
        ]
        for ours, measure in pairs:
            theirs = wide[measure].reindex(ours.index)
            assert ours.isna().equals(theirs.isna())
            assert (ours - theirs).abs().max() == 0
        if "households_thousand" in wide:
            households = one["denominator"].dropna()
            theirs = wide["households_thousand"].reindex(households.index) * 1000
            assert (households - theirs.round()).abs().max() == 0

    @pytest.mark.parametrize("path", HCLIC, ids=by_name)
    def test_every_figure_is_as_in_the_returns(self, path: Path) -> None:
        """The workbook's returns of the quarter, councils and groups."""
        extraction = extracted("hclic", path)
        rows = extraction.rows[extraction.rows["indicator"] != "HOM5"]
        count, largest = compared(rows, held_returns())
        assert (count, largest) == (len(rows), 0)
        groups = extraction.rows[extraction.rows["indicator"] == "HOM5"]
        held = held_returns().query("indicator == 'HOM5'").assign(denominator="")
        count, largest = compared(groups, held)
        of_quarter = held["period"] == extraction.spans[0].label
        assert (count, largest) == (of_quarter.sum(), 0)

    @pytest.mark.parametrize("path", HCLIC, ids=by_name)
    def test_nothing_is_left_unread(self, path: Path) -> None:
        """No cell is unreadable and no code is unknown."""
        assert extracted("hclic", path).findings == ()

    def test_xlsx_and_ods_give_the_same(self) -> None:
        """One edition is held in both formats."""
        both = [extracted("hclic", p).rows for p in HCLIC if "202503" in p.name]
        assert len(both) == 2
        assert both[0].equals(both[1])

    def test_suppressed_groups_are_not_missing_ones(self) -> None:
        """Fewer than five households: a dash in table A6, a number in table A1."""
        path = next(p for p in HCLIC if "202512" in p.name)
        scilly = replace(known(), council="E06000053")
        rows = extract(sheets_of(path), profile("hclic"), scilly).rows
        rows = rows[rows["indicator"] == "HOM5"].set_index("characteristic")
        assert rows.loc["all", "status"] == "provisional"
        assert set(rows.loc[["age", "ethnicity"], "status"]) == {"suppressed"}


class TestWaste:
    """ENV18: one workbook with eight years."""

    def test_every_figure_is_as_in_the_return(self) -> None:
        """7,638 rows, with the tonnes behind the rate where they give it."""
        rows = extracted("env18", ENV18[0]).rows
        held = held_returns().query("source == 'env18-2017-18'")
        assert compared(rows, held) == (len(held), 0)
        assert len(rows) == len(held) == 7638

    def test_every_share_is_as_in_the_tidy_series(self) -> None:
        """Table 3 by authority and year: shares of 1 are percentages here."""
        tidy = pd.read_csv(DERIVED / "env18_table3_tidy_2010-11_2017-18.csv", dtype=str)
        tidy = tidy[tidy["ons_code"].str.match("E0")].set_index(["ons_code", "year"])
        rows = extracted("env18", ENV18[0]).rows.set_index(["authority", "period"])
        columns = {"NI191": "ni191_residual_kg_hh", "BVPI84a": "bvpi84a_kg_person"}
        for indicator, column in columns.items():
            ours = pd.to_numeric(rows.loc[rows["indicator"] == indicator, "value"])
            theirs = pd.to_numeric(tidy[column].reindex(ours.index)).round(4)
            assert len(ours) == 2546
            assert (ours - theirs).abs().max() == 0
        shares = rows[(rows["indicator"] == "NI192") & (rows["value"] != "")]
        theirs = tidy["ni192_recycling_share"].reindex(shares.index).astype(float) * 100
        assert (pd.to_numeric(shares["value"]) - theirs).abs().max() < 1e-4

    def test_only_known_totals_are_dropped(self) -> None:
        """Totals, disposal authorities and partnerships, and nobody else."""
        extraction = extracted("env18", ENV18[0])
        assert extraction.findings == ()
        assert {drop.name for drop in extraction.dropped if "total" in drop.reason} == {
            "Total"
        }

    @pytest.mark.parametrize("path", CSV_OF_ENV18, ids=by_name)
    def test_a_file_with_counts_alone_is_not_of_the_profile(self, path: Path) -> None:
        """Table 1 as a CSV of its own lacks the indicators, and is told so."""
        extraction = extracted("env18", path)
        assert extraction.rows.empty
        assert "a sheet named 'Table_3'" in str(extraction.findings[0])


class TestPlanning:
    """P153: six editions, volumes written in two ways."""

    @pytest.mark.parametrize("path", P153, ids=by_name)
    def test_every_figure_is_as_in_the_return(self, path: Path) -> None:
        """The number in time is worked out only where one whole number fits."""
        rows = extracted("planning-p153", path).rows
        held = held_returns()
        held = held[held["source"] == f"p153-{path.stem[-7:]}"]
        assert compared(rows, held) == (len(held), 0)
        assert len(rows) == len(held)
        assert (
            rows["note"].tolist()
            == held.set_index("authority")["note"].reindex(rows["authority"]).tolist()
        )

    @pytest.mark.parametrize("path", P153, ids=by_name)
    def test_every_council_is_as_in_the_tidy_series(self, path: Path) -> None:
        """Volume and percentage of each council."""
        tidy = pd.read_csv(DERIVED / "planning_p153_six_editions_long.csv")
        tidy = tidy[tidy["edition"].eq(path.stem[-7:]) & tidy["reference"].notna()]
        tidy = tidy[tidy["reference"].str.match("E0[6-9]")].set_index("reference")
        rows = extracted("planning-p153", path).rows.set_index("authority")
        numbers = rows[NUMBERS].apply(pd.to_numeric)
        worked_out = numbers["numerator"] / numbers["denominator"] * 100
        percentage = numbers["value"].fillna(worked_out)
        assert set(rows.index) == set(tidy.index)
        volumes = pd.to_numeric(tidy["volume"]).reindex(rows.index)
        assert (numbers["denominator"] - volumes).abs().max() == 0
        shares = pd.to_numeric(tidy["percentage"]).reindex(rows.index)
        assert (percentage - shares).abs().max() <= 0.05 + 1e-9

    def test_wyre_forest(self) -> None:
        """336 of 349 decided in time in the edition of March 2026."""
        rows = extracted("planning-p153", P153[-1]).rows.set_index("authority")
        assert rows.loc[WYRE_FOREST, NUMBERS].tolist() == ["336", "349", ""]


def test_each_file_is_recognised_as_what_it_is(root: Path) -> None:
    """A published file that is dropped among the returns can be named."""
    profiles = read_profiles(root).values()
    series = {"hclic": HCLIC, "env18": ENV18, "planning-p153": P153}
    for name, paths in series.items():
        for path in paths:
            assert recognised(sheets_of(path), profiles) == [name]
