"""Commands that stand outside code blocks."""

from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.detectors.commands import is_command
from diffinsight.detectors.reading.shells import beginning
from diffinsight.engines.choosing.urgency import is_slight
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import available, load
from diffinsight.models import FileAnalysis, Finding


def told(before: str, after: str, language: str = "en") -> FileAnalysis:
    page = "# Page\n\nText.\n\n{}\n"
    changes = between({"a.md": page.format(before)}, {"a.md": page.format(after)}, {})
    written, _ = OfflineEngine(phrases=load(language)).write(analyse(changes))
    return written.files[0]


def kinds(file: FileAnalysis) -> list[str]:
    return [finding.kind for finding in file.findings if finding.impact != "noise"]


INLINE = (
    "1. First do this:\n\n   `az account show`\n\n1. Then do that:\n\n   `az login --tenant <id>`"
)
FENCED = (
    "1. First do this:\n\n   ```azurecli\n   az account show\n   ```\n\n"
    "1. Then do that:\n\n   ```azurecli\n   az login --tenant <id>\n   ```"
)


def test_a_command_that_is_set_otherwise_is_not_new() -> None:
    assert kinds(told(FENCED, INLINE)) == []
    file = told(INLINE, FENCED)
    assert kinds(file) == ["formatting-changed"] * 2
    assert "2 commands were moved into code blocks" in file.explanation


def test_only_the_new_command_of_a_block_is_named() -> None:
    file = told(
        "`az login --tenant <id>`", "```azurecli\naz account show\naz login --tenant <id>\n```"
    )
    (added,) = [finding for finding in file.findings if finding.kind == "code-added"]
    assert added.values["commands"] == ("az account show",)


@pytest.mark.parametrize("language", available())
@pytest.mark.parametrize("mark", ["", "- ", "1. "])
def test_another_option_of_a_lone_command_is_notable(mark: str, language: str) -> None:
    before = f"{mark}`az token get --resource https://a.example`"
    after = f"{mark}`az token get --scope https://b.example/all`"
    file = told(before, after, language)
    assert kinds(file) == ["code-changed"]
    for text in ("--resource https://a.example", "--scope https://b.example/all"):
        assert text in file.explanation


def test_another_option_in_a_sentence_is_notable() -> None:
    file = told("Run `az login --tenant <id>` first.", "Run `az login --identity` first.")
    assert [(f.kind, f.impact) for f in file.findings] == [("paragraph-changed", "notable")]


@pytest.mark.parametrize(
    ("text", "so"),
    [("`az login`", 1), ("`mytool --all`", 1), ("`the name`", 0), ("`az`", 0), ("az login", 0)],
)
def test_commands_are_known(text: str, so: int) -> None:
    assert is_command(text) == bool(so)


def test_every_changed_line_is_told() -> None:
    file = told(INLINE, FENCED)
    told_lines = {
        line
        for finding in file.findings
        if finding.after_lines
        for line in range(finding.after_lines[0], finding.after_lines[1] + 1)
    }
    assert {7, 8, 9, 13, 14, 15} <= told_lines


@pytest.mark.parametrize(
    ("before", "after", "so"),
    [
        ("Run this.\n\n```bash\ngit config --global a b\n```", "Run this.", 1),
        ("`az login --tenant <id>`", "`az login --identity`", 1),
        ("```json\n{}\n```\n\nText here.", "Text here.", 0),
        ("```bash\nrun it\n```", "```console\nrun it\n```", 0),
    ],
)
def test_commands_that_went_are_named(before: str, after: str, so: int) -> None:
    gone = [f for f in told(before, after).findings if not f.kind.endswith("-added")]
    assert any(finding.values.get("commands") for finding in gone) == bool(so)


@pytest.mark.parametrize(
    ("command", "known_by"),
    [
        ("az account show --query id", "az account show"),
        ("wsl --install -d Debian", "wsl --install"),
        ("npm install @some/sdk", "npm install @some/sdk"),
        ("cat a.txt | sort", "cat a.txt"),
        ('echo "Hello there"', "echo"),
        ("curl -X POST https://a.example", "curl -X"),
        ("ls", "ls"),
        ("docker build . \\", "docker build ."),
    ],
)
def test_a_command_is_known_by_its_beginning(command: str, known_by: str) -> None:
    assert beginning(command) == known_by


def code_change(before: str, after: str) -> Finding:
    page = "# Page\n\nRun it:\n\n```%s\n```\n"
    (file,) = analyse(between({"a.md": page % before}, {"a.md": page % after}, {})).files
    (finding,) = [finding for finding in file.findings if finding.kind == "code-changed"]
    return finding


