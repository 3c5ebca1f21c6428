"""What a file's explanation tells in full, and what it only counts."""

from __future__ import annotations

import re
from dataclasses import replace

from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import load
from diffinsight.matching.edits import prose_edits
from diffinsight.models import Analysis, ChangeSet, FileAnalysis, FileChange, Finding

_FILLER = "The page of {} describes how to look at it."


def text(section: str, line: int, before: str | None, after: str | None) -> Finding:
    """A paragraph of ``section`` that changed, came (no ``before``) or went (no ``after``)."""
    edits = prose_edits(before, after) if before and after else ()
    return Finding(
        kind="paragraph-" + ("changed" if before and after else "added" if after else "removed"),
        subject=(after or before or "")[:40],
        impact="minor",
        before=before,
        after=after,
        before_lines=(line, line) if before else None,
        after_lines=(line, line) if after else None,
        values={
            "section": section,
            "edits": tuple({"before": e.before, "after": e.after} for e in edits),
            "words_added": sum(len(edit.after.split()) for edit in edits),
            "words_removed": sum(len(edit.before.split()) for edit in edits),
        },
    )


def written(*findings: Finding) -> FileAnalysis:
    change = FileChange(path="page.md", status="modified", patch="@@ -1 +1 @@\n-a\n+b")
    changes = ChangeSet(base="1" * 40, head="2" * 40, files=(change,))
    file = FileAnalysis(change=change, findings=findings)
    analysis = Analysis(change_set=changes, files=(file,))
    analysis, _ = OfflineEngine(phrases=load("en")).write(analysis)
    return analysis.files[0]


def explained(*findings: Finding) -> str:
    return written(*findings).explanation


def titled(*findings: Finding) -> str:
    return written(*findings).title


def reworded(number: int, name: str) -> Finding:
    old = _FILLER.format(name)
    return text(f"Part {number}", number, old, old.replace("describes", "explains"))


def test_what_is_left_of_wording_is_told_as_wording() -> None:
    names = ("north", "south", "east", "west", "heaven", "earth", "water", "fire")
    said = explained(*(reworded(n, name) for n, name in enumerate(names, 1)))
    assert "Also: 4 small edits to wording." in said


def test_an_urgent_change_is_never_only_counted() -> None:
    limits = [
        text(
            f"Limit {n}",
            n,
            f"The {name} holds at most {n}0 files.",
            f"The {name} holds at most {n}5 files.",
        )
        for n, name in enumerate(("box", "bag", "bin", "cup", "jar", "tin", "pot", "can"), 1)
    ]
    said = explained(*limits)
    assert said.count("became") == len(limits)
    assert "Also: " not in said


def test_one_of_each_kind_in_a_section_is_quoted_and_not_counted() -> None:
    said = explained(
        text("Setup", 3, "Open the old tool first.", "Open the new tool first."),
        text("Setup", 5, None, "Then take a look around the place."),
        text("Setup", 7, "Nothing else is there to be seen.", None),
    )
    assert "“Then take a look around the place.” was added" in said
    assert "“Nothing else is there to be seen.” was removed" in said
    assert "1 paragraph" not in said


def test_a_page_whose_words_were_only_mended_is_titled_so() -> None:
    words = [("inadvertenly", "inadvertently"), ("preformace", "performance"), ("file", "files")]
    slips = [
        text(f"Part {n}", n, f"It clears {was} now.", f"It clears {now} now.")
        for n, (was, now) in enumerate(words, 1)
    ]
    assert titled(*slips).startswith("Fix 3 typos")


def test_and_not_when_more_than_that_changed() -> None:
    old, new = "It deletes file {}.", "It removes file {}."
    changed = [text(f"Part {n}", n, old.format(n), new.format(n)) for n in (1, 2, 3)]
    assert "typo" not in titled(*changed)


def test_a_name_taken_from_a_list_is_told_in_the_title() -> None:
    listed = "The regions are West US, {}North Central US, and Japan East."
    said = titled(
        reworded(1, "north"), text("Regions", 5, listed.format("East US, "), listed.format(""))
    )
    assert "East US" in said


def test_a_doubled_word_is_no_typo() -> None:
    slip = Finding(
        kind="typo-fixed",
        subject="a a",
        impact="noise",
        before="a a",
        after="a",
        before_lines=(3, 3),
        after_lines=(3, 3),
    )
    assert titled(slip) == "Remove a doubled word: “a a” → “a”"
    assert explained(slip).startswith("A doubled word was removed")


