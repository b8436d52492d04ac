"""A council's folder in small, made up from end to end, for a test to spoil.

Illustrative Vale has two services with two indicators each: a quarterly and an
annual one (streets), a quarterly one about people and a rolling one (homes).
Everything is right as it stands; a test changes one file and sees what happens.
"""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from perfnb.errors import Fault, PerfnbError, ReturnError
from perfnb.receipts import LEDGER, digest
from perfnb.registers import Indicator
from perfnb.workbook import Workbook, open_workbook

ROOT = Path(__file__).parents[1]

FRAMEWORK = "data/registers/framework.yaml"
SERVICES = "data/registers/services.csv"
INDICATORS = "data/registers/indicators.csv"
BREAKS = "data/registers/breaks.csv"
REBASES = "data/registers/rebases.csv"
REVISIONS = "data/registers/revisions.csv"
SOURCES = "data/registers/sources.csv"
PEERS = "data/registers/peers.csv"
TARGETS = "data/registers/targets.csv"
SIGN_OFF = "data/registers/sign_off.csv"
AUTHORITIES = "data/reference/authorities.csv"
AREAS = "data/reference/areas.csv"
NATIONAL_LIST = "data/reference/national-indicators-2008.csv"
OUTCOMES_LIST = "data/reference/local-outcomes-framework.csv"
INSPECTIONS = "data/returns/2025-26-q3/streets--inspections.csv"
WASTE = "data/returns/2025-26-q3/streets--waste.csv"
HELP = "data/returns/2025-26-q3/homes--help.csv"
REPAIRS = "data/returns/2025-26-q3/homes--repairs.csv"
PARAMETERS = "parameters/2025-26-q3.yaml"
METHODS = "parameters/methods.yaml"

RETURNS_FOLDER = "data/returns/"

REGISTERS = (
    *(SERVICES, INDICATORS, BREAKS, REBASES, REVISIONS, SOURCES, PEERS, TARGETS),
    SIGN_OFF,
)
REFERENCE = (AUTHORITIES, AREAS, NATIONAL_LIST, OUTCOMES_LIST)
RETURNS = (HELP, REPAIRS, INSPECTIONS, WASTE)

VALE, MARSH, DOWN, FELL = "E07990001", "E07990002", "E07990003", "E07990004"

_RETURN = (
    "indicator,authority,area,period,characteristic,group,numerator,denominator,"
    "value,status,source,denominator_source,note\n"
)