def test_a_short_command_that_changed_is_told_whole() -> None:
    change = code_change("bash\nusb wsl list --all\nexit", "bash\nusb list\nexit")
    assert change.values["edits"] == ({"before": "usb wsl list --all", "after": "usb list"},)
    assert change.values["commands"] == ("usb wsl list",)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("python\nname = 'old name'", "python\nname = 'new name'"),
        (f"bash\nusb list {'x' * 60}", f"bash\nusb show {'x' * 60}"),
        ("bash\nusb list \\\n  --all", "bash\nusb show \\\n  --all"),
    ],
)
def test_other_code_is_told_by_what_differs(before: str, after: str) -> None:
    assert "commands" not in code_change(before, after).values


def test_code_still_uses_what_stands_elsewhere_on_the_page() -> None:
    page = (
        '# Page\n\n```js\nread("KEY_NAME");\nimport "dotenv/config";\n```\n\nSet KEY_NAME.\n\n%s\n'
    )
    old = page % "```js\nx = process.env.KEY_NAME;\ny = process.env.OLD_NAME;\n```"
    new = page % "```js\nx = process.env.NEW_NAME;\ny = 1;\n```"
    (file,) = analyse(between({"a.md": old}, {"a.md": new}, {})).files
    (change,) = file.findings
    assert change.values["names_removed"] == ("OLD_NAME",)


@pytest.mark.parametrize("language", available())
def test_a_command_in_a_sentence_that_became_another_is_told_whole(language: str) -> None:
    text = "# Page\n\n- %s\n- Kept.\n"
    old = "From Linux: `cat /etc/resolv.conf` for the address of the host machine."
    new = "From Linux: `ip route show | grep -i default`: Returns the address of the host machine."
    file = told(text % old, text % new, language)
    (change,) = file.findings
    assert (change.impact, change.values["commands"]) == ("notable", ("cat /etc/resolv.conf",))
    assert "`cat /etc/resolv.conf`" in file.explanation
    assert "`ip route show | grep -i default`" in file.explanation
    assert "Returns" not in file.explanation


@pytest.mark.parametrize(
    ("before", "after", "aspect"),
    [
        ("bash\n# Turn of\nrun it", "bash\n# Turn off\nrun it", "comment"),
        (
            "bash\nPermissions for 'ann' are too open.",
            "bash\nPermissions for 'bo' are too open.",
            "output",
        ),
        ("\nThe answer is 4.", "\nThe answer is 5.", "output"),
        (
            '{"json"}\n{"id": "00000000-0000-0000-0000-000000000000"}',
            '{"json"}\n{"id": "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e"}',
            "placeholder",
        ),
        ("bash\nusb attach <busid>", "bash\nusb attach <id of the bus>", "placeholder"),
    ],
)
def test_what_nobody_runs_was_not_copied(before: str, after: str, aspect: str) -> None:
    change = code_change(before, after)
    assert change.values["aspects"] == (aspect,)
    assert is_slight(change)


@pytest.mark.parametrize(
    ("before", "after"),
    [("bash\n[wsl2]\nmemory=4GB", "bash\n[wsl2]\nmemory=8GB"), ("\nPOST /docs", "\nPUT /docs")],
)
def test_settings_and_requests_are_no_output(before: str, after: str) -> None:
    assert not is_slight(code_change(before, after))


def test_a_request_that_changed_is_told_whole() -> None:
    change = code_change('http\nPOST /docs?v=1\n{"a": 1}', 'http\nPUT /docs?v=1\n{"a": 1}')
    assert change.values["edits"] == ({"before": "POST /docs?v=1", "after": "PUT /docs?v=1"},)
    assert "commands" not in change.values  # nobody runs it in a shell


@pytest.mark.parametrize("language", available())
def test_a_version_that_code_asks_for_in_several_places_is_counted(language: str) -> None:
    call = '```bash\ncurl -X %s "https://a.example/%s?api-version=%s"\n```\n'
    page = "# Page\n\nRun it:\n\n{}\nThen:\n\n{}\n"
    old = page.format(call % ("GET", "one", "2024-02-01"), call % ("GET", "two", "2024-02-01"))
    new = page.format(call % ("GET", "uno", "2024-11-30"), call % ("GET", "due", "2024-11-30"))
    file = told(old, new, language)
    versions = [finding for finding in file.findings if finding.kind == "version-changed"]
    assert {f.subject for f in versions} == {"api-version"}
    assert [f.values["count"] for f in versions] == [2, 2]
    words = {"en": "in 2 places", "ja": "2か所の", "zh-Hans": "共 2 处"}[language]
    assert words in file.explanation


def test_each_command_of_a_chain_is_named() -> None:
    new = "Other.\n\n```bash\nsudo apt-get update -y && sudo apt-get install systemd -y\n```"
    (added,) = [f for f in told("Other.", new).findings if f.kind == "code-added"]
    assert added.values["commands"] == ("sudo apt-get update", "sudo apt-get install systemd")
    quoted = new.replace("sudo apt-get install systemd -y", 'bash -c "a && b"')
    (added,) = [f for f in told("Other.", quoted).findings if f.kind == "code-added"]
    assert added.values["commands"] == ("sudo apt-get update",)
