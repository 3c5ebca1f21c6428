import pytest

from diffinsight.engines.gists.gist import gist_of, lost_items, lost_of, new_lines
from diffinsight.engines.quoting.source_prose import listed_names
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


def new_page(text: str) -> FileChange:
    return FileChange(path="a.md", status="added", after=text)


def changed(after: str, before: str = "# A\n") -> FileChange:
    return FileChange(path="a.md", status="modified", before=before, after=after)


def test_a_description_of_another_page_is_not_told() -> None:
    text = (
        "---\ntitle: Use keys\ndescription: Use keys to determine the language of written text.\n"
        "---\n# Use keys\n\nKeys open the stores of those who have one.\n"
    )
    change = new_page(text)
    assert gist_of(change) == ("Keys open the stores of those who have one.",)


def test_a_page_is_told_by_its_description() -> None:
    assert gist_of(page('"How to set the service up"')) == ("How to set the service up",)


def test_a_procedure_is_told_by_what_leads_to_its_steps_not_by_what_closes_them() -> None:
    assert gist_of(page("Service")) == ("To set up the service, follow these steps:",)
    change = new_page("To put the model in place:\n1. Open it.\n1. Save it.\n\nNow it runs fast.\n")
    assert gist_of(change) == ("To put the model in place:",)


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
    change = new_page("# A\n\n```sh\nrun this and that now\n```\n")
    assert gist_of(change) == ()


def test_words_without_spaces_are_enough_when_there_are_many() -> None:
    change = new_page("# A\n\nこのサービスを設定する方法を説明します。\n")
    assert gist_of(change) == ("このサービスを設定する方法を説明します。",)


SECTION = """## Keys

Keys open the whole store. You can verify this by running the following command:

```sh
keys must not be read
they are long
```

- You must rotate all keys.
"""


def test_a_section_is_told_by_what_it_is_about_before_a_rule_in_a_list() -> None:
    change = changed(SECTION)
    assert gist_of(change, (1, 10)) == ("Keys open the whole store.", "You must rotate all keys.")


def test_a_section_is_told_by_the_sentence_to_act_on_first() -> None:
    change = changed(SECTION.replace("- You", "You"))
    assert gist_of(change, (1, 10)) == ("You must rotate all keys.", "Keys open the whole store.")


def test_a_sentence_that_announces_what_follows_is_left_out() -> None:
    change = changed(SECTION)
    assert gist_of(change, (1, 8)) == ("Keys open the whole store.",)


def test_what_the_page_said_before_is_no_news() -> None:
    before = "- You must rotate all keys.\n"
    change = changed(SECTION, before=before)
    assert gist_of(change, (1, 10)) == ("Keys open the whole store.",)


def test_of_two_sentences_to_act_on_the_one_that_it_begins_with_is_told_first() -> None:
    text = "## Keys\n\nYou must rotate all keys. They are long.\n\nStore at most 5 keys here.\n"
    change = changed(text)
    assert gist_of(change, (1, 5)) == ("You must rotate all keys.", "Store at most 5 keys here.")


def gist_of_section(text: str) -> tuple[str, ...]:
    change = changed(text)
    return gist_of(change, (1, len(text.splitlines())))


def test_what_is_wrong_is_told_before_what_to_do() -> None:
    said = "## Keys\n\nThere is a known issue with old keys. It is recommended to rotate them.\n"
    assert gist_of_section(said) == (
        "There is a known issue with old keys.",
        "It is recommended to rotate them.",
    )


@pytest.mark.parametrize(
    "said",
    [
        "Keys open the whole store. Any use of these keys by others isn't supported.",
        "Keys open the whole store. An alternative workaround is to run `srv --keys none`.",
    ],
)
def test_what_points_back_is_not_told_alone(said: str) -> None:
    (told,) = gist_of_section(f"## Keys\n\n{said} {'It has many of all kinds. ' * 6}\n")
    assert told.startswith("Keys open the whole store.")


