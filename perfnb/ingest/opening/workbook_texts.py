"""Read the cells of a spreadsheet as text, old ones in a process of their own.

Of a damaged xls file, whose parts carry no check sums, the reader can end the
whole process; then only that process ends.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Collection
from typing import NamedTuple

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from perfnb.ingest.door.refusal import RefusedError, damaged
from perfnb.ingest.opening.plain_text import text_of

# A hundred times what the largest published file takes.
_PATIENCE_SECONDS = 30


class SheetTexts(NamedTuple):
    """The cells of a sheet as text.

    Parameters
    ----------
    name : str
        Name of the sheet.
    hidden : bool
        Whether it is hidden.
    rows : list of list of str
        Row by row from A1 on.
    """

    name: str
    hidden: bool
    rows: list[list[str]]


def read_texts(content: bytes, only: Collection[str] | None = None) -> list[SheetTexts]:
    """Read the cells of an xlsx, ods or xls file.

    Parameters
    ----------
    content : bytes
        The whole file.
    only : collection of str, optional
        Names of the sheets to read; all when left out.

    Raises
    ------
    RefusedError
        When it cannot be read.
    """
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            if len({*workbook.sheet_names}) < len(workbook.sheet_names):
                raise damaged(found="two sheets of one name")
            return [
                SheetTexts(
                    about.name,
                    about.visible != SheetVisibleEnum.Visible,
                    [
                        [cell if type(cell) is str else text_of(cell) for cell in row]
                        for row in workbook.get_sheet_by_name(about.name).to_python(
                            skip_empty_area=False
                        )
                    ],
                )
                for about in workbook.sheets_metadata
                if only is None or about.name in only
            ]
    except (KeyboardInterrupt, SystemExit, RefusedError):
        raise
    # The reader's panics are no Exception; none of its words are an analyst's.
    except BaseException:  # noqa: BLE001
        raise damaged(found="a spreadsheet that cannot be read") from None


def read_texts_apart(
    content: bytes, only: Collection[str] | None = None
) -> list[SheetTexts]:
    """Read the cells of an xls file in a process of its own; see `read_texts`."""
    chosen = "" if only is None else json.dumps(sorted(only))
    try:
        process = subprocess.run(  # noqa: S603
            [
                sys.executable,
                "-P",
                "-m",
                "perfnb.ingest.opening.workbook_texts",
                chosen,
            ],
            input=content,
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise damaged(found="a spreadsheet that cannot be read") from None
    return [SheetTexts(*sheet) for sheet in json.loads(process.stdout)]


def main() -> None:
    """Read a file from standard input and write its cells to standard output."""
    only = json.loads(sys.argv[1]) if sys.argv[1] else None
    texts = read_texts(sys.stdin.buffer.read(), only)
    sys.stdout.buffer.write(json.dumps(texts).encode())


if __name__ == "__main__":
    main()
