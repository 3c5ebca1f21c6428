"""The fixtures of tests that talk to the GitHub API server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.api_proxy import Proxy, api_proxy
from support.github_server import GitHubServer, github_server


@pytest.fixture(scope="module")
def server() -> Iterator[GitHubServer]:
    """One for the tests of a module."""
    with github_server() as running:
        yield running


@pytest.fixture
def proxy(server: GitHubServer) -> Iterator[Proxy]:
    """What leads to it, for one test."""
    with api_proxy(server.url) as running:
        yield running
        assert running.mistakes == []
