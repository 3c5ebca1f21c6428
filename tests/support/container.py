"""The action's image, and workflows that run it with `act`, on a Docker daemon."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from support.api_proxy import Proxy
from support.landings import note_landings

ROOT = Path(__file__).parents[2]
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "diffinsight-e2e"
OWN_BASE = "diffinsight-e2e-base"
PUBLIC_BASE = "python:3.13-slim"
# The machine's certificates: a proxy between it and the package index may have its own.
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
ACTION = "diffinsight/diffinsight"
# Where act looks for the image of `uses: diffinsight/diffinsight@v1`.
IMAGE = "act-diffinsight-diffinsight-v1-dockeraction:latest"
NOBODY_HERE = 1001  # the uid that owns the workspace on GitHub's runners
# How act shows a step's summary in its log.
SUMMARY = re.compile(r"  Summary - (.*?)\n(?=\[docs\.yml/report\] )", re.DOTALL)
RESULT = ".result"  # folder in the workspace that the workflow's last step writes


@dataclass(frozen=True, kw_only=True)
class Docker:
    """A daemon, and an image on it that the action's is built on."""

    host: str | None  # None: the one the docker command finds
    base: str

    @property
    def environ(self) -> dict[str, str]:
        own = {"DOCKER_HOST": self.host} if self.host else {}
        return {**os.environ, "DOCKER_BUILDKIT": "0", **own}

    def run(self, *arguments: str) -> str:
        """What docker printed; its complaint is raised."""
        done = subprocess.run(
            ["docker", *arguments], env=self.environ, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"docker {arguments}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def clear(self) -> None:
        """Remove every container and volume: a run that was killed leaves them behind."""
        if left := self.run("ps", "--all", "--quiet").split():
            self.run("rm", "--force", "--volumes", *left)
        if volumes := self.run("volume", "ls", "--quiet").split():
            self.run("volume", "rm", *volumes)


@contextmanager
def docker_daemon() -> Iterator[Docker]:
    """The daemon of the machine, or one of our own that ends with the block."""
    if answers(None):
        yield Docker(host=None, base=PUBLIC_BASE)
        return
    with tempfile.TemporaryDirectory() as folder:
        host = f"unix://{folder}/docker.sock"
        with Path(folder, "log").open("wb") as log:
            process = subprocess.Popen(daemon_command(Path(folder), host), stdout=log, stderr=log)
        try:
            wait_for(host, process, Path(folder, "log"))
            docker = Docker(host=host, base=OWN_BASE)
            docker.clear()  # act can't start a job while an old container holds its volume
            make_base(docker)
            yield docker
        finally:
            process.terminate()
            process.wait(timeout=30)
            for mounted in Path(folder).glob("exec/netns/*"):  # left behind by dockerd
                subprocess.run(["umount", str(mounted)], check=False)


def daemon_command(folder: Path, host: str) -> list[str]:
    # No bridge: containers take the host's network, and nothing of the machine is changed.
    return [
        "dockerd",
        "--storage-driver=overlay2",
        "--bridge=none",
        "--iptables=false",
        f"--data-root={CACHE / 'docker'}",
        f"--exec-root={folder / 'exec'}",
        f"--pidfile={folder / 'pid'}",
        f"--host={host}",
    ]


def wait_for(host: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the daemon answers; one that ended, or does not in 30 seconds, is an error."""
    for _ in range(150):
        assert process.poll() is None, f"dockerd ended: {log.read_text()[-2000:]}"
        if answers(host):
            return
        time.sleep(0.2)
    raise AssertionError(f"dockerd does not answer: {log.read_text()[-2000:]}")


def answers(host: str | None) -> bool:
    environ = {**os.environ, **({"DOCKER_HOST": host} if host else {})}
    done = subprocess.run(["docker", "info"], env=environ, capture_output=True, check=False)
    return done.returncode == 0


def make_base(docker: Docker) -> None:
    """The base image that `setup.sh` made a tar of, with the machine's certificates."""
    bare = f"{OWN_BASE}-bare"
    if not docker.run("images", "--quiet", bare):
        docker.run("import", str(CACHE / "base.tar"), bare)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(CERTIFICATES, Path(folder, "certificates.crt"))
        lines = (
            f"FROM {bare}",
            "COPY certificates.crt /etc/ssl/certs/machine.crt",
            "ENV PIP_CERT=/etc/ssl/certs/machine.crt",
        )
        Path(folder, "Dockerfile").write_text("\n".join(lines))
        docker.run("build", "--quiet", "--tag", OWN_BASE, folder)


def build_image(docker: Docker) -> None:
    """The action's image from this very tree."""
    base = f"BASE_IMAGE={docker.base}"
    command = ["build", "--quiet", "--network=host", "--build-arg", base, "--tag", IMAGE]
    docker.run(*command, str(ROOT))


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a workflow run left behind."""

    succeeded: bool
    log: str
    outputs: Mapping[str, str]
    summary: str
    roots: tuple[str, ...]  # files that are root's now, which a self-hosted runner can't remove


@dataclass(frozen=True, kw_only=True)
class Workflow:
    """A repository with a workflow that runs the action in it."""

    docker: Docker
    proxy: Proxy
    workspace: Path
    inputs: Mapping[str, str] = field(default_factory=dict)

    def run(self, event: str, payload: object, *, token: str, number: int) -> Outcome:
        """Run number ``number`` of the workflow, started by ``event``."""
        self._write_workflow()
        result = self.workspace / RESULT
        shutil.rmtree(result, ignore_errors=True)
        result.mkdir()
        self._give_to(NOBODY_HERE)
        before = len(self.proxy.exchanges)
        with tempfile.TemporaryDirectory() as folder:
            event_file = Path(folder, "event.json")
            event_file.write_text(json.dumps(payload))
            done = subprocess.run(
                self._command(event, event_file, token, number),
                env={**self.docker.environ, "XDG_CACHE_HOME": str(CACHE)},
                capture_output=True,
                text=True,
                check=False,
                timeout=120,
            )
        assert (result / "outputs.json").exists(), done.stdout + done.stderr
        found = [path for path in self.workspace.rglob("*") if RESULT not in path.parts]
        roots = tuple(str(path) for path in found if path.lstat().st_uid == 0)
        self._give_to(os.geteuid())
        outcome = Outcome(
            succeeded=done.returncode == 0,
            log=done.stdout + done.stderr,
            outputs=json.loads((result / "outputs.json").read_text()),
            summary="".join(SUMMARY.findall(done.stdout)),
            roots=roots,
        )
        note_landings(
            self.proxy, event, since=before, summary=outcome.summary, outputs=outcome.outputs
        )
        return outcome

    def _command(self, event: str, event_file: Path, token: str, number: int) -> list[str]:
        return [
            *act_command(event, event_file, token=token, workspace=self.workspace),
            *server_options(self.proxy.url, run_number=number),
            *("--bind", "--platform", f"ubuntu-latest={self.docker.base}"),
        ]

    def _write_workflow(self) -> None:
        given = "".join(
            f"\n          {name}: {json.dumps(text)}" for name, text in self.inputs.items()
        )
        file = self.workspace / ".github/workflows/docs.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(WORKFLOW.replace("@INPUTS@", f"\n        with:{given}" if given else ""))

    def _give_to(self, uid: int) -> None:
        """As on GitHub's runners: the workspace is not root's, and git calls that dubious."""
        if os.geteuid() == 0:
            subprocess.run(["chown", "-R", f"{uid}:{uid}", str(self.workspace)], check=True)


def act_command(event: str, event_file: Path, *, token: str, workspace: Path) -> list[str]:
    """`act` on an event, with the action and its image as they are in this tree."""
    places = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    act = shutil.which("act", path=places)
    assert act, "act is not installed: run `make install`"
    return [
        *(act, event, "--directory", str(workspace)),
        *("--eventpath", str(event_file), "--secret", f"GITHUB_TOKEN={token}"),
        *("--local-repository", f"{ACTION}@v1={ROOT}"),
        *("--rebuild=false", "--pull=false", "--network=host", "--rm"),
        *("--container-daemon-socket", "-"),
    ]


def server_options(api_url: str, *, run_number: int) -> list[str]:
    """What GitHub's runners know of the server and of the run."""
    return [
        *("--env", f"GITHUB_API_URL={api_url}", "--env", f"GITHUB_SERVER_URL={api_url}"),
        *("--env", f"GITHUB_RUN_NUMBER={run_number}"),
    ]


WORKFLOW = """\
on:
  - pull_request
  - pull_request_target
  - push
  - merge_group
  - schedule
  - workflow_run
  - repository_dispatch
permissions:
  contents: write
  pull-requests: write
jobs:
  report:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with:
          fetch-depth: 0
      - id: report
        uses: diffinsight/diffinsight@v1@INPUTS@
      - if: always()
        run: printf '%s' "$OUTPUTS" > .result/outputs.json
        env:
          OUTPUTS: ${{ toJSON(steps.report.outputs) }}
"""
