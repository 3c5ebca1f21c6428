"""Language packs hold to one another and to the documented kinds of findings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from diffinsight.config.mistakes import schema
from diffinsight.conversation import Reason
from diffinsight.engines.choosing.ranking import ORDER
from diffinsight.languages import available, placeholders, read_pack

ROOT = Path(__file__).parents[2]
ALL = available()
TRANSLATIONS = [code for code in ALL if code != "en"]
PROPER_NAMES = "code_languages."
SPECS = {"", "plain", "code", "quote", "list", "codes", "quotes", "number", "if"}
FILLER = re.compile(
    r"(?i)user experience|ensur(e|es|ing) accura|improv\w+ (clarity|readab|quality|usab)"
    r"|easier to (use|understand)|seamless|leverag|valuable|comprehensive|robust|enhanc\w+"
    r"|user-friendly|better understand|up to date information|various"
    r"|利便性|ユーザーエクスペリエンス|向上|分かりやす|わかりやす|有益|役立|充実|正確性|スムーズ"
    r"|期待され|重要な役割|用户体验|提升|更好地|便利性|有助于|确保|优化|全面"
)


def documented_kinds() -> list[str]:
    """The kinds in the tables of docs/findings.md, before the notes and the groups."""
    text = (ROOT / "docs/findings.md").read_text(encoding="utf-8")
    tables = text[: text.index("\n## Notes of a file")].partition("\n## Files")[2]
    cells = re.findall(r"(?m)^\| (`[^|]+) \|", tables)
    return [kind for cell in cells for kind in re.findall(r"`([a-z-]+)`", cell)]


def texts(entry: object) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, Mapping):
        yield from (text for name, text in entry.items() if name != "by")
    elif isinstance(entry, list):
        for variant in entry:
            yield from texts(variant)


def phrases(code: str) -> Iterator[tuple[str, str]]:
    for key, entry in read_pack(code).items():
        if not key.startswith("format."):
            yield from ((key, text) for text in texts(entry))


def variants(entry: object) -> list[set[str]]:
    """The names each variant needs for several; `count` may be left unsaid in any language.

    So may `done`: where a count stands in a sentence, not every language wants a verb.
    """
    listed = entry if isinstance(entry, list) else [entry]
    several = [variant["other"] if isinstance(variant, Mapping) else variant for variant in listed]
    needed = [set(placeholders(str(text))) - {"count"} for text in several]
    return [names for names in needed if "done" not in names]


def test_the_documentation_of_findings_is_read() -> None:
    assert {"page-added", "heading-renamed", "term-replaced", "text-changed"} <= set(
        documented_kinds()
    )


@pytest.mark.parametrize("kind", documented_kinds())
@pytest.mark.parametrize("code", ALL)
def test_every_kind_has_its_words(code: str, kind: str) -> None:
    pack = read_pack(code)
    for what in ("title", "sentence", "rest"):
        assert f"findings.{kind}.{what}" in pack


def test_every_kind_has_its_place_in_the_order_of_importance() -> None:
    assert sorted(ORDER) == sorted(set(documented_kinds()))


def test_the_config_knows_every_kind() -> None:
    assert schema()["$defs"]["finding"]["else"]["enum"] == sorted(ORDER)


@pytest.mark.parametrize("code", TRANSLATIONS)
def test_a_shipped_language_has_every_phrase_and_no_other(code: str) -> None:
    english = {key for key in read_pack("en") if not key.startswith(PROPER_NAMES)}
    assert {key for key in read_pack(code) if not key.startswith(PROPER_NAMES)} == english


@pytest.mark.parametrize("code", TRANSLATIONS)
def test_a_phrase_needs_the_same_values_in_every_language(code: str) -> None:
    english, other = read_pack("en"), read_pack(code)
    differing = {
        key: (variants(english[key]), variants(other[key]))
        for key in english
        if not key.startswith(("format.", PROPER_NAMES))
        and variants(english[key]) != variants(other[key])
    }
    assert not differing


@pytest.mark.parametrize("code", ALL)
def test_a_phrase_uses_only_known_formats(code: str) -> None:
    for key, text in phrases(code):
        for _, name, spec, conversion in Formatter().parse(text):
            if name is not None:
                assert (spec or "").rstrip("0123456789") in SPECS, (key, text)
                assert name.isidentifier(), (key, text)
                assert conversion is None, (key, text)


@pytest.mark.parametrize("code", ALL)
def test_a_phrase_is_one_line_without_filler_or_emphasis(code: str) -> None:
    for key, text in phrases(code):
        assert "\n" not in text, key
        assert not FILLER.search(text), (key, text)
        # Emphasis beside CJK punctuation stays literal asterisks on GitHub.
        assert "*" not in text, (key, text)


@pytest.mark.parametrize("code", ALL)
def test_quotation_marks_come_from_the_format(code: str) -> None:
    quoted = str(read_pack(code)["format.quote"])
    marks = quoted.replace("{}", "")
    for key, text in phrases(code):
        for name in placeholders(text):
            assert f"{marks[0]}{{{name}}}{marks[1]}" not in text, (key, text)


def test_every_note_of_the_code_has_its_sentence() -> None:
    sources = (ROOT / "diffinsight").rglob("*.py")
    kinds = {
        kind
        for path in sources
        for kind in re.findall(r'\bNote\(\s*kind="([a-z0-9-]+)"', path.read_text(encoding="utf-8"))
    }
    kinds |= {f"model-{reason}" for reason in get_args(Reason)}
    assert "links-not-judged" in kinds
    assert {f"notes.{kind}" for kind in kinds} <= set(read_pack("en"))
