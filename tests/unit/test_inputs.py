import pytest

from diffinsight.errors import ActionError
from diffinsight.inputs import INPUTS, Inputs, Secret, asked_range, read_inputs
from diffinsight.models import RunContext


def environ(event: str = "pull_request", **inputs: str) -> dict[str, str]:
    """As the runner sets it: every declared input, those not given as empty texts."""
    declared = {f"INPUT_{name.upper()}": "" for name in INPUTS}
    given = {f"INPUT_{name.upper().replace('_', '-')}": text for name, text in inputs.items()}
    return {"GITHUB_EVENT_NAME": event, "PATH": "/bin", **declared, **given}


def read(event: str = "pull_request", **inputs: str) -> Inputs:
    return read_inputs(environ(event, **inputs))


def mistakes(event: str = "pull_request", **inputs: str) -> list[str]:
    with pytest.raises(ActionError) as error:
        read(event, **inputs)
    return [str(problem) for problem in error.value.problems]


def test_nothing_given_is_the_defaults() -> None:
    assert read() == Inputs(
        github_token=Secret(""),
        publish=("comment", "summary"),
        config=".github/diffinsight.yml",
        language=None,
        heading_language=None,
        engine="auto",
        repository=None,
        base=None,
        head=None,
        every="day",
        report_json=None,
        reports_folder="reports",
        report_name=None,
        commit_branch=None,
        commit_via="push",
        flavor=None,
        fail_on=("never",),
        llm_base_url=None,
        llm_api_key=Secret(""),
        llm_model=None,
        llm_concurrency=8,
        llm_token_budget=400_000,
        cache_path=None,
    )


def test_everything_given() -> None:
    inputs = read(
        event="push",
        github_token="ghs_secret",  # noqa: S106 - not one
        publish=" commit,\n summary, commit ",
        config="docs/diffinsight.yml",
        language="JA",
        heading_language="en",
        engine="offline",
        repository="octocat/docs.io",
        base="v1.0",
        head="feature/x",
        every="week",
        reports_folder="docs/reports/",
        report_name="%Y/{category}-{head}.md",
        commit_branch="docs/reports",
        commit_via="pull-request",
        flavor="github",
        fail_on="breaking, publish",
        llm_base_url="https://llm.example/v1",
        llm_api_key="sk-secret",
        llm_model="small",
        llm_concurrency="2",
        llm_token_budget="1000",  # noqa: S106 - not one
        cache_path=".answers",
    )
    assert inputs == Inputs(
        github_token=Secret("ghs_secret"),
        publish=("commit", "summary"),
        config="docs/diffinsight.yml",
        language="JA",
        heading_language="en",
        engine="offline",
        repository="octocat/docs.io",
        base="v1.0",
        head="feature/x",
        every="week",
        report_json=None,
        reports_folder="docs/reports",
        report_name="%Y/{category}-{head}.md",
        commit_branch="docs/reports",
        commit_via="pull-request",
        flavor="github",
        fail_on=("breaking", "publish"),
        llm_base_url="https://llm.example/v1",
        llm_api_key=Secret("sk-secret"),
        llm_model="small",
        llm_concurrency=2,
        llm_token_budget=1000,
        cache_path=".answers",
    )


@pytest.mark.parametrize(
    ("event", "publish"),
    [
        ("pull_request", ("comment", "summary")),
        ("pull_request_target", ("comment", "summary")),
        ("push", ("commit", "summary")),
    ],
)
def test_where_the_report_goes_follows_the_event(event: str, publish: tuple[str, ...]) -> None:
    assert read(event).publish == publish


def test_secrets_are_shown_by_nothing() -> None:
    inputs = read(github_token="ghs_secret")  # noqa: S106 - not one
    assert inputs.github_token.value == "ghs_secret"
    assert "ghs_secret" not in f"{inputs!r} {inputs} {inputs.github_token} {inputs.github_token!r}"
    assert inputs.github_token
    assert not read().github_token


