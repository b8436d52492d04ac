"""Every file of the corpus is in its class, and says where, what and what to do.

The lines of the table "Returns: what gets through, what is refused" (bad cells,
forms of files, hostile files), each as a file that the tests write.
"""

from collections import Counter

import pytest
from corpus import ACCEPTED, CLASSES, FILE, IN_CELLS, ROW, WARNED
from corpus_books import BOOKS
from corpus_files import FILES

from perfnb.findings import in_order
from perfnb.ingest.quality import judge
from perfnb.ingest.returned.returns import read_returns

CASES = (*IN_CELLS, *FILES, *BOOKS)


@pytest.fixture
def outcome(vale, tmp_path):
    """Give what comes of a case: the rows that got in and the findings."""

    def read(case):
        path = tmp_path / "data/returns/2025-26-q3" / case.file
        path.parent.mkdir(parents=True)
        path.write_bytes(case.content)
        cells, unread = read_returns(tmp_path, vale.methods)
        rows, told = judge(cells, vale.catalogue, vale.reference, vale.methods)
        return rows, in_order([*unread, *told])

    return read


def class_of(rows, findings):
    """Say in which class a file came out."""
    if any(finding.severity == "error" for finding in findings):
        return ROW if len(rows) else FILE
    return WARNED if findings else ACCEPTED


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_is_in_its_class_and_nothing_right_is_lost(outcome, case):
    rows, findings = outcome(case)
    assert class_of(rows, findings) == case.expected, [*map(str, findings)]
    assert len(rows) == case.rows
    assert len(findings) == case.findings, [*map(str, findings)]
    file = f"data/returns/2025-26-q3/{case.file}"
    for finding in findings:
        assert finding.file == file
        assert str(finding).startswith(file)
        assert finding.expected
        assert finding.remedy.endswith((".", "?"))
    message = "\n".join(map(str, findings))
    at = 0
    for piece in case.told:
        at = message.find(piece, at)
        assert at >= 0, f"{piece!r} is not, or not there, in {message}"


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.expected == WARNED], ids=lambda c: c.name
)
def test_what_gets_in_with_a_warning_has_a_mark_or_is_told_of_its_file(outcome, case):
    rows, findings = outcome(case)
    of_cells = [f for f in findings if f.row and f.column and f.row > 1]
    assert rows["mark"].ne("").any() == bool(of_cells)


def test_the_corpus_is_of_many_files_of_every_class_and_form():
    assert len(CASES) >= 160
    assert len({case.name for case in CASES}) == len(CASES)
    classes = Counter(case.expected for case in CASES)
    assert set(classes) == set(CLASSES)
    assert min(classes.values()) >= 15
    endings = {case.file.rpartition(".")[2] for case in CASES}
    assert endings >= {"csv", "tsv", "txt", "xlsx", "xlsm", "ods", "xls"}