_TEXTS = {
    FRAMEWORK: """\
council: E07990001
values: []
priorities:
  - id: places
    title: Illustrative places
    basis: illustrative
    outcomes:
      - id: clean-streets
        title: Streets are clean (illustrative)
        basis: illustrative
        links:
          district_strategy: An illustrative link.
          laa: null
  - id: people
    title: Illustrative people
    basis: illustrative
    outcomes:
      - id: secure-homes
        title: Homes are secure (illustrative)
        basis: illustrative
""",
    SERVICES: """\
id,title,manager,description
streets,Streets (illustrative),Head of streets (illustrative),Illustrative service
homes,Homes (illustrative),Head of homes (illustrative),
""",
    BREAKS: """\
indicator,from,kind,splits,reason,source
IL2,2023-24,source,no,Illustrative change of publisher,late
""",
    REBASES: """\
indicator,from,baseline_points,reason,decided
IL2,2024-25,,Illustrative new contract,2024-12-01
""",
    REVISIONS: """\
indicator,source,from,to,reason,decided
IL2,late,2023-24,2023-24,Illustrative recount,2026-02-01
""",
    SOURCES: """\
id,publisher,title,edition,published,received,licence,basis,note
early,Illustrative,Illustrative figures,first,2024-12,2025-01-10,OGL,illustrative,
late,Illustrative,Illustrative figures,second,2026-01-15,2026-02-01,OGL,illustrative,
people,Illustrative,Illustrative population,,2024,2025-01-10,OGL,illustrative,
""",
    PEERS: """\
peer_group,title,service,council,authority,rank,source
neighbours,Illustrative neighbours,,E07990001,E07990002,1,early
neighbours,Illustrative neighbours,,E07990001,E07990003,2,early
everybody,Illustrative districts,,E07990001,E07990002,,early
everybody,Illustrative districts,,E07990001,E07990003,,early
everybody,Illustrative districts,,E07990001,E07990004,,early
landlords,Illustrative landlords,homes,E07990001,E07990003,,early
""",
    TARGETS: """\
indicator,period,characteristic,group,area,kind,value,low,high,tolerance,tolerance_kind,rationale,consulted,decided,basis,source
IL1,2025-26 Q3,,,,level,92,,,2,points,Aim,scrutiny; users,2025-03-01,published,early
IL2,2023-24,,,,level,405,,,,,Illustrative aim,,2023-03-01,illustrative,
IL2,2024-25,,,,level,395,,,0.05,relative,Illustrative aim,,2024-03-01,illustrative,
IL3,2025-26 Q1,,,,level,1.1,,,,,Illustrative profile,,,illustrative,
IL3,April to September 2025,,,,level,2.2,,,,,Illustrative profile,,,illustrative,
IL3,April to December 2025,,,,level,3.3,,,,,Illustrative profile,,,illustrative,
IL3,2025-26,,,,level,4.4,,,,,Illustrative aim,,,illustrative,
IL3,2025-26 Q3,,,,level,1.2,,,,,Illustrative aim of the quarter,,,illustrative,
IL3,2025-26 Q3,age,16-34,,level,2,,,,,Illustrative aim for some,,,illustrative,
IL3,2025-26 Q3,age,35 and over,,level,0.9,,,,,Illustrative aim for some,,,illustrative,
IL3,2025-26 Q3,age,16-34,,gap,2.5,,,,,Illustrative gap,,,illustrative,
IL1,2025-26 Q3,,,E01990001,level,90,,,,,Illustrative aim for an area,,,illustrative,
IL4,2025-26,,,,none,,,,,,Illustrative choice,,,illustrative,
""",
    SIGN_OFF: """\
indicator,quarter,owner,dimensions,rating,signed,note,basis
IL1,2025-26 Q3,Illustrative officer,,good,2026-02-10,Illustrative,illustrative
IL3,2025-26 Q3,Illustrative officer,accuracy; validity,fair,2026-02-10,,illustrative
""",
    AUTHORITIES: """\
code,name,kind,region,county,register_code,e_code,snac,start,end,replaced_by
E07990001,Illustrative Vale,district,Illustrative,,,,,1974-04-01,,
E07990002,Illustrative Marsh,district,Illustrative,,,,,1974-04-01,,
E07990003,Illustrative Down,district,Illustrative,,,,,1974-04-01,,
E07990004,Illustrative Fell,district,Illustrative,,,,,2019-04-01,,
E07990009,Illustrative Fen,district,Illustrative,,,,,1974-04-01,2019-03-31,E07990004
""",
    AREAS: """\
code,name,kind,authority,ward_code,ward_name,deprivation_rank,deprivation_decile,deprivation_source,ward_source
E01990001,Illustrative Vale 001A,LSOA 2011,E07990001,,Illustrative,900,1,early,early
E01990002,Illustrative Vale 001B,LSOA 2011,E07990001,,Illustrative,15000,5,early,early
E01990003,Illustrative Vale 001C,LSOA 2011,E07990001,,Illustrative,32000,10,early,early
E01990004,Illustrative Marsh 001A,LSOA 2011,E07990002,,Illustrative,16000,5,early,early
""",
    NATIONAL_LIST: """\
id,title,unit,polarity,frequency,certainty,note,source
NI 999,Illustrative national indicator,%,maximise,annual,uncertain,,illustrative
""",
    OUTCOMES_LIST: """\
id,title,unit,polarity,frequency,certainty,note,source
LOF 99.01,Illustrative metric,%,maximise,annual,partly,,illustrative
""",
    INSPECTIONS: _RETURN
    + """\
IL1,E07990001,,2023-24 Q1,all,all,40,50,,final,early,,
IL1,E07990001,,2023-24 Q2,all,all,41,50,,final,early,,
IL1,E07990001,,2023-24 Q3,all,all,42,50,,final,early,,
IL1,E07990001,,2023-24 Q4,all,all,41,50,,final,early,,
IL1,E07990001,,2024-25 Q1,all,all,43,50,,final,early,,
IL1,E07990001,,2024-25 Q2,all,all,,,,missing,early,,Illustrative gap
IL1,E07990001,,2024-25 Q3,all,all,42,50,,final,late,,
IL1,E07990001,,2024-25 Q4,all,all,44,50,,final,late,,
IL1,E07990001,,2025-26 Q1,all,all,43,50,,final,late,,
IL1,E07990001,,2025-26 Q2,all,all,44,50,,final,late,,
IL1,E07990001,,2025-26 Q3,all,all,45,50,,provisional,late,,
IL1,E07990002,,2025-26 Q3,all,all,40,50,,provisional,late,,
IL1,E07990003,,2025-26 Q3,all,all,30,40,,provisional,late,,
IL1,E07990004,,2025-26 Q3,all,all,21,24,,provisional,late,,
""",
    WASTE: _RETURN
    + """\
IL2,E07990001,,2022-23,all,all,,,420.0,final,early,,
IL2,E07990001,,2023-24,all,all,,,410.0,final,early,,
IL2,E07990001,,2023-24,all,all,,,405.5,revised,late,,
IL2,E07990001,,2024-25,all,all,,,400.0,final,late,,
IL2,E07990002,,2024-25,all,all,,,390.0,final,late,,
IL2,E07990003,,2024-25,all,all,,,450.5,final,late,,
IL2,E07990004,,2024-25,all,all,,,430.0,final,late,,
""",
    HELP: _RETURN
    + """\
IL3,E07990001,,2025-26 Q1,all,all,24,20000,,final,late,people,
IL3,E07990001,,2025-26 Q2,all,all,26,20000,,final,late,people,
IL3,E07990001,,2025-26 Q3,all,all,30,20000,,provisional,late,people,
IL3,E07990001,,2025-26 Q3,age,16-34,18,6000,,provisional,late,people,
IL3,E07990001,,2025-26 Q3,age,35 and over,12,14000,,provisional,late,people,
IL3,E07990001,E01990001,2025-26 Q3,all,all,16,7000,,provisional,late,people,
IL3,E07990001,E01990002,2025-26 Q3,all,all,10,6000,,provisional,late,people,
IL3,E07990001,E01990003,2025-26 Q3,all,all,4,7000,,provisional,late,people,
IL3,E07990002,,2025-26 Q3,all,all,20,25000,,provisional,late,people,
IL3,E07990003,,2025-26 Q3,all,all,33,30000,,provisional,late,people,
IL3,E07990004,,2025-26 Q3,all,all,,,,suppressed,late,people,Illustrative
""",
    REPAIRS: _RETURN
    + """\
IL4,E07990001,,October 2023 to September 2025,all,all,180,200,,final,late,,
IL4,E07990001,,January 2024 to December 2025,all,all,190,200,,final,late,,
IL4,E07990002,,January 2024 to December 2025,all,all,,200,75,final,late,,
IL4,E07990003,,January 2024 to December 2025,all,all,150,160,,final,late,,
""",
    PARAMETERS: """\
quarter: 2025-26 Q3
as_at: 2026-02-15
services:
  - streets
  - homes
notebooks:
  - trend
  - benchmarking
  - diversity
peer_group: neighbours
""",
}