def test_a_limit_that_the_next_sentence_lifts_is_not_told_without_it() -> None:
    limit = f"- The file of a key has a maximum of 3 names, {'and so on, ' * 9}as it is."
    lifted = f"{limit} Asking the store for one lifts this limit, and all names count again."
    said = "## Keys\n\nKeys open the whole store.\n\n"
    assert gist_of_section(f"{said}{limit}\n")[1:] == (limit[2:],)
    assert gist_of_section(f"{said}{lifted}\n")[1:] == ()


def test_a_list_of_names_is_told_with_what_it_is_a_list_of() -> None:
    listed = "Some keys are incompatible with stores, including:\n\n- Iron\n- Gold 2.1\n"
    told = gist_of_section(f"## Keys\n\nKeys open the whole store.\n\n{listed}")
    assert told[0] == "Some keys are incompatible with stores, including: Iron, Gold 2.1."


def test_what_holds_under_a_condition_is_not_told_without_it() -> None:
    opening = "## Keys\n\nKeys open the whole big store.\n\n"
    said = f"{opening}**In old stores:**\n\nYou must not use keys.\n"
    assert gist_of_section(said)[1:] == ("In old stores: You must not use keys.",)
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


NAMES = "## New\n\nSee what is new:\n\n- `x-left` - The tokens left. It is a guess.\n"


def test_a_short_list_of_names_is_told_whole() -> None:
    assert gist_of_section(f"{NAMES}* `x-all` All of them.\n") == (
        "`x-left` - The tokens left.",
        "`x-all` All of them.",
    )


@pytest.mark.parametrize("more", ["- Words without a name.\n", "- `x-all`\n", "```sh\nls\n```\n"])
def test_another_list_is_told_as_any_text(more: str) -> None:
    assert "`x-left` - The tokens left." not in gist_of_section(f"{NAMES}{more}")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        # What leans on the sentence before is told with it, or not at all.
        ("Keys open all stores. However, only one may be used.", None),
        ("This is not necessary for the big store.", ()),
        # What only leads elsewhere, asks, or speaks of the page says nothing.
        ("See the list of keys for what is open. A key opens one store.", "A key opens one store."),
        ("This section explains all of the keys. A key opens one store.", "A key opens one store."),
        ("Do you want to open a store? A key opens one store.", "A key opens one store."),
        # An exception comes after what holds for all, and no duty is told that is none.
        (
            "A key opens one store. If you lose it, you must make another one.",
            ("A key opens one store.", "If you lose it, you must make another one."),
        ),
        ("A key opens one store. A later one won't require a store.", "A key opens one store."),
        # A row of a table is no sentence.
        ("Store \\| Key \\| Made of gold \\|", ()),
    ],
)
def test_a_sentence_is_told_that_can_stand_alone(
    said: str, expected: str | tuple[str, ...] | None
) -> None:
    told = (said,) if expected is None else (expected,) if isinstance(expected, str) else expected
    assert gist_of_section(f"## Keys\n\n{said}\n") == told


def test_the_only_command_of_a_section_is_told() -> None:
    said = "## Keys\n\nA key opens one store.\n\n```sh\nexport KEY=1\n```\n"
    assert gist_of_section(said) == ("A key opens one store.", "`export KEY=1`")


def test_a_description_that_repeats_the_title_is_not_told() -> None:
    text = (
        "---\ntitle: How to use big keys\ndescription: Learn how to use the big keys.\n---\n"
        "# How to use big keys\n\nA key opens one store of those that you have.\n"
    )
    change = new_page(text)
    assert gist_of(change) == ("A key opens one store of those that you have.",)


def test_a_description_of_the_page_is_told_with_what_it_begins_with() -> None:
    text = (
        "---\ntitle: Keys\ndescription: Learn how to open stores with care.\n---\n"
        "# Keys\n\nA key opens one store of those that you have.\n"
    )
    change = new_page(text)
    assert gist_of(change) == (
        "Learn how to open stores with care.",
        "A key opens one store of those that you have.",
    )


GONE = "# A\n\n## Keys\n\nStore at most 5 keys here. Look after them as well as you can.\n"


