"""Options of the whole test suite."""

from __future__ import annotations

import os
from collections.abc import Generator

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


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Hold a test to what it is marked to cover: its reports got there."""
    done = yield
    marks = [mark.args for mark in pyfuncitem.iter_markers("covers")]
    if marks:
        fixtures = pyfuncitem.funcargs.values()
        proxies = [getattr(fixture, "proxy", fixture) for fixture in fixtures]
        seen = {pair for proxy in proxies for pair in getattr(proxy, "landings", ())}
        told = {(event, place) for event, *places in marks for place in places}
        assert told <= seen, f"no report got there: {sorted(told - seen)}"
    return done
