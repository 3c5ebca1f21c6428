"""What the words say about code that changed."""

from __future__ import annotations

import pytest
from support.case_folder import between, without_texts

from diffinsight.detectors import analyse
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import available, load
from diffinsight.models import FileAnalysis


def page(*codes: str, language: str = "python") -> str:
    blocks = (
        f"## Part {n}\n\nText.\n\n```{language}\n{code}\n```\n" for n, code in enumerate(codes)
    )
    return "# Page\n\n" + "\n".join(blocks)


def told(before: str, after: str, language: str = "en") -> FileAnalysis:
    changes = between({"a.md": before}, {"a.md": after}, {})
    written, _ = OfflineEngine(phrases=load(language)).write(analyse(changes))
    return written.files[0]


def test_one_replacement_in_several_places_is_said_once() -> None:
    file = told(page("a = 'old name'", "b = 'old name'"), page("a = 'new name'", "b = 'new name'"))
    assert "In the code" in file.explanation
    assert file.explanation.count("`old name` became `new name` (2 places)") == 1


def test_several_replacements_are_joined_under_no_count() -> None:
    file = told(page("a = 'old name'", "b = 'first'"), page("a = 'new name'", "b = 'second'"))
    told_each = "`a` changed from `old name` to `new name` and `b` changed from `first` to `second`"
    assert told_each in file.explanation
    assert "places" not in file.explanation


def test_what_came_is_told_together() -> None:
    file = told(page("a = 1", "b = 1"), page("a = 1\nfirst = 2", "b = 1\nsecond = 3"))
    assert "`first = 2` and `second = 3` were added" in file.explanation


@pytest.mark.parametrize("language", available())
def test_members_that_came_to_one_list_are_told_with_its_key(language: str) -> None:
    page = '# Page\n\nText.\n\n```json\n{\n  "Actions": [\n    "a/read"%s\n  ]\n}\n```\n'
    came = ',\n    "b/read",\n    "c/read"'
    file = told(page % "", page % came, language)
    assert file.explanation.count("`Actions`") == 1
    assert '`"b/read"`' in file.explanation


def test_white_space_in_code_is_no_other_place() -> None:
    lines = ["a = 1", "b = 2", "c = 3", "d = 4", "e = 5"]
    before = page("\n".join(lines)) + "\n" + page("x = 1")
    after = before.replace("a = 1", "a = 9").replace("e = 5", "e = 5 ").replace("x = 1", "x = 2")
    change_set = between({"a.md": before}, {"a.md": after}, {})
    written, _ = OfflineEngine(phrases=load("en")).write(analyse(without_texts(change_set)))
    assert "3 places" not in written.files[0].title


REWRITTEN = (
    "key = os.environ['API_KEY']\nclient = KeyClient(key)\none = 1\ntwo = 2\nthree = 3",
    "token = get_token()\nclient = TokenClient(token)\nfour = 11\nfive = 22\nsix = 33",
)


@pytest.mark.parametrize("language", available())
def test_much_changed_code_is_told_by_its_names(language: str) -> None:
    file = told(page(REWRITTEN[0]), page(REWRITTEN[1]), language)
    for name in ("TokenClient", "get_token", "KeyClient", "API_KEY"):
        assert f"`{name}`" in file.explanation
    assert "get_token" in file.title


@pytest.mark.parametrize("language", available())
def test_many_differences_are_shown_by_some(language: str) -> None:
    before = "\n".join(f"setting{n} = 'value {n}'" for n in range(8))
    file = told(page(before), page(before.replace("value", "default")), language)
    assert "`value 0`" in file.explanation
    assert "`value 7`" not in file.explanation


def test_a_long_member_is_named_by_its_key() -> None:
    members = ",\n".join(f'    "member{n}": "some value {n}"' for n in range(9))
    extra = f',\n  "extra": {{\n{members}\n  }}'
    old, new = (f'{{\n  "a": 1{end}\n}}' for end in ("", extra))
    file = told(page(old, language="json"), page(new, language="json"))
    assert '`"extra"` was added' in file.explanation


def test_text_with_code_spans_is_quoted_as_prose() -> None:
    file = told(
        page("use `aa`", language="text"), page("use `aa` and also `bb`, `cc`", language="text")
    )
    assert "``" not in file.explanation


@pytest.mark.parametrize("language", available())
def test_new_examples_say_what_they_use(language: str) -> None:
    before = "# Page\n\n## Part\n\nText.\n"
    code = "client = TokenClient()\nclient.send_all()"
    file = told(before, f"{before}\n```python\n{code}\n```\n", language)
    assert "`TokenClient`" in file.explanation
    assert "`client.send_all`" in file.explanation