def test_a_link_named_by_its_address_names_it_once() -> None:
    added = Finding(
        kind="link-added",
        subject="https://a.example/guide",
        impact="minor",
        after_lines=(3, 3),
        values={"text": "a.example/guide"},
    )
    assert explained(added).count("a.example/guide") == 1


def test_no_kind_is_counted_twice() -> None:
    sentence = explained(
        *(Finding(kind="setting-added", subject=f"own.{n}", impact="notable") for n in range(8)),
        *(Finding(kind="setting-added", subject=f"their.{n}", impact="minor") for n in range(2)),
        *(text(f"Part {n}", n, None, f"Sentence {n} of the page.") for n in range(6)),
    )
    assert re.findall(r"\d+ settings", sentence) == ["8 settings"]
    assert "2 other changes (to settings)" in sentence


def test_what_went_far_from_what_changed_is_told_with_its_old_lines() -> None:
    changed = text("Part", 90, "It starts a small server.", "It starts two large servers.")
    gone = (text("Part", line, f"The {name} is old.", None) for line, name in ((5, "a"), (6, "b")))
    again = text("Part", 91, "It stops a small server.", "It stops two large servers.")
    said = explained(changed, *gone, again)
    assert said.index("(line 90)") < said.index("(old line 5)") < said.index("(old line 6)")
    near = (
        text("Part", line, f"The {name} is old.", None) for line, name in ((80, "a"), (81, "b"))
    )
    assert "(lines 80–91)" in explained(changed, *near, again)  # noqa: RUF001 - as ranges are written


def renamed(before: str, after: str) -> Finding:
    return Finding(
        kind="heading-renamed", subject=after, impact="notable", before=before, after=after
    )


def test_sections_that_are_only_counted_are_named() -> None:
    texts = [
        text(f"Part {n}", n, None, f"You must not store more than {n}0 of the files here.")
        for n in range(1, 7)
    ]
    said = explained(*texts, renamed("Small keys", "Big keys"))
    assert "1 section renamed (“Small keys” → “Big keys”)" in said or "now called" in said


def heading(name: str, lines: tuple[int, int]) -> Finding:
    values = {"level": 2, "words": 9, "tables": 1}
    return Finding(
        kind="heading-added", subject=name, impact="notable", after_lines=lines, values=values
    )


def with_sections(page: str) -> FileAnalysis:
    """A page, all sections of the second level of which are new."""
    starts = [n for n, line in enumerate(page.splitlines(), 1) if line.startswith("## ")]
    ends = [*(start - 1 for start in starts[1:]), page.count("\n")]
    lines = page.splitlines()
    headings = (
        heading(lines[start - 1][3:], (start, end)) for start, end in zip(starts, ends, strict=True)
    )
    change = FileChange(path="page.md", status="modified", before="# A\n", after=page)
    changes = ChangeSet(base="1" * 40, head="2" * 40, files=(change,))
    file = FileAnalysis(change=change, findings=tuple(headings))
    analysis = Analysis(change_set=changes, files=(file,))
    analysis, _ = OfflineEngine(phrases=load("en")).write(analysis)
    return analysis.files[0]


def test_several_sections_are_told_by_what_a_few_of_them_say() -> None:
    said = "## Part {0}\nStore {0} of the many files that you have here.\n"
    told = with_sections("# A\n" + "".join(map(said.format, range(1, 6)))).explanation
    assert "5 sections were added (45 words). “Part 1”" in told
    assert "2–3) says: “Store 1 of the many files that you have here.”" in told  # noqa: RUF001 - as shown


def test_sections_that_say_nothing_are_named_behind_those_that_do() -> None:
    said = "## Part {0}\nStore {0} of the many files that you have here.\n"
    told = with_sections("# A\n## None\n" + "".join(map(said.format, range(1, 3)))).explanation
    assert told.index("“Part 2”") < told.index("The other one is “None”")


def test_what_many_sections_have_in_common_is_told() -> None:
    said = "## Part {0}\nBy [Acme](https://acme.example).\n\nStore {0} of the files here.\n"
    file = with_sections("# A\n" + "".join(map(said.format, range(1, 6))))
    assert file.title == "Add 5 sections mentioning “Acme”"
    assert (
        "5 sections mentioning “Acme” were added (45 words): “Part 1”, “Part 2”" in file.explanation
    )