def test_all_mistakes_at_once() -> None:
    assert mistakes(
        event="push",
        langauge="en",
        github__token="x",  # noqa: S106 - not one
        publish="comment, sumary",
        engine="modal",
        flavor="gfm",
        llm_concurrency="many",
        fail_on="never,breaking",
        language="jaa",
        repository="docs",
        base="a b",
        config="../x.yml",
        reports_folder="/etc",
        report_name="%Y%q/{cat}.md",
    ) == [
        "unknown input `langauge`; did you mean `language`?",
        "unknown input `github--token`; did you mean `github-token`?",
        "input `publish` can't be `sumary`; did you mean `summary`?",
        "input `engine` can't be `modal`; did you mean `model`?",
        "input `flavor` can't be `gfm`; known are `github`, `pandoc`",
        "input `language` has the unknown language `jaa`; did you mean `ja`?",
        (
            "input `config` is `../x.yml`, which is no path in the repository; "
            "write it from the repository's root, with `/`, without `..`"
        ),
        (
            "input `reports-folder` is `/etc`, which is no path in the repository; "
            "write it from the repository's root, with `/`, without `..`"
        ),
        (
            "input `report-name` is `%Y%q/{cat}.md`, which has the unknown {cat}; "
            "known are `base`, `category`, `head`"
        ),
        (
            "input `report-name` is `%Y%q/{cat}.md`, which has the unknown date code %q; "
            "use codes such as %Y, %m and %d; write %% for a percent sign"
        ),
        "input `repository` is `docs`; write owner/name, such as octocat/docs",
        "input `base` is `a b`, which is no revision; write a commit, a branch or a tag",
        "input `llm-concurrency` is `many`; use a number above 0, such as 8",
        (
            "input `repository` with `base` and without `head`; "
            "give both, or neither to have what came since the last report"
        ),
        (
            "input `publish` has `comment`, but push has no pull request; "
            "leave `publish` out: it follows the event"
        ),
        "input `fail-on` is `never,breaking`; leave `never` out, or have nothing else",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("reports_folder", "a/../../b"),
        ("reports_folder", ".git/hooks"),
        ("reports_folder", "a\\b"),
        ("reports_folder", "a\x07b"),
        ("report_name", "../%d.md"),
        ("report_name", "/%d.md"),
        ("base", "--output=x"),
        ("head", "-x"),
        ("repository", "a/b/c"),
        ("repository", "https://github.com/a/b"),
        ("report_name", "%d%"),
        ("engine", "Auto"),
    ],
)
def test_what_would_lead_elsewhere_is_refused(name: str, value: str) -> None:
    given = {"base": "a", "head": "b", name: value}
    (said,) = mistakes(**given)
    assert said.startswith(f"input `{name.replace('_', '-')}` ")


def test_an_input_with_underscores_is_named_with_its_hyphen() -> None:
    with pytest.raises(ActionError) as error:
        read_inputs({"INPUT_FAIL_ON": "never"})
    assert str(error.value.problems[0]) == "unknown input `fail_on`; did you mean `fail-on`?"


@pytest.mark.parametrize("code", ["JA", "ja-JP", "zh", "zh-CN"])
def test_a_language_may_be_written_as_people_do(code: str) -> None:
    inputs = read(language=code, heading_language=code)
    assert (inputs.language, inputs.heading_language) == (code, code)


def test_the_inputs_can_change_the_range() -> None:
    context = RunContext(repository="o/n", base="a", head="b", two_dot=True, pull_request=7)
    assert asked_range(context, read()) == context
    assert asked_range(context, read(base="v1")) == RunContext(
        repository="o/n", base="v1", head="b", pull_request=7
    )
    other = asked_range(context, read(repository="x/y", base="v1", head="v2"))
    assert (other.repository, other.base, other.head) == ("x/y", "v1", "v2")


@pytest.mark.parametrize("branch", ["main", "docs/reports", "a.b-c_d", "é"])
def test_a_branch_to_commit_to(branch: str) -> None:
    assert read(publish="commit", commit_branch=branch).commit_branch == branch


@pytest.mark.parametrize(
    "branch", ["refs/heads/main", "-x", "a b", "a..b", "/a", "a/", "a//b", "a.lock", "a@{1}", "a~1"]
)
def test_no_branch(branch: str) -> None:
    (said,) = mistakes(publish="commit", commit_branch=branch)
    assert "is no branch" in said


def test_how_to_commit_needs_something_to_commit() -> None:
    assert mistakes(publish="comment", commit_branch="x", commit_via="pull-request") == [
        f"input `{name}` is set, but `publish` has no `commit`; "
        "add `commit` to `publish`, or leave it out"
        for name in ("commit-branch", "commit-via")
    ]


def test_another_repository_needs_a_range_or_an_event_without_one() -> None:
    assert mistakes(repository="contoso/docs") == [
        (
            "input `repository` without both `base` and `head`; pull_request knows nothing about "
            "another repository: run on a schedule, or say what to compare"
        )
    ]
    for event in ("schedule", "workflow_dispatch", "repository_dispatch"):
        assert read(event, repository="contoso/docs", every="week").every == "week"
    assert mistakes("schedule", every="month") == [
        "input `every` can't be `month`; known are `day`, `run`, `week`"
    ]


def test_a_check_belongs_to_a_commit_of_the_repository() -> None:
    (said,) = mistakes(publish="check", repository="a/b", base="1", head="2")
    assert "leave `check` out" in said
