"""What the tests of this folder are handed."""

from __future__ import annotations

import re

import pytest
from support.servers import proxy, server

__all__ = ["own_name", "proxy", "server"]


@pytest.fixture
def own_name(request: pytest.FixtureRequest) -> str:
    """A name for a repository of the test's own."""
    return re.sub(r"\W+|_+", "-", request.node.name).strip("-")
