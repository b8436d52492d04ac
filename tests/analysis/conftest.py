"""What the tests of the analyses share."""

from pathlib import Path

import pandas as pd
import pytest

from perfnb.methods import Methods, read_methods

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "cases"


@pytest.fixture(scope="session")
def methods() -> Methods:
    """Give the house rules of the workbook."""
    return read_methods(ROOT / "parameters" / "methods.yaml")


@pytest.fixture(scope="session")
def shared_case():
    """Read a reference case from outside the repository, or skip, saying so."""

    def read(name: str) -> pd.DataFrame:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"the reference cases are absent: {path}")
        return pd.read_csv(path)

    return read


@pytest.fixture(scope="session")
def own_case():
    """Read a published answer that the repository holds."""

    def read(name: str) -> pd.DataFrame:
        return pd.read_csv(ROOT / "tests" / "cases" / name)

    return read
