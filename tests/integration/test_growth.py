"""Whoever opens a pull request chooses the text: no text may take time beyond its length."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from support.growth import MOST, growth

from diffinsight.models import ChangeSet, Config, FileChange
from diffinsight.outline import read_text
from diffinsight.outline.model import Outline
from diffinsight.run import Wishes, document, make_report

NOW = datetime(2024, 9, 13, tzinfo=UTC)
SOME_LINES = 2_000  # characters
LONG_LINE = 2_250  # four times it is below the length above which no sentences are looked for

# What a text repeats; the word "some" becomes another one where it has it.
LINES = {
    "headings": "## some\n\ntext\n\n",
    "paragraphs": "some text\n\n",
    "items": "- some item\n",
    "steps": "1. some step\n",
    "rows": "| some | 12 |\n",
    "links": "[some](b.md)\n\n",
    "retargeted links": "[text](some.md)\n\n",
    "images": "![some](b.png)\n\n",
    "definitions": "[some]: b.md\n",
    "open notes": ":::note\nsome text\n",
    "quoted notes": "> [!NOTE]\n> some text\n\n",
    "indented notes": "!!! note\n\n    some text\n\n",
    "open tags": "<Tabs>\nsome text\n",
    "open code": "```some\n",
    "code": "```sh\nsome --flag 1\n```\n\n",
    "AsciiDoc headings": "== some\n\ntext\n\n",
    "AsciiDoc notes": "[NOTE]\n====\nsome text\n",
    "RST headings": "some\n====\n\ntext\n\n",
    "RST notes": ".. note::\n\n   some text\n\n",
    "YAML": "- name: some\n  href: b.md\n",
    "YAML keys": "some:\n",
}
MARKS = (
    *("[", "[[", "[a](", "![a](", '[a](b "', "[a][", "(", "{", "{{", "{%a ", "<", "<a ", "<!--"),
    *("<<a", "link:a[", "http://a", "image::a[", "anchor:a[", "`", "``a ", "**a ", "__a ", "*a "),
    *("~~a ", "|", "| a ", "#", ">", "- ", "1. ", "!", ".", "。", "-", "=", "_", ":", "&amp", "\\"),
    *(
        "a",
        "a_",
        "A_",
        "a.b",
        "a/",
        "1",
        "1,",
        "<br>",
        '"a ',
        "「a",
        "a (",
        "A (preview) ",
        "\t",
        "\n",
    ),
)
# Something of a format before and after a run of marks: what begins, and cannot end.
AROUND = {
    "a.md": ("", "{% a", "[!INCLUDE a", ":::a", "# [", "| ", "> [!", "[a]: "),
    "a.mdx": ("<Tab ", "import "),
    "a.adoc": ("", "= a", "[#", "[["),
    "a.rst": ("", ".. toctree::\n\n   a", ":doc:`"),
    "faq.yml": ("### YamlMime:FAQ\n", "### YamlMime:FAQ\ntitle: "),
    "toc.yml": ("- name: ",),
    "a.yml": ("a: ",),
}
ENDINGS = {"AsciiDoc": "a.adoc", "RST": "a.rst", "YAML": "toc.yml", "open tags": "a.mdx"}


def report(path: str, before: str, after: str) -> str:
    change = FileChange(path=path, status="modified", before=before, after=after)
    made = make_report(ChangeSet(files=(change,)), config=Config(), wishes=Wishes(), now=NOW)
    return document(made, form="markdown")


@pytest.fixture(autouse=True, scope="module")
def _warm() -> None:
    report("a.md", "one\n", "two\n")


def path_of(name: str) -> str:
    return next((path for start, path in ENDINGS.items() if name.startswith(start)), "a.md")


@pytest.mark.parametrize("name", LINES)
def test_lines_take_time_by_their_number(name: str) -> None:
    head = "| a | b |\n|---|---|\n" if name == "rows" else ""

    def run(length: int) -> None:
        text = LINES[name] * (length // len(LINES[name])) + "x" * (length % len(LINES[name]))
        assert report(path_of(name), head + text, head + text.replace("some", "other"))

    assert growth(run, SOME_LINES) <= MOST


@pytest.mark.parametrize("path", AROUND)
def test_outlines_of_marks_take_time_by_their_length(path: str) -> None:
    def lasts(start: str, mark: str) -> bool:
        def run(length: int) -> Outline:
            return read_text(path, f"{start}{mark * (length // len(mark))}x\n")

        return growth(run, LONG_LINE) > MOST

    assert not [(start, mark) for start in AROUND[path] for mark in MARKS if lasts(start, mark)]


@pytest.mark.parametrize("mark", MARKS)
def test_a_line_of_marks_takes_time_by_its_length(mark: str) -> None:
    def run(length: int) -> None:
        assert report("a.md", "text\n", f"# A\n\n{mark * (length // len(mark))}x\n")

    assert growth(run, LONG_LINE) <= MOST


@pytest.mark.parametrize("names", ["New Name {}. ", "Name {} ", "{}x ", "a Name, b {}Name, "])
def test_names_that_several_files_share_take_time_by_their_number(names: str) -> None:
    def run(length: int) -> None:
        named = "".join(names.format(number) for number in range(length // len(names)))
        files = tuple(
            FileChange(path=path, status="modified", before="text\n", after=f"text\n\n{named}\n")
            for path in ("a.md", "b.md", "c.md")
        )
        made = make_report(ChangeSet(files=files), config=Config(), wishes=Wishes(), now=NOW)
        assert document(made, form="markdown")

    assert growth(run, LONG_LINE) <= MOST
