"""A run publishes whole reports only, says what it refused, and repeats itself.

The notebooks of most tests are made up and small: what is tested is what the
run does with them, in real kernels.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import nbformat
import pytest
import small_workbook
from page_checks import dead_links
from small_workbook import WASTE, SmallWorkbook

from perfnb import execution, manifest, plan, run, site
from perfnb.errors import NotebookError, ParameterError

QUARTER = "2025-26 Q3"
SITE = Path("output") / "2025-26-q3"
WHOLE = ("data_quality",)
SHOW = "from perfnb.report.elements import Prose\nProse([f'All is well in {service}.'])"
SPOILT = {
    "raises": "from pathlib import Path\nPath(folder, 'gone.csv').resolve().open()",
    "warns": "import warnings\nwarnings.warn('figures are old')",
    "exits": "import sys\nsys.exit(0)",
    "dies": "import os\nos._exit(1)",
    "silent": "shown = 1",
}
PARAMETERS = 'service = "streets"\nquarter = "2025-26 Q3"\nfolder = ".."'


def write_notebook(
    book: SmallWorkbook, name: str, source: str = SHOW, parameters: str = PARAMETERS
) -> None:
    """Write a notebook of two cells of code; nothing follows the second."""
    tagged = nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
    cells = [
        nbformat.v4.new_markdown_cell("# Is all well?"),
        tagged if parameters else nbformat.v4.new_code_cell("service = 1"),
        nbformat.v4.new_code_cell(source),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(made, book.folder / "notebooks" / f"{name}.ipynb")


def ask(
    book: SmallWorkbook,
    *notebooks: str,
    services: tuple[str, ...] = ("streets",),
    council: tuple[str, ...] = (),
) -> None:
    """Write the parameters of the quarter's run."""
    lines = [f"quarter: {QUARTER}", "as_at: 2026-02-15", "peer_group: neighbours"]
    lines += ["services:", *(f"  - {name}" for name in services)]
    lines += ["notebooks:", *(f"  - {name}" for name in notebooks)]
    if council:
        lines += ["council_notebooks:", *(f"  - {name}" for name in council)]
    book.write(small_workbook.PARAMETERS, "\n".join(lines) + "\n")


def run_it(book: SmallWorkbook, **how) -> dict[str, site.Entry]:
    """Run the quarter and give what became of each report, by notebook."""
    workbook = book.open()
    done = run.run(workbook, workbook.parameters(QUARTER), **how)
    return {each.entry.notebook: each.entry for each in done}