@pytest.mark.parametrize("language", available())
def test_what_is_in_one_place_is_not_counted(language: str) -> None:
    file = told(page("a = 'old name'"), page("a = 'new name'"), language)
    for count in ("1 place", "1か所", "1 处"):
        assert count not in file.explanation


@pytest.mark.parametrize("language", available())
def test_what_is_only_counted_has_an_example(language: str) -> None:
    """Behind what matters more, code is counted."""
    weighty = (
        "1. Go there.\n1. Look.\n\n> [!WARNING]\n> Mind the gap.\n\n| A |\n|--|\n| b |\n| c |\n"
    )
    code = page("setting = 'old name'").removeprefix("# Page\n\n")
    before = f"# Page\n\n## Old\n\nOld.\n\n## Kept\n\n{weighty}\n{code}"
    left = "1. Go there.\n\n| A |\n|--|\n| b |\n"
    new_code = code.replace("old name", "new name")
    after = f"# Page\n\n## Kept\n\n{left}\n{new_code}\n## New\n\nOther words here.\n"
    explanation = told(before, after, language).explanation
    assert all(name in explanation for name in ("`setting`", "`new name`"))


@pytest.mark.parametrize("language", available())
def test_another_language_of_a_block_is_a_minor_matter(language: str) -> None:
    file = told(page("run it", language="bash"), page("run it", language="powershell"), language)
    (finding,) = file.findings
    assert (finding.kind, finding.impact) == ("code-changed", "minor")
    assert "PowerShell" in file.explanation


def test_what_changed_places_is_told_as_that() -> None:
    file = told(page("mode = dir", "mode = off"), page("mode = off", "mode = dir"))
    assert ", `mode = dir` and `mode = off` changed places." in file.explanation
    assert file.title == "Swap “mode = dir” and “mode = off” in code"


def test_what_one_of_several_examples_runs_is_said_of_one() -> None:
    lone = "```bash\nsudo service docker start\n```\n\nAnd:\n\n```bash\nid=$(docker ps)\n```\n"
    text = "# Page\n\nKept text.\n\n%s\nMore kept text.\n"
    file = told(text % lone, text % "")
    assert "2 code examples were removed" in file.explanation
    assert "one of them with `sudo service docker start`" in file.explanation


def test_text_in_a_comment_is_told_as_a_comment() -> None:
    before = "# Connect to the host.\nhost = 'localhost'\n"
    after = "# Connect to the host. Ignored where the mode is mirrored.\nhost = 'localhost'\n"
    file = told(page(before), page(after))
    assert "“Ignored where the mode is mirrored.” was added to a comment" in file.explanation


def test_an_identifier_is_not_quoted_twice() -> None:
    old, new = "b044a9d3cf9c4228b5d393567f693b83", "0e208cf33a6a466994aff31a08aba678"
    file = told(page(f"model = 'ft:{old}'"), page(f"model = 'ft:{new}'"))
    assert "an ID or other generated value was exchanged" in file.explanation
    assert new not in file.explanation


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("00000000-0000-0000-0000-000000000000", "a0a0a0a0-bbbb-cccc-dddd-e1e1e1e1e1e1", "another"),
        (
            "3fa85f64-5717-4562-b3fc-2c963f66afa6",
            "a0a0a0a0-bbbb-cccc-dddd-e1e1e1e1e1e1",
            "an ID became",
        ),
        (
            "3fa85f64-5717-4562-b3fc-2c963f66afa6",
            "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d",
            "generated",
        ),
    ],
)
def test_an_identifier_that_is_made_up_is_called_so(before: str, after: str, said: str) -> None:
    file = told(page(f"tenant = '{before}'"), page(f"tenant = '{after}'"))
    assert said in file.explanation


@pytest.mark.parametrize("language", available())
def test_a_title_names_the_argument_that_became_another_one(language: str) -> None:
    call = "reply = client.complete(\n    response_format={},\n)"
    before = call.format("{ 'type': ChatCompletionsResponseFormat.TEXT_ONLY_OUTPUT }")
    after = call.format("ChatCompletionsResponseFormatText()")
    file = told(page(before), page(after), language)
    assert all(name in file.title for name in ("response_format", "FormatText()"))
    assert "…" not in file.title


@pytest.mark.parametrize("language", available())
def test_an_option_is_told_with_its_command(language: str) -> None:
    command = "az login --scope https://a.long.example/that/is/told/by/what/differs"
    file = told(page(command, language="bash"), page(f"{command} --output tsv", language="bash"))
    assert "`--output tsv` was added to `az login`" in file.explanation
    file = told(
        page(command, language="bash"), page(f"{command} --output tsv", language="bash"), language
    )
    assert "`az login`" in file.explanation
    assert "--output tsv" in file.title


