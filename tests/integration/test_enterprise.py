"""Servers of one's own: other addresses, a certificate authority of the house, proxies."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from support.git_repo import GitRepo, clean_environ
from support.git_server import serve_git

from diffinsight.errors import ActionError
from diffinsight.git_cli import fetch_history
from diffinsight.github_api import GitHubLookups, open_github

SINCE = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass
class House:
    """A server that knows one repository, and what it was asked."""

    url: str
    certificate: Path | None = None
    asked: list[str] = field(default_factory=list)


@contextmanager
def house(certificate: Path | None = None) -> Iterator[House]:
    state = House(url="", certificate=certificate)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append(self.path)
            body = json.dumps({"full_name": "contoso/docs", "url": f"{state.url}/x"}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        scheme = "http"
        if certificate:
            scheme = "https"
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        state.url = f"{scheme}://localhost:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and its certificate for localhost, signed by nobody that machines know."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "localhost.pem"
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(pem))
    return file


def name_at(api_url: str) -> str:
    opened = open_github("contoso/docs", {"GITHUB_API_URL": api_url}, token="ghs_x")  # noqa: S106 - made up
    return GitHubLookups.of(opened).current_name()


def test_the_api_is_where_the_environment_says() -> None:
    with house() as server:
        assert name_at(f"{server.url}/api/v3") == "contoso/docs"
        assert server.asked == ["/api/v3/repos/contoso/docs"]


def test_an_authority_of_the_house_for_the_api(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with house(certificate) as server:
        with pytest.raises(ActionError, match="no connection"):
            name_at(f"{server.url}/api/v3")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        assert name_at(f"{server.url}/api/v3") == "contoso/docs"


def test_a_proxy_for_the_api(monkeypatch: pytest.MonkeyPatch) -> None:
    with house() as server:
        monkeypatch.setenv("http_proxy", server.url)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        assert name_at("http://ghe.example.invalid/api/v3") == "contoso/docs"
        assert server.asked == ["http://ghe.example.invalid:80/api/v3/repos/contoso/docs"]


def test_an_authority_of_the_house_for_git(certificate: Path) -> None:
    with house(certificate) as server:
        url = f"{server.url}/contoso/docs.git"
        with pytest.raises(ActionError):
            fetch_history(url, branch=None, since=SINCE, environ=clean_environ())
        assert server.asked == []
        environ = clean_environ() | {"GIT_SSL_CAINFO": str(certificate)}
        with pytest.raises(ActionError):  # it is no git server; but it was asked
            fetch_history(url, branch=None, since=SINCE, environ=environ)
        assert server.asked[0].startswith("/contoso/docs.git/info/refs")


def test_a_proxy_for_git(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "work")
    head = repo.commit({"a.md": "# A\n"})
    repo.git("clone", "-q", "--bare", str(repo.path), str(tmp_path / "git/docs.git"))
    with serve_git(tmp_path / "git") as server:
        found = fetch_history(
            "http://ghe.example.invalid/docs.git",
            branch="main",
            since=SINCE,
            environ=clean_environ() | {"http_proxy": server.url},
        )
    assert [commit.sha for commit in found.commits] == [head]
