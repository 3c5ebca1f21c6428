"""The workflows to copy pass the checkers, and say what the action knows."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from support.readme import ROOT, action

EXAMPLES = sorted((ROOT / "examples/workflows").glob("*.yml"))
REUSABLE = sorted((ROOT / ".github/workflows").glob("*.yml"))
TRIGGERS = {"pull_request", "workflow_run", "schedule", "issue_comment", "release", "merge_group"}


def check(tool: str, *arguments: str) -> str:
    """What a checker has to say; it ends with 0 when that is nothing to worry about."""
    command = [str(Path(sys.executable).with_name(tool)), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_actionlint_has_nothing_to_say() -> None:
    assert check("actionlint", *map(str, EXAMPLES)) == ""


def test_zizmor_has_nothing_to_say() -> None:
    names = [str(path) for path in EXAMPLES]
    assert check("zizmor", "--offline", "--config", ".github/zizmor.yml", *names) == ""


def test_the_workflow_that_others_call_passes_too() -> None:
    name = ".github/workflows/backfill.yml"
    assert check("actionlint", name) == ""
    assert check("zizmor", "--offline", "--config", ".github/zizmor.yml", name) == ""


def test_the_example_gives_it_what_it_takes() -> None:
    called = yaml.safe_load((ROOT / ".github/workflows/backfill.yml").read_text("utf-8"))
    taken = called[True]["workflow_call"]["inputs"]
    (job,) = yaml.safe_load((ROOT / "examples/workflows/backfill.yml").read_text("utf-8"))[
        "jobs"
    ].values()
    required = {name for name, entry in taken.items() if entry.get("required")}
    assert required <= set(job["with"]) <= set(taken)


def test_it_hands_on_where_reports_go() -> None:
    called = yaml.safe_load((ROOT / ".github/workflows/backfill.yml").read_text("utf-8"))
    taken, publish = called[True]["workflow_call"]["inputs"], called["jobs"]["publish"]["steps"][-1]
    made = {"base", "head", "every"} | {name for name in taken if "llm" in name}
    shared = set(action()["inputs"]) & set(taken) - made
    assert {"config", "reports-folder", "report-name"} <= shared
    assert {name: publish["with"][name] for name in shared} == {
        name: f"${{{{ inputs.{name} }}}}" for name in shared
    }


@pytest.mark.parametrize("path", [*EXAMPLES, *REUSABLE], ids=lambda path: path.name)
def test_every_input_given_is_one(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    steps = [step for job in workflow["jobs"].values() for step in job.get("steps", ())]
    ours = [step for step in steps if step.get("uses", "").startswith(("diffinsight/", "./"))]
    given = {name for step in ours for name in step.get("with", {})}
    assert given - set(action()["inputs"]) == set()


def test_there_is_an_example_for_each_way_to_start() -> None:
    # YAML takes the key `on` for a truth value.
    started = {name for path in EXAMPLES for name in yaml.safe_load(path.read_text("utf-8"))[True]}
    assert started >= TRIGGERS


def test_the_two_workflows_for_forks_fit_together() -> None:
    first, second = (
        yaml.safe_load((ROOT / f"examples/workflows/fork-{name}.yml").read_text("utf-8"))
        for name in ("report", "publish")
    )
    assert second[True]["workflow_run"]["workflows"] == [first["name"]]
    assert first["jobs"]["report"]["permissions"] == {"contents": "read"}
    uploaded, downloaded = first["jobs"]["report"]["steps"][-1], second["jobs"]["publish"]["steps"]
    assert uploaded["with"]["name"] == downloaded[0]["with"]["name"]
    assert not any("checkout" in step["uses"] for step in downloaded)


def test_make_e2e_runs_each() -> None:
    text = (ROOT / "tests/e2e/test_workflows.py").read_text(encoding="utf-8")
    run = set(re.findall(r'[/"]([\w-]+\.yml)"', text))
    # The one that is left is what runs the tests.
    assert {path.name for path in (*EXAMPLES, *REUSABLE)} - run == {"ci.yml"}