@pytest.mark.parametrize("language", available())
def test_the_comment_on_a_setting_names_the_setting(language: str) -> None:
    before = "[files]\n# Files to keep (default is 5)\nmaxCount=3"
    file = told(
        page(before, language="ini"), page(before.replace("5", "10"), language="ini"), language
    )
    assert "`maxCount`" in file.explanation
    assert "maxCount" in file.title


@pytest.mark.parametrize("language", available())
def test_a_title_names_new_code_and_not_the_comment_that_came_with_it(language: str) -> None:
    old = page("[files]\nmaxCount=3", language="ini")
    new = page("[files]\nmaxCount=3\n# Where they are kept.\nfolder=/var", language="ini")
    assert "folder=/var" in told(old, new, language).title


def test_a_command_in_plain_text_keeps_its_quotation_marks() -> None:
    old, new = "tar -xf a.tar", 'tar -xf a.tar -C "$HOME/all of it"'
    changes = between({"a.md": page(old, language="sh")}, {"a.md": page(new, language="sh")}, {})
    _, overview = OfflineEngine(phrases=load("en")).write(analyse(changes))
    assert '"$HOME/all of it"' in overview.summary


@pytest.mark.parametrize("language", available())
def test_an_id_is_not_quoted_in_a_title(language: str) -> None:
    old, new = "b044a9d3cf9c4228b5d393567f693b83", "0e208cf33a6a466994aff31a08aba678"
    title = told(page(f"model = 'ft:{old}'"), page(f"model = 'ft:{new}'"), language).title
    assert "ID" in title
    assert new[:6] not in title


@pytest.mark.parametrize("language", available())
def test_an_option_in_a_list_is_told_by_its_name(language: str) -> None:
    item = "# Page\n\nText.\n\n- `--vhd`: Specifies that it should be a disk instead of a file{}\n"
    file = told(item.format(""), item.format(" (only on version 2)"), language)
    assert "`--vhd`" in file.explanation
    assert "--vhd" in file.title


def test_several_values_of_one_key_name_it_once() -> None:
    old = '{"name": "Cliff House"}\n{"name": "Dome Motel"}\n'
    new = '{"name": "Palace House"}\n{"name": "Tower Hotel"}\n'
    words = told(page(old, language="json"), page(new, language="json")).explanation
    assert "`name` changed (" in words
    assert words.count("name") == 1
    assert "`Dome Motel` → `Tower Hotel`" in words


def test_another_highlighting_is_not_counted_as_changed_code() -> None:
    old = page("a = 1", "b = 'x'") + "\n## Part 3\n\nText.\n\n```text\nc\n```\n"
    new = page("a = 2", "b = 'y'") + "\n## Part 3\n\nText.\n\n```yaml\nc\n```\n"
    added = "\n## More\n\nThis section tells how to stop the tool, and what it leaves behind it.\n"
    title = told(old, new + added).title
    assert "2 code examples" in title


@pytest.mark.parametrize("language", available())
def test_a_title_names_the_word_that_a_long_comment_was_mended_by(language: str) -> None:
    comment = (
        "# Create a client from a connection string. {} on the overview page of the project.\nrun()"
    )
    before, after = comment.format("Avaiable"), comment.format("Available")
    title = told(page(before), page(after), language).title
    assert "Avaiable" in title
    assert "Available" in title


@pytest.mark.parametrize("language", available())
def test_a_variable_is_told_by_what_was_put_in_it(language: str) -> None:
    before = "target = 'x'\nlink = Link(\n    credentials=Key(key=api_key),\n)"
    after = "target = 'x'\ncredentials = None\nlink = Link(\n    credentials=credentials,\n)"
    said = told(page(before), page(after), language).explanation
    assert "`Key(key=api_key)`" in said
    assert "`None`" in said


def test_an_import_that_follows_is_told_with_what_it_is_for() -> None:
    before = "from models import OldFormat\n\nsend(form=OldFormat.TEXT)"
    after = "from models import NewFormat\n\nsend(form=NewFormat())"
    said = told(page(before), page(after)).explanation
    assert "to `NewFormat()`; with that, the import `OldFormat` became `NewFormat`." in said


@pytest.mark.parametrize("language", available())
def test_a_backtick_that_came_or_went_alone_is_no_change_of_marks(language: str) -> None:
    code, marked = page("ip route | grep x"), page("ip route | grep x`")
    for versions, mark in (((code, marked), "lone_mark"), ((marked, code), "no_lone_mark")):
        file = told(*versions, language)
        assert "`ip route | grep x`" in file.explanation
        titles = "findings.code-changed.title"
        said = load(language).say_plain(titles, kind="code-changed", **{mark: True})
        assert file.title == said


