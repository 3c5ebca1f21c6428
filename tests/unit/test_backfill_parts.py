"""Parts of a report as files: what is written is read, everything else is refused in one line."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from diffinsight.backfill.parts import Part, Parts, gather, read_part, write_part
from diffinsight.engines.model.sharing import Brought, Share
from diffinsight.errors import ActionError
from diffinsight.models import EngineUse

DRAFT = json.dumps({"type": "bug fix", "title": "Ein Titel ü", "explanation": "x", "removed": []})


def part(number: int = 1, of: int = 3, *, origin: str = "a.json", **other: Any) -> Part:  # noqa: ANN401 - fields of two types
    brought = Brought(
        share=Share(number=number, of=of),
        origin=origin,
        use=EngineUse(model=other.pop("model", "m"), calls=2, input_tokens=30, output_tokens=4),
        texts={"docs/a.md": DRAFT},
        reasons={"docs/b.md": "timeout"},
    )
    made = Part(base="1" * 40, head="2" * 40, category=None, language="en", brought=brought)
    return replace(made, **other)


def data(made: Part, **changes: Any) -> bytes:  # noqa: ANN401 - whatever a stranger writes
    return json.dumps(json.loads(write_part(made)) | changes).encode()


def refusal(*found: bytes) -> str:
    with pytest.raises(ActionError) as caught:
        gather([(f"{number}.json", text) for number, text in enumerate(found, start=1)])
    (problem,) = caught.value.problems
    assert "\n" not in problem.line()
    assert len(problem.line()) < 300
    return problem.line()


def test_what_is_written_is_read() -> None:
    read = read_part(write_part(part()).encode(), origin="a.json")
    assert json.loads(read.brought.texts["docs/a.md"]) == json.loads(DRAFT)
    assert replace(read.brought, texts={}) == replace(part().brought, texts={})
    assert replace(read, brought=part().brought) == part()


@pytest.mark.parametrize(
    "changes",
    [
        {"schema": "diffinsight/report/1"},
        {"base": "main"},
        {"head": "--upload-pack=x"},
        {"share": "1/2/3"},
        {"share": "0/3"},
        {"share": "4/3"},
        {"share": "1/999"},
        {"calls": -1},
        {"calls": True},
        {"calls": 10**30},
        {"model": ["m"]},
        {"model": "m" * 1000},
        {"language": "en" * 1000},
        {"category": 7},
        {"drafts": {"a.md": "words"}},
        {"drafts": {"a.md": {"type": "x", "title": "x", "explanation": "x"}}},
        {"drafts": {"\x1b[31m\n": {"title": 1}}},
        {"reasons": {"a.md": "laziness"}},
        {"reasons": [[]]},
        {"more": 1},
    ],
    ids=str,
)
def test_what_is_no_part_is_refused(changes: dict[str, Any]) -> None:
    assert "1.json is no part of a report" in refusal(data(part(), **changes))


@pytest.mark.parametrize(
    "text",
    [b"", b"null", b"[]", b"\xff", b"[" * 100_000, b"1" * 10_000, b'{"schema": "\\ud800"}'],
    ids=lambda text: repr(text[:9]),
)
def test_what_is_no_object_is_refused(text: bytes) -> None:
    assert "is no part of a report" in refusal(text)


def test_a_half_character_in_words_is_refused() -> None:
    text = write_part(part()).replace("Ein Titel", "Ein \\ud800 Titel")
    assert "is no part of a report" in refusal(text.encode())


def test_of_another_version_of_ours() -> None:
    assert "was made by diffinsight '0.0.1', this is" in refusal(data(part(), version="0.0.1"))


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"base": "3" * 40}, "base"),
        ({"head": "3" * 40}, "head"),
        ({"language": "ja"}, "language"),
        ({"model": "another"}, "model"),
        ({"model": None}, "model"),
        ({"share": "2/4"}, "number of parts"),
    ],
)
def test_parts_of_different_plans_are_refused(changes: dict[str, Any], what: str) -> None:
    said = refusal(data(part(1)), data(part(2), **changes))
    assert said.startswith(f"1.json and 2.json differ in their {what};")


def test_the_same_part_twice_is_refused() -> None:
    said = refusal(data(part(2)), data(part(1)), data(part(2)))
    assert said.startswith("1.json and 3.json are both part 2/3;")


def test_each_category_has_its_own_and_absent_ones_are_known() -> None:
    found = [part(3, category="a"), part(1, category="a"), part(1, category="b")]
    parts: Parts = gather([(f"{n}.json", data(it)) for n, it in enumerate(found)])
    assert [it.share.number for it in parts.brought("a")] == [1, 3]
    assert [it.share.number for it in parts.brought("b")] == [1]
    assert parts.brought(None) == ()
    assert list(map(str, parts.missing)) == ["2/3"]