def content(folder: Path) -> dict[str, bytes]:
    """Read every file of a folder, by path; a lock may stay behind."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def reports_of(folder: Path) -> dict[str, dict]:
    """Read the reports of a manifest, by file name without ending."""
    reports = json.loads((folder / manifest.NAME).read_text("utf-8"))["reports"]
    return {f"{each['service']}-{each['notebook']}": each for each in reports}


# --- what is planned ------------------------------------------------------------


def test_plan_is_every_notebook_for_every_service(small_workbook):
    workbook = small_workbook.open()
    planned = plan.plan(workbook, workbook.parameters(QUARTER))
    assert [report.name for report in planned] == [
        *("streets-trend", "streets-benchmarking", "streets-diversity"),
        *("homes-trend", "homes-benchmarking", "homes-diversity"),
    ]
    assert {report.parameters["service"] for report in planned[:3]} == {"streets"}
    assert {report.parameters["quarter"] for report in planned} == {QUARTER}


def test_a_notebook_is_given_only_what_it_takes(small_workbook):
    workbook = small_workbook.open()
    planned = {r.name: r for r in plan.plan(workbook, workbook.parameters(QUARTER))}
    assert "peer_group" not in planned["homes-diversity"].parameters
    assert planned["homes-benchmarking"].parameters["peer_group"] == "neighbours"


def test_an_unknown_service_is_refused_with_those_there_are(small_workbook):
    with pytest.raises(ParameterError, match=r"'steets' is not .*: streets, homes\."):
        run_it(small_workbook, service="steets")
    assert not (small_workbook.folder / "output").exists()


@pytest.mark.parametrize(
    ("parameters", "lacking"),
    [
        ("", "service, quarter, folder"),
        ('service = "streets"', "quarter, folder"),
        ('quarter = ""\nfolder = ""', "service"),
    ],
)
def test_a_notebook_that_takes_no_parameters_is_refused_before_anything_runs(
    small_workbook, parameters, lacking
):
    write_notebook(small_workbook, "good")
    write_notebook(small_workbook, "careless", parameters=parameters)
    ask(small_workbook, "good", "careless")
    started = []
    with pytest.raises(NotebookError, match=rf"careless\.ipynb.* has no {lacking}\."):
        run_it(small_workbook, on_start=started.append)
    assert started == []
    assert not (small_workbook.folder / "output").exists()


def test_a_notebook_of_the_council_runs_once(small_workbook):
    write_notebook(small_workbook, "steady")
    ask(small_workbook, "steady", services=("streets", "homes"), council=WHOLE)
    workbook = small_workbook.open()
    planned = plan.plan(workbook, workbook.parameters(QUARTER))
    assert [report.name for report in planned] == [
        *("streets-steady", "homes-steady", "data-quality")
    ]
    assert planned[-1].service == plan.COUNCIL
    assert "service" not in planned[-1].parameters


def test_a_notebook_that_takes_a_service_is_not_of_the_council(small_workbook):
    write_notebook(small_workbook, "steady")
    ask(small_workbook, "steady", council=("trend",))
    with pytest.raises(NotebookError, match=r"trend\.ipynb takes a service"):
        run_it(small_workbook)


@pytest.mark.parametrize("service", ["", "data_quality"])
def test_the_council_is_not_a_service_to_run_alone(small_workbook, service):
    write_notebook(small_workbook, "steady")
    ask(small_workbook, "steady", council=WHOLE)
    with pytest.raises(ParameterError, match=r"not a service of this run: streets\."):
        run_it(small_workbook, service=service)


# --- what is published ------------------------------------------------------------


@pytest.fixture(scope="module")
def with_council(tmp_path_factory):
    """Run two services and the council, then one service, with a return spoilt.

    Gives the site's files after each run, and what the second started.
    """
    book = small_workbook.build(tmp_path_factory.mktemp("whole") / "council")
    write_notebook(book, "steady")
    ask(book, "steady", services=("streets", "homes"), council=WHOLE)
    done = run_it(book)
    assert {entry.trouble for entry in done.values()} == {""}
    first = content(book.folder / SITE)
    book.set_cell(small_workbook.HELP, 2, "numerator", "<5")
    book.set_cell(WASTE, 2, "value", "x")
    started = []
    run_it(book, service="homes", on_start=started.append)
    return book, first, content(book.folder / SITE), started


def test_a_run_of_one_service_keeps_the_page_of_the_council(with_council):
    book, first, after, started = with_council
    assert [report.name for report in started] == ["homes-steady"]
    assert after["data-quality.html"] == first["data-quality.html"]
    entry = reports_of(book.folder / SITE)["-data_quality"]
    assert (entry["state"], entry["page"]) == (site.KEPT, "data-quality.html")


def test_the_index_has_the_council_under_a_heading_of_its_own(with_council):
    _, first, after, _ = with_council
    for files in (first, after):
        index = files["index.html"].decode()
        assert index.index("The whole council") < index.index("data-quality.html")
        assert index.index("data-quality.html") < index.index("streets-steady.html")
    assert after["index.html"].decode().count("before the latest change") == 2


def test_pages_lead_to_the_council_and_back(with_council):
    book, first, _, _ = with_council
    for name in ("streets-steady", "homes-steady"):
        assert b'href="data-quality.html"' in first[f"{name}.html"]
        assert f'href="{name}.html"'.encode() in first["data-quality.html"]
    assert dead_links(book.folder / SITE / "data-quality.html") == []


def test_findings_are_published_beside_the_pages_without_counts_of_people(
    with_council,
):
    book, first, after, _ = with_council
    assert first["data-quality.csv"].decode("utf-8-sig").count("\n") == 1
    listed = after["data-quality.csv"].decode("utf-8-sig")
    assert "<5" not in listed
    assert listed.count("homes--help.csv") >= 1
    assert "streets--waste.csv" in listed
    made = json.loads((book.folder / SITE / manifest.NAME).read_text("utf-8"))
    digest = hashlib.sha256(after["data-quality.csv"]).hexdigest()
    assert made["files"] == {"data-quality.csv": digest}


def test_without_a_page_of_the_council_there_is_no_heading_for_it(twice):
    assert "The whole council" not in (twice[0] / "index.html").read_text("utf-8")


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory):
    """Run good notebooks, then spoil all but one and run again, with a new one.

    Gives the workbook, its site as it was first, and what became of each report.
    """
    book = small_workbook.build(tmp_path_factory.mktemp("spoilt") / "council")
    for name in ("steady", *SPOILT):
        write_notebook(book, name)
    ask(book, "steady", *SPOILT)
    first = run_it(book)
    assert {entry.state for entry in first.values()} == {site.MADE}
    before = content(book.folder / SITE)
    for name, source in SPOILT.items():
        write_notebook(book, name, source)
    write_notebook(book, "fresh", SPOILT["raises"])
    ask(book, "steady", *SPOILT, "fresh")
    return book, before, run_it(book)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("raises", "cell 3 failed: FileNotFoundError"),
        ("warns", "cell 3 warned: UserWarning: figures are old"),
        ("exits", "cell 3 ended"),
        ("dies", "Python process died"),
        ("silent", "shows nothing"),
        ("fresh", "cell 3 failed"),
    ],
)
def test_a_notebook_that_goes_wrong_is_refused_with_the_reason(spoilt, name, told):
    _, _, tried = spoilt
    assert tried[name].state == site.REFUSED
    assert told in tried[name].trouble


def test_other_reports_are_published_beside_a_refused_one(spoilt):
    book, _, tried = spoilt
    assert tried["steady"].state == site.MADE
    page = (book.folder / SITE / "streets-steady.html").read_text("utf-8")
    assert "All is well in streets." in page


@pytest.mark.parametrize("name", SPOILT)
def test_the_earlier_page_of_a_refused_report_stays(spoilt, name):
    book, before, _ = spoilt
    kept = reports_of(book.folder / SITE)[f"streets-{name}"]
    assert kept["state"] == site.KEPT
    assert kept["trouble"]
    for path in kept["files"]:
        assert (book.folder / SITE / path).read_bytes() == before[path]


def test_the_index_tells_what_was_refused_and_what_is_kept(spoilt):
    book, _, _ = spoilt
    index = (book.folder / SITE / "index.html").read_text("utf-8")
    assert index.count("could not be made") == 1
    for name in (*SPOILT, "fresh"):
        assert f", {name}: " in index or f", {name.capitalize()}: " in index
    assert index.count("an earlier run is kept") == len(SPOILT)


def test_a_report_refused_the_first_time_has_no_page(spoilt):
    book, _, _ = spoilt
    refused = reports_of(book.folder / SITE)["streets-fresh"]
    assert (refused["state"], refused["page"], refused["files"]) == ("refused", "", {})
    assert not list((book.folder / SITE).rglob("*fresh*"))


def test_nothing_of_the_machine_is_told_with_a_refusal(spoilt):
    book, _, _ = spoilt
    for name in ("index.html", manifest.NAME):
        text = (book.folder / SITE / name).read_text("utf-8")
        assert "ipykernel_" not in text
        assert str(book.folder) not in text


def test_a_notebook_without_end_is_refused(small_workbook, monkeypatch):
    monkeypatch.setattr(execution, "CELL_SECONDS", 3)
    write_notebook(small_workbook, "endless", "import time\ntime.sleep(600)")
    ask(small_workbook, "endless")
    tried = run_it(small_workbook)
    assert "longer than 3 seconds" in tried["endless"].trouble


def test_pages_lead_only_to_pages_that_are_there(spoilt):
    book, _, _ = spoilt
    for path in (book.folder / SITE).glob("*.html"):
        assert dead_links(path) == []


def test_a_first_run_of_one_service_leads_only_to_its_pages(small_workbook):
    write_notebook(small_workbook, "steady")
    ask(small_workbook, "steady", services=("streets", "homes"))
    run_it(small_workbook, service="homes")
    folder = small_workbook.folder / SITE
    assert sorted(path.name for path in folder.glob("*.html")) == [
        *("homes-steady.html", "index.html")
    ]
    assert [dead_links(path) for path in folder.glob("*.html")] == [[], []]


def test_a_run_of_one_service_keeps_the_pages_of_the_others(small_workbook):
    write_notebook(small_workbook, "steady")
    ask(small_workbook, "steady", services=("streets", "homes"))
    run_it(small_workbook)
    before = content(small_workbook.folder / SITE)
    started = []
    run_it(small_workbook, service="homes", on_start=started.append)
    after = content(small_workbook.folder / SITE)
    assert [report.name for report in started] == ["homes-steady"]
    assert after["streets-steady.html"] == before["streets-steady.html"]
    assert after.keys() == before.keys()
    reports = reports_of(small_workbook.folder / SITE)
    assert reports["streets-steady"]["state"] == site.KEPT
    assert reports["homes-steady"]["state"] == site.MADE
    assert "could not be made" not in after["index.html"].decode()


def test_a_kept_page_of_earlier_figures_is_marked_on_the_index(small_workbook):
    """The index is made anew; a page that was not must not look as new."""
    write_notebook(small_workbook, "steady")
    ask(small_workbook, "steady", services=("streets", "homes"))
    run_it(small_workbook)
    index = small_workbook.folder / SITE / "index.html"
    assert "before the latest change" not in index.read_text("utf-8")
    small_workbook.set_cell(WASTE, 2, "value", "399.0")
    run_it(small_workbook, service="homes")
    assert index.read_text("utf-8").count("before the latest change") == 1


# --- when a run is broken off ---------------------------------------------------


@pytest.mark.parametrize("trouble", [KeyboardInterrupt, MemoryError])
def test_a_run_broken_off_leaves_the_site_as_it_was(small_workbook, trouble):
    write_notebook(small_workbook, "steady")
    ask(small_workbook, "steady")
    published = small_workbook.folder / SITE
    published.mkdir(parents=True)
    (published / "index.html").write_text("as it was", "utf-8")

    def break_off(report):
        raise trouble

    with pytest.raises(trouble):
        run_it(small_workbook, on_start=break_off)
    assert content(small_workbook.folder / "output") == {
        "2025-26-q3/index.html": b"as it was"
    }
    assert [path for path in published.parent.iterdir() if path.is_dir()] == [published]


def test_what_a_killed_run_left_is_cleared_away(tmp_path):
    target = tmp_path / "2025-26-q3"
    for name in (".2025-26-q3.staging", ".2025-26-q3.retired"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "torn.html").touch()
    with site.staged(target) as staging:
        (staging / "index.html").touch()
    assert list(content(tmp_path)) == ["2025-26-q3/index.html"]
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == [target]


def test_a_site_that_a_killed_run_took_away_is_put_back(tmp_path):
    target = tmp_path / "2025-26-q3"
    with site.staged(target) as staging:
        (staging / "index.html").touch()
    target.rename(tmp_path / ".2025-26-q3.retired")
    site.earlier(target)
    assert list(content(tmp_path)) == ["2025-26-q3/index.html"]


def test_two_runs_at_once_do_not_meet(tmp_path):
    target = tmp_path / "2025-26-q3"
    with site.staged(target) as staging:
        (staging / "index.html").write_text("first", "utf-8")
        with pytest.raises(ParameterError, match="Another run"), site.staged(target):
            pytest.fail("two runs have the same folder")
    assert content(tmp_path) == {"2025-26-q3/index.html": b"first"}


def test_the_old_site_stands_until_the_new_one_is_whole(tmp_path):
    target = tmp_path / "2025-26-q3"
    with site.staged(target) as staging:
        (staging / "index.html").write_text("old", "utf-8")
    with site.staged(target) as staging:
        (staging / "index.html").write_text("new", "utf-8")
        assert (target / "index.html").read_text("utf-8") == "old"
    assert (target / "index.html").read_text("utf-8") == "new"


def test_an_earlier_report_that_is_not_whole_is_not_kept(tmp_path):
    entry = {
        "service": "streets",
        "notebook": "trend",
        "question": "Is all well?",
        "answer": "Yes.",
        "page": "streets-trend.html",
        "files": {"streets-trend.html": "", "data/il1.csv": ""},
        "parameters": {},
    }
    manifest.write(tmp_path / manifest.NAME, {"reports": [entry]})
    (tmp_path / "streets-trend.html").touch()
    assert site.earlier(tmp_path) == {}
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "il1.csv").touch()
    assert list(site.earlier(tmp_path)) == [("streets", "trend")]


@pytest.mark.parametrize("text", ["", "{", "[1"])
def test_a_torn_manifest_is_as_none(tmp_path, text):
    (tmp_path / manifest.NAME).write_text(text, "utf-8")
    assert site.earlier(tmp_path) == {}


# --- what a run says of itself ------------------------------------------------------


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """Run one service's reports in two folders, as two people would."""
    sites = []
    with pytest.MonkeyPatch.context() as machine:
        for name, zone, seed, language in (
            ("here", "UTC", "1", "C.UTF-8"),
            ("a folder elsewhere", "Pacific/Chatham", "2", "C"),
        ):
            for variable in ("LC_ALL", "LANG"):
                machine.setenv(variable, language)
            machine.setenv("TZ", zone)
            machine.setenv("PYTHONHASHSEED", seed)
            book = small_workbook.build(tmp_path_factory.mktemp("twice") / name)
            ask(book, "trend", "diversity", services=("homes",))
            made = run_it(book)
            assert {entry.trouble for entry in made.values()} == {""}
            sites.append(book.folder / SITE)
    return sites


