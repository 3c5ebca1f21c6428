from __future__ import annotations

import pytest

from diffinsight.matching.weight import Weight, weigh


@pytest.mark.parametrize(
    ("before", "after", "weight"),
    [
        ("Run the comands now.", "Run the commands now.", Weight.NOTHING),
        ("Up to 8191 tokens", "Up to 8,191 tokens", Weight.NOTHING),
        ("This is not a bug.", "This isn't a bug.", Weight.NOTHING),
        ("The top at 5 is shown.", "The top at five is shown.", Weight.NOTHING),
        ("The top at 5 is here.", "The top at five is what you get.", Weight.WORDING),
        ("Open the portal.", "Open the Azure portal.", Weight.WORDING),
        ("It stays.", "It stays. Notice the ice.", Weight.SENTENCE),
        ("One of: East US, West US, or Asia.", "One of: West US, or Asia.", Weight.LISTED),
        ("A form is not required here.", "A form is required here.", Weight.RULE),
        ("It stays.", "It stays. It runs there even if you say so.", Weight.RULE),
        ("It stays. You must wait.", "It stays.", Weight.RULE),
        ("A form is required here.", "For `o1` a form is required here.", Weight.RULE),
        ("`hd` is required here.", "An hd is required here.", Weight.WORDING),
        (
            "Old doors need keys. Ask. You must have keys for all old doors.",
            "All old doors need keys. Ask.",
            Weight.WORDING,
        ),
        ("既定で使用できます。", "既定で使用できません。", Weight.RULE),
        ("此功能可以使用。", "此功能无法使用。", Weight.RULE),
        ("Values are 2 through 3072.", "Values are 1 through 1536.", Weight.FIGURE),
        ("最大10 MBです。", "最大20 MBです。", Weight.FIGURE),
        ("Use Rerank 3 here.", "Use Rerank v3 here.", Weight.WORDING),
        ("The port is open. Use UDP port 5353.", "The port is open.", Weight.FIGURE),
        ("Try it on May 10th.", "You can try it on May 10.", Weight.WORDING),
        ("Use gpt-4-0613", "Use gpt-4-1106", Weight.FIGURE),
        ("It stays.", "It stays. The limit is 50 per day.", Weight.FIGURE),
        ("The API works.", "The API is deprecated.", Weight.END),
        ("この機能は利用できます。", "この機能は非推奨です。", Weight.END),
        ("", "", Weight.NOTHING),
    ],
)
def test_the_weightiest_difference_counts(before: str, after: str, weight: Weight) -> None:
    assert weigh(before, after) is weight


def test_a_sentence_that_moved_is_no_change() -> None:
    assert weigh("You must wait. Then go on.", "Then go on. You must wait.") is Weight.NOTHING


def test_another_default_or_command_is_as_weighty_as_a_figure() -> None:
    assert weigh("Default: `dir` for all.", "Default: `off` for all.") == Weight.FIGURE
    assert weigh("Run `lxrun` to reset it.", "Run `wsl` to reset it.") == Weight.FIGURE
    assert weigh("Open the `.a` files.", "Open the `.b` or `.c` files.") == Weight.RULE
    assert weigh("Set it to `<your_name>`.", "Set it to `<name>`.") < Weight.RULE
    assert weigh("Run `wsl` to reset it.", "Use `wsl` to reset it.") == Weight.WORDING


def test_what_holds_by_default_is_a_rule_where_that_is_new() -> None:
    assert weigh("The port is open.", "The port is open by default.") == Weight.RULE
    assert weigh("", "The wizard makes it by default.") == Weight.RULE


def test_what_can_be_done_now_and_what_is_advised_no_more_are_rules() -> None:
    assert weigh("", "Detection now has container support.") == Weight.RULE
    assert weigh("", "检测现在支持容器。") == Weight.RULE
    assert weigh("For browsers, we recommend Ky.", "For browsers, there is Ky.") == Weight.RULE


def test_two_statements_weigh_as_each_does_alone() -> None:
    assert weigh("Install bash", "You must reinstall it.") == Weight.RULE
    assert weigh("", "Use `wsl -u root` instead.") == Weight.RULE
    assert weigh("", "It requires version 2004 or later.") == Weight.FIGURE
    assert weigh("", "See the `Client` class.") == Weight.SENTENCE


def test_what_an_example_makes_up_is_no_figure() -> None:
    said = "Say 'Call me at 424-878-9192 or at 5' to it."
    assert weigh("Say it to it.", said) < Weight.RULE
    ids = "ft-b044a9d3cf9c4228b5d393567f693b83", "ft-0e208cf33a6a466994aff31a08aba678"
    assert weigh(*(f"It looks like `{name}` now." for name in ids)) == Weight.NOTHING


def test_a_rule_that_holds_for_other_names_is_another_rule() -> None:
    before, after = (f"({names} currently not supported.)" for names in ("B1 is", "A1 and B1 are"))
    assert weigh(f"It runs. {before}", f"It runs. {after}") == Weight.RULE
    assert weigh("Open the Folder view.", "Open the Container view.") == Weight.LISTED


def test_a_sentence_that_only_leads_elsewhere_is_no_rule() -> None:
    before, after = (
        f"To tune {name}, refer to the tutorial." for name in ("`a1`", "`b2` (2024-05-13)")
    )
    assert weigh(before, after) == Weight.LISTED
    assert weigh("", "For more information, see the list of up to 5 sizes.") == Weight.SENTENCE


def test_what_blocks_a_feature_is_a_rule() -> None:
    assert weigh("There is a known issue with batches.", "") == Weight.RULE
    assert weigh("", "This region is at full capacity.") == Weight.RULE
    assert weigh("", "It always runs in the shared environment.") == Weight.RULE


def test_two_unlike_statements_weigh_what_each_of_them_says() -> None:
    lead = "An example of the format of the list is."
    assert weigh(lead, "Here's a sample file with two files listed:") <= Weight.LISTED
    assert weigh(lead, "You must give each of them its own name.") == Weight.RULE
    assert weigh("Enter `a_2:1.0.4` here", "Search for or type `b_3:1.0.9`") == Weight.FIGURE


@pytest.mark.parametrize(
    ("sentence", "weight"),
    [
        ("If you get `invalid_token`, remove the quotes around it.", Weight.RULE),
        ("`401` エラーは引用符を外すと直ります。", Weight.RULE),
        ("如果收到 `401`，请删除引号。", Weight.RULE),  # noqa: RUF001 - East Asian marks are meant
        ("If you get tired, rest.", Weight.SENTENCE),
        ("Each image translates to a price of $0.0001.", Weight.FIGURE),
        ("Audit logs don't include identities.", Weight.RULE),
        ("It has the fields required by the service.", Weight.SENTENCE),
        ("A key is required.", Weight.RULE),
        ("Convert the module to named exports (breaking change)", Weight.END),
        ("このリリースには破壊的変更が含まれます。", Weight.END),
        ("Here is the breaking news of the day.", Weight.SENTENCE),
    ],
)
def test_a_new_sentence_on_faults_prices_and_what_is_left_out_weighs(
    sentence: str, weight: Weight
) -> None:
    assert weigh("", sentence) is weight


def test_another_name_is_another_thing() -> None:
    names = "big-model-ada-002 for texts", "a big-model-3 model for texts"
    assert weigh(*(f"Use such as {name} here." for name in names)) == Weight.LISTED
    assert weigh(*(f"We recommend such as {name} here." for name in names)) == Weight.RULE