_COMMON = {
    "definition": "Illustrative definition.",
    "kind": "outcome",
    "owner": "Illustrative officer",
    "decimals": "1",
    "frequency": "quarterly",
    "window_months": "3",
    "year_to_date": "none",
    "interval": "none",
    "counts_people": "no",
    "comparable": "yes",
    "set": "local",
    "laa": "no",
}
_INDICATORS = [
    {
        "id": "IL1",
        "title": "Streets found clean (illustrative)",
        "service": "streets",
        "outcome": "clean-streets",
        "unit": "%",
        "per": "100",
        "polarity": "maximise",
        "numerator": "Streets found clean",
        "denominator": "Streets inspected",
        "counted": "streets",
        "interval": "wilson",
    },
    {
        "id": "IL2",
        "title": "Waste of a household (illustrative)",
        "service": "streets",
        "outcome": "clean-streets",
        "unit": "kg per household",
        "polarity": "minimise",
        "frequency": "annual",
        "window_months": "12",
    },
    {
        "id": "IL3",
        "title": "People helped to keep a home (illustrative)",
        "service": "homes",
        "outcome": "secure-homes",
        "unit": "per 1,000 residents",
        "per": "1000",
        "polarity": "minimise",
        "year_to_date": "sum",
        "numerator": "People helped",
        "denominator": "Residents",
        "counted": "people",
        "interval": "byar",
        "counts_people": "yes",
    },
    {
        "id": "IL4",
        "title": "Repairs done in time (illustrative)",
        "service": "homes",
        "outcome": "secure-homes",
        "unit": "%",
        "per": "100",
        "polarity": "maximise",
        "frequency": "rolling",
        "window_months": "24",
        "year_to_date": "latest",
        "numerator": "Repairs done in time",
        "denominator": "Repairs",
        "counted": "repairs",
        "interval": "wilson",
    },
]


