from collections.abc import Iterator

import pytest
from support.browser import Browser, chromium


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def browser(running: Browser) -> Browser:
    running.troubles.clear()
    running.requested.clear()
    return running
