"""One GitHub API server for the tests of a module, and what leads to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from support.api_proxy import Proxy, api_proxy
from support.github_server import GitHubServer, github_server


@pytest.fixture(scope="module")
def server() -> Iterator[GitHubServer]:
    with github_server() as running:
        yield running


@pytest.fixture
def proxy(server: GitHubServer) -> Iterator[Proxy]:
    with api_proxy(server.url) as running:
        yield running
        assert running.mistakes == []


@pytest.fixture
def own_name(request: pytest.FixtureRequest) -> str:
    """A name for a repository of the test's own."""
    return re.sub(r"\W+|_+", "-", request.node.name).strip("-")