def test_a_removed_section_is_told_by_what_it_said() -> None:
    change = changed("# A\n", before=GONE)
    assert lost_of(change, (3, 5))[0] == "Store at most 5 keys here."
    patch = "@@ -1,5 +1,1 @@\n # A\n" + "".join(f"-{line}\n" for line in GONE.splitlines()[1:])
    change = FileChange(path="a.md", status="modified", patch=patch)
    assert lost_of(change, (3, 5))[0] == "Store at most 5 keys here."


def test_what_still_stands_is_not_lost() -> None:
    after = "# A\n\nIn short: Store at most 5 keys here.\n"
    change = changed(after, before=GONE)
    assert "Store at most 5 keys here." not in lost_of(change, (3, 5))


def test_code_of_a_new_section_is_no_prose_where_the_page_had_code_before() -> None:
    code = "```js\n// Shows what there is to show\nshow({})\n```\n"
    before = f"# A\n\n{code}"
    change = changed(f"{before}\n## B\n\n{code}", before=before)
    assert gist_of(change, (8, 13)) == ()


@pytest.mark.parametrize(
    ("opening", "gist"),
    [
        ("[pino-hana](https://x) is a transport to a database.", True),
        ("`pino-hana` is a transport to a database of yours.", True),
        ("[pino-hana]: https://x 'is a transport to a database'", False),
        ("[Go on with how to set the database up](b.md)", False),
    ],
)
def test_a_section_may_begin_with_a_link_or_code(opening: str, *, gist: bool) -> None:
    after = f"# A\n\n## B\n\n{opening}\n"
    change = changed(after)
    assert bool(gist_of(change, (3, 5))) == gist


def test_a_list_of_news_is_told_by_its_items() -> None:
    after = "# A\n\n## 1.2\n\n- Fix: a page with notes is read to its end.\n- It is fast.\n"
    change = changed(after)
    assert gist_of(change, (3, 6)) == ()
    told = listed_names(new_lines(change, (3, 6)))
    assert told == ["Fix: a page with notes is read to its end", "It is fast"]


def test_other_markup_is_quoted_as_its_readers_see_it() -> None:
    after = "A\n=\n\nB\n-\n\nUse :data:`MOST`, ``always`` with `the guide`_::\n\n    it = MOST\n"
    text = f"{after}\n:data:`MOST` is the most that there is.\n"
    change = FileChange(path="a.rst", status="modified", before="A\n=\n", after=text)
    assert gist_of(change, (4, 12))[0] == "`MOST` is the most that there is."


def test_a_question_without_its_answer_says_nothing() -> None:
    assert gist_of_section("- question: |\n    How does it speak English to me?\n") == ()


def test_linked_code_is_told_as_code() -> None:
    said = "## Keys\n\nYou must run [`make key`](./make.md) for each of the stores.\n"
    assert gist_of_section(said) == ("You must run `make key` for each of the stores.",)


def section(*lines: str, old: bool = False) -> FileChange:
    text = "\n".join(("# A", "", "## B", "", *lines, ""))
    sides = (text, "# A\n") if old else ("# A\n", text)
    return changed(sides[1], before=sides[0])


def test_what_to_run_is_told_with_the_words_that_lead_to_it() -> None:
    lines = (
        "If there are two, one is used. To choose, run:",
        "",
        "```sh",
        "tool use two",
        "```",
    )
    assert gist_of(section(*lines), (3, 10))[0] == "To choose, run: `tool use two`"


def test_an_error_message_is_no_such_thing() -> None:
    lines = ("The service can be slow. You may see:", "", "```", "The file is gone.", "```")
    assert gist_of(section(*lines), (3, 10)) == ("The service can be slow.",)


def test_the_remedy_comes_before_the_checks() -> None:
    text = (
        "Please see if the driver runs. If it shows no driver, please check if it has a key.",
        "If there is a key, please delete that key.",
    )
    assert gist_of(section(*text), (3, 7))[0] == "If there is a key, please delete that key."


