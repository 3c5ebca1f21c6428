"""Workflow files as they are shipped, run with `act` on runners that begin with nothing."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import yaml
from support.api_proxy import Proxy
from support.container import (
    CACHE,
    IMAGE,
    ROOT,
    Docker,
    act_command,
    server_options,
)
from support.github_server import free_port
from support.landings import note_landings

RUNNER = "diffinsight-e2e-runner"
INSTEAD = ROOT / "tests/e2e/actions"  # what stands in for actions that are on github.com
# Where act looks for the image of `uses: ./`.
OWN_IMAGE = "act-dockeraction:latest"
# How act shows a step's summary in its log; each of its lines begins with [workflow/job].
_SUMMARY = re.compile(r"  Summary - (.*?)\n(?=\[[^\]\n]+/[^\]\n]+\] )", re.DOTALL)


def build_runner(docker: Docker) -> None:
    """The image that jobs run in, on the action's, which is there already."""
    folder = ROOT / "tests/e2e/runner"
    docker.run("build", "--quiet", "--build-arg", f"ACTION={IMAGE}", "--tag", RUNNER, str(folder))
    docker.run("tag", IMAGE, OWN_IMAGE)


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What a run of a workflow left behind, besides what is on the server."""

    succeeded: bool
    log: str
    summary: str


@dataclass(frozen=True, kw_only=True)
class Runners:
    """Where workflows run: in ``repository``, owner/name, with artifacts in a folder."""

    docker: Docker
    proxy: Proxy
    repository: str
    checkout: Path
    artifacts: Path

    def run(  # noqa: PLR0913 - one per circumstance of a run
        self,
        file: Path,
        event: str,
        payload: object,
        *,
        token: str,
        number: int = 1,
        exchange: Mapping[str, str] = MappingProxyType({}),
    ) -> Ran:
        """Run ``file``; ``exchange`` is text in it to replace, each of which it has once."""
        text = file.read_text(encoding="utf-8")
        for old, new in exchange.items():
            assert text.count(old) == 1, f"{file.name}: {old}"
            text = text.replace(old, new)
        before = len(self.proxy.exchanges)
        with tempfile.TemporaryDirectory() as folder:
            workflow, event_file = Path(folder, file.name), Path(folder, "event.json")
            workflow.write_text(text, encoding="utf-8")
            event_file.write_text(json.dumps(payload), encoding="utf-8")
            done = subprocess.run(
                [
                    *act_command(event, event_file, token=token, workspace=self.checkout),
                    *server_options(self.proxy.url, run_number=number),
                    *self._options(workflow, number),
                ],
                env={**self.docker.environ, "XDG_CACHE_HOME": str(CACHE)},
                capture_output=True,
                text=True,
                check=False,
                timeout=180,
            )
        ran = Ran(
            succeeded=done.returncode == 0,
            log=done.stdout + done.stderr,
            summary="".join(_SUMMARY.findall(done.stdout)),
        )
        note_landings(self.proxy, event, since=before, summary=ran.summary, outputs={})
        return ran

    def _options(self, workflow: Path, number: int) -> list[str]:
        # No --bind: a job finds in its workspace only what it put there.
        instead = [
            f"--local-repository={uses}={INSTEAD / action_name(uses)}" for uses in foreign_actions()
        ]
        return [
            *("--workflows", str(workflow), "--platform", f"ubuntu-latest={RUNNER}"),
            *("--env", f"GITHUB_RUN_ID={number}", "--env", f"GITHUB_REPOSITORY={self.repository}"),
            *("--artifact-server-path", str(self.artifacts)),
            *("--artifact-server-addr", "127.0.0.1", "--artifact-server-port", str(free_port())),
            *instead,
        ]


def workflow_files() -> list[Path]:
    """Those that others copy or call, and the one for this repository's own documentation."""
    own = (ROOT / f".github/workflows/{name}.yml" for name in ("backfill", "docs-report"))
    return [*sorted((ROOT / "examples/workflows").glob("*.yml")), *own]


def foreign_actions() -> list[str]:
    """What the workflows use that is not in this repository, as they say it."""
    loaded = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in workflow_files())
    jobs = [job for workflow in loaded for job in workflow["jobs"].values()]
    used = {step.get("uses", "./") for job in jobs for step in job.get("steps", ())}
    return sorted(it for it in used if not it.startswith(("./", "diffinsight/")))


def action_name(uses: str) -> str:
    """``actions/checkout@1a2b`` → ``checkout``."""
    return uses.partition("@")[0].rpartition("/")[2]