def test_the_same_inputs_give_the_same_bytes(twice):
    here, elsewhere = (content(folder) for folder in twice)
    assert list(here) == list(elsewhere)
    assert [name for name in here if here[name] != elsewhere[name]] == []


def test_the_manifest_holds_the_hash_of_everything_read(twice):
    folder = twice[0]
    workbook = folder.parents[1]
    inputs = json.loads((folder / manifest.NAME).read_text("utf-8"))["inputs"]
    read = [
        *(path for path in (workbook / "data").rglob("*") if path.is_file()),
        *(workbook / "notebooks").iterdir(),
        *(workbook / "parameters").iterdir(),
    ]
    hashes = {
        path.relative_to(workbook).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in read
    }
    assert {name: inputs[name] for name in inputs if name != "perfnb"} == hashes
    assert len(inputs["perfnb"]) == 64


def test_the_manifest_holds_the_hash_of_everything_published(twice):
    published = content(twice[0])
    hashes = {
        name: digest
        for report in reports_of(twice[0]).values()
        for name, digest in report["files"].items()
    }
    made = json.loads((twice[0] / manifest.NAME).read_text("utf-8"))
    hashes |= made["files"]
    assert hashes.keys() == published.keys() - {"index.html", manifest.NAME}
    for name, digest in hashes.items():
        assert digest == hashlib.sha256(published[name]).hexdigest()


