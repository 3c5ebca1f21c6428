import pytest

from diffinsight.engines.gist import gist_of
from diffinsight.models import FileChange, LineRange

PAGE = """---
title: Set up
description: {description}
---
# Set up

![screen](a.png)
To set up the service, follow these steps:

1. Open it.

The service starts in a few seconds,
and then it answers.
"""


def page(description: str) -> FileChange:
    text = PAGE.format(description=description)
    return FileChange(path="docs/a.md", status="added", after=text)


def test_a_page_is_told_by_its_description() -> None:
    assert gist_of(page('"How to set the service up"')) == ("How to set the service up",)


def test_without_one_by_its_first_prose_that_announces_no_list() -> None:
    expected = "The service starts in a few seconds, and then it answers."
    assert gist_of(page("Service")) == (expected,)


@pytest.mark.parametrize(
    ("lines", "gist"),
    [
        ((7, 9), ""),  # it only announces the steps
        ((5, 7), ""),
    ],
)
def test_a_section_is_told_by_its_own_lines(lines: LineRange, gist: str) -> None:
    assert gist_of(page("Service"), lines) == tuple(filter(None, [gist]))


def test_a_patch_is_enough() -> None:
    patch = "@@ -3,0 +4,2 @@\n+## New\n+Words that say what the section is for.\n"
    change = FileChange(path="a.md", status="modified", patch=patch)
    assert gist_of(change, (4, 5)) == ("Words that say what the section is for.",)


def test_code_says_nothing() -> None:
    change = FileChange(
        path="a.md", status="added", after="# A\n\n```sh\nrun this and that now\n```\n"
    )
    assert gist_of(change) == ()


def test_words_without_spaces_are_enough_when_there_are_many() -> None:
    change = FileChange(
        path="a.md", status="added", after="# A\n\nこのサービスを設定する方法を説明します。\n"
    )
    assert gist_of(change) == ("このサービスを設定する方法を説明します。",)


SECTION = """## Keys

Keys open the whole store. You can verify this by running the following command:

```sh
keys must not be read
```

- You must rotate all keys.
"""


def test_a_section_is_told_by_the_sentence_to_act_on_first() -> None:
    change = FileChange(path="a.md", status="modified", before="# A\n", after=SECTION)
    assert gist_of(change, (1, 9)) == ("You must rotate all keys.",)


def test_a_sentence_that_announces_what_follows_is_left_out() -> None:
    change = FileChange(path="a.md", status="modified", before="# A\n", after=SECTION)
    assert gist_of(change, (1, 7)) == ("Keys open the whole store.",)


def test_what_the_page_said_before_is_no_news() -> None:
    before = "- You must rotate all keys.\n"
    change = FileChange(path="a.md", status="modified", before=before, after=SECTION)
    assert gist_of(change, (1, 9)) == ("Keys open the whole store.",)


def test_of_two_sentences_to_act_on_the_weightier_is_told_first() -> None:
    text = "## Keys\n\nYou must rotate all keys. They are long.\n\nStore at most 5 keys here.\n"
    change = FileChange(path="a.md", status="modified", before="# A\n", after=text)
    assert gist_of(change, (1, 5)) == ("Store at most 5 keys here.", "You must rotate all keys.")


def gist_of_section(text: str) -> tuple[str, ...]:
    change = FileChange(path="a.md", status="modified", before="# A\n", after=text)
    return gist_of(change, (1, len(text.splitlines())))


def test_what_to_do_is_told_before_what_is_wrong() -> None:
    said = "## Keys\n\nThere is a known issue with old keys. It is recommended to rotate them.\n"
    assert gist_of_section(said) == (
        "It is recommended to rotate them.",
        "There is a known issue with old keys.",
    )


def test_what_holds_under_a_condition_is_not_told_without_it() -> None:
    opening = "## Keys\n\nKeys open the whole big store.\n\n"
    said = f"{opening}**In old stores:**\n\nYou must not use keys.\n"
    assert gist_of_section(said) == ("Keys open the whole big store.",)
    said = f"{opening}- For old stores only: You must not use keys.\n"
    assert gist_of_section(said) == ("Keys open the whole big store.",)


def test_an_example_is_no_answer() -> None:
    said = (
        "- question: |\n    How does it speak English?\n"
        "  answer: |\n    Say so in your own prompt.\n"
        '    * "Please speak English and only English."\n'
    )
    assert gist_of_section(said) == ("Say so in your own prompt.",)


def test_a_paragraph_is_told_in_whole_sentences() -> None:
    first, second = "If a key is lost, look for it.", "If it is not there, " + "look again, " * 20
    assert gist_of_section(f"## Keys\n\n{first} {second} and then delete it.\n") == (first,)


def test_what_one_has_to_do_is_told_before_what_one_can_run() -> None:
    said = (
        "## Wait\n\nYou must wait until it stops. You can look with `srv --list` whether it did.\n"
    )
    assert gist_of_section(said)[0] == "You must wait until it stops."


def test_the_command_in_the_heading_is_told_first_and_what_weighs_most_of_the_rest() -> None:
    said = (
        "### Grow with `srv --grow`\n\nThis only applies to version 2.5 and higher.\n\n"
        "1. Stop all of it with the command `srv --stop all`.\n"
        "1. Run `srv --grow <disk> <size>` as an administrator.\n"
    )
    assert gist_of_section(said) == (
        "Run `srv --grow <disk> <size>` as an administrator.",
        "This only applies to version 2.5 and higher.",
    )


NAMES = "## New\n\nTwo headers are new:\n\n- `x-left` - The tokens left. It is a guess.\n"


def test_a_short_list_of_names_is_told_whole() -> None:
    assert gist_of_section(f"{NAMES}* `x-all` All of them.\n") == (
        "`x-left` - The tokens left.",
        "`x-all` All of them.",
    )


@pytest.mark.parametrize("more", ["- Words without a name.\n", "- `x-all`\n", "```sh\nls\n```\n"])
def test_another_list_is_told_as_any_text(more: str) -> None:
    assert "`x-left` - The tokens left." not in gist_of_section(f"{NAMES}{more}")