def test_a_title_names_the_option_that_came_among_other_words() -> None:
    before, after = "docker run -t centos bash ls /", "docker run -t --name copy centos ls /"
    file = told(
        page(before + " -v /home/of/someone:/data/of/all"),
        page(after + " -v /home/of/someone:/data/of/all"),
    )
    assert file.title == "Add “--name copy” to code"


def test_an_import_that_came_with_a_value_is_told() -> None:
    before = 'simulate(language="es")'
    after = "from sim import Languages\n\nsimulate(language=Languages.Spanish)"
    said = told(page(before), page(after)).explanation
    assert "to `Languages.Spanish`; with that, `from sim import Languages` was added." in said


def test_a_value_that_only_a_comment_has_is_told_as_such() -> None:
    before = 'connect(\n    name="a",\n    credentials=Key(api_key),\n)'
    after = (
        "# Entra ID\ncredentials = None\n# credentials = Key(api_key)\n\n"
        'connect(\n    name="a",\n    credentials=credentials,\n)'
    )
    said = told(page(before), page(after)).explanation
    assert "`credentials` changed from `Key(api_key)`, now in a comment, to `None`" in said


def test_a_line_that_became_a_comment_is_told_as_such() -> None:
    before, after = "connect(a)\nretry(3, 10)", "connect(a)\n# Not needed:\n# retry(3, 10)"
    said = told(page(before), page(after)).explanation
    assert "`retry(3, 10)` was commented out" in said


def test_rewritten_code_tells_what_has_another_value_under_the_same_name() -> None:
    before = (
        'const size = "256x256";\nconst name = "dall-e";\nconst client = new OldClient(key);\n'
        "const found = client.getImages(name, prompt);\nshow(found.first);\n"
        "done.at(found.last);\nend.now();"
    )
    after = (
        'import "dotenv/config";\n\nconst name = "dall-e-3";\nfunction getClient() {\n'
        "  return new NewClient({ endpoint });\n}\nconst made = await client.images.generate({\n"
        '  prompt,\n  size: "1024x1024",\n});\nfor (const one of made.data) {\n  print(one.url);\n}'
    )
    said = told(page(before), page(after)).explanation
    assert "There, `size` changed from `256x256` to `1024x1024` and `name` changed" in said
    assert "from `dall-e` to `dall-e-3`" in said


def test_a_word_that_changed_in_all_commands_leads() -> None:
    lines = "! pip {0} first-package --quiet\n! pip {0} second-package --quiet"
    pages = (page(lines.format(word), language="") for word in ("intall", "install"))
    assert told(*pages).title == "Change intall to install in code"


def test_a_changed_method_comes_before_wording() -> None:
    code = page("{0} /indexes?api-version=1", language="http")
    text = "\n\nThe {0} service sees to what you send to it and to all of your data.\n"
    before, after = (
        code.replace("{0}", method) + text.replace("{0}", word)
        for method, word in (("POST", "small"), ("PUT", "little"))
    )
    assert told(before, after).title.startswith("Change “POST /indexes")


def test_another_header_is_none_of_an_option_that_takes_nothing() -> None:
    command = 'curl -i -X GET "{{endpoint}}/a?api-version=1" -H "{0}: abc"'
    file = told(*(page(command.format(name), language="bash") for name in ("Old-Key", "New-Key")))
    assert "curl -i" not in f"{file.title} {file.explanation}"
    assert 'in `curl`, `-H "Old-Key: abc"` became' in file.explanation


def test_the_address_of_a_request_is_told_before_made_up_values() -> None:
    command = 'curl -X GET "{0}" -H "Key: {1}"'
    sides = (
        ("{endpoint}/models/read/results?api-version=1", "%KEY%"),
        ("{endpoint}/models/{modelId}/results?api-version=1", "{KEY}"),
    )
    file = told(*(page(command.format(*side), language="bash") for side in sides))
    assert "models/read/results" in file.title + file.explanation
    assert "Key" not in file.title


def test_lines_that_went_are_told_together_before_the_one_that_came() -> None:
    before = page("Start-One -Quiet\nCopy-Two -Here", language="powershell")
    said = told(before, page("lamp --update", language="powershell")).explanation
    assert "`Start-One -Quiet` and `Copy-Two -Here` were removed and `lamp --update` was" in said


def test_lines_that_gave_way_are_told_with_what_came() -> None:
    old = "Get-File -From store -To here\nStart-Process here -Quiet -Wait"
    assert told(page(old), page("lamp --update")).title == (
        "Replace lines of code with “lamp --update”"
    )
    assert told(page("a = 1"), page("a = 1\nlamp --update")).title == "Add “lamp --update” to code"