def test_a_section_that_is_a_table_is_told_by_its_rows() -> None:
    table = "## Part {0}\n\n| Key | Size |\n| --- | --- |\n| Big {0} | 9 |\n"
    told = with_sections("# A\n" + "".join(map(table.format, range(1, 3)))).explanation
    assert "2–6) with the row “Big 1”" in told  # noqa: RUF001 - as shown


def told(before: str, after: str, *, whole: bool = True) -> str:
    """What is told of a page of which both versions are known, or only the hunks."""
    changes = between({"a.md": before}, {"a.md": after}, {})
    if not whole:
        files = tuple(replace(file, before=None, after=None) for file in changes.files)
        changes = replace(changes, files=files)
    analysis, _ = OfflineEngine(phrases=load("en")).write(analyse(changes))
    return analysis.files[0].explanation


def test_a_section_that_says_more_has_the_rows_of_its_tables_too() -> None:
    rules = "You must have a role on each of these resources."
    table = "| Role | Right |\n|---|---|\n| {} | Reads the data |\n| {} | Writes the data |\n"
    tables = f"{table.format('Reader', 'Writer')}\nMore:\n\n{table.format('Owner', 'Guest')}"
    said = told("# A\n\nText.\n", f"# A\n\nText.\n\n## Roles\n\n{rules}\n\n{tables}")
    assert rules in said
    assert "Its 2 tables have rows for “Reader”, “Writer”, “Owner”, and “Guest”." in said


def test_a_section_with_a_short_table_says_what_its_rows_say() -> None:
    table = "| Model | Region |\n|---|---|\n| `a-1` | East<br>West |\n| `b-2` | East |\n"
    said = told("# A\n\nText.\n", f"# A\n\nText.\n\n## Regions\n\n{table}")
    assert "`a-1` (East, West)" in said
    assert "`b-2` (East)" in said


def test_a_heading_over_known_text_is_counted_beside_new_sections() -> None:
    old = heading("Output", (90, 91))
    old = replace(old, values={**old.values, "text_stays": True})
    others = [text(f"Part {n}", 10 * n, f"Old {n} it is.", f"New {n} it is.") for n in range(1, 4)]
    tab = Finding(kind="tab-added", subject="Bash", impact="notable", after_lines=(8, 8))
    table = Finding(kind="table-added", subject="Name", impact="notable", after_lines=(9, 9))
    said = explained(heading("Setup", (1, 3)), heading("Use", (4, 6)), tab, table, *others, old)
    assert "2 sections were added" in said
    assert "“Output”" in said


def test_few_texts_that_changed_are_told_one_by_one_where_nothing_else_did() -> None:
    words = (("opens", "closes"), ("red", "blue"), ("north", "south"))
    ones = [
        text("Setup", n, f"The tool {n} is {old}.", f"The tool {n} is {new}.")
        for n, (old, new) in enumerate(words, 1)
    ]
    said = explained(*ones)
    assert all(f"is {old}.” became “" in said for old, _ in words), said
    assert "changed (" not in said


def test_examples_are_of_different_texts() -> None:
    old = "The {0} has a wide door of old oak. Guests of the {0} sleep in the small rooms upstairs."
    new = "The {0} has one gate made from iron. People at the {0} rest in some large halls below."
    ones = [
        text("Rooms", n, old.format(name), new.format(name))
        for n, name in enumerate(("attic", "cellar", "stable"), 1)
    ]
    said = explained(*ones, reworded(9, "east"))
    examples = said.partition("For example, ")[2].partition(" In “")[0]
    assert "The attic" in examples
    assert "The cellar" in examples


def test_texts_that_came_are_told_by_what_they_say() -> None:
    came = [
        text("Setup", n, None, f"Your {name} of the service is read from the file beside the page.")
        for n, name in enumerate(("name", "place", "time"), 1)
    ]
    for one in came:
        assert str(one.after) in explained(*came, reworded(9, "east"))


def test_a_new_introduction_is_told_and_not_only_counted() -> None:
    parts = "".join(f"## Part {n}\n\nThe room {n} {{}}.\n\n" for n in range(1, 6))
    page = f"---\ntitle: a\n---\n\n# Tour of the house\n\n{{}}\n\n{parts}"
    intro = "This page of the series shows you how to look at each room."
    other = "Here you look at each room, and then you open its windows."
    rules = ("can be locked", "has to be dry", "is open in May", "was red", "must be warm")
    before = page.format(intro, *rules)
    after = page.format(other, *(f"{rule} or you can't enter" for rule in rules))
    for whole in (True, False):
        said = told(before, after, whole=whole)
        assert "In line 7: “This page of the series" in said, said


