"""Options of the whole test suite."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# A check of a change fails for the change's sake: the same examples every time, and no stopwatch.
# At a desk examples are new with each run.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="write what the tests of cases see into the expected files",
    )


@pytest.fixture
def update_goldens(request: pytest.FixtureRequest) -> bool:
    """Whether expected files are written instead of compared."""
    return bool(request.config.getoption("--update-goldens"))
