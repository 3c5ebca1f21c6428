"""Every list has one home, and nothing that belongs into it is missing."""

import ast
import importlib
import inspect
import re
import subprocess
from pathlib import Path

import pytest

from diffinsight import detectors, languages, publishers
from diffinsight.engines import NAMES
from diffinsight.inputs import DESTINATIONS, ENGINES

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "diffinsight"


def files(folder: str) -> set[str]:
    return {path.stem for path in (PACKAGE / folder).glob("*.py")} - {"__init__"}


def definitions(path: Path) -> set[str]:
    return {
        node.name
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }


def test_every_detector_is_listed() -> None:
    listed = {detector.__module__.rpartition(".")[2] for detector in detectors.DETECTORS}
    finding = {
        name
        for name in files("detectors")
        if "find" in definitions(PACKAGE / f"detectors/{name}.py")
    }
    # `rest` finds what no detector found, so it comes after all of them.
    assert listed == finding - {"rest"}
    assert len(detectors.DETECTORS) == len(listed)


def test_every_destination_is_listed() -> None:
    written = set()
    for name in files("publishers"):
        module = importlib.import_module(f"diffinsight.publishers.{name}")
        written |= {
            found.__name__
            for _, found in inspect.getmembers(module, inspect.isclass)
            if found.__name__.endswith("Publisher") and found.__module__ == module.__name__
        }
    listed = {make.__self__.__name__ for make in publishers.PUBLISHERS.values()}  # type: ignore[attr-defined]  # classmethods
    assert listed == written - {"Publisher"}


def test_destinations_that_can_be_asked_for_are_those_there_are() -> None:
    assert set(DESTINATIONS) == set(publishers.PUBLISHERS)


def test_engines_that_can_be_asked_for_are_those_there_are() -> None:
    assert set(ENGINES) == {"auto", *NAMES}


def test_languages_are_found_by_their_files() -> None:
    packs = {path.stem for path in (PACKAGE / "languages").glob("*.yml")}
    assert set(languages.available()) == packs
    assert {"en", "ja"} <= packs


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


MACHINE = re.compile(r"(?<![\w.~-])/(?:work|root|home/[a-z])\b(?!-)")


def test_nothing_names_the_machine_it_was_written_on() -> None:
    named = []
    for path in tracked():
        if not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        named += [f"{path.relative_to(ROOT)}: {found[0]}" for found in MACHINE.finditer(text)]
    assert named == []


def test_lock_files_name_no_registry() -> None:
    locks = [
        path for path in tracked() if re.search(r"(^requirements.*\.txt|-lock\.json)$", path.name)
    ]
    assert len(locks) >= 2
    for path in locks:
        text = path.read_text(encoding="utf-8")
        assert "resolved" not in text
        assert not re.search(r"^--?(index|extra|find)", text, re.MULTILINE)
