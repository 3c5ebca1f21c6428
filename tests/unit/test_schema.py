import contextlib
import json
from dataclasses import fields, replace
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from diffinsight.errors import ActionError
from diffinsight.models import (
    EngineUse,
    FileReport,
    Finding,
    Group,
    Overview,
    Point,
    Report,
)
from diffinsight.schema import from_json, to_json

SCHEMA = json.loads(files("diffinsight").joinpath("report.schema.json").read_text("utf-8"))
STATUSES = ["added", "modified", "removed", "renamed", "copied", "changed"]
FILE = FileReport(
    path="docs/手順|`x`.md",
    previous_path="docs/old.md",
    status="renamed",
    additions=2,
    deletions=1,
    patch="@@ -1 +1,2 @@\n-a\n+b\r\n+c\n",
    type="breaking change",
    title='見出し "設定" の削除',
    explanation="**設定** は無くなりました。",
    engine="model",
    findings=(
        Finding(
            kind="heading-removed",
            subject="設定",
            impact="breaking",
            before="設定",
            before_lines=(3, 9),
            values={"links": ({"path": "a.md", "line": 3},), "ratio": 0.5, "none": None},
        ),
    ),
    group="g1",
    notes=("The diff is cut.",),
)
REPORT = Report(
    title="Diff Insight Report",
    date=date(2025, 2, 4),
    language="ja",
    heading_language="en",
    category="misc",
    repository="octo/docs",
    base="a" * 40,
    head="b" * 40,
    permalink="https://github.com/octo/docs/compare/octo:aaaaaaa...octo:bbbbbbb",
    pull_request=7,
    engine=EngineUse(name="model", model="m", calls=2, input_tokens=3, output_tokens=4),
    overview=Overview(
        summary="要約",
        highlights="ハイライト",
        new_features=(Point(text="- x", paths=("docs/a.md",)),),
        breaking_changes=(Point(text="y", paths=()),),
        insights="洞察",
    ),
    files=(FILE,),
    groups=(Group(id="g1", reason="noise", title="日付", paths=("a", "b"), rule="only-noise"),),
    notes=("300 files are all the API gives.",),
)


def data(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    written: dict[str, Any] = json.loads(to_json(REPORT))
    return written | changes


def complaints(value: object) -> list[str]:
    with pytest.raises(ActionError) as caught:
        from_json(json.dumps(value), origin="r.json")
    return [problem.message for problem in caught.value.problems]


def test_what_is_written_is_read_back() -> None:
    assert from_json(to_json(REPORT)) == REPORT


def test_bytes_are_read_like_text_with_or_without_a_byte_order_mark() -> None:
    text = to_json(REPORT)
    assert from_json(b"\xef\xbb\xbf" + text.encode()) == REPORT
    assert from_json("\ufeff" + text) == REPORT


def test_what_is_written_fits_the_schema_and_keeps_its_order() -> None:
    written = json.loads(to_json(REPORT))
    assert list(Draft202012Validator(SCHEMA).iter_errors(written)) == []
    assert list(written) == list(SCHEMA["properties"])
    assert list(written["files"][0]) == list(SCHEMA["$defs"]["file"]["properties"])


@pytest.mark.parametrize(
    ("kind", "name"),
    [(FileReport, "file"), (Finding, "finding"), (Group, "group"), (Point, "point")],
)
def test_nothing_of_a_report_is_lost_on_the_way(kind: type, name: str) -> None:
    names = {field.name for field in fields(kind)}
    assert names == set(SCHEMA["$defs"][name]["properties"])


def test_text_is_readable_in_the_file() -> None:
    text = to_json(REPORT)
    assert "見出し" in text
    assert text.endswith("}\n")


def test_the_least_report_is_enough() -> None:
    least = {key: data()[key] for key in SCHEMA["required"]}
    least["files"] = [{key: data()["files"][0][key] for key in SCHEMA["$defs"]["file"]["required"]}]
    assert from_json(json.dumps(least)).files[0].findings == ()


def test_every_mistake_is_named_with_its_place() -> None:
    broken = data(titel="x", date="2025-02-30", files=[{"path": 3, "status": "moved"}])
    del broken["title"]
    assert complaints(broken) == [
        "r.json: $.files[0].path: is number, has to be string",
        'r.json: $.files[0].status: is "moved", has to be ' + " or ".join(STATUSES),
        "r.json: $.files[0]: additions is missing",
        "r.json: $.files[0]: deletions is missing",
        "r.json: $.files[0]: patch is missing",
        "r.json: $.files[0]: type is missing",
        "r.json: $.files[0]: title is missing",
        "r.json: $.files[0]: explanation is missing",
        "r.json: $: title is missing",
        'r.json: $: "titel" is unknown, perhaps title',
        'r.json: $.date: "2025-02-30" is no date',
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema": "diffinsight/report/9"}, "has to be diffinsight/report/1"),
        ({"permalink": "javascript:alert(1)"}, "has to match ^https?://"),
        ({"permalink": "https://x/" + "y" * 5000}, "at most 4000 characters"),
        ({"pull_request": -1}, "at least 0"),
        ({"pull_request": 10**30}, "at most 9007199254740991"),
        ({"groups": [{"id": "g", "reason": "noise", "title": "", "paths": ["a"]}]}, "2 items"),
        ({"engine": {"name": "offline", "calls": True}}, "is boolean, has to be integer"),
        ({"date": "20250204"}, "is no date"),
        ({"summary": "x" * 100_000, "notes": "y" * 100_000}, "is string, has to be array"),
        ({"insights": None}, "is null, has to be string"),
    ],
)
def test_a_mistake_is_told_in_one_short_line(change: dict[str, object], said: str) -> None:
    (message,) = complaints(data(**change))
    assert said in message
    assert len(message) < 200


