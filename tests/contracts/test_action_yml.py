"""action.yml, the code that reads and writes what it declares, and the pages that describe it."""

import json
import re
from dataclasses import fields
from importlib.resources import files

import jsonschema
import pytest
import yaml
from support.readme import README, ROOT, action, section, sections

from diffinsight.config import DEFAULT_PATH, read_config
from diffinsight.globs import compile_globs
from diffinsight.inputs import INPUTS, Inputs
from diffinsight.models import Config
from diffinsight.outputs import Outputs, output_name

GUIDE = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
SCHEMA = json.loads(files("diffinsight").joinpath("config.schema.json").read_text("utf-8"))


def rows(text: str) -> list[list[str]]:
    """The cells of every table row, without heads and rules."""
    table = re.findall(r"^\| (.*) \|$", text, re.MULTILINE)
    return [line.split(" | ") for line in table if not line.startswith("---")]


def test_declared_inputs_are_those_that_are_read() -> None:
    declared = {name: entry["default"] for name, entry in action()["inputs"].items()}
    assert declared == dict(INPUTS)
    assert {field.name.replace("_", "-") for field in fields(Inputs)} == set(INPUTS)


def test_declared_outputs_are_those_that_are_written() -> None:
    assert list(action()["outputs"]) == [output_name(field.name) for field in fields(Outputs)]


def test_everything_declared_is_described() -> None:
    entries = [*action()["inputs"].items(), *action()["outputs"].items()]
    assert [name for name, entry in entries if not entry["description"].strip()] == []
    assert {key for entry in action()["inputs"].values() for key in entry} == {
        "description",
        "default",
    }


def test_the_image_is_built_from_the_repository() -> None:
    # Inputs reach the container as INPUT_ variables; arguments would show secrets in the log.
    assert action()["runs"] == {"using": "docker", "image": "Dockerfile"}
    assert (ROOT / "Dockerfile").is_file()


@pytest.mark.parametrize("name", ["inputs", "outputs"])
def test_the_readme_lists_them(name: str) -> None:
    assert section(README.read_text(encoding="utf-8"), name) == sections()[name], (
        "run: python tests/support/readme.py"
    )


def test_the_config_file_is_where_the_input_says() -> None:
    assert INPUTS["config"] == DEFAULT_PATH


def test_the_guide_explains_every_key_of_the_config() -> None:
    keys = rows(GUIDE.partition("## Keys")[2].partition("\n## ")[0])[1:]
    assert [key for key, _, _ in keys] == [f"`{key}`" for key in SCHEMA["properties"]]
    conditions = rows(GUIDE.partition("| condition |")[2].partition("\n\n")[0])
    wanted = [key for key in SCHEMA["properties"]["types"]["items"]["properties"] if key != "name"]
    assert [key for key, _ in conditions] == [f"`{key}`" for key in wanted]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_of_the_guide_works(example: str) -> None:
    assert read_config(example, origin="docs/configuration.md") != Config()
    jsonschema.validate(yaml.safe_load(example), SCHEMA)


def test_the_first_example_shows_every_key() -> None:
    assert set(yaml.safe_load(EXAMPLES[0])) == set(SCHEMA["properties"])


def test_the_guide_is_right_about_globs() -> None:
    table = rows(GUIDE.partition("## Globs")[2].partition("\n\n-")[0])[1:]
    checked = 0
    for patterns, taken, left in table:
        for pattern in re.findall("`([^`]+)`", patterns):
            globs = compile_globs((pattern,))
            for path in re.findall("`([^`]+)`", taken):
                checked += 1
                if "everything" not in taken:
                    assert path in globs, f"{pattern} takes {path}"
            for path in re.findall("`([^`]+)`", left):
                assert path not in globs, f"{pattern} does not take {path}"
    assert checked > 10
