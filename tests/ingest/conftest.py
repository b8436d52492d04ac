"""What the tests of reading and judging share."""

import pytest
from small_workbook import build


@pytest.fixture(scope="session")
def vale(tmp_path_factory):
    """Open Illustrative Vale once, for tests that judge cells in memory."""
    return build(tmp_path_factory.mktemp("vale") / "illustrative-council").open()
