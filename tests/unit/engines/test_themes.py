from __future__ import annotations

import pytest

from diffinsight.engines.overview.themes import Theme, find_themes
from diffinsight.models import FileAnalysis, FileChange, Finding


def file(path: str, *findings: Finding) -> FileAnalysis:
    return FileAnalysis(change=FileChange(path=path, status="modified"), findings=findings)


def reworded(before: str, after: str, *edits: tuple[str, str]) -> Finding:
    listed = tuple({"before": old, "after": new} for old, new in edits)
    return Finding(
        kind="paragraph-changed",
        subject=after,
        impact="minor",
        before=before,
        after=after,
        values={"edits": listed},
    )


def removed(text: str) -> Finding:
    return Finding(kind="list-item-removed", subject=text, impact="minor", before=text)


def kinds(*files: FileAnalysis) -> list[tuple[str, str, str]]:
    return [(theme.kind, theme.before, theme.after) for theme in find_themes(files)]


def test_words_that_came_everywhere_are_told_with_the_word_after_them() -> None:
    places = ["Open the {}portal.", "In the {}portal, sign in.", "Azure users: see the {}portal."]
    files = [
        file(f"{n}.md", reworded(text.format(""), text.format("Azure "), ("", "Azure")))
        for n, text in enumerate(places)
    ]
    assert kinds(*files) == [("edit-replaced", "portal", "Azure portal")]


def test_words_beside_different_words_stand_alone() -> None:
    files = [
        file(f"{n}.md", reworded(f"The Server {word}.", f"The {word}.", ("Server", "")))
        for n, word in enumerate(("role", "name", "port"))
    ]
    assert kinds(*files) == [("edit-made", "Server", "")]


def test_the_same_text_that_went_from_many_files_is_one_theme() -> None:
    (theme,) = find_themes([file(f"{n}.md", removed("I ran into an issue.")) for n in range(3)])
    assert isinstance(theme, Theme)
    assert (theme.kind, theme.before) == ("text-removed", "I ran into an issue.")
    assert theme.paths == ("0.md", "1.md", "2.md")


def version(before: str, after: str) -> Finding:
    return Finding(
        kind="version-changed", subject="API", impact="notable", before=before, after=after
    )


def test_dated_versions_that_became_the_same_one_are_one_theme() -> None:
    new = "2025-01-01-preview"
    files = [file(f"{n}.md", version(f"2024-0{n}-01", new)) for n in (7, 8, 7)]
    (theme,) = find_themes(files)
    assert theme.versions == ("2024-07-01", "2024-08-01")
    (alone,) = find_themes([files[0], file("9.md", version("2024-07-01", new))])
    assert (alone.before, alone.versions) == ("2024-07-01", ())
    assert not kinds(file("a.md", version("1.0", "2.0")), file("b.md", version("1.5", "2.0")))


def test_two_files_or_texts_with_more_changes_are_no_theme() -> None:
    assert not kinds(*(file(f"{n}.md", removed("I ran into an issue.")) for n in range(2)))
    more = reworded("One or two.", "Two and three.", ("One", "Two"), ("or two", "and three"))
    assert not kinds(*(file(f"{n}.md", more) for n in range(5)))


def test_new_include_files_are_one_theme_and_new_pages_are_not() -> None:
    page = Finding(kind="page-added", subject="x", impact="notable", after="X")
    files = [file(path, page) for path in ("includes/a.md", "includes/b.md", "c.md", "d.md")]
    (theme,) = find_themes(files)
    assert theme.paths == ("includes/a.md", "includes/b.md")


def test_the_same_code_and_the_same_new_heading_in_many_files_are_one_matter() -> None:
    code = Finding(
        kind="code-changed",
        impact="notable",
        subject="python",
        values={"edits": ({"before": "Old()", "after": "New()"},)},
    )
    heading = Finding(
        kind="heading-renamed", impact="notable", subject="Next", before="Then", after="Next"
    )
    files = [
        FileAnalysis(change=FileChange(path=f"{name}.md", status="modified"), findings=found)
        for name, found in (("a", (code, heading)), ("b", (code, heading)), ("c", (code,)))
    ]
    assert [(theme.kind, theme.before, theme.after) for theme in find_themes(files)] == [
        ("code-replaced", "Old()", "New()")
    ]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("Samples", "Samples"), ("Samples",)),
        (("Samples", "API reference"), ("Samples", "API reference")),
        (("Samples", ""), ()),
        (("one", "two", "three", "four"), ()),
        (("A text that is much too long to stand in a title " * 2,), ()),
    ],
)
def test_links_are_told_by_their_texts_where_these_are_few(
    texts: tuple[str, ...], told: tuple[str, ...]
) -> None:
    links = [
        Finding(kind="link-retargeted", subject="b.md", impact="minor", values={"text": text})
        for text in texts
    ]
    theme = Theme(
        kind="link-retargeted", before="a", after="b", findings=tuple(links), paths=("x.md", "y.md")
    )
    assert theme.texts == told


