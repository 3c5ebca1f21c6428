"""The files of artifacts from act's artifact server."""

from __future__ import annotations

import json
import os
import sys
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen


def get(address: str) -> bytes:
    with urlopen(address) as answer:  # noqa: S310 - act's own address
        content: bytes = answer.read()
    return content


server, run = os.environ["ACTIONS_RUNTIME_URL"].rstrip("/"), os.environ["RUN"]
listed = json.loads(get(f"{server}/_apis/pipelines/workflows/{run}/artifacts"))["value"] or []
names = [it["name"] for it in listed if fnmatchcase(it["name"], os.environ["WANTED"])]
if not names:
    sys.exit(f"run {run} has no artifact {os.environ['WANTED']}")
for name in names:
    folder = Path(os.environ["INTO"], "" if os.environ["FLAT"] == "true" else name)
    place = urlencode({"itemPath": name})
    for item in json.loads(get(f"{server}/download/{run}?{place}"))["value"]:
        target = folder / Path(item["path"]).relative_to(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(get(server + urlsplit(item["contentLocation"]).path))
        print(f"downloaded {target}")  # noqa: T201 - a step of a workflow
