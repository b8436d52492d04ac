"""`perfnb import`: from a published file to returns of the workbook.

- `reading`: the figures of a file, by the profile that was asked for;
- `naming`: the source of a file, and its row of the register;
- `held`: what the workbook has already of what the file gives;
- `compared`, `reconciliation`: an export of the performance system beside the
  services' own returns;
- `prepared`: the returns of a file, made but not written;
- `writing`: put them and the source's row in their places;
- `told`: what was taken, left out and why, in sentences;
- `command`: all of it as a command.
"""

from perfnb.importing.prepared import Prepared, prepare
from perfnb.importing.reading import Request
from perfnb.importing.told import profiles_told, told
from perfnb.importing.writing import write

__all__ = [
    "Prepared",
    "Request",
    "prepare",
    "profiles_told",
    "told",
    "write",
]
