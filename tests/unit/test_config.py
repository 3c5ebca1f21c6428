import json
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from diffinsight.config import read_config
from diffinsight.errors import ActionError
from diffinsight.models import Category, Config, PageRule, TypeRule

ORIGIN = ".github/diffinsight.yml"
FULL = """\
language: ja
heading-language: en
title: What changed
timezone: Asia/Tokyo
include: docs/**
exclude:
  - "**/*.png"
  - "!docs/kept.png"
categories:
  guides: [docs/guides/**, docs/start.md]
  reference: docs/reference/
unmatched: misc
pages:
  docs/(.*): https://docs.example.com/\\1
templates: .github/diffinsight/
types:
  - name: security
    is: [bug fix, breaking change]
    paths: "**/security/**"
    findings: [note-*, value-changed]
    status: added
  - name: editorial
    is: minor update
"""


def mistakes(source: str | bytes) -> list[str]:
    with pytest.raises(ActionError) as error:
        read_config(source, origin=ORIGIN)
    return [str(problem).removeprefix(f"{ORIGIN}:") for problem in error.value.problems]


def test_everything_it_can_say() -> None:
    assert read_config(FULL, origin=ORIGIN) == Config(
        language="ja",
        heading_language="en",
        title="What changed",
        timezone="Asia/Tokyo",
        include=("docs/**",),
        exclude=("**/*.png", "!docs/kept.png"),
        categories=(
            Category(name="guides", paths=("docs/guides/**", "docs/start.md")),
            Category(name="reference", paths=("docs/reference/",)),
        ),
        unmatched="misc",
        pages=(PageRule(pattern="docs/(.*)", url=r"https://docs.example.com/\1"),),
        templates=".github/diffinsight",
        types=(
            TypeRule(
                name="security",
                classes=("bug fix", "breaking change"),
                paths=("**/security/**",),
                findings=("note-*", "value-changed"),
                statuses=("added",),
            ),
            TypeRule(name="editorial", classes=("minor update",)),
        ),
    )


@pytest.mark.parametrize("source", ["", "\n", "# only a remark\n", "---\n", "null", b"", "{}"])
def test_an_empty_file_is_the_defaults(source: str | bytes) -> None:
    assert read_config(source, origin=ORIGIN) == Config()


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter() -> None:
    source = b"\xef\xbb\xbflanguage: ja\r\ntitle: X\r\n"
    assert read_config(source, origin=ORIGIN) == Config(language="ja", title="X")


def test_the_zone_is_ready_for_use() -> None:
    assert read_config("timezone: Asia/Tokyo", origin=ORIGIN).zone == ZoneInfo("Asia/Tokyo")


def test_categories_as_a_list_keep_their_order() -> None:
    source = "categories:\n- name: b\n  paths: b/**\n- {name: a, paths: [a/**]}\n"
    names = [category.name for category in read_config(source, origin=ORIGIN).categories]
    assert names == ["b", "a"]


def test_unmatched_files_can_be_dropped() -> None:
    assert read_config("unmatched: drop", origin=ORIGIN).unmatched is None


def test_types_as_names_for_the_built_in_ones() -> None:
    source = "types:\n  new feature: New content\n  minor update: Edit\n"
    assert read_config(source, origin=ORIGIN).types == (
        TypeRule(name="New content", classes=("new feature",)),
        TypeRule(name="Edit", classes=("minor update",)),
    )


@pytest.mark.parametrize("code", ["JA", "ja-JP", "zh", "zh-CN"])
def test_a_language_may_be_written_as_people_do(code: str) -> None:
    config = read_config(f"language: {code}\nheading-language: {code}", origin=ORIGIN)
    assert config == Config(language=code, heading_language=code)