def test_what_stands_behind_a_list_or_beside_code_does_not_stand_for_it() -> None:
    listed = ("- Find the sentence.", "- Save the file.", "", "Try other words to see more of it.")
    assert gist_of(section(*listed), (3, 10)) == ()
    code = ("```json", "{}", "```", "", "> [!NOTE]", "> The easiest way is to open the shell.")
    assert gist_of(section(*code), (3, 12)) == ()


def test_what_to_do_tells_more_than_what_may_be_seen() -> None:
    text = "Without a network, it might be due to a setting. Please check if the driver is running."
    assert gist_of(section(text), (3, 6)) == ("Please check if the driver is running.",)


def test_two_texts_can_stand_in_their_own_order() -> None:
    text = "The server keeps all pages in memory. You must restart it after a change."
    told = gist_of(section(text), (3, 6))
    assert told[::-1] == gist_of(section(text), (3, 6), in_order=True)
    assert len(told) == 2


def test_one_step_of_several_does_not_stand_for_a_removed_section() -> None:
    lines = ("1. Get the package: `get a b`", "2. Install the package: `install a b`")
    change = section(*lines, old=True)
    assert lost_of(change, (3, 7)) == ()
    assert lost_items(change, (3, 7)) == ["Get the package", "Install the package"]


def test_a_note_does_not_stand_for_a_removed_section() -> None:
    lines = ("The script starts the server again.", "", "> [!NOTE]", "> The default port is 80.")
    assert lost_of(section(*lines, old=True), (3, 9))[0] == "The script starts the server again."


def test_a_rule_in_one_does() -> None:
    lines = ("The script starts the server again.", "", "> [!NOTE]", "> You must stop it before.")
    assert lost_of(section(*lines, old=True), (3, 9))[0] == "You must stop it before."


def test_a_description_that_spells_out_the_title_says_nothing_new() -> None:
    text = (
        "---\ndescription: Learn how to run jobs with the Big Job Runner.\n---\n"
        "# Run jobs with BJR\n\nThe runner comes with the service. It is off by default there.\n"
    )
    told = gist_of(new_page(text))
    assert told == ("The runner comes with the service. It is off by default there.",)


def test_a_new_section_is_told_by_what_was_not_said_before() -> None:
    told = "The operator of the site signs [the code](https://a.example/)."
    after = f"# A\n\nText.\n\n## End\n\n{told.replace('https://a.example/', 'b.md')}\n\n{{}}\n"
    new = "The service stores all keys in a vault of its own."
    change = changed(after.format(new), before=f"# A\n\n{told}\n\nText.\n")
    assert gist_of(change, (5, 9)) == (new,)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("You must close the tank before you start the pump.", True),
        ("The tank stands beside the pump.", False),
    ],
)
def test_a_rule_under_a_label_is_told_with_it(rule: str, told: bool) -> None:  # noqa: FBT001 - a parameter
    about = "Pumps move water from one tank to another."
    text = f"# A\n\n## Pumps\n\n{about}\n\n**Old pumps:**\n\n{rule}\n"
    said = gist_of(changed(text), (3, 9))
    assert said[0] == about
    assert (f"Old pumps: {rule}" in said) == told


def test_a_name_in_bold_type_is_listed_without_its_marks() -> None:
    lines = ["1. Open it", "2. Right-click it and select **Remove it**", "3. **Both**: of them"]
    assert listed_names(lines) == ["Open it", "Right-click it and select Remove it", "Both"]


def test_what_goes_on_in_an_item_is_no_paragraph() -> None:
    item = "- **Editors**: they know what is in a file\n  by the name that it was given at first.\n"
    assert gist_of(new_page(f"# A\n\n{item}")) == ()
    said = "Every file has a name by which editors know it."
    assert gist_of(new_page(f"# A\n\n{item}\n{said}\n")) == (said,)


def test_a_comment_says_nothing_to_readers() -> None:
    said = "Every file has a name by which editors know it."
    comment = "<!--\nThis file was written by a tool and must not be changed.\n-->\n"
    assert gist_of(new_page(f"{comment}\n# A\n\n{said}\n")) == (said,)
