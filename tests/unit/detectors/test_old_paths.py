"""Where a file was that moved, when its own patch does not say so."""

from __future__ import annotations

from dataclasses import replace

from support.case_folder import between, without_texts

from diffinsight.detectors import analyse
from diffinsight.models import ChangeSet, Finding

PAGE = "# Index files\n\nAn index is filled from files of many kinds, day and night.\n"
NEW = PAGE.replace("many", "all")
CONTENTS = "- name: Start\n  href: start.md\n- name: {}\n  href: {}\n"
REDIRECTS = """{{
    "redirections": [{}
        {{
            "source_path_from_root": "/articles/search/first.md",
            "redirect_url": "/azure/search/start"
        }}
    ]
}}
"""
ENTRY = """
        {{
            "source_path_from_root": "/{}",
            "redirect_url": "/azure/search/{}"
        }},"""


def lost(old: str, new: str, before: dict[str, str], after: dict[str, str]) -> ChangeSet:
    """A range in which a page moved, and its patch has no old path."""
    texts = before | {old: PAGE}, after | {new: NEW}
    found = without_texts(between(*texts, {old: new}))
    files = (replace(f, previous_path=f.path) if f.previous_path else f for f in found.files)
    return replace(found, files=tuple(files))


def moved(change_set: ChangeSet) -> Finding:
    findings = (finding for file in analyse(change_set).files for finding in file.findings)
    (found,) = [finding for finding in findings if finding.kind == "page-moved"]
    return found


def listed(old: str, new: str) -> Finding:
    contents = (CONTENTS.format("Index files", path) for path in (old, new))
    before, after = ({"docs/toc.yml": text} for text in contents)
    return moved(lost(f"docs/{old}", f"docs/{new}", before, after))


def test_an_entry_of_the_contents_shows_the_old_path_of_a_name_like_it() -> None:
    assert listed("howto-index-files.md", "how-to-index-files.md").before == (
        "docs/howto-index-files.md"
    )


def test_one_entry_may_lead_to_another_page_now() -> None:
    assert listed("overview.md", "how-to-index-files.md").before == "docs/how-to-index-files.md"


def test_two_files_that_name_one_old_path_are_enough() -> None:
    old, new = "overview.md", "how-to-index-files.md"
    texts = (
        {f"docs/{n}.md": f"# {n}\n\nRead [more]({path}).\n" for n in "xy"} for path in (old, new)
    )
    assert moved(lost(f"docs/{old}", f"docs/{new}", *texts)).before == "docs/overview.md"


def test_files_that_name_two_old_paths_show_none() -> None:
    new = "how-to-index-files.md"
    before = {f"docs/{n}.md": f"# A\n\nRead [more](old-{n}.md).\n" for n in "xy"}
    after = dict.fromkeys(before, f"# A\n\nRead [more]({new}).\n")
    assert moved(lost("docs/old-x.md", f"docs/{new}", before, after)).before == f"docs/{new}"


def test_a_page_that_is_still_there_is_not_the_old_path() -> None:
    before = {f"docs/{n}.md": "# A\n\nRead [more](x.md).\n" for n in "xyz"}
    after = dict.fromkeys(before, "# A\n\nRead [more](new.md).\n")
    assert moved(lost("docs/old.md", "docs/new.md", before, after)).before == "docs/new.md"


def test_a_redirect_shows_the_old_path_of_any_name() -> None:
    path = "articles/search/.openpublishing.redirection.search.json"
    entry = ENTRY.format("articles/search/overview.md", "how-to-index-files")
    texts = ({path: REDIRECTS.format(more)} for more in ("", entry))
    ends = "articles/search/overview.md", "articles/search/how-to-index-files.md"
    found = moved(lost(*ends, *texts))
    assert found.before == "articles/search/overview.md"
    assert found.values["redirect"] == "/azure/search/how-to-index-files"
