"""Time the opening of a workbook with a long history, cold and again.

The workbook is made up (seeded draws, illustrative): 20 services of 20 indicators
each, 250 authorities, 10 returns of 10,000 rows a quarter, 4 in 100 of the rows a
figure of the quarter before, revised. 50 quarters are 500 returns and 5 million
observations. Every time is taken in a process of its own.

    python benchmarks/history.py [quarters] [folder]
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).parents[1]
SEED = 5
SERVICES, INDICATORS, AUTHORITIES, RETURNS = 20, 20, 250, 10
# In one return of each quarter, so many authorities mend the quarter before.
REVISED = 100
LAST = "2026Q3"
TIMES = 5
MIB = 2**20


# --- the made-up workbook -----------------------------------------------------


def make(folder: Path, quarters: int) -> None:
    """Write a whole workbook."""
    import numpy as np
    import pandas as pd

    periods = pd.period_range(end=pd.Period(LAST, "Q-MAR"), periods=quarters)
    write_registers(folder, periods)
    random = np.random.default_rng(SEED)
    usual = random.uniform(0.3, 0.5, (SERVICES * INDICATORS, AUTHORITIES))
    for number, period in enumerate(periods):
        for part in range(RETURNS):
            mended = (
                periods[number - 1] if number and part == number % RETURNS else None
            )
            write_return(folder, period, mended, part, usual, random)


def write_registers(folder: Path, periods: Sequence) -> None:
    """Write what the council promises and whom it is compared with."""
    from perfnb.breaks import Break, Rebase
    from perfnb.promises import Target
    from perfnb.quarters import write_quarter
    from perfnb.reference import Area, Authority, ListedIndicator
    from perfnb.registers import Indicator, Peer, Service, Source
    from perfnb.revisions import Revision
    from perfnb.sign_offs import SignOff

    registers, reference = folder / "data/registers", folder / "data/reference"
    for each in (registers, reference, folder / "parameters"):
        each.mkdir(parents=True)
    (registers / "framework.yaml").write_text(
        "council: E07990000\npriorities:\n  - id: all\n    title: Illustrative\n"
        "    basis: illustrative\n    outcomes:\n      - id: good\n"
        "        title: Illustrative\n        basis: illustrative\n",
        "utf-8",
    )
    rules = (ROOT / "parameters/methods.yaml").read_bytes()
    (folder / "parameters/methods.yaml").write_bytes(rules)
    services = [f"service-{number:02d}" for number in range(SERVICES)]
    write_table(
        registers / "services.csv",
        Service,
        [{"id": s, "title": s, "manager": "Illustrative"} for s in services],
    )
    write_table(
        registers / "indicators.csv",
        Indicator,
        [
            {
                "id": f"IL{number:03d}",
                "service": services[number // INDICATORS],
                "title": "Illustrative",
                "definition": "Illustrative",
                "kind": "outcome",
                "outcome": "good",
                "owner": "Illustrative",
                "unit": "%",
                "per": "100",
                "decimals": "1",
                "polarity": "maximise",
                "frequency": "quarterly",
                "window_months": "3",
                "interval": "wilson",
                "numerator": "Good",
                "denominator": "All",
                "counted": "cases",
                "counts_people": "no",
                "set": "local",
            }
            for number in range(SERVICES * INDICATORS)
        ],
    )
    write_table(
        registers / "sources.csv",
        Source,
        [
            {
                "id": source(period),
                "title": write_quarter(period),
                "publisher": "Illustrative",
                "licence": "OGL",
                "published": str((period + 1).start_time.date()),
                "received": str((period + 1).start_time.date()),
                "basis": "illustrative",
            }
            for period in periods
        ],
    )
    for name, model in {
        "breaks": Break,
        "rebases": Rebase,
        "revisions": Revision,
        "peers": Peer,
        "targets": Target,
        "sign_off": SignOff,
    }.items():
        write_table(registers / f"{name}.csv", model, [])
    authorities = [
        {"code": f"E0799{number:04d}", "name": f"Illustrative {number}", "kind": "made"}
        for number in range(AUTHORITIES)
    ]
    write_table(reference / "authorities.csv", Authority, authorities)
    write_table(reference / "areas.csv", Area, [])
    for name in ("national-indicators-2008", "local-outcomes-framework"):
        write_table(reference / f"{name}.csv", ListedIndicator, [])


def write_table(path: Path, model: type, rows: Iterable[dict[str, str]]) -> None:
    """Write a register with every heading that it must have."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, model.headings(), restval="")
        table.writeheader()
        table.writerows(rows)


def source(period: object) -> str:
    """Name the source of a quarter's figures."""
    return f"figures-{period}".lower()


