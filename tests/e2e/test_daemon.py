"""The tests' own Docker daemon, the data of which outlive it."""

from __future__ import annotations

import pytest
from support.container import Docker

pytestmark = pytest.mark.e2e


def test_what_a_killed_run_left_is_cleared(docker: Docker) -> None:
    if docker.host is None:
        pytest.skip("the machine's own daemon is not ours to clear")
    docker.run("create", "--volume", "left-behind:/data", docker.base, "true")
    docker.clear()
    assert docker.run("ps", "--all", "--quiet") == ""
    assert docker.run("volume", "ls", "--quiet") == ""
