"""The figures in ``data/`` are those that were published.

Check figures are typed in here from the publications themselves, not worked out
from the files that are tested; each says where it was read.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import yaml

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
DERIVED = ROOT.parent / "shared" / "data" / "derived"
WYRE_FOREST = "E07000239"
ENV18, OFLOG = "env18-2017-18", "oflog-waste-2022-23"
FIGURES = ["numerator", "denominator", "value"]
KEY = [
    *["indicator", "authority", "area", "period"],
    *["characteristic", "group", "source"],
]
COUNCIL = r"E0[6-9]\d{6}"

needs_originals = pytest.mark.skipif(
    not DERIVED.is_dir(),
    reason=(
        "the published files are not here (../shared/data/derived), so data/ "
        "cannot be compared with them line by line"
    ),
)


@pytest.fixture(scope="module")
def indicators() -> pd.DataFrame:
    """Give the register of indicators."""
    return _register("indicators")


@pytest.fixture(scope="module")
def returns(indicators: pd.DataFrame) -> pd.DataFrame:
    """Give every row of every return, its value worked out from the counts."""
    files = sorted((DATA / "returns").glob("*/*.csv"))
    rows = pd.concat(
        [_read(path).assign(file=path.name, folder=path.parent.name) for path in files],
        ignore_index=True,
    )
    rows[FIGURES] = rows[FIGURES].apply(pd.to_numeric)
    per = pd.to_numeric(rows["indicator"].map(indicators.set_index("id")["per"]))
    reckoned = rows["numerator"] / rows["denominator"] * per
    return rows.assign(figure=reckoned.fillna(rows["value"]))


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _register(name: str) -> pd.DataFrame:
    return _read(DATA / "registers" / f"{name}.csv")


def _reference(name: str) -> pd.DataFrame:
    return _read(DATA / "reference" / f"{name}.csv")


def _row(returns: pd.DataFrame, indicator: str, period: str, **where: str) -> pd.Series:
    """Find the one headline row of Wyre Forest for an indicator and period."""
    wanted = {"authority": WYRE_FOREST, "area": "", "group": "all", **where}
    rows = returns[(returns["indicator"] == indicator) & (returns["period"] == period)]
    for column, value in wanted.items():
        rows = rows[rows[column] == value]
    assert len(rows) == 1, f"{indicator}, {period}: {len(rows)} rows, not one"
    return rows.iloc[0]


class TestCheckFigures:
    """Figures of Wyre Forest, as read in the publications."""

    @pytest.mark.parametrize(
        ("period", "source", "percent"),
        [
            ("2010-11", ENV18, 27.6),
            ("2017-18", ENV18, 32.8),
            ("2022-23", OFLOG, 33.1),
        ],
    )
    def test_recycling(
        self, returns: pd.DataFrame, period: str, source: str, percent: float
    ) -> None:
        """NI 192 is as in ENV18 table 3 (as a share of 1) and Oflog."""
        figure = _row(returns, "NI192", period, source=source)["figure"]
        assert round(figure, 1) == percent

    @pytest.mark.parametrize(
        ("period", "source", "kilograms"),
        [
            ("2010-11", ENV18, 566.9),
            ("2017-18", ENV18, 518.9),
            ("2022-23", OFLOG, 483.9),
        ],
    )
    def test_residual_waste(
        self, returns: pd.DataFrame, period: str, source: str, kilograms: float
    ) -> None:
        """NI 191 is as in ENV18 table 3 and Oflog."""
        figure = _row(returns, "NI191", period, source=source)["figure"]
        assert round(figure, 1) == kilograms

    def test_both_vintages_of_waste_are_kept(self, returns: pd.DataFrame) -> None:
        """ENV18 says 518.9 kg for 2017-18 and Oflog says 516.9."""
        values = [
            _row(returns, "NI191", "2017-18", source=source)["figure"]
            for source in (ENV18, OFLOG)
        ]
        assert [round(value, 1) for value in values] == [518.9, 516.9]

    def test_recycling_rank_of_2022_23(self, returns: pd.DataFrame) -> None:
        """Oflog's NI 192: 232nd of 304 authorities, 153rd of 176 districts."""
        rows = returns[
            (returns["indicator"] == "NI192") & (returns["period"] == "2022-23")
        ].set_index("authority")
        everyone = rows["figure"]
        districts = everyone[everyone.index.str.startswith("E07")]
        ranks = [
            (int((group > group[WYRE_FOREST]).sum()) + 1, len(group))
            for group in (everyone, districts)
        ]
        assert ranks == [(232, 304), (153, 176)]

    @pytest.mark.parametrize(
        ("period", "households"),
        [("2018-19 Q1", 80), ("2022-23 Q4", 185), ("2025-26 Q3", 167)],
    )
    def test_homelessness_assessments(
        self, returns: pd.DataFrame, period: str, households: int
    ) -> None:
        """Total initial assessments are as in table A1 of H-CLIC."""
        assert _row(returns, "HOM1", period)["numerator"] == households

    @pytest.mark.parametrize("indicator", ["HOM1", "HOM2", "HOM3"])
    def test_quarters_without_a_return_are_missing(
        self, returns: pd.DataFrame, indicator: str
    ) -> None:
        """H-CLIC has two dots for two quarters: gaps, not zeros."""
        rows = returns[
            (returns["indicator"] == indicator)
            & (returns["authority"] == WYRE_FOREST)
            & (returns["status"] == "missing")
        ]
        assert list(rows["period"]) == ["2021-22 Q3", "2023-24 Q4"]
        assert rows[FIGURES].isna().to_numpy().all()

    def test_groups_of_the_quarter(self, returns: pd.DataFrame) -> None:
        """H-CLIC tables A6 and A8, October to December 2025: 167 by each split."""
        rows = returns[
            (returns["indicator"] == "HOM5") & (returns["period"] == "2025-26 Q3")
        ]
        sums = rows.groupby("characteristic")["numerator"].sum().to_dict()
        assert sums == {"all": 167, "age": 167, "ethnicity": 167}
        by_group = rows.set_index("group")["numerator"]
        assert by_group[["25-34", "75+", "White", "not known"]].to_list() == [
            *[50, 3, 154],
            *[0, 4],
        ]

    def test_rough_sleeping(self, returns: pd.DataFrame) -> None:
        """Snapshot of autumn 2022: 9 people and 8.9 per 100,000 in 2018, 2.9 in 2022.

        Tables 1 and 5.
        """
        row = _row(returns, "HOM4", "October 2018 to November 2018")
        assert (row["numerator"], round(row["figure"], 4)) == (9, 8.9054)
        row = _row(returns, "HOM4", "October 2022 to November 2022")
        assert (row["numerator"], round(row["figure"], 4)) == (3, 2.9474)

    @pytest.mark.parametrize(
        ("period", "incidents", "actions"),
        [("2012-13", 196, 343), ("2021-22", 596, 80)],
    )
    def test_fly_tipping(
        self, returns: pd.DataFrame, period: str, incidents: int, actions: int
    ) -> None:
        """Incidents and actions are as in Defra's workbook of January 2023."""
        assert _row(returns, "NI196i", period)["numerator"] == incidents
        row = _row(returns, "NI196e", period)
        assert (row["numerator"], row["denominator"]) == (actions, incidents)

    def test_planning_decisions(self, returns: pd.DataFrame) -> None:
        """MHCLG's table P153, edition of March 2026: 349 decided, 96.3% in time."""
        row = _row(returns, "P153", "January 2024 to December 2025")
        assert row["denominator"] == 349
        assert round(row["figure"], 1) == 96.3

    def test_crime_by_deprivation(self, returns: pd.DataFrame) -> None:
        """Five months per 1,000: 91.5 in the most deprived tenth, 24.2 in the least."""
        decile = _reference("areas").set_index("code")["deprivation_decile"]
        areas = returns[(returns["indicator"] == "CRM1") & (returns["area"] != "")]
        sums = areas.groupby(areas["area"].map(decile).astype(int))[FIGURES].sum()
        rates = sums["numerator"] / sums["denominator"] * 1000
        assert len(areas) == 65
        assert rates.round(1)[[1, 10]].to_list() == [91.5, 24.2]

    def test_crime_areas_add_up(self, returns: pd.DataFrame) -> None:
        """data.police.uk has 4,831 crimes in Wyre Forest over the five months."""
        period = "October 2018 to February 2019"
        areas = returns[(returns["indicator"] == "CRM1") & (returns["area"] != "")]
        assert _row(returns, "CRM1", period)["numerator"] == 4831
        assert areas["numerator"].sum() == 4831