@dataclass(frozen=True)
class SmallWorkbook:
    """The folder of Illustrative Vale; rows are numbered as a spreadsheet does.

    Parameters
    ----------
    folder : pathlib.Path
        Where it lies.
    """

    folder: Path

    def open(self) -> Workbook:
        """Open the folder as an analyst would."""
        return open_workbook(self.folder)

    def faults(self, family: type[PerfnbError]) -> list[Fault]:
        """List the errors that opening the folder tells.

        A broken return keeps only its own rows out: its errors are among the
        findings. A register or parameters file that is broken must be refused.
        """
        if family is ReturnError:
            return [f for f in self.open().findings if f.severity == "error"]
        with pytest.raises(PerfnbError) as refused:
            self.open()
        assert type(refused.value) is family, str(refused.value)
        return list(refused.value.faults)

    def warnings(self) -> list[Fault]:
        """List the warnings among the findings of opening the folder."""
        return [f for f in self.open().findings if f.severity == "warning"]

    def text(self, name: str) -> str:
        """Read a file of the folder."""
        return (self.folder / name).read_text(encoding="utf-8")

    def write(self, name: str, content: str | bytes) -> None:
        """Write a file of the folder anew."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        self._receive(name)

    def remove(self, name: str) -> None:
        """Take a file out of the folder."""
        (self.folder / name).unlink()
        self._receive(name)

    def _receive(self, name: str) -> None:
        """Keep the ledger in step, as if every return had come as it is now."""
        if not name.startswith(RETURNS_FOLDER) or name == LEDGER:
            return
        rows = [
            f"{path.relative_to(self.folder).as_posix()},{digest(path)},2025-01-01,\n"
            for path in sorted((self.folder / RETURNS_FOLDER).glob("*/*"))
            if path.is_file()
        ]
        self.write(LEDGER, "".join(["file,digest,received,note\n", *rows]))

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a piece of text that stands in a file once."""
        text = self.text(name)
        assert text.count(old) == 1, f"{name} has {text.count(old)} times {old!r}"
        self.write(name, text.replace(old, new))

    def set_cell(self, name: str, row: int, column: str, typed: str) -> None:
        """Type something into a cell of a CSV file; the header is row 1."""
        lines = self._lines(name)
        lines[row - 1][lines[0].index(column)] = typed
        self._save(name, lines)

    def add_row(self, name: str, /, like: int, **cells: str) -> int:
        """Add a copy of a row with some cells changed; give its number."""
        lines = self._lines(name)
        lines.append(list(lines[like - 1]))
        for column, typed in cells.items():
            lines[-1][lines[0].index(column)] = typed
        self._save(name, lines)
        return len(lines)

    def drop_column(self, name: str, column: str) -> None:
        """Take a whole column out of a CSV file."""
        lines = self._lines(name)
        position = lines[0].index(column)
        self._save(name, [line[:position] + line[position + 1 :] for line in lines])

    def reverse_columns(self, name: str) -> None:
        """Write the columns of a CSV file from last to first."""
        self._save(name, [line[::-1] for line in self._lines(name)])

    def reverse_rows(self, name: str) -> None:
        """Write the rows of a CSV file from last to first under their header."""
        header, *rows = self._lines(name)
        self._save(name, [header, *rows[::-1]])

    def _lines(self, name: str) -> list[list[str]]:
        return list(csv.reader(io.StringIO(self.text(name), newline="")))

    def _save(self, name: str, lines: list[list[str]]) -> None:
        written = io.StringIO(newline="")
        csv.writer(written, lineterminator="\n").writerows(lines)
        self.write(name, written.getvalue())


def build(folder: Path) -> SmallWorkbook:
    """Write the folder of Illustrative Vale."""
    book = SmallWorkbook(folder)
    for name, text in _TEXTS.items():
        book.write(name, text)
    written = io.StringIO(newline="")
    writer = csv.DictWriter(
        written, Indicator.headings(), restval="", lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows({**_COMMON, **indicator} for indicator in _INDICATORS)
    book.write(INDICATORS, written.getvalue())
    shutil.copyfile(ROOT / METHODS, folder / METHODS)
    (folder / "notebooks").mkdir()
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        shutil.copyfile(notebook, folder / "notebooks" / notebook.name)
    return book