def write_return(folder: Path, period, mended, part: int, usual, random) -> None:
    """Write one return: two services' indicators for every authority."""
    import numpy as np
    import pandas as pd

    from perfnb.ingest.returned.returns import COLUMNS
    from perfnb.quarters import file_name, write_quarter

    here = len(usual) // RETURNS
    rows = np.arange(here * AUTHORITIES)
    indicator, authority = part * here + rows // AUTHORITIES, rows % AUTHORITIES
    mends = (mended is not None) & (authority >= AUTHORITIES - REVISED)
    denominator = 200 + 37 * (rows % 500)
    share = usual[indicator, authority] * random.uniform(0.95, 1.05, len(rows))
    known = random.random(len(rows)) >= 0.01
    periods = np.where(mends, write_quarter(mended or period), write_quarter(period))
    cells = pd.DataFrame("", index=rows, columns=COLUMNS).assign(
        indicator=[f"IL{number:03d}" for number in indicator],
        authority=[f"E0799{number:04d}" for number in authority],
        period=periods,
        characteristic="all",
        group="all",
        numerator=np.where(known, np.rint(denominator * share).astype(int), ""),
        denominator=np.where(known, denominator, ""),
        status=np.where(known, np.where(mends, "revised", "final"), "missing"),
        source=source(period),
    )
    path = folder / "data/returns" / file_name(period) / f"part-{part + 1}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    cells.to_csv(path, index=False)


# --- what one process does ----------------------------------------------------


def opened(folder: Path, then: str) -> dict[str, float]:
    """Open the workbook and do one thing more, telling seconds and memory."""
    spent: dict[str, float] = {}
    with timed(spent, "import"):
        from perfnb.workbook import open_workbook
    with timed(spent, "open"):
        book = open_workbook(folder)
    indicators = [each.id for each in book.catalogue.indicators_of("service-07")]
    asks = {
        "nothing": lambda: book.history.extent.rows,
        "slice": lambda: len(book.history.of(indicators)),
        "select": lambda: len(book.select("service-07", "2025-26 Q3").vintages),
        "whole": lambda: len(book.observations),
    }
    with timed(spent, "then"):
        rows = asks[then]()
    told = {"rows": rows, "findings": len(book.findings), "memory": peak_memory()}
    return {**spent, **told}


@contextmanager
def timed(spent: dict[str, float], step: str) -> Iterator[None]:
    """Note the seconds of a step, and those for which the processor was busy."""
    began, busy = perf_counter(), process_time()
    yield
    spent[step] = perf_counter() - began
    spent[f"{step}, busy"] = process_time() - busy


def peak_memory() -> float:
    """Give the most memory that this process has held [MiB], where it is known."""
    try:
        import resource
    except ImportError:
        return float("nan")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (MIB if sys.platform == "darwin" else 1024)


# --- the measuring ------------------------------------------------------------


def measured(folder: Path, then: str) -> dict[str, float]:
    """Have a process of its own open the workbook."""
    command = [sys.executable, __file__, "--open", str(folder), then]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout  # noqa: S603
    return json.loads(told)


def tell(name: str, runs: Sequence[dict[str, float]], step: str) -> None:
    """Say how long a step took in several runs, and the most memory of them."""
    seconds = [run[step] for run in runs]
    busy = median(run[f"{step}, busy"] for run in runs)
    memory = max(run["memory"] for run in runs)
    sys.stdout.write(
        f"{name:<44}{median(seconds):8.2f} s {max(seconds):8.2f} s {busy:8.2f} s"
        f"{memory:8,.0f} MiB{runs[0]['rows']:12,.0f} rows\n"
    )
    sys.stdout.flush()


def size(folder: Path) -> str:
    """Say how many files a folder has and how large they are together."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    total = sum(path.stat().st_size for path in files) / MIB
    return f"{len(files)} files, {total:,.0f} MiB"


def main(quarters: int, folder: Path) -> None:
    """Make the workbook where it is not there yet, and measure."""
    if not (folder / "data").is_dir():
        make(folder, quarters)
    sys.stdout.write(f"made-up returns: {size(folder / 'data' / 'returns')}\n")
    sys.stdout.write(f"{'':<44}{'middle':>10} {'longest':>10}{'processor':>11}\n")
    cold = measured(folder, "nothing")
    tell("opened cold: read, judged and kept", [cold], "open")
    sys.stdout.write(
        f"{cold['findings']:,.0f} findings; kept: {size(folder / '.perfnb-cache')}\n"
    )
    again = {
        then: [measured(folder, then) for _ in range(TIMES)]
        for then in ("nothing", "slice", "select", "whole")
    }
    tell("importing perfnb", again["nothing"], "import")
    tell("opened again", again["nothing"], "open")
    tell("then a service's rows", again["slice"], "then")
    tell("then a service's selection, revisions and all", again["select"], "then")
    tell("then the whole frame", again["whole"], "then")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--open"]:
        found = opened(Path(sys.argv[2]), sys.argv[3])
        sys.stdout.write(json.dumps(found))
    else:
        given = sys.argv[1:]
        with TemporaryDirectory(prefix="perfnb-history-") as temporary:
            place = Path(given[1] if len(given) > 1 else temporary)
            main(int(given[0]) if given else 50, place)
