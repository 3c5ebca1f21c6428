"""What the README says about the action, the command line and its own tests, made from them.

`python tests/support/readme.py` writes it between the markers of each section.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"


def action() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return loaded


def sections() -> Mapping[str, str]:
    """What belongs between `<!-- name -->` and `<!-- /name -->`, by name."""
    from support.claims import DESTINATIONS, rows  # found when tests/ is on the path, see below

    inputs, outputs = action()["inputs"], action()["outputs"]
    return {
        "inputs": _table(
            ("input", "what it is", "default"),
            (
                (f"`{name}`", entry["description"], f"`{entry['default']}`")
                if entry["default"]
                else (f"`{name}`", entry["description"], "")
                for name, entry in inputs.items()
            ),
        ),
        "outputs": _table(
            ("output", "what it is"),
            ((f"`{name}`", entry["description"]) for name, entry in outputs.items()),
        ),
        "usage": f"```text\n{usage()}```",
        "events": _table(("event", *DESTINATIONS), rows()),
    }


def usage() -> str:
    """`diffinsight report --help` at the width of a page."""
    command = Path(sys.executable).with_name("diffinsight")
    return subprocess.run(
        [str(command), "report", "--help"],
        env={**os.environ, "COLUMNS": "100"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def section(text: str, name: str) -> str | None:
    """What ``text`` has between the markers of ``name``; None: it has no such markers."""
    found = re.search(rf"<!-- {name} -->\n(.*?)\n?<!-- /{name} -->", text, re.DOTALL)
    return found[1].strip("\n") if found else None


def written(text: str) -> str:
    """``text`` with every section between its markers brought up to date."""
    for name, wanted in sections().items():
        opening, closing = f"<!-- {name} -->", f"<!-- /{name} -->"
        text = re.sub(
            f"{opening}.*?{closing}",
            lambda _, new=f"{opening}\n{wanted}\n{closing}": new,  # type: ignore[misc]  # a bound default
            text,
            flags=re.DOTALL,
        )
    return text


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    cells = ((cell.replace("|", r"\|") for cell in line) for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))  # as pytest has it
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
