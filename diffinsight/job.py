"""The job of a workflow: what it was asked to do, what it can reach, where its runner has files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from diffinsight.edges import Edges, GitHub
from diffinsight.errors import ActionError
from diffinsight.event import Trigger
from diffinsight.inputs import Inputs
from diffinsight.publishers.delivery import RunNumber
from diffinsight.reviewed import Reviewed
from diffinsight.run import Aid
from diffinsight.runner import Commands


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """One run on one event."""

    edges: Edges
    commands: Commands
    inputs: Inputs
    trigger: Trigger
    github: GitHub  # the repository that the workflow runs in, whichever one it reports on
    aid: Aid | None = None  # the model to ask

    @property
    def reviewed(self) -> Reviewed:
        """The config and templates that hold for this event."""
        return Reviewed(
            commands=self.commands, inputs=self.inputs, trigger=self.trigger, github=self.github
        )

    @property
    def workspace(self) -> Path:
        """The folder that steps share; it may hold somebody's pull request."""
        return self._runner_file("GITHUB_WORKSPACE")

    @property
    def summary_file(self) -> Path:
        """Markdown for the page of the workflow run."""
        return self._runner_file("GITHUB_STEP_SUMMARY")

    @property
    def output_file(self) -> Path:
        """Values for the steps that follow."""
        return self._runner_file("GITHUB_OUTPUT")

    @property
    def run_number(self) -> RunNumber:
        """Which run of the workflow this is."""
        number = self.edges.environ.get("GITHUB_RUN_NUMBER", "")
        attempt = self.edges.environ.get("GITHUB_RUN_ATTEMPT", "")
        return RunNumber(
            number=int(number) if number.isdecimal() else 0,
            attempt=int(attempt) if attempt.isdecimal() else 1,
        )

    @property
    def summary_url(self) -> str | None:
        """The page that shows the job summary, where the whole report goes there."""
        run = self.edges.environ.get("GITHUB_RUN_ID", "")
        context = self.trigger.context
        if "summary" not in self.inputs.publish or not run.isdecimal():
            return None
        return f"{context.server_url}/{context.repository}/actions/runs/{run}"

    def _runner_file(self, variable: str) -> Path:
        path = self.edges.environ.get(variable)
        if not path:
            hint = "the runner sets it in a workflow; use `diffinsight report` elsewhere"
            raise ActionError(f"{variable} is not set", hint)
        return Path(path)


def folder_inside(workspace: Path, path: str) -> Path | None:
    """The folder at ``path``; None where a link in the workspace leads to another place."""
    folder = workspace.resolve() / path
    return folder if folder.resolve() == folder else None
