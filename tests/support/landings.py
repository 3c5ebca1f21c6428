"""Where the runs of a test brought their reports, as the server behind the proxy saw it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from support.api_proxy import Exchange, Proxy

_DONE = range(200, 300)


def note_landings(
    proxy: Proxy, event: str, *, since: int, summary: str, outputs: Mapping[str, str]
) -> None:
    """Keep what a run of ``event`` reached, with what the proxy passed on from ``since`` on."""
    found = _landed(proxy.exchanges[since:], summary=summary, outputs=outputs)
    proxy.landings.update((event, destination) for destination in found)


def _landed(
    exchanges: Sequence[Exchange], *, summary: str, outputs: Mapping[str, str]
) -> Iterator[str]:
    writes = [it for it in exchanges if it.method in {"POST", "PATCH"} and it.status in _DONE]
    if any("/issues/" in it.path and "/comments" in it.path for it in writes):
        yield "comment"
    if any("/git/refs" in it.path or "createCommitOnBranch" in it.body for it in writes):
        yield "commit"
    if any(it.path.endswith("/check-runs") for it in writes):
        yield "check"
    if summary:
        yield "summary"
    if outputs.get("title"):
        yield "outputs"
