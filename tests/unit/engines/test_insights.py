"""What a range means as a whole, and when there is nothing to say about that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import available, load
from diffinsight.models import Analysis, ChangeSet, FileAnalysis, FileChange, Finding

TERM = Finding(
    kind="term-replaced",
    subject="Studio → Foundry",
    impact="minor",
    before="Studio",
    after="Foundry",
    after_lines=(1, 1),
)
SECTION = Finding(
    kind="heading-added",
    subject="Clean up",
    impact="notable",
    after="Clean up",
    after_lines=(1, 3),
    values={"level": 2, "words": 3},
)

CODE = Finding(kind="code-added", subject="bash", impact="notable", after_lines=(90, 92))


def file_of(path: str, *findings: Finding, patch: str | None = None) -> FileAnalysis:
    lines = (patch or "").splitlines()
    change = FileChange(
        path=path,
        status="modified",
        additions=sum(line.startswith("+") for line in lines),
        deletions=sum(line.startswith("-") for line in lines),
        patch=patch,
    )
    return FileAnalysis(change=change, findings=findings)


def insights_of(*files: FileAnalysis, language: str = "en") -> str:
    analysis = Analysis(change_set=ChangeSet(), files=files)
    return OfflineEngine(phrases=load(language)).write(analysis)[1].insights


def insights_on(*changes: FileChange, language: str = "en") -> str:
    analysis = analyse(ChangeSet(files=changes))
    return OfflineEngine(phrases=load(language)).write(analysis)[1].insights


def came(count: int) -> str:
    """A patch in which a section came."""
    return f"@@ -0,0 +1,{count} @@\n+## Clean up\n" + "+Remove it again.\n" * (count - 1)


# What kind of work


def test_work_that_more_than_half_of_the_files_and_lines_are() -> None:
    new = [file_of(f"docs/{name}.md", SECTION, patch=came(3)) for name in "abc"]
    text = Finding(
        kind="paragraph-changed",
        subject="x",
        impact="minor",
        before="One.",
        after="Two.",
        before_lines=(1, 1),
        after_lines=(1, 1),
    )
    other = file_of("docs/d.md", text, patch="@@ -1 +1 @@\n-One.\n+Two.\n")
    said = insights_of(*new, other)
    assert "mostly new content: 3 of the 4 files with changes for readers." in said
    assert "mostly" not in insights_of(*new[:2], other, replace_path(other, "docs/e.md"))


def replace_path(file: FileAnalysis, path: str) -> FileAnalysis:
    return replace(file, change=replace(file.change, path=path))


def test_work_in_many_files_and_few_lines_is_not_most_of_it() -> None:
    link = Finding(
        kind="link-retargeted",
        subject="b.md",
        impact="minor",
        before="a.md",
        after="b.md",
        before_lines=(1, 1),
        after_lines=(1, 1),
    )
    links = [
        file_of(
            f"docs/{name}.md",
            replace(link, subject=f"{name}.md", after=f"{name}.md"),
            patch="@@ -1 +1 @@\n-[x](a.md)\n+[x](b.md)\n",
        )
        for name in "pqr"
    ]
    long = file_of("docs/long.md", replace(SECTION, after_lines=(1, 40)), patch=came(40))
    assert "Only links" not in insights_of(*links, long)
    assert "Only links changed in 3 of the 4 files" in insights_of(
        *links, file_of("docs/short.md", SECTION, patch=came(3))
    )


def text_changed(number: int) -> Finding:
    lines = (number, number)
    return Finding(
        kind="paragraph-changed",
        subject=f"x{number}",
        impact="minor",
        before=f"The {number} old words.",
        after=f"The {number} new words.",
        before_lines=lines,
        after_lines=lines,
    )


@pytest.mark.parametrize("language", available())
def test_the_file_that_has_most_of_what_changed_is_named(language: str) -> None:
    long = file_of("docs/long.md", replace(SECTION, after_lines=(1, 40)), patch=came(40))
    short = [file_of(f"docs/{name}.md", SECTION, patch=came(3)) for name in "abc"]
    (said,) = (line for line in insights_of(*short, long, language=language).split("\n\n"))
    assert ("40" in said, "49" in said, "long.md" in said) == (True, True, True)
    assert "long.md" not in insights_of(*short[:2], long)
    half = [file_of(f"docs/{name}.md", SECTION, patch=came(10)) for name in "abc"]
    few = file_of("docs/long.md", replace(SECTION, after_lines=(1, 30)), patch=came(30))
    assert "long.md" not in insights_of(*half, few)
    new = replace(long, change=replace(long.change, status="added"))
    assert "long.md" not in insights_of(*short, new)


@pytest.mark.parametrize("language", available())
def test_a_revision_of_the_text_is_called_that(language: str) -> None:
    reworded = [text_changed(number) for number in range(1, 9)]
    said = insights_of(file_of("docs/a.md", *reworded, CODE), language=language)
    assert ("8" in said, "9" in said) == (True, True)
    assert "9" not in insights_of(file_of("docs/a.md", *reworded[:5], CODE), language=language)
    assert not insights_of(file_of("docs/a.md", *reworded[:6], *[CODE] * 3), language=language)
    assert not insights_of(file_of("docs/a.md", *reworded, SECTION), language=language)


def test_files_with_shared_changes_leave_the_others_to_read() -> None:
    same = [file_of(f"docs/{name}.md", TERM) for name in "abcd"]
    said = insights_of(*same, file_of("docs/e.md", SECTION, TERM))
    assert "One change runs through all 5 files" in said
    assert said.endswith("Other changes are in `e.md`.")


def test_a_shared_sentence_is_not_what_the_range_is_about() -> None:
    added = Finding(
        kind="paragraph-added",
        subject="Follow these steps:",
        impact="minor",
        after="Follow these steps:",
        after_lines=(9, 9),
    )
    files = [
        file_of(f"docs/{name}.md", replace(SECTION, subject=f"Part {name}"), added)
        for name in "abcd"
    ]
    assert "One change" not in insights_of(*files)


# Noise


MISSPELT = Finding(
    kind="step-changed",
    subject="From the pallette",
    impact="notable",
    before="From the pallette. Alternativly use it.",
    after="From the palette. Alternatively, use it.",
    after_lines=(1, 1),
    values={
        "edits": (
            {"before": "pallette", "after": "palette"},
            {"before": "Alternativly", "after": "Alternatively,"},
        )
    },
)


@pytest.mark.parametrize("language", available())
def test_mended_spelling_is_told_apart(language: str) -> None:
    files = file_of("docs/a.md", MISSPELT), file_of("docs/b.md", SECTION)
    assert "`a.md`" in insights_of(*files, language=language)
    assert "`a.md`" not in insights_of(files[1], language=language)
    assert insights_of(files[0], language=language)


def test_a_comma_in_a_data_file_is_not_called_harmless() -> None:
    comma = Finding(
        kind="formatting-changed",
        subject="a.json",
        impact="noise",
        values={"what": "punctuation", "lines": 1},
    )
    assert insights_of(file_of("docs/a.json", comma)) == ""


# Words


def grown(path: str, before: int, after: int) -> FileAnalysis:
    """A page that had so many words, and has so many now."""
    old, new = (f"# Title\n\n{'word ' * count}\n" for count in (before, after))
    change = FileChange(path=path, status="modified", before=old, after=new)
    return FileAnalysis(change=change, findings=(SECTION,))


@pytest.mark.parametrize("language", available())
@pytest.mark.parametrize(("before", "after"), [(300, 600), (600, 300)])
def test_pages_that_became_much_longer_or_shorter_are_named(
    language: str, before: int, after: int
) -> None:
    said = insights_of(grown("a.md", before, after), file_of("b.md", TERM), language=language)
    assert "`a.md`" in said
    assert said.index(f"{before + 1}") < said.index(f"{after + 1}")  # with the title


@pytest.mark.parametrize(("before", "after"), [(3000, 3300), (100, 250)])
def test_little_more_than_before_is_not_told(before: int, after: int) -> None:
    assert insights_of(grown("a.md", before, after)) == ""


def test_growth_that_a_file_tells_of_is_not_told_again() -> None:
    new = Finding(kind="heading-added", subject="New", impact="notable", values={"words": 290})
    assert insights_of(replace(grown("a.md", 300, 600), findings=(new,))) == ""


def test_code_and_comments_are_no_words() -> None:
    code = "\n".join(["```", *["run it now"] * 90, "```", "<!-- not yet -->" * 90])
    change = FileChange(
        path="a.md", status="modified", before="# Title\n", after=f"# Title\n{code}\n"
    )
    assert insights_of(FileAnalysis(change=change, findings=(SECTION,))) == ""


# What readers notice, what to check


def broken(path: str, line: int) -> Finding:
    return Finding(
        kind="link-broken",
        subject="gone.md",
        impact="breaking",
        after_lines=(line, line),
        values={"text": "see", "reason": "missing-file", "page": path, "new": True},
    )


@pytest.mark.parametrize("language", available())
def test_added_links_that_lead_nowhere_are_named_once_with_their_lines(language: str) -> None:
    file = file_of("docs/a.md", broken("docs/a.md", 9), broken("docs/a.md", 3))
    said = insights_of(file, language=language)
    assert said.count("docs/a.md") == 1
    assert said.index("3") < said.index("9")


@pytest.mark.parametrize("language", available())
def test_an_added_image_that_is_not_there_is_no_broken_link(language: str) -> None:
    link, image = (insights_on_added(text, language) for text in ("[a](b.md)", "![a](b.png)"))
    assert ("docs/a.md" in link, "docs/a.md" in image) == (True, True)
    assert link.partition("`")[0] != image.partition("`")[0]


def insights_on_added(text: str, language: str) -> str:
    pages = {"docs/a.md": "# A\n"}, {"docs/a.md": f"# A\n\n{text}\n"}
    engine = OfflineEngine(phrases=load(language))
    return engine.write(analyse(between(*pages, {})))[1].insights


def test_a_link_that_a_heading_broke_is_not_told_as_an_added_one_too() -> None:
    removed = Finding(
        kind="heading-removed",
        subject="Install",
        impact="breaking",
        before="Install",
        values={"anchor": "install", "links": 1, "places": ({"path": "docs/a.md", "line": 3},)},
    )
    files = file_of("docs/b.md", removed), file_of("docs/a.md", broken("x.md", 3))
    overview = OfflineEngine(phrases=load("en")).write(
        Analysis(change_set=ChangeSet(), files=files)
    )[1]
    assert (overview.highlights + overview.insights).count("`docs/a.md` line 3") == 1


def test_a_page_that_the_highlights_call_moved_is_not_named_again() -> None:
    moved = Finding(
        kind="page-moved",
        subject="docs/new.md",
        impact="breaking",
        before="docs/old.md",
        after="docs/new.md",
    )
    change = FileChange(path="docs/new.md", previous_path="docs/old.md", status="renamed")
    assert insights_of(FileAnalysis(change=change, findings=(moved,))) == ""


def command(before: str, after: str, *starts: str) -> Finding:
    return Finding(
        kind="code-changed",
        subject="bash",
        impact="notable",
        after_lines=(1, 1),
        values={"commands": starts, "edits": ({"before": before, "after": after},)},
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("tool wsl list", "tool list", True),
        ("tool stop <name>", "tool stop <Name>", False),
        ("tool \u2018x\u2019", "tool 'x'", False),
        ("tool list " + "x" * 90, "tool", False),
        ("tool --update", "tool --update --pre-release", False),
        ("tool --update", "tool --updates", True),
    ],
)
def test_commands_are_told_with_what_became_of_them(
    before: str, after: str, *, expected: bool
) -> None:
    found = command(before, after, "tool")
    said = insights_of(file_of("a.md", found), file_of("b.md", SECTION))
    assert (f"`{before}` → `{after}`" in said) is expected


def test_one_command_for_several_is_no_other_one() -> None:
    gone = Finding(kind="step-removed", subject="Get it", impact="notable", before_lines=(2, 2))
    found = command("tool fix", "tool mend", "tool")
    assert insights_of(file_of("a.md", found, gone), file_of("b.md", SECTION)) == ""


def test_commands_that_changed_places_are_no_others() -> None:
    swapped = command("tool a", "tool b", "tool"), command("tool b", "tool a", "tool")
    assert insights_of(file_of("a.md", *swapped), file_of("b.md", SECTION)) == ""


@pytest.mark.parametrize("language", available())
def test_old_wording_is_quoted_with_the_places_that_still_have_it(language: str) -> None:
    changed = Finding(
        kind="paragraph-changed",
        subject="Use hostname",
        impact="minor",
        before="Use hostname for the address.",
        after="Use ip for the address.",
        after_lines=(1, 1),
        values={"still_in": ({"path": "b.md", "line": 112}, {"path": "b.md", "line": 103})},
    )
    said = insights_of(file_of("a.md", changed), language=language)
    assert "Use hostname for the address" in said
    assert said.count("`b.md`") == 1
    assert said.index("103") < said.index("112")


def test_an_image_below_a_changed_step_is_seen_in_a_patch_too() -> None:
    step = Finding(
        kind="step-changed",
        subject="Select",
        impact="notable",
        before="You must select Playgrounds.",
        after="You must select Chat and wait for 5 minutes.",
        before_lines=(2, 2),
        after_lines=(2, 2),
    )
    patch = "@@ -1,4 +1,4 @@\n # A\n-1. Select **Old**\n+1. Select **New**\n \n {}\n"
    shown = file_of("a.md", step, patch=patch.format("![Screenshot](x.png)"))
    assert "images in `a.md`" in insights_of(shown)
    assert insights_of(file_of("a.md", step, patch=patch.format("Text."))) == ""
    reworded = shown.change.patch or ""
    same = file_of("a.md", step, patch=reworded.replace("**", ""))
    assert insights_of(same) == ""
    retaken = file_of("media/x.png", replace(ICON, kind="asset-replaced"))
    assert "images in" not in insights_of(shown, retaken)


ICON = Finding(kind="asset-added", subject="media/x.png", impact="minor", values={"image": True})


class Files:
    """A tree that has only names."""

    def __init__(self, *paths: str) -> None:
        self._paths = frozenset(paths)

    def paths(self) -> frozenset[str]:
        return self._paths

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        return ((path, "") for path in paths if path in self._paths)


@pytest.mark.parametrize(
    ("changed", "other", "expected"),
    [
        ("docs/en/a.md", "docs/ja/a.md", True),
        ("docs/en-us/a.md", "docs/pt-br/a.md", True),
        ("docs/js/a.md", "docs/go/a.md", False),
        ("docs/en/a.md", "docs/ja/b.md", False),
    ],
)
def test_the_same_page_in_other_languages(changed: str, other: str, *, expected: bool) -> None:
    file = file_of(changed, SECTION)
    tree = ChangeSet(head_tree=Files(changed, other))
    analysis = Analysis(change_set=tree, files=(file,))
    said = OfflineEngine(phrases=load("en")).write(analysis)[1].insights
    assert (other in said) is expected


def test_a_missing_redirect_is_said_once_over_all_files() -> None:
    gone = Finding(
        kind="page-removed",
        subject="guide.md",
        impact="breaking",
        before="Guide",
        values={"words": 9, "title": "Guide"},
    )
    analysis = Analysis(change_set=ChangeSet(), files=(file_of("guide.md", gone),))
    told = OfflineEngine(phrases=load("en")).write(analysis)[1]
    assert "The diff adds no redirect; unless one is set elsewhere" in told.highlights
    assert "redirect" not in told.insights


REQUEST = "```http\n{} /items?version=2\n\n[]\n```\n"


def test_a_request_of_an_example_is_no_command_that_scripts_have() -> None:
    old, new = (f"# A\n\n{REQUEST.format(verb)}" for verb in ("POST", "PUT"))
    change = FileChange(path="a.md", status="modified", before=old, after=new, patch=None)
    other = replace(change, path="b.md", before="# B\n\nIt is.\n", after="# B\n\nIt was.\n")
    assert "command" not in insights_on(change, other)


HEAD = "| key | default |\n|---|---|\n"
ROWS = HEAD + "| `size` | 1 |\n"
ROW = "| `mode` | NAT |\n"


def test_links_to_the_section_that_a_row_left_are_told_and_nothing_else_claimed() -> None:
    page = "# A\n\n## Main\n\n{}{}\n## Trial\n\nThese may go.\n\n{}{}\n{}"
    gone = "## Old\n\nNobody needs this.\n"
    texts = (page.format(ROWS, "", ROWS, ROW, gone), page.format(ROWS, ROW, ROWS, "", ""))
    for name, stale in (("mode", True), ("size", False)):
        link = f"# B\n\nSet `{name}` as [said](a.md#trial).\n"
        old, new = ({"a.md": text, "b.md": link} for text in texts)
        for language in available():
            phrases = load(language)
            analysis = analyse(between(old, new, {}))
            said = OfflineEngine(phrases=phrases).write(analysis)[1].insights
            none = phrases.say("insights.no_links", count=1, files=("a.md",))
            assert ("Trial" in said) == stale, (name, language)
            assert (none in said) == (not stale), (name, language)
            assert not stale or "3" in said


def test_a_misspelt_command_was_never_in_use() -> None:
    mended = command("tool --instal", "tool --install", "tool")
    assert insights_of(file_of("a.md", mended), file_of("b.md", SECTION)) == ""
