"""What the tests share: the real workbook and a small one to spoil."""

from pathlib import Path

import pytest
from hypothesis import settings
from small_workbook import SmallWorkbook, build

from perfnb.analysis.forecasting.outlook import OutlookFinding, outlooks
from perfnb.selection import Selection
from perfnb.workbook import Workbook, open_workbook

# No deadline: a busy machine is no fault of the code.
settings.register_profile("perfnb", deadline=None, max_examples=50)
settings.load_profile("perfnb")


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the folder of the repository, which is the real workbook."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def book(root: Path) -> Workbook:
    """Give the real workbook, read and checked once."""
    return open_workbook(root)


@pytest.fixture
def small_workbook(tmp_path: Path) -> SmallWorkbook:
    """Give the folder of Illustrative Vale, fresh for every test.

    ``small_workbook.folder`` is the path; its methods change one file, open the
    folder or list the faults that opening it tells.
    """
    return build(tmp_path / "illustrative-council")


@pytest.fixture(scope="session")
def waste(book: Workbook) -> Selection:
    """Select waste and recycling in the worked example's quarter."""
    return book.select("waste-and-recycling", "2025-26 Q3")


@pytest.fixture(scope="session")
def housing(book: Workbook) -> Selection:
    """Select housing in the worked example's quarter."""
    return book.select("housing", "2025-26 Q3")


@pytest.fixture(scope="session")
def housing_outlooks(housing: Selection) -> tuple[OutlookFinding, ...]:
    """Forecast every indicator of housing, once: it takes some ten seconds."""
    return outlooks(housing)


@pytest.fixture(scope="session")
def planning(book: Workbook) -> Selection:
    """Select planning and regeneration in the worked example's quarter."""
    return book.select("planning-and-regeneration", "2025-26 Q3")


@pytest.fixture(scope="session")
def safety(book: Workbook) -> Selection:
    """Select community safety in the worked example's quarter."""
    return book.select("community-safety", "2025-26 Q3")