def test_thousands_of_mistakes_are_counted() -> None:
    messages = complaints(data(files=[{}] * 1000))
    assert len(messages) == 51
    assert messages[-1] == "r.json: 7950 more mistakes"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1, column 1"),
        ('{\n  "a": nope}', "line 2, column 8"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        ('{"pull_request": NaN}', "NaN"),
        ('{"pull_request": 1e999}', "1e999"),
        ('{"pull_request": ' + "9" * 5000 + "}", "a number"),
        ("[]", "is array, has to be object"),
        (b"\xff\xfe{}", "no UTF-8 text at byte 0"),
    ],
)
def test_what_is_no_report_is_refused_in_one_line(text: str | bytes, said: str) -> None:
    with pytest.raises(ActionError, match=r"^r\.json: ") as caught:
        from_json(text, origin="r.json")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_values_nested_beyond_use_are_refused() -> None:
    deep: object = "x"
    for _ in range(100):
        deep = [deep]
    finding = {"kind": "k", "subject": "s", "impact": "minor", "values": {"deep": deep}}
    broken = data(files=[data()["files"][0] | {"findings": [finding]}])
    (message,) = complaints(broken)
    assert message.startswith("r.json: $.files[0].findings[0].values: is nested")


def test_half_characters_become_replacement_characters() -> None:
    text = json.dumps(data(summary="a\ud800b"))
    report = from_json(text)
    assert report.overview.summary == "a\ufffdb"
    unpaired = replace(REPORT, overview=replace(REPORT.overview, summary="a\ud800b"))
    assert to_json(unpaired).encode()


@given(st.text(), st.text(min_size=1), st.integers(0, 2**53 - 1))
def test_any_text_survives_the_round_trip(title: str, path: str, count: int) -> None:
    report = replace(REPORT, files=(replace(FILE, title=title, path=path, additions=count),))
    assert from_json(to_json(report)) == report


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(sorted(SCHEMA["properties"])), json_values))
def test_any_json_is_a_report_or_a_list_of_mistakes(changes: dict[str, object]) -> None:
    with contextlib.suppress(ActionError):
        assert isinstance(from_json(json.dumps(data(**changes))), Report)
