"""Where a repository comes from, as its own configuration says."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OWNER_NAME = r"/*(?P<repository>[\w.-]+/[\w.-]+?)(?:\.git)?/*"
_HOST = r"(?:[^/@\s]*@)?(?P<host>[\w.-]+|\[[0-9a-fA-F:]+\])"
_WEB = re.compile(rf"(?P<scheme>https?)://{_HOST}(?P<port>:\d+)?/{_OWNER_NAME}", re.ASCII)
_SHELL = re.compile(rf"(?:git\+)?(?:ssh|git)://{_HOST}(?::\d+)?/{_OWNER_NAME}", re.ASCII)
_SCP = re.compile(rf"{_HOST}:{_OWNER_NAME}", re.ASCII)
_SSH_HOSTS = {"ssh.github.com": "github.com"}  # GitHub's SSH over port 443
# What `git config --null --get-regexp` is asked for.
SETTINGS = r"^(remote\.origin\.url|remote\..*\.promisor|url\..*\.insteadof)$"


@dataclass(frozen=True, kw_only=True, slots=True)
class Remote:
    """A repository on a server like GitHub."""

    server_url: str  # https://github.com
    repository: str  # owner/name


def parse_remote(url: str) -> Remote | None:
    """Server and owner/name of ``url``, without its credentials; None for any other address."""
    if match := _WEB.fullmatch(url):
        server = f"{match['scheme']}://{match['host'].lower()}{match['port'] or ''}"
        return Remote(server_url=server, repository=match["repository"])
    match = _SHELL.fullmatch(url) or (None if "://" in url else _SCP.fullmatch(url))
    # A host without a dot is an alias from ~/.ssh/config or a Windows drive.
    if match is None or "." not in match["host"].strip("."):
        return None
    host = match["host"].lower()
    return Remote(
        server_url=f"https://{_SSH_HOSTS.get(host, host)}", repository=match["repository"]
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """Where the repository comes from and whether it holds everything."""

    origin: Remote | None = None
    promisor: str | None = None  # name of the remote that a partial clone fetches the rest from


def parse_settings(listed: bytes) -> Settings:
    """Read ``git config --null --get-regexp``."""
    url, promisor, aliases = None, None, {}
    for entry in listed.decode("utf-8", "replace").split("\0")[:-1]:
        key, _, value = entry.partition("\n")
        if key == "remote.origin.url":
            url = url or value
        elif key.endswith(".promisor") and value != "false":
            promisor = key.removeprefix("remote.").removesuffix(".promisor")
        elif key.startswith("url."):
            aliases[value] = key.removeprefix("url.").removesuffix(".insteadof")
    return Settings(
        origin=None if url is None else parse_remote(_written_out(url, aliases)),
        promisor=promisor,
    )


def _written_out(url: str, aliases: dict[str, str]) -> str:
    """``url`` with the longest matching ``url.<base>.insteadOf`` replaced, as git does."""
    matching = [short for short in aliases if short and url.startswith(short)]
    if not matching:
        return url
    short = max(matching, key=len)
    return aliases[short] + url.removeprefix(short)
