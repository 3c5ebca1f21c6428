"""Files to act's artifact server, which takes each by a PUT."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

origin, name = Path(os.environ["FROM"]), os.environ["NAME"]
top = origin if origin.is_dir() else origin.parent
found = [path for path in (origin, *origin.rglob("*")) if path.is_file()]
if os.environ["HIDDEN"] != "true":
    found = [path for path in found if not any(part.startswith(".") for part in path.parts)]
if not found and os.environ["NONE"] != "ignore":
    sys.exit(f"no files to upload at {origin}")

server = os.environ["ACTIONS_RUNTIME_URL"].rstrip("/")
for path in found:
    place = urlencode({"itemPath": f"{name}/{path.relative_to(top)}"})
    address = f"{server}/upload/{os.environ['GITHUB_RUN_ID']}?{place}"
    urlopen(Request(address, data=path.read_bytes(), method="PUT")).close()  # noqa: S310 - act's own address
    print(f"uploaded {path} to {name}")  # noqa: T201 - a step of a workflow