def test_all_mistakes_at_once_each_with_its_line() -> None:
    source = """\
langage: en
language: no
title: 2024
timezone: Asia/Tokio
include: []
exclude:
  - docs/[z-a]
  - {a: b}
types:
  - nam: x
    is: bugfix
  - name: Y
    status: [add]
    findings: Foo
categories:
  drop: docs/**
  a/b: [x]
  ok: '!docs'
unmatched: misc
unmatched: other
"""
    quote = "put it in quotes"
    assert mistakes(source) == [
        "1: unknown key `langage`; did you mean `language`?",
        f"2: `language` is true or false, not text; {quote}: YAML reads it so otherwise",
        f"3: `title` is a number, not text; {quote}",
        "4: `timezone` has the unknown time zone 'Asia/Tokio'; did you mean `Asia/Tokyo`?",
        "5: `include` is an empty list; add an item or remove the key",
        "7: `exclude[1]` 'docs/[z-a]' has the range 'z-a' backwards; write 'a-z'",
        "8: `exclude[2]` is keys and values, not text; write text",
        "10: `types[1]` lacks `name`; add it",
        "10: unknown key `nam` in `types[1]`; did you mean `name`?",
        "11: `types[1].is` can't be `bugfix`; did you mean `bug fix`?",
        "13: `types[2].status[1]` can't be `add`; did you mean `added`?",
        "14: `types[2].findings` can't be `Foo`; write one such as `alt-text-changed`",
        "16: `categories` uses the name `drop`, which means no category; choose another name",
        "17: `categories` has the name 'a/b'; it is part of file names: leave out slashes",
        "18: `categories.ok` takes no file: '!' only takes back; put a pattern without '!' first",
        "20: `unmatched` is given twice, first on line 19; keep one of the two",
    ]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("- a", "1: the file holds a list instead of keys and values"),
        ("words", "1: the file holds text instead of keys and values"),
        ("title:", "1: `title` is empty; give it a value or remove the key"),
        ("title: ''", "1: `title` is empty"),
        ('title: "a\\nb"', "1: `title` has a line break or control character"),
        (f"title: {'x' * 101}", "1: `title` is longer than 100 characters"),
        ("title: 2024-01-31", "1: `title` is a date, not text; put it in quotes"),
        ("title: 2024-02-31", "1: `2024-02-31` can't be read; put it in quotes"),
        ("title: !!int x", "1: `x` can't be read"),
        ("title: [a]", "1: `title` is a list, not text; write text"),
        ("include: {a: b}", "1: `include` is keys and values, not text or a list"),
        ("categories: {}", "1: `categories` is empty; add a line or remove the key"),
        ("categories: x", "1: `categories` is text, not keys and values or a list"),
        ("categories: [{name: a}]", "1: `categories[1]` lacks `paths`"),
        ("unmatched: a/b", "1: `unmatched` has the name 'a/b'"),
        ("language: xx", "1: `language` has the unknown language 'xx'; known are `en`, `ja`, "),
        ("language: jaa", "1: `language` has the unknown language 'jaa'; did you mean `ja`?"),
        ("heading-language: e", "1: `heading-language` has the unknown language 'e'"),
        ("timezone: ../etc/passwd", "1: `timezone` has the unknown time zone '../etc/passwd'"),
        ("timezone: localtime", "1: `timezone` has the unknown time zone 'localtime'"),
        ("types: {feature: x}", "1: unknown key `feature` in `types`; did you mean `new feature`?"),
        ("? [a]\n: b", "1: a key that is a list or a mapping"),
        ('"a\\nb": 1', "1: unknown key `a b`"),
        ("timezone: Mars", "1: `timezone` has the unknown time zone 'Mars'; use an IANA name such"),
        (
            "types: [{name: x, findings: [heading-remvoed]}]",
            "1: `types[1].findings[1]` can't be `heading-remvoed`; did you mean `heading-removed`?",
        ),
        (
            "types: [{name: x, findings: haeding-*}]",
            "1: `types[1].findings` is `haeding-*`, which fits no kind; write one such as",
        ),
        # YAML's own traps
        ("exclude:\n  - **/*.md", "2:6: not YAML: expected alphabetic or numeric character"),
        ("exclude: *all", "1: alias *all; write the value out; or put text that starts with *"),
        ("exclude:\n- !docs/**", "2: the tag !docs/** means nothing here; put text that starts"),
        ("exclude: {a,b}/**", "1:15: not YAML: expected <block end>, but found '<scalar>'; put"),
        ("title: a: b", "1:9: not YAML: mapping values are not allowed here; check the"),
        (
            "include:\n\t- a",
            "2:1: not YAML: found character '\\t' that cannot start any token; use",
        ),
        ("title: x\nexclude: 'a", "2:10: not YAML: while scanning a quoted scalar: found unexpec"),
        ("title: x\n---\ntitle: y", "2: a second YAML document starts here"),
        ("title: !!python/object/apply:os.system [ls]", "1: the tag tag:yaml.org,2002:python/ob"),
        ("title: x\n\x07", "2: control character U+0007; remove it"),
        (b"title: x\n# caf\xe9\n", "2: not UTF-8 (byte 0xe9); save the file as UTF-8"),
    ],
)
def test_one_line_says_what_and_where(source: str | bytes, said: str) -> None:
    assert mistakes(source)[0].startswith(said)