class TestStructure:
    """Registers, reference and returns fit together."""

    @pytest.mark.parametrize("column", ["source", "denominator_source"])
    def test_sources_of_returns_are_registered(
        self, returns: pd.DataFrame, column: str
    ) -> None:
        """No figure comes from a source that ``sources.csv`` does not have."""
        used = set(returns[column]) - {""}
        assert used <= set(_register("sources")["id"])

    @pytest.mark.parametrize("register", ["breaks", "peers"])
    def test_sources_of_registers_are_registered(self, register: str) -> None:
        """Breaks and peers name sources of ``sources.csv``."""
        assert set(_register(register)["source"]) <= set(_register("sources")["id"])

    def test_indicators_are_registered(
        self, returns: pd.DataFrame, indicators: pd.DataFrame
    ) -> None:
        """Returns and breaks hold registered indicators, and each one has rows."""
        assert set(returns["indicator"]) == set(indicators["id"])
        assert set(_register("breaks")["indicator"]) <= set(indicators["id"])

    def test_indicators_have_a_service_and_an_outcome(
        self, indicators: pd.DataFrame
    ) -> None:
        """Each indicator belongs to a service and measures a known outcome."""
        text = (DATA / "registers" / "framework.yaml").read_text("utf-8")
        priorities = yaml.safe_load(text)["priorities"]
        outcomes = {o["id"] for priority in priorities for o in priority["outcomes"]}
        assert set(indicators["outcome"]) <= outcomes
        assert set(indicators["service"]) == set(_register("services")["id"])

    def test_authorities_are_listed(self, returns: pd.DataFrame) -> None:
        """Every code in returns and peers is in ``authorities.csv``, once."""
        codes = _reference("authorities")["code"]
        assert codes.is_unique
        used = {*returns["authority"], *_register("peers")["authority"]}
        assert used <= set(codes)

    def test_areas_are_listed_with_their_authority(self, returns: pd.DataFrame) -> None:
        """Every area in returns lies in the authority that the row names."""
        owner = _reference("areas").set_index("code")["authority"]
        rows = returns[returns["area"] != ""]
        assert (rows["area"].map(owner) == rows["authority"]).all()

    def test_reference_lists_are_whole(self) -> None:
        """There were 198 national indicators; the framework has 48 metrics."""
        assert len(_reference("national-indicators-2008")) == 198
        assert len(_reference("local-outcomes-framework")) == 48

    def test_no_figure_stands_twice(self, returns: pd.DataFrame) -> None:
        """One row for each indicator, place, period and group of a source."""
        again = returns[returns.duplicated(KEY, keep=False)]
        assert again.empty, again[KEY].head().to_string()

    def test_status_agrees_with_figures(self, returns: pd.DataFrame) -> None:
        """A row has figures unless its status says that there are none."""
        without = returns["status"].isin(["missing", "suppressed", "not applicable"])
        given = returns["numerator"].notna() | returns["value"].notna()
        assert (given == ~without).all()
        assert returns.loc[without, FIGURES].isna().to_numpy().all()

    def test_shares_stay_between_0_and_100(
        self, returns: pd.DataFrame, indicators: pd.DataFrame
    ) -> None:
        """A percentage is between 0 and 100; no figure is negative."""
        shares = indicators.loc[indicators["unit"] == "%", "id"]
        figures = returns.loc[returns["indicator"].isin(shares), "figure"].dropna()
        assert figures.between(0, 100).all()
        assert (returns["figure"].dropna() >= 0).all()

    def test_rows_are_in_the_file_of_their_service(
        self, returns: pd.DataFrame, indicators: pd.DataFrame
    ) -> None:
        """A return's name starts with the service that hands it in."""
        service = returns["indicator"].map(indicators.set_index("id")["service"])
        assert (returns["file"].str.split("--").str[0] == service).all()

    def test_quarter_folder_holds_its_quarter_only(self, returns: pd.DataFrame) -> None:
        """``2025-26-q3`` has what ends in December 2025; ``history`` has the rest."""
        ends = returns["period"].isin(["2025-26 Q3", "January 2024 to December 2025"])
        assert (ends == (returns["folder"] == "2025-26-q3")).all()

    def test_made_up_posts_say_so(self, indicators: pd.DataFrame) -> None:
        """Posts are not published to us, so each says that it is illustrative."""
        posts = [*indicators["owner"], *_register("services")["manager"]]
        assert all(post.endswith("(illustrative)") for post in posts)

    def test_council_is_not_its_own_peer(self) -> None:
        """No peer group holds the council that it is for."""
        peers = _register("peers")
        assert (peers["council"] != peers["authority"]).all()

    def test_data_stays_small(self) -> None:
        """The folder can be kept in version control: 15 MB at most."""
        size = sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file())
        assert size <= 15_000_000


