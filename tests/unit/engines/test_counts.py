"""Titles, lists and explanations of a file count the same."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from support.case_folder import CASES, between, load_case, without_texts
from support.corpus_analyses import CORPUS, days

from diffinsight.detectors import analyse
from diffinsight.engines.choosing.clauses import gather, is_kept
from diffinsight.engines.choosing.ranking import is_page_title
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import Phrases, available, load
from diffinsight.models import ChangeSet, FileAnalysis, Overview

MOST = 40  # of a kind in a file
MOST_DAYS = 15
STEPS = "# Key\n\n## Set up\n\n1. Open the file{}\n\n2. Close the window.\n\n3. Save the key{}\n"


def written(changes: ChangeSet, language: str = "en") -> tuple[tuple[FileAnalysis, ...], Overview]:
    analysis, overview = OfflineEngine(phrases=load(language)).write(analyse(changes))
    return analysis.files, overview


def one(before: str, after: str) -> FileAnalysis:
    (file,), _ = written(between({"a.md": before}, {"a.md": after}, {}))
    return file


def counted(title: str, file: FileAnalysis, phrases: Phrases) -> Iterator[tuple[str, int, int]]:
    """Each kind that a title counts, the number it says, and the number there is."""
    last = re.split("[;\N{FULLWIDTH SEMICOLON}\N{FULLWIDTH SOLIDUS}]", title)[-1].strip()
    for clause in gather(file.findings):
        alike = [
            finding
            for other in gather(file.findings)
            if other.kind == clause.kind and (other.impact == "noise") == (clause.impact == "noise")
            for finding in other.findings
        ]
        kept = is_kept(clause.findings)
        named = [f for f in alike if is_page_title(f) == is_page_title(clause.findings[0])]
        named = [f for f in named if bool(f.values.get("text_stays")) == kept]
        total = sum(int(str(f.values.get("count") or 1)) for f in named)
        key = f"findings.{clause.kind}.rest"
        for number in range(1, MOST):
            if phrases.say_plain(key, count=number) == last:
                yield clause.kind, number, total


@pytest.mark.parametrize("language", available())
def test_what_a_title_counts_is_what_there_is(language: str) -> None:
    phrases = load(language)
    found = [
        (case.name, *numbers)
        for case in CASES
        for file in written(load_case(case), language)[0]
        for numbers in counted(file.title, file, phrases)
    ]
    assert found, "no title counts anything"
    assert [wrong for wrong in found if wrong[2] != wrong[3]] == []


def test_sections_are_counted_whatever_the_change_means_to_readers() -> None:
    body = "Words that stay as they were, {} of them all."
    names = [f"{name} part" for name in ("First", "Second", "Third", "Fourth")]
    parts = [f"## {name}\n\n{body.format(name)}\n" for name in names]
    old = "\n".join(["# Page\n", "## Gone\n\nThis was about something else, long ago.\n", *parts])
    new = "\n".join(
        ["# Page\n", *(part.replace(" part\n\n", " piece of work\n\n") for part in parts)]
    )
    file = one(old, f"{new}\n## Extra\n\nNobody had said this before now.\n")
    (said,) = re.findall(r"(\d+) sections? renamed|Rename (\d+) sections", file.title) or [("", "")]
    renamed = [finding for finding in file.findings if finding.kind == "heading-renamed"]
    assert len(renamed) == len(names)
    assert said in {("", ""), (str(len(names)), ""), ("", str(len(names)))}


def test_one_tab_that_came_with_something_else_is_named() -> None:
    old = "# Page\n\n## Use\n\n# [One](#tab/one)\n\nFirst words.\n\n---\n"
    new = old.replace(
        "---\n", "# [Two](#tab/two)\n\nOther words.\n\n---\n\n## More\n\nIt is new.\n"
    )
    assert one(old, new).title == "Add section “More”; tab “Two” added"


def test_the_same_change_of_two_steps_is_told_of_both() -> None:
    file = one(STEPS.format(".", "."), STEPS.format(" without quotes.", " without quotes."))
    assert file.title == "Add “without quotes” to 2 steps"
    assert "in 2 steps, “without quotes” was added." in file.explanation
    assert file.explanation.count("without quotes") == 1


def test_the_same_column_in_several_tables_is_counted() -> None:
    table = "## {}\n\n| Name | Size |\n|---|---|\n| {} | 1 |\n| two | 2 |\n"
    old = "# Page\n\n" + "\n".join(table.format(name, name.lower()) for name in ("East", "West"))
    new = re.sub(r"(?m)^(\|.*\|)$", r"\1 yes |", old).replace("---| yes |", "---|---|")
    new = new.replace("Size | yes |", "Size | Free |")
    assert one(old, new).title == "Add column “Free” to 2 tables"


def test_footnotes_with_new_marks_are_counted_in_each_section() -> None:
    table = (
        "## {0}\n\n| Name | Size |\n|---|---|\n| {0} | 1 |\n| two {1} | 2 |\n\n"
        "{1} This region has capacity, but some tiers are not available in {0}.\n"
    )
    pages = [
        "# Page\n\n" + "\n".join(table.format(name, mark) for name in ("East", "West", "North"))
        for mark in ("²", "¹")
    ]
    file = one(*pages)
    assert "3 places" in f"{file.title} {file.explanation}"


def test_a_file_of_corrections_is_counted_alike_in_the_list_and_the_table() -> None:
    old = "# Page\n\nThe behaviour is here.\n\n- Psuedo-terminal master endpoint\n- Next\n"
    new = old.replace("behaviour", "behavior").replace("Psuedo", "Pseudo")
    (file,), overview = written(between({"a.md": old}, {"a.md": new}, {}))
    assert file.title.startswith("Fix 2 typos")
    assert any("Fix 2 typos" in point.text for point in overview.other_updates)


def test_nothing_else_is_only_said_when_all_is_told() -> None:
    row = "# Page\n\n| API | Latest | Note |\n|---|---|---|\n| one | {} | a |\n| two | {} | b |\n"
    old = row.format("[1.0](https://example.com/a)", "1.0")
    file = one(old, row.format("2.0", "2.0"))
    assert "“2.0” in “one” has no link" in file.explanation
    assert "Nothing else changed" not in file.explanation


def test_words_with_other_links_now_are_not_called_unlinked() -> None:
    page = "# Page\n\nAnytime you wish to, run the {} command with a flag.\n"
    link = "[`{0}`](https://example.com/{0})"
    new = f"{link.format('check')} or {link.format('mend')}"
    said = one(page.format(link.format("fmt")), page.format(new)).explanation
    assert "has no link" not in said
    assert "https://example.com/fmt" in said


def test_a_link_that_went_with_its_own_words_is_not_told_beside_them() -> None:
    row = "# Page\n\n| Model | Access |\n|---|---|\n| one | {} |\n"
    old = row.format("[Limited access model application](https://example.com/a)")
    explanation = one(old, row.format("Access is no longer restricted.")).explanation
    assert "Limited access model application" in explanation
    assert "link" not in explanation


def test_what_came_is_quoted_once() -> None:
    old = "# Page\n\n## Rules\n\nThe first words stay.\n"
    new = old + "".join(
        f"\n{text}\n"
        for text in (
            "Some words are there to be read by people who like to read.",
            "You must not store more than 5 keys in one place.",
            "More words are there for those who have not had enough of them.",
        )
    )
    said = one(old, new).explanation
    assert said.count("You must not store more than 5 keys") == 1
    assert "For example" not in said


def test_notes_that_are_named_are_no_examples() -> None:
    old = "# Page\n\n## Rules\n\nThe first words stay.\n"
    new = f"{old}\n> [!NOTE]\n> At most 5 keys.\n\nMore.\n\n> [!NOTE]\n> You must sign in.\n"
    said = one(old, new).explanation
    assert said.count("At most 5 keys") == said.count("You must sign in") == 1


def test_a_link_whose_text_is_quoted_is_told_by_its_target() -> None:
    old = "# Page\n\n## Rules\n\nThe first words stay.\n"
    new = old.replace("stay.", "stay. [Learn more about keys](https://example.com/keys).")
    said = one(old, new).explanation
    assert "https://example.com/keys" in said
    assert said.count("Learn more about keys") == 1


def test_a_text_that_took_the_place_of_another_everywhere_is_told_once() -> None:
    part = "## {0}\n\nThis is about {0}.\n\nOne.\n\nTwo.\n\n{1}\n\n- {0} it is.\n\nLast.\n\nEnd.\n"
    names = ("East", "West", "North")
    page = "# Page\n\n" + "\n".join(part.format(name, "where:") for name in names)
    new = page.replace("where:", "Replace the following placeholders:")
    (file,), _ = written(without_texts(between({"a.md": page}, {"a.md": new}, {})))
    said = "“where:” became “Replace the following placeholders:” in 3 places"
    assert said in file.explanation
    assert file.explanation.count("where:") == 1


def test_code_that_changed_alike_in_the_same_files_is_told_in_one_sentence() -> None:
    code = "# {}\n\n```python\nopen_key(1)\nkeep = True\nclose_all('x')\n```\n"
    old = {f"{name}.md": code.format(name) for name in "abcd"}
    new = {
        path: text.replace("open_key(1)", "unlock(1)").replace("close_all('x')", "lock_up('x')")
        for path, text in old.items()
    }
    for language in available():
        _, overview = written(between(old, new, {}), language)
        assert overview.highlights.count("4") == 1, language
        assert "unlock" in overview.highlights
        assert "lock_up" in overview.highlights


def test_of_files_in_which_only_metadata_changed_the_fields_are_named() -> None:
    page = "---\ntitle: {0}\nms.topic: {1}\n---\n\n# {0}\n\nText.\n"
    old, new = (
        {f"{name}.md": page.format(name, topic) for name in "abc"}
        for topic in ("article", "how-to")
    )
    for language in available():
        _, overview = written(between(old, new, {}), language)
        assert "`ms.topic`" in overview.highlights, language
        assert "ms.topic" in overview.summary


def test_a_value_is_told_by_the_sentence_that_has_it() -> None:
    old = "# Page\n\n## Limits\n\nA file may have at most 100 MB and is kept for some time.\n"
    new = old.replace("100 MB and is kept for some time", "200 MB and is gone after a while")
    said = one(old, new).explanation
    assert said.count("200 MB") == 1


def test_far_apart_lines_of_no_known_section_make_no_range() -> None:
    part = "First words.\n\nSecond words.\n\n{}Next words.\n\nLast words.\n" + "\nStill.\n" * 30
    names = ("East", "West", "North")
    old = "# Page\n\n" + part.format("") * len(names)
    new = "# Page\n\n" + "".join(part.format(f"The {n} is open to all.\n\n") for n in names)
    (file,), _ = written(without_texts(between({"a.md": old}, {"a.md": new}, {})))
    assert file.explanation.startswith("In the text: 3 paragraphs were added")


def test_steps_are_told_in_their_order_on_the_page() -> None:
    old = (
        "# Page\n\n## Do\n\n1. Open the old window.\n\n2. Choose a key.\n\n3. Close all windows.\n"
    )
    new = (
        old.replace("Open the old", "Open the blue")
        .replace("Choose a key.", "Choose at most 5 keys.")
        .replace("Close all", "Leave all")
    )
    said = one(old, new).explanation
    assert re.findall(r"\b(\d)\. ", said) == ["1", "2", "3"]


def test_links_that_lead_to_the_same_place_lead_nowhere_else() -> None:
    old = "# Page\n\n[One](https://learn.microsoft.com/a/b) is [Two](https://example.com/c/) now.\n"
    new = old.replace("https://learn.microsoft.com", "").replace("/c/", "/c")
    for language in available():
        (file,), _ = written(between({"a.md": old}, {"a.md": new}, {}), language)
        plain = load(language).say_plain("findings.link-retargeted.rest", count=2, done=True)
        assert plain not in file.explanation, language
        assert "`/a/b`" in file.explanation, language
    assert one(old, new).title == "Write 2 links differently; they lead to the same places"
    assert "lead to the same places" in one(old, new).explanation
    told = one(old, new + "\nA new rule.\n").explanation
    assert "2 links to the same places written differently" in told


def test_each_place_of_a_typo_is_counted() -> None:
    old = "# Page\n\nThe comands are here.\n\nText between them.\n\nOther comands, and behaviour.\n"
    file = one(old, old.replace("comands", "commands").replace("behaviour", "behavior"))
    assert file.title.startswith("Fix 3 typos")


def test_a_comment_that_went_did_not_change() -> None:
    old = "# Page\n\nText.\n\n<!-- Not for readers. -->\n\n## Next\n\nMore of it.\n"
    new = old.replace("<!-- Not for readers. -->\n\n", "").replace("More of it.", "Use 5 keys.")
    assert "1 hidden comment removed" in one(old, new).explanation
    assert "1 hidden comment added" in one(new, old).explanation


def test_places_of_changed_code_are_runs_of_lines() -> None:
    old = "Text.\n\n```python\nkey = 1\nname = 2\nkeep = 3\nlast = use(key)\n```\n\nMore.\n"
    new = old.replace("key = 1\nname = 2", "# None\ntoken = None\n# key = 1\nnames = 2\n")
    new = new.replace("use(key)", "use(token)")
    pages = [f"# Page\n\n{text}{text.replace('python', 'text')}" for text in (old, new)]
    changes = without_texts(between({"a.md": pages[0]}, {"a.md": pages[1]}, {}))
    (file,), _ = written(changes)
    assert "in 4 places" in f"{file.title} {file.explanation}"


def test_a_list_of_commands_has_as_many_as_there_are_examples() -> None:
    old = "# Page\n\n## Use\n\n1. First words.\n\n2. Last words.\n\n## End\n\nText.\n"
    code = "   ```bash\n   {}\n   ```\n\n"
    more = [code.format(text) for text in ("node app.js", "tsc --all", "node app.js")]
    new = old.replace("2. Last", f"{more[0]}{more[1]}2. Last").replace("## End", f"{more[2]}## End")
    said = one(old, new).explanation
    assert "`node app.js` ×2" in said  # noqa: RUF001 - the sign is meant
    python = code.replace("bash", "python").format("import os")
    said = one(
        old, new.replace("## End", f"{python}## End") + "\nUse at most 5 keys.\n"
    ).explanation
    assert "4 code examples" in said
    assert "(`node app.js`" not in said


def test_code_that_is_told_and_code_that_is_counted_add_up() -> None:
    part = "## {0}\n\nThis is about {0}.\n\n```{2}\n{1}({0})\n```\n\nMore of it.\n\n"
    names = ("alpha", "beta", "gamma")
    old = "# Page\n\n" + "".join(part.format(name, "run", "bash") for name in names)
    new = "# Page\n\n" + part.format("alpha", "run", "cmd")
    new += "".join(part.format(name, "start_it", "bash") for name in names[1:])
    file = one(old, new)
    said = file.explanation
    left = ("1 more code example changed", "3 code examples", "highlighting of 1 code example")
    assert any(words in said for words in left)


def test_a_cell_that_was_left_out_is_no_edit() -> None:
    head = (
        "# Page\n\n| key | value | default | notes |\n|---|---|---|---|\n| size | int | 1 | A. |\n"
    )
    old = f"{head}| kernel | path | The one inside | A path of yours. |\n"
    new = f"{head}| kernel | path | A path of yours. |\n"
    for language in available():
        (file,), _ = written(between({"a.md": old}, {"a.md": new}, {}), language)
        plain = load(language).say("item.cell", column="default", before="The one inside")
        assert plain not in file.explanation, language
        assert "The one inside" in file.explanation
    assert "default: the cell “The one inside” is missing" in one(old, new).explanation
    assert (
        "“The one inside” was removed from “default”"
        in one(old, new.replace("path | A", "path | | A")).explanation
    )


TITLED = re.compile(r"\b(\d+) (section)s? (added|removed)")


def told_in(explanation: str, noun: str, verb: str) -> int:
    """How many of a kind an explanation tells of, one by one or in numbers."""
    plain = re.sub(r"“[^”]*”", "“”", explanation)
    many = re.findall(rf"\b(\d+) {noun}s? (?:were |was )?{verb}", plain)
    ones = re.findall(rf"(?:^|[.,;:] |and ){noun} “” was {verb}", plain, re.IGNORECASE)
    return sum(map(int, many)) + len(ones)


def differing(file: FileAnalysis) -> Iterator[tuple[str, str, str]]:
    """Sections that a title counts and its explanation otherwise."""
    for number, noun, verb in TITLED.findall(file.title):
        if told_in(file.explanation, noun, verb) != int(number):
            yield file.title, noun, file.explanation


def test_sections_are_counted_alike_in_titles_and_explanations() -> None:
    files = [file for case in CASES for file in written(load_case(case))[0]]
    assert [wrong for file in files for wrong in differing(file)] == []


def test_a_heading_over_old_text_is_no_section_that_a_title_counts() -> None:
    part = "## {0}\n\n{0} is what you need where {1}.\n\n"
    gone = part.format("Oranges", "nobody wants apples") + part.format("Rain", "there is none")
    came = "".join(
        part.format(name, f"{name.lower()[::-1]} would do {number} times as much harm")
        for number, name in enumerate(("Boats", "Letters", "Mountains", "Kettles", "Doors", "Suns"))
    )
    file = one(f"# Page\n\n{gone}Last words.\n", f"# Page\n\n{came}## Here\n\nLast words.\n")
    assert "4 sections added" in file.title  # and the others took the place of old ones
    assert "“Here”" in file.explanation
    assert list(differing(file)) == []


DAYS = sorted(CORPUS.glob("*.json"))


@pytest.mark.skipif(not DAYS, reason="the corpus is not here")
def test_the_titles_of_real_days_count_what_there_is() -> None:
    phrases = load("en")
    files = [
        file
        for day in itertools.islice(days(), MOST_DAYS)
        for file in OfflineEngine(phrases=phrases).write(day)[0].files
    ]
    found = [
        (file.change.path, *numbers)
        for file in files
        for numbers in counted(file.title, file, phrases)
    ]
    assert [wrong for file in files for wrong in differing(file)] == []
    assert found, "no title counts anything"
    assert [wrong for wrong in found if wrong[2] != wrong[3]] == []


def test_highlights_count_as_many_code_examples_as_the_title() -> None:
    page = "# Key\n\n## Set up\n\n```console\n$ tool {} --all\n```\n\nThen:\n\n```python\n{}\n```\n"
    page += "\nAt last:\n\n```python\nvalue = {}\n```\n"
    lines = ["\n".join(f"{name} = {n}{name}" for name in ("aa", "bb", "cc", "dd")) for n in (1, 2)]
    before = page.format("install", lines[0], '"old"')
    after = page.format("add", lines[1], '"new"')
    (file,), overview = written(between({"a.md": before}, {"a.md": after}, {}))
    said = (file.explanation, overview.summary, overview.highlights)
    assert [re.findall(r"(\d+) code examples? changed", text) for text in said] == [["3"]] * 3


def test_the_label_of_an_include_is_counted_as_what_nobody_sees() -> None:
    page = "# A\n\nThe {} lamp.\n\n[!INCLUDE [{} quickstart](lamp.md)]\n"
    said = one(page.format("big", "Old"), page.format("round", "New")).explanation
    assert "the label of 1 include changed, which readers do not see" in said


def test_rows_in_a_title_are_counted_as_in_the_text() -> None:
    rows = [f"| Region {n} | 1 | 2 |" for n in range(4)]
    before = "# Page\n\n| Region | Searches | Indexes |\n|---|---|---|\n" + "\n".join(rows) + "\n"
    after = before + "\n## Set up\n\nThe text says how to set it up in the house.\n"
    for n, row in enumerate(rows[1:]):
        full = f"| The region {n} of the world, as it is now, is not accepting new files. |"
        after = after.replace(row, row.replace("| 1 |", full))
    changes = between({"a.md": before}, {"a.md": after}, {})
    written, _ = OfflineEngine(phrases=load("en")).write(analyse(changes))
    assert written.files[0].title == "Add section “Set up”; 3 table rows changed"


_MANY_PARTS = (
    ("We {} the tables each week.", "Nobody has {} any chair."),
    ("1. Open the {} window.", "1. Close every {} door you see."),
    ("> [!NOTE]\n> Beware of {} wires.", "> [!NOTE]\n> All {} cables are fine."),
    ("Read [the page](https://a.example/{}.md).", "Read [the page](https://b.example/{}.md)."),
    ("```bash\nrun --what {}\n```", "```bash\nwalk --where {} --fast\n```"),
    ("![A picture](media/{}.png)", "![A drawing of it](media/new-{}.png)"),
    ("[!INCLUDE [part](includes/{}.md)]", "[!INCLUDE [part](more/{}-parts.md)]"),
    ("- An item that {} has.", "- Whatever {} may need of it"),
)


@pytest.mark.parametrize("language", available())
def test_changes_that_are_only_counted_are_told_by_what_they_are_about(language: str) -> None:
    words = ("alpha", "bravo", "charlie", "delta")
    before, after = (
        "# A\n\n"
        + "\n\n".join(
            f"## Part {word}\n\n" + "\n\n".join(kind[new].format(word) for kind in _MANY_PARTS)
            for word in words
        )
        for new in (False, True)
    )
    ((file,), _) = written(between({"a.md": before}, {"a.md": after}, {}), language)
    phrase = load(language).say_plain("file.others", count=987, about=("§",))
    about = "([^()\N{FULLWIDTH LEFT PARENTHESIS}]+)"
    pattern = re.escape(phrase).replace("987", r"(\d+)").replace("§", about)
    ((count, told),) = re.findall(pattern, file.explanation)
    numbers = list(map(int, re.findall(r"\d+", told)))
    assert sum(numbers) == int(count)
    assert len(numbers) > 1
