"""One range split over several jobs: the same report, whatever the number of parts."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.doc_changes import page
from support.git_repo import GitRepo, clean_environ
from support.model_server import (
    OVERVIEW,
    Body,
    Reply,
    ScriptedModel,
    completion,
    files_asked,
    path_of,
)

from diffinsight import run, schema
from diffinsight.backfill import Range, Work, gather, share_out
from diffinsight.change_types import BREAKING_CHANGE
from diffinsight.conversation import ModelSettings, NoAnswers
from diffinsight.errors import ActionError
from diffinsight.models import Category, Config, Report, RunContext, TypeRule
from diffinsight.run import Aid

CONTEXT = RunContext(repository="contoso/docs", base="main~1", head="main")
CONFIGS = {
    "plain": Config(),
    "categories": Config(
        categories=(Category(name="guides", paths=("part0/**", "moved/**")),),
        types=(TypeRule(name="limits", classes=("minor update",)),),
    ),
}


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> GitRepo:
    """Pages in three folders: some changed alike, some moved, one removed that others link to."""
    repo = GitRepo(tmp_path_factory.mktemp("docs"))
    before = {f"part{n % 3}/page{n:02}.md": page(f"Topic {n}") for n in range(20)}
    before |= {f"twins/{n}.md": page(f"Twin {n}") for n in range(4)}
    before |= {"gone.md": page("Gone"), "old/moved.md": page("Moved", more="\n" * 3 + "More.\n")}
    before["index.md"] = "# Index\n\n- [gone](gone.md)\n- [moved](old/moved.md#limits)\n"
    repo.commit(before)
    for n in range(20):
        repo.write(f"part{n % 3}/page{n:02}.md", page(f"Topic {n}", limit=120 + n))
    for n in range(4):
        repo.write(f"twins/{n}.md", page(f"Twin {n}", limit=200))
    repo.remove("gone.md")
    repo.move("old/moved.md", "moved/here.md")
    repo.write("part1/new.md", page("New"))
    repo.commit()
    return repo


def answer(request: Body, number: int) -> Reply:
    """True of each file, or partly true, or not at all, by the last figure of its name."""
    del number
    tokens = (len(str(request)) // 4, 50)
    parts = files_asked(request)
    if not parts:
        return Reply(body=completion(OVERVIEW, tokens=tokens))
    said = {"3": "The fee is 77 dollars.", "4": "The page changed. The fee is 77 dollars."}
    entries = [
        {
            "file": number,
            "modification_type": "minor update",
            "modification_title": f"A changed page {path_of(part)}",
            "explanation": said.get(path_of(part).removesuffix(".md")[-1], "The page changed."),
        }
        for number, part in enumerate(parts, start=1)
    ]
    return Reply(body=completion({"files": entries}, tokens=tokens))


def aid_of(model: ScriptedModel) -> Aid:
    return Aid(
        model=model,
        settings=ModelSettings(model=model.name, api_key="key", concurrency=4),
        answers=NoAnswers(),
        progress=lambda done, total: None,  # noqa: ARG005 - nobody looks
    )


def work(docs: GitRepo, folder: Path, model: ScriptedModel | None, config: Config) -> Work:
    edges = run.connect(
        clean_environ(), stdin=io.BytesIO(), stdout=io.BytesIO(), stderr=io.StringIO()
    )
    folder.mkdir(exist_ok=True)
    return Work(
        context=CONTEXT,
        read=edges.open_repository(docs.path).change_set,
        config=config,
        language=None,
        now=lambda: datetime(2024, 5, 1, tzinfo=UTC),
        aid=aid_of(model) if model else None,
        folder=folder,
    )


def planned(docs: GitRepo, tmp_path: Path, config: Config, parts: int) -> tuple[Range, ...]:
    return share_out(work(docs, tmp_path / "plan", None, config).read(CONTEXT), config, parts=parts)


def jobs(ranges: tuple[Range, ...]) -> Iterator[list[Range]]:
    for share in sorted({it.share for it in ranges if it.share}):
        yield [it for it in ranges if it.share == share]


def unsplit(
    docs: GitRepo, folder: Path, model: ScriptedModel | None, config: Config
) -> dict[str, str]:
    whole = [
        Range(base=it.base, head=it.head, category=it.category)
        for it in planned(docs, folder.parent, config, 1)
    ]
    return texts(list(work(docs, folder, model, config).make(whole)))


def texts(paths: list[Path]) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


def found(folder: Path) -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]


def asked(model: ScriptedModel) -> list[str]:
    """The paths in all questions that were no second try."""
    return [path_of(part) for request in model.requests for part in files_asked(request)]


@pytest.mark.parametrize("parts", [1, 2, 7])
@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
@pytest.mark.parametrize("engine", ["offline", "model"])
def test_parts_make_the_report_that_one_job_makes(
    docs: GitRepo, tmp_path: Path, engine: str, config: Config, parts: int
) -> None:
    models = [ScriptedModel(answer) for _ in range(parts + 2)] if engine == "model" else []
    by_one = unsplit(docs, tmp_path / "one", models[-1] if models else None, config)

    ranges = planned(docs, tmp_path, config, parts)
    for number, share in enumerate(jobs(ranges)):
        model = models[number] if models else None
        list(work(docs, tmp_path / "parts", model, config).make(share))
    merging = work(docs, tmp_path / "merged", models[parts] if models else None, config)
    assert texts(list(merging.merge(gather(found(tmp_path / "parts"))))) == by_one

    uses = [schema.from_json(text).engine for text in by_one.values()]
    assert {use.name for use in uses} == {engine}
    if models:
        assert sum(use.removed for use in uses) > 0
        assert sum(use.fallen_back for use in uses) > 0
        everywhere = Counter(path for model in models[:parts] for path in set(asked(model)))
        assert everywhere == Counter(set(asked(models[-1])))
        assert len(everywhere) > 20
        assert asked(models[parts]) == [], "the one who merges asks about no file"
        assert sum(len(model.requests) for model in models[:-1]) == len(models[-1].requests)


@pytest.fixture(scope="module")
def worded(docs: GitRepo, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The two parts of the range, in the words of a model."""
    folder = tmp_path_factory.mktemp("worded")
    for share in jobs(planned(docs, folder, Config(), 2)):
        list(work(docs, folder / "parts", ScriptedModel(answer), Config()).make(share))
    return dict(found(folder / "parts"))


