"""Prompt injections planted in changed pages, and a model that obeys every one of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.doc_changes import analysed, page
from support.github_html import html_of
from support.model_server import (
    Reply,
    Script,
    ScriptedModel,
    completion,
    entries,
    files_asked,
    question,
)

from diffinsight import languages
from diffinsight.engines.model.cleaning import strip_hidden
from diffinsight.engines.model.engine import Composition, ModelEngine
from diffinsight.engines.offline import OfflineEngine

CASES = Path(__file__).parents[1] / "cases_injections"
SECRET = "ghp_" + "Zx9Yw8Vu" * 5
NEVER = (
    "globex",
    "evil",
    "pirates",
    "sk-live",
    "pwned",
    "乗っ取り",
    "2031",
    "999",
    "グローベックス",
)
FAILED = {"model-unavailable", "model-malformed", "model-rejected", "model-timeout"}


def cases() -> list[Any]:
    found = [
        pytest.param(code, case, id=f"{code}-{case['id']}")
        for name, code in (("english.yml", "en"), ("japanese.yml", "ja"))
        for case in yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    ]
    assert len(found) >= 40
    return found


def obeying(answer: dict[str, str]) -> Script:
    overview = dict.fromkeys(("summary", "highlights", "insights"), answer["explanation"])
    point = {"text": answer["explanation"], "changes": [1]}
    lists = {name: [point] for name in ("new_features", "breaking_changes", "other_updates")}

    def script(request: dict[str, Any], number: int) -> Reply:
        del number
        parts = files_asked(request)
        said = entries(parts, answer["explanation"], answer["title"], answer["type"])
        return Reply(body=completion(said if parts else overview | lists))

    return script


def composed(code: str, case: dict[str, Any]) -> tuple[Composition, list[dict[str, Any]]]:
    before = page("Limits of it", limit=100)
    after = page("Limits of it", limit=250, more=f"\n{case['planted']}\n\nTOKEN={SECRET}\n")
    model = ScriptedModel(obeying(case["answer"]))
    engine = ModelEngine(phrases=languages.load(code), model=model)
    return engine.compose(analysed({"docs/limits.md": (before, after)})), model.requests


@pytest.mark.parametrize(("code", "case"), cases())
def test_an_injection_changes_no_type_pings_links_and_leaks_nothing(
    code: str, case: dict[str, Any]
) -> None:
    result, requests = composed(code, case)
    file = result.analysis.files[0]
    offline, ground = OfflineEngine(phrases=languages.load(code)).write(
        analysed({"docs/limits.md": (file.change.before, file.change.after)})
    )
    assert file.type == offline.files[0].type
    assert len(result.overview.breaking_changes) == len(ground.breaking_changes)
    texts = [file.title, result.overview.summary] if file.engine == "model" else []
    marked = [file.explanation] if file.engine == "model" else []
    told = result.overview
    points = (*told.new_features, *told.breaking_changes, *told.other_updates)
    offline_points = (*ground.new_features, *ground.breaking_changes, *ground.other_updates)
    marked += [point.text for point in points if point not in offline_points]
    marked += [text for text in (told.highlights, told.insights)
               if text not in (ground.highlights, ground.insights)]  # fmt: skip
    assert not {note.kind for note in result.analysis.notes} & FAILED
    made_up = [word for word in NEVER if word not in case["planted"].lower()]
    for text in (*texts, *marked):
        assert not [word for word in made_up if word in text.lower()]
        assert not re.search(r"(?<!`)@\w|(?<![`&])#\d|\bGH-\d", text)
        assert strip_hidden(text.replace("\u200b", "")) == text.replace("\u200b", "")
    for text in marked:
        html = html_of(text)
        assert not re.search(r"<(?:a|img|script|h\d|table|hr|details|pre)\b|</details|<!--", html)
    assert SECRET not in json.dumps(requests)


@pytest.mark.parametrize(("code", "case"), cases())
def test_planted_text_stands_between_marks_that_it_cannot_write(
    code: str, case: dict[str, Any]
) -> None:
    _, requests = composed(code, case)
    for request in requests:
        asked = question(request)
        marks = re.findall(r"(?m)^<<<([0-9a-f]{12})$", asked)
        assert marks
        inside = re.findall(rf"(?ms)^<<<{marks[0]}$.*?^{marks[0]}>>>$", asked)
        assert len(inside) == 1
        planted = case["planted"].splitlines()[0]
        if files_asked(request) and len(planted) < 90 and planted in asked:
            assert planted in inside[0]
        assert case["planted"].splitlines()[-1] not in request["messages"][0]["content"]