def test_the_manifest_holds_versions_and_parameters(twice):
    made = json.loads((twice[0] / manifest.NAME).read_text("utf-8"))
    assert made["quarter"] == QUARTER
    assert made["as_at"] == "2026-02-15"
    assert {"python", "perfnb", "pandas", "papermill"} <= made["versions"].keys()
    asked = {"service": "homes", "quarter": QUARTER}
    for report in made["reports"]:
        assert asked.items() <= report["parameters"].items()


def test_the_executed_notebook_says_nothing_of_when_and_where(twice):
    for path in (twice[0] / "notebooks").iterdir():
        text = path.read_text("utf-8")
        made = nbformat.reads(text, as_version=4)
        for trace in ("start_time", "duration", "iopub", str(twice[0].parents[1])):
            assert trace not in text
        assert made.metadata["papermill"]["parameters"]["service"] == "homes"


def test_the_commit_is_blank_where_there_is_no_git(tmp_path, monkeypatch):
    assert manifest.commit(tmp_path) == ""
    monkeypatch.setenv("PATH", "")
    assert manifest.commit(tmp_path) == ""


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_commit_is_that_of_the_workbook(tmp_path):
    import subprocess

    def git(*words):
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        done = subprocess.run(
            ["git", *who, *words], cwd=tmp_path, check=True, capture_output=True
        )
        return done.stdout.decode().strip()

    git("init", "--quiet")
    (tmp_path / "data.csv").write_text("1", "utf-8")
    git("add", ".")
    git("commit", "--quiet", "--message", "first")
    head = git("rev-parse", "HEAD")
    assert manifest.commit(tmp_path) == head
    (tmp_path / "data.csv").write_text("2", "utf-8")
    assert manifest.commit(tmp_path) == f"{head}-dirty"