@pytest.fixture
def two(worded: dict[str, bytes], tmp_path: Path) -> tuple[Path, Path]:
    """The same, for a test to change."""
    for name, data in worded.items():
        (tmp_path / name).write_bytes(data)
    first, second = sorted(worded)
    return tmp_path / first, tmp_path / second


@pytest.fixture(scope="module")
def offline(docs: GitRepo, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report without a model."""
    (text,) = unsplit(docs, tmp_path_factory.mktemp("o") / "one", None, Config()).values()
    return schema.from_json(text)


def merged(
    docs: GitRepo, tmp_path: Path, *parts: Path, model: ScriptedModel | None = None
) -> Report:
    data = [(path.name, path.read_bytes()) for path in parts]
    (path,) = work(docs, tmp_path / "merged", model, Config()).merge(gather(data))
    return schema.from_json(path.read_bytes())


def rewritten(part: Path, **changes: Any) -> Path:  # noqa: ANN401 - whatever a stranger writes
    part.write_text(json.dumps(json.loads(part.read_bytes()) | changes), encoding="utf-8")
    return part


def refusal(docs: GitRepo, tmp_path: Path, *parts: Path) -> str:
    with pytest.raises(ActionError) as caught:
        merged(docs, tmp_path, *parts)
    (problem,) = caught.value.problems
    return problem.line()


def test_a_missing_part_is_said_and_its_files_keep_the_offline_words(
    docs: GitRepo, tmp_path: Path, two: tuple[Path, Path], offline: Report
) -> None:
    whole = merged(docs, tmp_path, *two)
    report = merged(docs, tmp_path, two[1])
    words = {it.path: (it.title, it.explanation) for it in offline.files}
    assert [it.path for it in report.files] == [it.path for it in whole.files]
    lost = [it for it in report.files if it.path in json.loads(two[0].read_bytes())["drafts"]]
    assert lost
    assert all((it.title, it.explanation) == words[it.path] for it in lost)
    kept = [it for it in report.files if it.path in json.loads(two[1].read_bytes())["drafts"]]
    assert {it.engine for it in kept} == {"model"}
    (note,) = [note for note in report.notes if "the part of the work" in note]
    count = re.match(r"\d+", note)
    assert count
    assert int(count[0]) == report.engine.fallen_back - whole.engine.fallen_back + sum(
        reason == "untrue" for reason in json.loads(two[0].read_bytes())["reasons"].values()
    )


def test_without_a_key_the_words_over_all_files_are_ours(
    docs: GitRepo, tmp_path: Path, two: tuple[Path, Path], offline: Report
) -> None:
    report = merged(docs, tmp_path, *two)
    assert report.overview.summary == offline.overview.summary
    assert (report.engine.name, report.engine.model) == ("model", "scripted")
    assert "The words over all files were made without scripted." in report.notes
    model = ScriptedModel(answer)
    worded = merged(docs, tmp_path, *two, model=model)
    assert worded.overview.summary == OVERVIEW["summary"]
    assert len(model.requests) == 1


def test_a_merge_with_another_model_is_refused(
    docs: GitRepo, tmp_path: Path, two: tuple[Path, Path]
) -> None:
    for part in two:
        rewritten(part, model="another")
    with pytest.raises(ActionError, match="in the words of 'another', not 'scripted'"):
        merged(docs, tmp_path, *two, model=ScriptedModel(answer))


@pytest.mark.parametrize(
    "lie",
    [
        "The fee is 77 dollars.",
        "The section “Prices” was removed.",
        "See [the offer](https://evil.example/offer).",
        "![](https://evil.example/pixel.png) The page changed.",
    ],
)
def test_a_part_can_make_no_report_say_what_is_not_so(
    docs: GitRepo, tmp_path: Path, two: tuple[Path, Path], offline: Report, lie: str
) -> None:
    drafts = json.loads(two[0].read_bytes())["drafts"]
    odd = {"title": lie, "explanation": lie, "type": BREAKING_CHANGE, "removed": []}
    part = rewritten(two[0], drafts=dict.fromkeys(drafts, odd))
    report = merged(docs, tmp_path, part, two[1])
    breaking = {it.path for it in offline.files if it.type == BREAKING_CHANGE}
    assert not any(re.search("77|evil|Prices", it.title + it.explanation) for it in report.files)
    assert {it.path for it in report.files if it.type == BREAKING_CHANGE} == breaking


def test_parts_that_tell_of_other_files_than_theirs_are_refused(
    docs: GitRepo, tmp_path: Path, two: tuple[Path, Path]
) -> None:
    drafts = json.loads(two[0].read_bytes())["drafts"]
    odd = next(iter(drafts.values()))
    more = rewritten(two[0], drafts=drafts | {"../x.md": odd})
    said = refusal(docs, tmp_path, more, two[1])
    assert f"{two[0].name} tells of '../x.md': that is not part 1/2 of this range" in said
    path = min(drafts)
    less = rewritten(two[0], drafts={name: it for name, it in drafts.items() if name != path})
    assert f"lacks '{path}'" in refusal(docs, tmp_path, less, two[1])


def test_a_part_for_a_category_that_is_none_is_refused(
    docs: GitRepo, tmp_path: Path, two: tuple[Path, Path]
) -> None:
    part = rewritten(two[0], category="guides")
    assert "is for category 'guides'" in refusal(docs, tmp_path, part, two[1])


def test_a_range_that_is_not_there_is_refused(
    docs: GitRepo, tmp_path: Path, two: tuple[Path, Path]
) -> None:
    for part in two:
        rewritten(part, head="1" * 40)
    assert "1111" in refusal(docs, tmp_path, *two)
