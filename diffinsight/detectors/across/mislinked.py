"""New links that look like slips: they name a version that their address belies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diffinsight.detectors.comparison import Comparison
from diffinsight.models import Json

_VERSION = re.compile(r"\d{4}-\d\d-\d\d(?:-[a-z]+)?|(?<![\w.])v?\d+(?:\.\d+)+")


def slips(file: Comparison) -> Iterator[dict[str, Json]]:
    """Links that name another version than before, and still lead to that one."""
    before = {link.target: link.text for link in file.before.links}
    for link in file.after.links:
        now, was = (_VERSION.findall(text) for text in (link.text, before.get(link.target, "")))
        alone = link.line in file.added and len(now) == len(was) == 1
        if alone and was[0] in link.target and now[0] not in link.target:
            yield {"written": link.text, "meant": was[0], "line": link.line, "of": "link"}