def test_a_second_category_of_the_same_name() -> None:
    source = "categories:\n- {name: a, paths: b}\n- name: a\n  paths: c\n"
    assert mistakes(source) == [
        "3: a second category `a`, the first is on line 2; put the paths of both into one"
    ]


def test_several_unquoted_patterns_are_all_named() -> None:
    assert [line.split(";")[0] for line in mistakes("exclude:\n- !a\n- b\n- !c\nfoo: 1")] == [
        "2: the tag !a means nothing here",
        "4: the tag !c means nothing here",
        "5: unknown key `foo`",
    ]


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (BOMB, "2: alias *a"),
        ("[" * 10_000, "1: more than 20 levels"),
        ("a: " * 1 + "{a: " * 5_000, "1: more than 20 levels"),
        ("# " + "x" * 300_000, " the file has 300,002 bytes; at most 200,000 are read"),
    ],
)
def test_what_would_take_all_memory_is_refused_at_once(source: str, said: str) -> None:
    assert mistakes(source)[0].startswith(said)


@given(st.text(alphabet="abty:-[]{}*&!'\"#\n\t ,|>", max_size=40))
def test_any_text_is_read_or_refused(source: str) -> None:
    try:
        read_config(source, origin=ORIGIN)
    except ActionError as error:
        lines = [str(problem) for problem in error.problems]
        assert lines
        assert not any("\n" in line for line in lines)


def test_editors_can_explain_every_key() -> None:
    schema = json.loads(files("diffinsight").joinpath("config.schema.json").read_text())
    keys = schema["properties"]
    conditions = keys["types"]["items"]["properties"]
    assert all("description" in entry for entry in keys.values())
    assert all("description" in entry for name, entry in conditions.items() if name != "name")


def test_the_schema_knows_every_key_that_is_read() -> None:
    schema = json.loads(files("diffinsight").joinpath("config.schema.json").read_text())
    fields = {name.replace("_", "-") for name in Config.__dataclass_fields__}
    assert set(schema["properties"]) == fields
    assert set(yaml.safe_load(FULL)) == fields, "the fullest example says all of it"


def test_page_rules_that_can_not_work_are_said() -> None:
    (said,) = mistakes("pages:\n  docs/(.*: https://x.example\n")
    assert said.startswith("1: `pages` has 'docs/(.*', which is no regular expression: ")
    assert "; put a backslash before" in said


@pytest.mark.parametrize("folder", ["/etc", "../x", "a/../b", ".git/x", "a//b"])
def test_templates_are_in_the_repository(folder: str) -> None:
    (said,) = mistakes(f"templates: {folder}\n")
    assert "which is no folder in the repository" in said
