"""A proxy before a GitHub API server: writes down requests, holds them to GitHub's description.

It also plays what a real server does on a bad day: refusals, limits, dropped connections, and
somebody else writing at the worst moment.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, urlsplit

from openapi_core import Config, OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest
from support.graphql import answer_mutation, mutation_breach
from support.node_modules import node_modules

# What GitHub names as one path parameter though it may hold slashes.
SLASHED = ("/contents/", "/compare/", "/git/ref/", "/git/refs/", "/commits/")
GRAPHQL = "/graphql"


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A request as it came, and the status of its answer."""

    method: str
    path: str  # without the query
    body: str
    status: int

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.status}"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer of the proxy's own; status 0 drops the connection."""

    status: int
    message: str = ""
    body: Mapping[str, object] = field(default_factory=dict)  # beside the message
    headers: Mapping[str, str] = field(default_factory=dict)


# What happens first; without an answer the request then goes on to the server.
Turn = Callable[[], "Answer | None"]


@dataclass
class Proxy:
    """What a test tells the proxy, and what it learns from it."""

    upstream: str
    git: str | None = None  # a git server, for addresses such as /owner/name.git/info/refs
    graphql: bool = False  # play it; the server behind knows none
    url: str = ""
    exchanges: list[Exchange] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)  # where a request breaks the description
    turns: list[tuple[str, str, Turn]] = field(default_factory=list)
    landings: set[tuple[str, str]] = field(default_factory=set)  # event, destination
    lock: threading.Lock = field(default_factory=threading.Lock)
    moving: threading.Lock = field(default_factory=threading.Lock)  # a branch

    def next_time(self, method: str, part: str, turn: Turn, *, times: int = 1) -> None:
        """Take the next request of ``method`` whose path has ``part`` in it to ``turn``."""
        self.turns += [(method, part, turn)] * times

    def refuse(self, method: str, part: str, answer: Answer, *, times: int = 1) -> None:
        """Answer the next such requests without asking the server."""
        self.next_time(method, part, lambda: answer, times=times)

    def sent(self, *methods: str) -> list[str]:
        """What came in, as ``METHOD path status``."""
        return [str(it) for it in self.exchanges if not methods or it.method in methods]

    def turn_for(self, method: str, path: str) -> Turn | None:
        with self.lock:
            for at, (wanted, part, turn) in enumerate(self.turns):
                if wanted == method and part in path:
                    del self.turns[at]
                    return turn
        return None


@contextmanager
def api_proxy(upstream: str) -> Iterator[Proxy]:
    """A proxy in front of ``upstream`` for the length of the block."""
    proxy = Proxy(upstream=upstream)

    class Handler(ProxyHandler):
        state = proxy

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        proxy.url = f"http://localhost:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield proxy
        finally:
            server.shutdown()
            thread.join()


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What goes back to the client; status 0 drops the connection."""

    status: int
    headers: Mapping[str, str]
    text: bytes


def own(answer: Answer) -> Reply:
    text = json.dumps({"message": answer.message, **answer.body}).encode()
    headers = {"Content-Type": "application/json", **answer.headers}
    return Reply(status=answer.status, headers=headers, text=text)


class ProxyHandler(BaseHTTPRequestHandler):
    """One request: written down, checked, and answered."""

    state: Proxy

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        url = urlsplit(self.path)
        mistake = "" if self.is_git() else breach(self.command, self.path, body)
        if mistake:
            self.state.mistakes.append(f"{self.command} {self.path}: {mistake}")
        turn = self.state.turn_for(self.command, url.path)
        answer = turn() if turn else None
        if not answer and url.path == GRAPHQL:
            answer = self.play(body)
        reply = own(answer) if answer else self.ask(body)
        # Written down before it is sent: the next request may come on its heels.
        self.state.exchanges.append(
            Exchange(
                method=self.command,
                path=url.path,
                body=body.decode(errors="replace"),
                status=reply.status,
            )
        )
        self.send(reply)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815 - the library's names

    def is_git(self) -> bool:
        return ".git/" in urlsplit(self.path).path

    def play(self, body: bytes) -> Answer:
        if not self.state.graphql:
            return Answer(status=404, message="Not Found")
        token = (self.headers.get("Authorization") or "").partition(" ")[2]
        with self.state.lock:
            return Answer(status=200, body=answer_mutation(body, self.state.upstream, token))

    def ask(self, body: bytes) -> Reply:
        # The server looks at a ref before it has read the whole request: two at once would pass.
        moves = self.command == "PATCH" and "/git/refs/" in self.path
        with self.state.moving if moves else nullcontext():
            return self.forward(body)

    def forward(self, body: bytes) -> Reply:
        git = self.state.git if self.is_git() else None
        connection = HTTPConnection(urlsplit(git or self.state.upstream).netloc, timeout=20)
        kept = {k: v for k, v in self.headers.items() if k.lower() not in {"host", "connection"}}
        connection.request(self.command, self.path, body or None, kept)
        answer = connection.getresponse()
        text = answer.read()
        passed = {k: v for k, v in answer.getheaders() if k.lower() in {"content-type", "link"}}
        # Addresses in answers lead to the server itself: past the proxy.
        text = text if git else text.replace(self.state.upstream.encode(), self.state.url.encode())
        passed = {k: v.replace(self.state.upstream, self.state.url) for k, v in passed.items()}
        connection.close()
        return Reply(status=answer.status, headers=passed, text=text)

    def send(self, reply: Reply) -> None:
        if not reply.status:
            self.close_connection = True
            return
        self.send_response(reply.status)
        for key, value in reply.headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(reply.text)))
        self.end_headers()
        self.wfile.write(reply.text)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing: a test that fails prints what it needs."""


@cache
def description() -> OpenAPI:
    """GitHub's description of its API."""
    file = node_modules() / "@octokit/openapi/generated/api.github.com.json"
    spec = json.loads(file.read_text(encoding="utf-8"))
    ours = ("/repos/{owner}/{repo}", "/user")
    spec["paths"] = {k: v for k, v in spec["paths"].items() if k.startswith(ours)}
    config = Config(spec_validator_cls=None)  # type: ignore[arg-type]  # "validate no spec" is untyped
    return OpenAPI.from_dict(spec, config=config)


def breach(method: str, address: str, body: bytes) -> str:
    """How a request breaks GitHub's description, or nothing."""
    url = urlsplit(address)
    path = url.path
    if path == GRAPHQL:
        return mutation_breach(body)
    for part in SLASHED:
        before, found, rest = path.partition(part)
        if found:
            path = before + found + quote(rest, safe="%")
    request = MockRequest(
        "https://api.github.com",
        method.lower(),
        path,
        args=dict(parse_qsl(url.query)),
        data=body or None,
        content_type="application/json",
    )
    try:
        description().validate_request(request)
    except OpenAPIError as error:
        return f"{error} {error.__cause__ or ''}"
    return ""
