"""A git server over HTTP: git's own back end behind Python's web server."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from support.git_repo import clean_environ


@dataclass
class GitServer:
    """Every repository below ``root``; ``password`` is asked for when it is set."""

    root: Path
    url: str
    authorization: str | None = None
    seen: list[str | None] = field(default_factory=list)  # each request's Authorization


@contextmanager
def serve_git(root: Path, *, authorization: str | None = None) -> Iterator[GitServer]:
    """Serve while the block runs."""
    state = GitServer(root=root, url="", authorization=authorization)

    class Handler(_Handler):
        served = state

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        state.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    served: GitServer

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, *_arguments: object) -> None:
        """Keep the tests' output clean."""

    def _answer(self) -> None:
        given = self.headers.get("Authorization")
        self.served.seen.append(given)
        if self.served.authorization not in (None, given):
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="git"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        # A request that upload-pack refuses ends it early: what it said so far goes out.
        done = subprocess.run(
            ["git", "http-backend"], input=body, capture_output=True, env=self._cgi(), check=False
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(headers.pop("Status", "200").split()[0]))
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _cgi(self) -> dict[str, str]:
        url = urlsplit(self.path)
        return clean_environ() | {
            "GIT_PROJECT_ROOT": str(self.served.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "REQUEST_METHOD": self.command,
            "PATH_INFO": url.path,
            "QUERY_STRING": url.query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
        }
