"""The model engine against a scripted server: every fault, at every call of a run."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.doc_changes import analysed, page, pages
from support.model_server import (
    OVERVIEW,
    ModelServer,
    Reply,
    Script,
    completion,
    entries,
    error,
    faithful,
    files_asked,
    path_of,
    question,
    serving,
)

from diffinsight import languages
from diffinsight.answers import AnswerFolder
from diffinsight.conversation import ModelSettings, NoAnswers
from diffinsight.engines.model.engine import Composition, ModelEngine
from diffinsight.engines.offline import OfflineEngine
from diffinsight.llm import open_model
from diffinsight.llm.client import Clock, Patience
from diffinsight.models import Analysis

ENGLISH = languages.load("en")
QUICK = Patience(tries=2, seconds=1.0)


def compose(  # noqa: PLR0913 - what a test may set
    server: ModelServer,
    analysis: Analysis,
    *,
    language: str = "en",
    cache: Path | None = None,
    budget: int = 400_000,
    concurrency: int = 4,
    key: str = "key",
) -> Composition:
    settings = ModelSettings(base_url=server.url, model="scripted", api_key=key)
    clock = Clock(now=time.monotonic, sleep=lambda _: None, chance=lambda: 0.5)
    with closing(open_model(settings, patience=QUICK, clock=clock)) as model:
        return ModelEngine(
            phrases=languages.load(language),
            model=model,
            answers=AnswerFolder(folder=cache) if cache else NoAnswers(),
            token_budget=budget,
            concurrency=concurrency,
        ).compose(analysis)


def by_path(composed: Composition) -> dict[str, str]:
    return {file.change.path: file.engine for file in composed.analysis.files}


def kinds(composed: Composition) -> list[str]:
    return [note.kind for note in composed.analysis.notes if note.kind.startswith("model-")]


@pytest.fixture(scope="module")
def three() -> Analysis:
    return analysed(pages(3, folders=3))


def test_the_model_phrases_every_file_and_the_overview(three: Analysis) -> None:
    with serving(faithful(title="A higher limit", text="The limit was changed.")) as server:
        composed = compose(server, three)
    assert {file.title for file in composed.analysis.files} == {"A higher limit"}
    assert {file.explanation for file in composed.analysis.files} == {"The limit was changed."}
    assert composed.overview.summary == "The pages of this range changed."
    assert composed.use.name == "model"
    assert (composed.use.calls, composed.use.written, composed.use.fallen_back) == (4, 3, 0)
    assert composed.use.input_tokens > 1000
    assert kinds(composed) == ["model-used"]
    assert set(server.keys) == {"Bearer key"}


def test_instructions_come_first_and_are_the_same_for_every_file(three: Analysis) -> None:
    with serving(faithful()) as server:
        compose(server, three)
    systems = [request["messages"][0]["content"] for request in server.requests]
    assert len(set(systems[:3])) == 1
    assert all(len(request["messages"]) == 2 for request in server.requests)
    assert all("tools" not in request for request in server.requests)


def test_small_files_of_a_folder_share_a_call() -> None:
    with serving(faithful()) as server:
        composed = compose(server, analysed(pages(6, folders=2)))
    asked = [len(files_asked(request)) for request in server.requests]
    assert sorted(asked) == [0, 3, 3]
    assert composed.use.written == 6


def test_twins_and_noise_cost_no_call_of_their_own() -> None:
    same = {f"docs/{n}/same.md": (page("A"), page("A", limit=200)) for n in range(5)}
    noise = {
        "docs/noise.md": (
            "---\nms.date: 1/1/2024\n---\n\n# A\n",
            "---\nms.date: 2/1/2024\n---\n\n# A\n",
        )
    }
    with serving(faithful()) as server:
        composed = compose(server, analysed(same | noise))
    assert len(server.requests) == 2
    assert by_path(composed) == dict.fromkeys(same, "model") | {"docs/noise.md": "offline"}


def test_nothing_but_noise_needs_no_model() -> None:
    noise = {
        "a.md": ("---\nms.date: 1/1/2024\n---\n\n# A\n", "---\nms.date: 2/1/2024\n---\n\n# A\n")
    }
    with serving(faithful()) as server:
        composed = compose(server, analysed(noise))
    assert (server.requests, composed.use.name, kinds(composed)) == ([], "offline", [])


# --- cache -------------------------------------------------------------------------------------


def test_the_same_push_again_costs_nothing(tmp_path: Path) -> None:
    analysis = analysed(pages(8, folders=2))
    with serving(faithful()) as server:
        first = compose(server, analysis, cache=tmp_path)
        cost = len(server.requests)
        second = compose(server, analysis, cache=tmp_path)
    assert len(server.requests) == cost
    assert (second.use.calls, second.use.cached, second.use.name) == (0, 9, "model")
    assert (second.analysis.files, second.overview) == (first.analysis.files, first.overview)


def test_one_file_of_fifty_costs_one_call_and_the_overview(tmp_path: Path) -> None:
    changes = pages(50, folders=5)
    with serving(faithful()) as server:
        compose(server, analysed(changes), cache=tmp_path)
        path = "docs/part3/page013.md"
        changes[path] = (changes[path][0], page("Topic 13", limit=999))
        second = compose(server, analysed(changes), cache=tmp_path)
    assert second.use.calls <= 2
    asked = [
        parts for request in server.requests[-second.use.calls :] if (parts := files_asked(request))
    ]
    assert [path_of(part) for parts in asked for part in parts] == [path]


@pytest.mark.parametrize(
    "garbage", [b"", b"{", b"[]", b'{"version": 1}', b"\xff\xfe", b"[" * 150_000]
)
def test_garbage_in_the_cache_is_ignored(tmp_path: Path, three: Analysis, garbage: bytes) -> None:
    with serving(faithful()) as server:
        first = compose(server, three, cache=tmp_path)
        for file in tmp_path.rglob("*.json"):
            file.write_bytes(garbage)
        second = compose(server, three, cache=tmp_path)
    assert second.use.calls == first.use.calls
    assert second.analysis.files == first.analysis.files


def test_a_poisoned_cache_tells_no_lies(tmp_path: Path, three: Analysis) -> None:
    with serving(faithful()) as server:
        compose(server, three, cache=tmp_path)
        for file in tmp_path.rglob("*.json"):
            data = json.loads(file.read_text())
            data["text"] = data["text"].replace(
                "The page changed.", "See https://evil.example now."
            )
            file.write_text(json.dumps(data))
        second = compose(server, three, cache=tmp_path)
    assert "evil" not in repr([(file.title, file.explanation) for file in second.analysis.files])
    assert "evil" not in repr(second.overview)


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path, three: Analysis) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with serving(faithful()) as server:
        assert compose(server, three, cache=blocked).use.written == 3


@pytest.mark.parametrize("what", ["language", "content"])
def test_answers_are_kept_for_what_they_depend_on(tmp_path: Path, what: str) -> None:
    changes = pages(1)
    with serving(faithful(text="The limit was changed to 120.")) as server:
        compose(server, analysed(changes), cache=tmp_path)
        before = len(server.requests)
        if what == "content":
            path = next(iter(changes))
            changes[path] = (changes[path][0] + "\nMore.\n", changes[path][1] + "\nMore.\n")
        compose(
            server, analysed(changes), cache=tmp_path, language="ja" if what == "language" else "en"
        )
    assert len(server.requests) > before


# --- budget ------------------------------------------------------------------------------------


def test_the_budget_is_spent_on_what_matters_most() -> None:
    changes: dict[str, tuple[str | None, str | None]] = dict(pages(12, folders=12))
    changes["docs/zz/added.md"] = (page("Z"), page("Z", more="\n## New thing\n\nIt is new.\n"))
    with serving(faithful()) as server:
        composed = compose(server, analysed(changes), budget=4_500, concurrency=1)
    engines = by_path(composed)
    assert engines["docs/zz/added.md"] == "model"
    assert 0 < list(engines.values()).count("offline") < 13
    assert composed.use.input_tokens + composed.use.output_tokens <= 4_500
    assert "model-budget" in kinds(composed)


def test_no_budget_no_call(three: Analysis) -> None:
    with serving(faithful()) as server:
        composed = compose(server, three, budget=10)
    assert server.requests == []
    assert kinds(composed) == ["model-used", "model-budget"]
    assert composed.overview == OfflineEngine(phrases=ENGLISH).write(three)[1]


def test_what_was_left_out_of_a_big_patch_is_named() -> None:
    many = "".join(f"\n## Section {n}\n\n" + f"Word {n} of it. " * 60 + "\n" for n in range(40))
    changes = {"big.md": (page("Big"), page("Big", more=many))}
    spread = {"big.md": (many, many.replace(" of it. Word", " of this. Word"))}
    for change in (changes, spread):
        with serving(faithful()) as server:
            composed = compose(server, analysed(change))
        assert "not shown of the patch: " in question(server.requests[0])
        assert [note.kind for note in composed.analysis.files[0].notes][-1] == "model-saw-part"
        assert len(question(server.requests[0])) < 30_000


# --- faults ------------------------------------------------------------------------------------

GOOD = faithful()


def japanese(parts: list[str]) -> dict[str, Any]:
    if parts:
        return entries(parts, "ページが変更されました。", "変更")
    return dict.fromkeys(("summary", "highlights", "insights"), "ページが変更されました。")


FAULTS: dict[str, tuple[Callable[[dict[str, Any]], Reply], str]] = {
    "refusal": (lambda _: Reply(body={"choices": [{"message": {"refusal": "no"}}]}), "refused"),
    "content filter": (lambda _: Reply(body=completion("x", finish="content_filter")), "filtered"),
    "length": (lambda _: Reply(body=completion('{"files": [{"fi', finish="length")), "cut-off"),
    "empty": (lambda _: Reply(body=completion("")), "empty"),
    "not JSON": (lambda _: Reply(body=completion("I think the page changed.")), "malformed"),
    "wrong schema": (lambda _: Reply(body=completion({"answer": 42})), "malformed"),
    "wrong language": (
        lambda r: Reply(body=completion(japanese(files_asked(r)))),
        "untrue",
    ),
    "400": (lambda _: error(400, "Bad Request"), "rejected"),
    "401": (lambda _: error(401, "Incorrect API key"), "wrong-key"),
    "403": (lambda _: error(403, "Forbidden"), "not-permitted"),
    "404": (lambda _: error(404, "The model does not exist"), "not-found"),
    "408": (lambda _: error(408, "Timeout"), "timeout"),
    "410": (lambda _: error(410, "Gone"), "retired"),
    "429": (lambda _: error(429, "Slow down", Retry_After="1"), "limited"),
    "500": (lambda _: error(500, "Oops"), "unavailable"),
    "503 HTML": (lambda _: Reply(503, b"<html>busy</html>"), "unavailable"),
    "cut": (lambda _: Reply(body=completion("x" * 500), cut_after=100), "unavailable"),
    "cut at once": (lambda _: Reply(body=completion("x"), cut_after=0), "unavailable"),
    "slow": (lambda _: Reply(body=completion("x"), delay=4), "timeout"),
    "drip": (lambda _: Reply(body=completion("x" * 500), drip=0.05), "timeout"),
    "malformed 200": (lambda _: Reply(body=b'{"choices": [{"mess'), "malformed"),
    "HTML 200": (lambda _: Reply(body=b"<html>sign in</html>"), "malformed"),
}  # fmt: skip
STOPPING = {"wrong-key", "not-permitted", "not-found", "retired"}


def failing_at(fault: Callable[[dict[str, Any]], Reply], *, question_number: int) -> Script:
    """Answers well but for one question, which fails however often it is asked."""
    met: list[str] = []

    def script(request: dict[str, Any], number: int) -> Reply:
        key = question(request)[:200]
        if key not in met:
            met.append(key)
        return fault(request) if met.index(key) == question_number else GOOD(request, number)

    return script


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("question_number", [0, 1, 2, 3])
def test_a_fault_at_any_call_costs_that_call_only(
    three: Analysis, fault: str, question_number: int
) -> None:
    reply, reason = FAULTS[fault]
    with serving(failing_at(reply, question_number=question_number)) as server:
        composed = compose(server, three, concurrency=1)
    offline, overview = OfflineEngine(phrases=ENGLISH).write(three)
    engines = list(by_path(composed).values())
    if question_number == 3:
        assert engines == ["model"] * 3
        assert composed.overview.summary == overview.summary
        assert kinds(composed) == (
            ["model-used"] if fault == "wrong language" else ["model-used", "model-no-overview"]
        )
        return
    lost = 3 - question_number if reason in STOPPING else 1
    assert engines.count("offline") == lost == composed.use.fallen_back
    assert kinds(composed) == ["model-used", f"model-{reason}"]
    for file, plain in zip(composed.analysis.files, offline.files, strict=True):
        if file.engine == "offline":
            assert replace(file, notes=()) == replace(plain, notes=())
    assert len(server.requests) <= 13


@pytest.mark.parametrize("fault", FAULTS)
def test_a_service_that_only_fails_leaves_the_offline_report(fault: str) -> None:
    analysis = analysed(pages(12, folders=12))
    reply, reason = FAULTS[fault]
    with serving(lambda request, _: reply(request)) as server:
        composed = compose(server, analysis)
    offline, overview = OfflineEngine(phrases=ENGLISH).write(analysis)
    assert [f.title for f in composed.analysis.files] == [f.title for f in offline.files]
    assert (composed.overview, composed.use.name) == (overview, "offline")
    assert kinds(composed) == ["model-used", f"model-{reason}"]


@pytest.mark.parametrize("fault", ["401", "403", "404", "410"])
def test_what_cannot_get_better_is_asked_once(fault: str) -> None:
    with serving(lambda request, _: FAULTS[fault][0](request)) as server:
        composed = compose(server, analysed(pages(50, folders=50)), concurrency=8)
    assert len(server.requests) == composed.use.calls == 1
    assert composed.use.fallen_back == 50


def test_a_dead_service_is_not_tried_for_every_file() -> None:
    with serving(lambda *_: error(500, "down")) as server:
        compose(server, analysed(pages(60, folders=60)), concurrency=2)
    assert len(server.requests) <= 2 * 7


def test_one_filtered_file_of_a_batch_does_not_cost_the_others() -> None:
    def script(request: dict[str, Any], number: int) -> Reply:
        filtered = any(path_of(part).endswith("page002.md") for part in files_asked(request))
        return FAULTS["content filter"][0](request) if filtered else GOOD(request, number)

    with serving(script) as server:
        composed = compose(server, analysed(pages(5)))
    assert [p for p, e in by_path(composed).items() if e == "offline"] == ["docs/part0/page002.md"]


# --- checking ----------------------------------------------------------------------------------


def test_a_lie_is_asked_about_once_with_what_is_wrong(three: Analysis) -> None:
    def script(request: dict[str, Any], number: int) -> Reply:
        parts = files_asked(request)
        if parts and "You answered this before" not in question(request):
            return Reply(body=completion(entries(parts, "The limit is now 777.", "Limits")))
        return GOOD(request, number)

    with serving(script) as server:
        composed = compose(server, three)
    assert {file.explanation for file in composed.analysis.files} == {"The page changed."}
    again = [q for q in map(question, server.requests) if "You answered this before" in q]
    assert len(again) == 3
    assert all("777" in q for q in again)


def test_a_sentence_that_stays_untrue_goes(three: Analysis) -> None:
    text = "The page changed. The limit is now 777. Readers find it below."
    with serving(faithful(text=text, title="See page 888")) as server:
        composed = compose(server, three)
    file = composed.analysis.files[0]
    assert file.explanation == "The page changed. Readers find it below."
    assert file.removed == ("See page 888", "The limit is now 777.")
    assert file.title == OfflineEngine(phrases=ENGLISH).write(three)[0].files[0].title
    assert composed.use.removed == 6


def test_a_text_that_is_mostly_untrue_is_not_used(three: Analysis) -> None:
    with serving(faithful(text="It is 777. It is 888. The page changed.")) as server:
        composed = compose(server, three)
    assert set(by_path(composed).values()) == {"offline"}
    assert kinds(composed) == ["model-used", "model-untrue"]


@pytest.mark.parametrize("type_", ["breaking change", "new feature", "wonderful", "Minor Update"])
def test_a_type_needs_findings_to_back_it(type_: str) -> None:
    removed = {"docs/a.md": (page("A"), None)}

    def script(request: dict[str, Any], number: int) -> Reply:
        parts = files_asked(request)
        if not parts:
            return GOOD(request, number)
        return Reply(body=completion(entries(parts, "The page changed.", "Title", type_)))

    changes = pages(1) | removed
    offline = OfflineEngine(phrases=ENGLISH).write(analysed(changes))[0]
    with serving(script) as server:
        composed = compose(server, analysed(changes))
    assert [f.type for f in composed.analysis.files] == [f.type for f in offline.files]
    assert {f.type for f in offline.files} == {"minor update", "breaking change"}


def test_secrets_never_leave() -> None:
    token = "ghp_" + "A1b2C3d4" * 5
    changes = {"a.md": (page("A"), page("A", more=f"\n```\nTOKEN={token}\n```\n"))}
    with serving(faithful()) as server:
        compose(server, analysed(changes))
    assert token not in json.dumps(server.requests)
    assert "[masked]" in json.dumps(server.requests)


# --- overview ----------------------------------------------------------------------------------


def test_words_that_say_nothing_are_not_used(three: Analysis) -> None:
    empty = dict.fromkeys(("summary", "highlights", "insights"), "mock-text")
    with serving(faithful(text="mock-explanation", overview=empty)) as server:
        composed = compose(server, three)
    assert composed.use.name == "offline"
    assert composed.overview == OfflineEngine(phrases=ENGLISH).write(three)[1]


def test_a_breaking_point_has_to_say_what_broke() -> None:
    point = {"text": "A page changed.", "changes": [1]}
    with serving(faithful(overview=dict(OVERVIEW) | {"breaking_changes": [point]})) as server:
        told = compose(server, analysed({"docs/a.md": (page("A"), None)})).overview
    assert [p.text for p in told.breaking_changes] == ["Remove page “A” (`a.md`)"]
    point = {"text": 'The page "A" was removed.', "changes": [1]}
    with serving(faithful(overview=dict(OVERVIEW) | {"breaking_changes": [point]})) as server:
        told = compose(server, analysed({"docs/a.md": (page("A"), None)})).overview
    assert [p.text for p in told.breaking_changes] == ['The page "A" was removed.']


def test_points_carry_the_files_that_back_them_and_stand_where_they_belong(three: Analysis) -> None:
    overview = {
        "summary": "The limits changed.",
        "highlights": "The limits changed. There are 5000 pages.",
        "new_features": [{"text": "The limit changed.", "changes": [2]}],
        "breaking_changes": [{"text": "The limit is now 777.", "changes": [1]}],
        "other_updates": [{"text": "No such change.", "changes": [9]}],
        "insights": "Readers find other limits.",
    }
    with serving(faithful(overview=overview)) as server:
        told = compose(server, three).overview
    assert told.highlights == "The limits changed."
    assert [point.text for point in told.other_updates] == ["The limit changed."]
    assert told.other_updates[0].paths[0].startswith("docs/")
    assert (told.new_features, told.breaking_changes) == ((), ())


def test_what_breaks_is_said_even_when_the_model_forgets_it() -> None:
    removed = {"docs/a.md": (page("A"), None)}
    analysis = analysed(removed)
    with serving(faithful()) as server:
        told = compose(server, analysis).overview
    expected = OfflineEngine(phrases=ENGLISH).write(analysis)[1].breaking_changes
    assert expected
    assert told.breaking_changes == expected


def test_three_thousand_files_fit_into_one_overview() -> None:
    analysis = analysed(pages(3000, folders=40))
    with serving(faithful()) as server:
        composed = compose(server, analysis, budget=60_000)
    last = question(server.requests[-1])
    assert "files: 3000" in last
    assert "not in this list: " in last
    assert len(last) < 45_000
    assert composed.overview.summary == "The pages of this range changed."


# --- speed -------------------------------------------------------------------------------------


def test_calls_run_side_by_side_but_for_the_first_and_the_overview() -> None:
    lock = threading.Lock()
    running, most = [0], [0]
    first: list[int] = []

    def script(request: dict[str, Any], number: int) -> Reply:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
            first.append(running[0])
        time.sleep(0.2)
        with lock:
            running[0] -= 1
        return GOOD(request, number)

    with serving(script) as server:
        compose(server, analysed(pages(33, folders=33)), concurrency=8)
    assert len(server.requests) == 34
    assert 4 <= most[0] <= 8
    assert (first[0], first[-1]) == (1, 1)


def test_progress_is_told(three: Analysis) -> None:
    told: list[tuple[int, int]] = []
    with serving(faithful()) as server:
        settings = ModelSettings(base_url=server.url, model="scripted", api_key="k")
        with closing(open_model(settings)) as model:
            ModelEngine(
                phrases=ENGLISH,
                model=model,
                progress=lambda done, total: told.append((done, total)),
            ).write(three)
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