def renamed(before: str, after: str) -> Finding:
    return Finding(
        kind="heading-renamed", subject=after, impact="notable", before=before, after=after
    )


def test_the_same_words_in_headings_of_different_names_are_one_matter() -> None:
    names = ["One", "Two", "Three"]
    files = [
        file(f"{n}.md", renamed(f"Cost of {n} models", f"Cost of {n} family of models"))
        for n in names
    ]
    assert kinds(*files) == [("heading-words", "models", "family of models")]
    assert kinds(*files[:2]) == []


def test_the_same_heading_in_many_files_is_told_whole() -> None:
    files = [file(f"{n}.md", renamed("Use the portal", "Use the Azure portal")) for n in range(3)]
    assert kinds(*files) == [("heading-renamed", "Use the portal", "Use the Azure portal")]


def test_a_term_that_was_replaced_is_not_told_again_of_headings() -> None:
    term = Finding(
        kind="term-replaced", subject="B", impact="minor", before="the portal", after="the hub"
    )
    files = [file(f"{n}.md", term, renamed(f"{n} portal", f"{n} hub")) for n in ("A", "B", "C")]
    assert kinds(*files) == [("term-replaced", "the portal", "the hub")]


def exchanged(before: str, after: str) -> Finding:
    subject = f"{before} → {after}"
    return Finding(
        kind="term-replaced", subject=subject, impact="minor", before=before, after=after
    )


def patched(path: str, before: str, after: str) -> FileAnalysis:
    patch = f"@@ -1 +1 @@\n-{before}\n+{after}"
    return FileAnalysis(change=FileChange(path=path, status="modified", patch=patch))


def test_a_name_in_two_cases_is_one_and_files_that_exchange_it_in_new_texts_count() -> None:
    files = [file(f"{n}.md", exchanged("Tea Studio", "Tea Portal")) for n in range(2)]
    files.append(file("small.md", exchanged("Tea studio", "Tea portal")))
    files.append(patched("anew.md", "Open Tea Studio.", "To begin, sign in to the Tea portal."))
    files.append(patched("stays.md", "Open Tea Studio.", "Open Tea Studio or the Tea portal."))
    (theme,) = find_themes(files)
    assert (theme.before, theme.after) == ("Tea Studio", "Tea Portal")
    assert theme.paths == ("0.md", "1.md", "small.md", "anew.md")


def test_a_part_of_a_name_is_not_looked_for_elsewhere() -> None:
    whole, part = exchanged("Tea Studio", "Tea Portal"), exchanged("Studio", "Portal")
    files = [file(f"{n}.md", whole, part) for n in range(2)]
    files.append(patched("more.md", "Open Tea Studio.", "Open the Tea Portal."))
    assert {theme.before: len(theme.paths) for theme in find_themes(files)} == {
        "Tea Studio": 3,
        "Studio": 2,
    }


def test_a_name_that_became_two_is_looked_for_apart_from_the_longer_one() -> None:
    short, long = exchanged("Tea Studio", "Tea House"), exchanged("Tea Studio", "Tea House portal")
    files = [file(f"{n}.md", short, long) for n in range(2)]
    files.append(patched("short.md", "Open Tea Studio.", "Open the Tea House."))
    files.append(patched("long.md", "Open Tea Studio.", "Open the Tea House portal."))
    assert {theme.after: theme.paths[2:] for theme in find_themes(files)} == {
        "Tea House": ("short.md",),
        "Tea House portal": ("long.md",),
    }


def moved_file(before: str, after: str) -> FileAnalysis:
    moved = Finding(kind="page-moved", subject=after, impact="breaking", before=before)
    return file(after, moved)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("howto-{}.md", "how-to-{}.md", ("howto", "how-to")),
        ("search-{}.md", "{}.md", ("search-", "")),
        ("{}.md", "{}_v2.md", ("", "_v2")),
    ],
)
def test_files_renamed_in_one_way_are_one_matter(old: str, new: str, said: tuple[str, str]) -> None:
    names = ("one", "two", "three-more")
    files = [moved_file(f"docs/{old.format(n)}", f"docs/{new.format(n)}") for n in names]
    assert kinds(*files) == [("renamed", *said)]


def test_files_renamed_each_in_its_own_way_are_no_theme() -> None:
    assert not kinds(moved_file("a.md", "b.md"), moved_file("c.md", "d.md"))


def test_lone_words_are_not_looked_for_in_texts_written_anew() -> None:
    files = [file(f"{n}.md", exchanged("Update", "Replace")) for n in range(2)]
    anew = patched("anew.md", "Update the code of the app.", "Replace the code, then run it.")
    (theme,) = find_themes([*files, anew])
    assert theme.paths == ("0.md", "1.md")