@needs_originals
class TestWholeReturns:
    """Every row, against the files that it was taken from."""

    def test_env18(self, returns: pd.DataFrame) -> None:
        """Table 3 of ENV18: all councils, all years, three indicators."""
        table = pd.read_csv(
            DERIVED / "env18_table3_tidy_2010-11_2017-18.csv", dtype=str
        )
        table = table[
            table["authority_type"].isin(["Collection", "Unitary"])
            & table["ons_code"].str.fullmatch(COUNCIL)
        ].set_index(["ons_code", "year"])
        columns = {
            "NI191": ("ni191_residual_kg_hh", 1, 0.0001),
            # Worked out from tonnes where the source has them: to its three decimals.
            "NI192": ("ni192_recycling_share", 100, 0.05001),
            "BVPI84a": ("bvpi84a_kg_person", 1, 0.0001),
        }
        for indicator, (column, factor, apart) in columns.items():
            wanted = pd.to_numeric(table[column], errors="coerce") * factor
            _assert_same(returns, indicator, ENV18, wanted, apart)

    def test_oflog(self, returns: pd.DataFrame) -> None:
        """Oflog's three waste metrics: all councils, all years."""
        table = pd.read_csv(DERIVED / "waste_oflog_2015-16_2022-23.csv")
        names = {
            "NI191": "Residual household waste",
            "NI192": "Household waste recycling rate",
            "OFL1": "Recycling contamination rate",
        }
        for indicator, name in names.items():
            rows = table[table["indicator"] == name]
            wanted = rows.set_index(["area_code", "period"])["value"]
            _assert_same(returns, indicator, OFLOG, wanted, 1e-9)

    def test_homelessness(self, returns: pd.DataFrame) -> None:
        """H-CLIC table A1: all councils, 31 quarters."""
        table = pd.read_csv(DERIVED / "hclic_A1_long_2018Q2_2025Q4.csv")
        table = table[table["area_code"].str.fullmatch(COUNCIL)]
        table["period"] = table["quarter"].map(_financial_quarter)
        assert table["period"].nunique() == 31
        counts = {
            measure: rows.set_index(["area_code", "period"])["value"]
            for measure, rows in table.groupby("measure")
        }
        households = counts["households_thousand"] * 1000
        for indicator, measure in {
            "HOM1": "total_initial_assessments",
            "HOM2": "owed_duty_total",
        }.items():
            rows = _keyed(returns[returns["indicator"] == indicator])
            wanted = counts[measure]
            _assert_equal(rows["numerator"], wanted, 1e-9)
            known = households.reindex(wanted.index).where(wanted.notna())
            _assert_equal(rows["denominator"], known, 1e-6)
        rows = _keyed(returns[returns["indicator"] == "HOM3"])
        owed = counts["owed_duty_total"]
        some = owed > 0
        _assert_equal(rows["numerator"], counts["prevention_duty"].where(some), 1e-9)
        _assert_equal(rows["denominator"], owed.where(some), 1e-9)

    def test_planning(self, returns: pd.DataFrame) -> None:
        """Table P153: six editions, all councils, percentages to one decimal."""
        table = pd.read_csv(
            DERIVED / "planning_p153_six_editions_long.csv",
            dtype=str,
            keep_default_na=False,
        )
        table = table[table["reference"].str.fullmatch(COUNCIL)]
        rows = returns[returns["indicator"] == "P153"]
        rows = rows.assign(edition=rows["source"].str.removeprefix("p153-"))
        rows = rows.set_index(["authority", "edition"])
        wanted = table.set_index(["reference", "edition"])[["volume", "percentage"]]
        wanted = wanted.apply(pd.to_numeric, errors="coerce").dropna()
        wanted = wanted.reindex(rows.index)
        assert len(rows) == len(table)
        _assert_equal(rows["denominator"], wanted["volume"], 1e-9)
        _assert_equal(rows["figure"], wanted["percentage"], 0.0501)

    def test_crime(self, returns: pd.DataFrame) -> None:
        """Crimes by small area and by month are those of data.police.uk."""
        crimes = pd.read_csv(DERIVED / "police_wyre_forest_2018-10_2019-02.csv")
        rows = returns[(returns["indicator"] == "CRM1") & (returns["area"] != "")]
        wanted = crimes["LSOA code"].value_counts()
        got = rows.set_index("area")["numerator"]
        assert (got == wanted.reindex(got.index, fill_value=0)).all()
        months = crimes["Month"].value_counts()
        quarter = months[["2018-10", "2018-11", "2018-12"]].sum()
        assert _row(returns, "CRM1", "2018-19 Q3")["numerator"] == quarter
        february = _row(returns, "CRM1", "February 2019")["numerator"]
        assert february == months["2019-02"]


def _financial_quarter(calendar: str) -> str:
    """Write 2025Q4 of the calendar as 2025-26 Q3.

    Financial years begin in April.
    """
    year, quarter = int(calendar[:4]), int(calendar[-1])
    first = year if quarter > 1 else year - 1
    return f"{first}-{(first + 1) % 100:02d} Q{quarter - 1 or 4}"


def _keyed(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.set_index(["authority", "period"])


def _assert_same(
    returns: pd.DataFrame, indicator: str, source: str, wanted: pd.Series, apart: float
) -> None:
    rows = returns[(returns["indicator"] == indicator) & (returns["source"] == source)]
    _assert_equal(_keyed(rows)["figure"], wanted, apart)


def _assert_equal(got: pd.Series, wanted: pd.Series, apart: float) -> None:
    """Compare two keyed columns: same keys, same gaps, figures not further apart."""
    got, wanted = got.sort_index(), wanted.sort_index()
    assert list(got.index) == list(wanted.index)
    assert (got.isna() == wanted.isna()).all()
    assert ((got - wanted).abs().dropna() <= apart).all()