def test_the_same_text_in_many_sections_is_told_once() -> None:
    gone = [text(f"Call {number}", number * 10, "The limit is gone.", None) for number in range(4)]
    said = explained(*gone)
    assert said.count("The limit is gone") == 1
    assert "Call 0" not in said
    assert "4 paragraphs were removed" in said


def test_text_that_is_in_a_new_note_now_is_told_once_and_without_what_is_new() -> None:
    old, new = "You need a recent build of the service.", "Version 2004 or 2005 is required here."
    end = "If you would rather grow the disk by hand, see the page on disks and on machines."
    before = f"# A\n\n{old}\n\n{end}\n\nOpen the shell.\n\nText of the page.\n"
    after = f"# A\n\nOpen the shell.\n\n> [!NOTE]\n> {new} {end}\n\nText of the page.\n"
    analysis = analyse(between({"a.md": before}, {"a.md": after}, {}))
    (file,) = OfflineEngine(phrases=load("en")).write(analysis)[0].files
    assert "Existing text is now part of a new note" in file.explanation
    assert f": “{end}”" in file.explanation
    assert file.explanation.count(end) == 1
    assert file.explanation.count(new) == 1
    assert "Text moved" not in file.explanation


def in_page(*parts: str) -> str:
    fillers = "\n\n".join(f"## Part {n}\n\nThe part {n} tells of itself only." for n in range(9))
    return "# Guide\n\n" + "\n\n".join((fillers, *parts)) + "\n"


def test_a_lone_text_that_is_counted_is_quoted() -> None:
    new = "## Terminal\n\nThe terminal has tabs and panes.{}\n\n## Next\n\nWrite to us{}"
    before, after = new.format("", " today."), new.format(" It comes with the system.", " soon.")
    many = [f"## Rule {n}\n\nThe client must send {n} tokens in each call." for n in range(6)]
    changed = [part.replace(" must ", " can ").replace("tokens", "keys") for part in many]
    said = told(in_page(*many, before), in_page(*changed, after))
    assert "changed (“It comes with the system.” was added)" in said


def test_steps_that_went_are_named_where_they_are_counted() -> None:
    steps = "## Try it\n\n{}1. Select **Run**.\n\n2. Close the window.\n"
    gone = "1. Open the gallery.\n\n1. Pick a sample.\n\n"
    many = [f"## Rule {n}\n\nThe client must send {n} tokens in each call." for n in range(6)]
    rows = [f"## New {n}\n\nWhat is new here is number {n}." for n in range(3)]
    before = in_page(*many, steps.format(gone))
    changed = [part.replace(" must ", " can ").replace("tokens", "keys") for part in many]
    said = told(before, in_page(*changed, *rows, steps.format("")))
    assert "“Open the gallery.”" in said


def test_the_same_words_that_went_from_two_texts_are_one_example() -> None:
    old = (
        "For the small lamps, choose one of these rooms: East Room, West Room, and North Room.",
        "For the big ones that we have, one of these will do: East Room, West Room, North Room.",
    )
    came = ("A new text about the lamps stands here.", "And another one that says no more.")
    after = "\n\n".join((*(text.replace("East Room, ", "") for text in old), *came))
    change = between({"a.md": "# Page\n\n" + "\n\n".join(old)}, {"a.md": f"# Page\n\n{after}"}, {})
    written, _ = OfflineEngine(phrases=load("en")).write(analyse(change))
    assert written.files[0].explanation.count("“East Room” was removed") == 1


def test_a_section_of_one_sentence_and_code_is_told_by_the_sentence() -> None:
    new = "# A\n\nText.\n\n## Update\n\n{}\n\n```bash\nservice --update\n```\n"
    said = told("# A\n\nText.\n", new.format("This is not needed on version 25."))
    assert "It says: “This is not needed on version 25.”" in said


def test_new_sentences_follow_each_other_as_on_the_page() -> None:
    old = "# A\n\nAdd a filter to the request. See the page on filters for more.\n"
    lead = "A filter says which files come."
    rule = "The service must still read all of them, but drops those of at most 20 words."
    said = told(old, old.replace("request. ", f"request. {lead} {rule} "))
    assert 0 < said.index(lead) < said.index(rule)
