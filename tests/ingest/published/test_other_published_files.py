"""Waste of Oflog, spending and street crime: what is taken is what was published."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from published import (
    DERIVED,
    RAW,
    ROOT,
    WYRE_FOREST,
    catalogue,
    compared,
    extracted,
    files,
    held_returns,
    known,
    needs_published,
    profile,
)

from perfnb.ingest.door.limits import for_published
from perfnb.ingest.published.extraction import Extraction, extract
from perfnb.ingest.published.published_files import Published, read_published
from perfnb.methods import read_methods
from perfnb.reference import read_reference

pytestmark = needs_published

SPENDING = files("*RS_*_by_LA.xls*")
SERVICES = {
    "Housing services (GFRA only)": "RS490",
    "Cultural and related services": "RS509",
    "Environmental and regulatory services": "RS590",
    "Planning and development services": "RS599",
    "Central services": "RS690",
    "TOTAL SERVICE EXPENDITURE": "RS699",
}


@cache
def read_by(name: str, path) -> tuple[Extraction, Published]:
    """Read a file that is no plain table, as an import does."""
    published = read_published(
        path,
        profile(name),
        for_published(read_methods(ROOT / "parameters" / "methods.yaml", folder=ROOT)),
        reference=read_reference(ROOT),
        council=catalogue().council,
        folder=ROOT,
    )
    return extract(published.sheets, profile(name), known()), published


def test_every_waste_metric_is_taken_as_the_history_has_it():
    (path,) = files("oflog_*.json")
    extraction, _ = read_by("oflog-waste", path)
    assert not extraction.findings
    assert len(extraction.rows) == 7458
    history = held_returns()
    history = history[history["source"].eq("oflog-waste-2022-23")]
    assert compared(extraction.rows, history) == (7458, 0)


@pytest.mark.parametrize("path", SPENDING, ids=lambda path: path.name)
def test_service_spending_is_that_of_the_tidy_file(path):
    extraction = extracted("rs", path)
    assert not [fault for fault in extraction.findings if fault.severity == "error"]
    (span,) = extraction.spans
    tidy = pd.read_csv(
        DERIVED / "rs_service_expenditure_2010-11_2014-15_2017-18.csv", dtype=str
    )
    tidy = tidy[tidy["year"].eq(span.label) & tidy["class"].ne("O")]
    resolve = known().resolve
    codes = {code: resolve(code, "e-code").code for code in tidy["e_code"].unique()}
    tidy = tidy.assign(
        authority=tidy["e_code"].map(codes), indicator=tidy["service"].map(SERVICES)
    )
    wanted = tidy.set_index(["indicator", "authority"])[
        "net_current_expenditure_gbp_thousand"
    ]
    rows = extraction.rows.set_index(["indicator", "authority"])
    assert len(rows) == len(wanted) > 2000
    got = pd.to_numeric(rows["value"]).reindex(wanted.index)
    wanted = pd.to_numeric(wanted, errors="coerce")
    assert (got.isna() == wanted.isna()).all()
    assert (got - wanted).abs().max() <= 0.0005
    assert {row.reason for row in extraction.dropped} >= {
        "police, fire, park, waste and combined authorities are not councils"
    }


def test_wyre_forests_spending_is_the_published_total():
    totals = {
        extraction.spans[0].label: extraction.rows.set_index(
            ["indicator", "authority"]
        ).loc[("RS699", WYRE_FOREST), "value"]
        for extraction in (extracted("rs", path) for path in SPENDING)
    }
    assert totals == {"2010-11": "16165", "2014-15": "13551", "2017-18": "12202"}


def test_spending_is_told_by_id_when_the_register_has_no_such_indicator():
    extraction = extracted("rs", SPENDING[0])
    assert set(extraction.rows["indicator"]) == set(SERVICES.values())
    assert not set(SERVICES.values()) & set(catalogue().indicators)


def test_street_crime_of_the_district_is_counted_as_the_history_has_it():
    path = DERIVED / "police_wyre_forest_2018-10_2019-02.csv"
    extraction, published = read_by("police-street-crime", path)
    rows = extraction.rows.set_index(["area", "period"])["numerator"].astype(int)
    history = held_returns()
    history = history[history["source"].eq("police-street-crime-oct-2018-to-feb-2019")]
    held = history.set_index(["area", "period"])["numerator"].astype(int)
    assert rows.reindex(held.index).tolist() == held.tolist()
    assert len(held) == 67
    counts = published.counts
    table = pd.read_csv(path, dtype=str)
    cross = table.groupby(["LSOA code", "Month", "Crime type"]).size()
    ours = {
        (event.area, f"{event.month.start:%Y-%m}", event.kind): number
        for event, number in counts.events.items()
    }
    assert ours == cross.to_dict()


def test_street_crime_of_the_force_is_counted_for_whole_districts_alone():
    extraction, published = read_by(
        "police-street-crime", RAW / "police_2019-02-west-mercia-street.csv"
    )
    history = held_returns()
    history = history[history["source"].eq("police-street-crime-feb-2019")]
    wanted = history.set_index("authority")["numerator"].to_dict()
    rows = extraction.rows[extraction.rows["area"].eq("")]
    assert rows.set_index("authority")["numerator"].to_dict() == wanted
    reasons = pd.Series([row.reason for row in published.counts.dropped])
    assert reasons.value_counts()["they have no small area"] == 39
    assert published.counts.twice == 1
    everything = sum(published.counts.events.values()) + len(reasons)
    assert everything == 9253
    assert not extraction.findings


def test_no_crime_number_and_no_map_point_is_in_what_is_taken():
    path = RAW / "police_2019-02-west-mercia-street.csv"
    extraction, published = read_by("police-street-crime", path)
    table = pd.read_csv(path, dtype=str)
    kept = extraction.rows.to_csv() + repr(published.sheets)
    assert not any(number in kept for number in table["Crime ID"].dropna())
    assert "On or near" not in kept
