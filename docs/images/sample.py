# ruff: noqa: INP001 - a script, no package
"""The change that the pictures show: a small documentation, edited as a writer would."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from diffinsight import schema
from diffinsight.models import Report

ORIGIN = "https://github.com/example/harbor-docs"
TOPICS = ("backups", "certificates", "events", "logging", "metrics", "networking", "quotas")

INSTALL = """---
title: Install Harbormaster
ms.date: 2025-01-10
---

# Install Harbormaster

You need a machine with 2 cores and 4 GB of memory.

## Install with Docker

1. Pull the image:

   ```sh
   docker pull harbormaster/server:2.4
   ```

2. Start it with `--token`.

## Install from packages

Packages are built for Debian 12 and Ubuntu 24.04.
"""

OPTIONS = """# Options of the server

| Option | Default | What it does |
| --- | --- | --- |
| `--listen` | `:8080` | the address to listen on |
| `--token` | | the token that clients send |
| `--workers` | `4` | how many requests are served at once |

A client may send 100 requests per minute.
"""

UPGRADE = """# Upgrade

Stop the server, then follow [Install with Docker](install.md#install-with-docker)
with the new version.

Settings of version 1 are described in [Settings of old](legacy-settings.md).
"""

LEGACY = """# Settings of old

Version 1 read its settings from `harbormaster.ini`.
"""

TROUBLE = """# Troubleshooting

The server writes its logs to `/var/log/harbormaster`. Look there fisrt.
"""

NEW_PAGE = """---
title: Run several servers
---

# Run several servers

Servers that share a database share the work.

## Connect them

Start each server with `--join` and the address of one that runs already.

## Watch them

The page `/status` lists all servers.
"""

NAVIGATION = """nav:
  - Install: install.md
  - Options: options.md
  - Upgrade: upgrade.md
"""


def topic(name: str, date: str) -> str:
    front = f"---\ntitle: About {name}\nms.date: {date}\n---\n"
    return f"{front}\n# About {name}\n\nSee [options](../options.md).\n"


def before() -> dict[str, str]:
    pages = {f"docs/topics/{name}.md": topic(name, "2025-01-10") for name in TOPICS}
    return pages | {
        "docs/install.md": INSTALL,
        "docs/options.md": OPTIONS,
        "docs/upgrade.md": UPGRADE,
        "docs/legacy-settings.md": LEGACY,
        "docs/troubleshooting.md": TROUBLE,
        "mkdocs.yml": NAVIGATION,
    }


def after() -> dict[str, str]:
    pages = {f"docs/topics/{name}.md": topic(name, "2025-03-01") for name in TOPICS}
    return pages | {
        "docs/install.md": INSTALL.replace("Install with Docker", "Install with containers")
        .replace("server:2.4", "server:3.0")
        .replace("--token`", "--token-file`"),
        "docs/options.md": OPTIONS.replace(
            "| `--token` | | the token that clients send |",
            "| `--token-file` | | a file with the tokens that clients send |",
        ).replace("100 requests", "250 requests"),
        "docs/upgrade.md": UPGRADE,
        "docs/troubleshooting.md": TROUBLE.replace("fisrt", "first"),
        "docs/several-servers.md": NEW_PAGE,
        "mkdocs.yml": NAVIGATION + "  - Several servers: several-servers.md\n",
    }


def git(folder: Path, *arguments: str) -> None:
    roles = ("AUTHOR", "COMMITTER")
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    environ |= {f"GIT_{role}_DATE": "2025-03-01T12:00:00Z" for role in roles}
    environ |= {f"GIT_{role}_NAME": "A Writer" for role in roles}
    environ |= {f"GIT_{role}_EMAIL": "writer@example.com" for role in roles}
    subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True, env=environ)


def commit(folder: Path, contents: dict[str, str]) -> None:
    for name, text in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    for path in (folder / "docs").rglob("*.md"):
        if path.relative_to(folder).as_posix() not in contents:
            path.unlink()
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Edit")


def report(folder: Path, language: str) -> Report:
    """The report of the change, as of a pull request; ``folder`` is for a repository."""
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "remote", "add", "origin", ORIGIN)
    commit(folder, before())
    commit(folder, after())
    done = subprocess.run(
        [
            *(
                sys.executable,
                "-c",
                "import sys; from diffinsight.cli import main; sys.exit(main())",
            ),
            *("report", "--repo", folder, "--base", "main~1", "--head", "main"),
            *("--engine", "offline", "--language", language, "--date", "2025-03-01"),
            *("--format", "json"),
        ],
        check=True,
        capture_output=True,
    )
    return replace(schema.from_json(done.stdout), pull_request=42)
