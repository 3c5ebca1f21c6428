"""Imports go down, the outside world stays outside, and mistakes surface in one place."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "diffinsight"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A module imports from lower floors only; members of a folder may import from their own folder.
FLOORS = {
    # 0: vocabulary, imports nothing of ours
    "conversation": 0,
    "errors": 0,
    "globs": 0,
    "markdown_text": 0,
    "matching": 0,
    "models": 0,
    "pages": 0,
    # 1: pure, over the vocabulary
    "change_types": 1,
    "changes": 1,
    "edges": 1,
    "engine_choice": 1,
    "event": 1,
    "flags": 1,
    "languages": 1,
    "outline": 1,
    "outputs": 1,
    "schema": 1,
    "scope": 1,
    # 2: pure, over floor 1
    "config": 2,
    "detectors": 2,
    "engines": 2,
    "inputs": 2,
    "render": 2,
    "report": 2,
    "resolving": 2,
    "watching": 2,
    # 3: one outside world each
    "files": 3,
    "git_cli": 3,
    "github_api": 3,
    "llm": 3,
    "publishers": 3,
    "runner": 3,
    "vetting": 3,  # pure, over reports
    # 4: over an outside world
    "answers": 4,
    "reviewed": 4,
    "earlier": 4,
    "upstream": 4,
    # 5 to 10: wiring; a job of a workflow, what it does, the action; the command line
    "run": 5,
    "backfill": 6,
    "job": 6,
    "bringing": 7,
    "making": 7,
    "catching_up": 8,
    "action": 9,
    "cli": 10,
}
# The same inside the two largest folders; their modules outside any folder are the highest.
STOREYS = {
    "detectors": ("reading", "pairing", "comparison", "across"),
    "engines": (
        *("choosing", "quoting", "gists", "values", "explaining", "overview", "insights"),
        *("checking", "model"),
    ),
}
PURE = 2
# What a pure module has no use for: processes, networks, the clock, chance, the environment.
OUTSIDE = {
    *("asyncio", "http", "httpx", "multiprocessing", "os", "random", "requests", "secrets"),
    *("shutil", "signal", "socket", "ssl", "subprocess", "sys", "tempfile", "time"),
    *("urllib.request", "urllib3", "uuid", "github"),
}


def owner(path: Path) -> str:
    """The module or folder of the package that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """Every module a file imports: in functions and for type checkers too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(path: Path) -> Iterator[str]:
    names = [name.split(".") for name in imported(path)]
    members = {parts[1] for parts in names if parts[0] == "diffinsight" and len(parts) > 1}
    yield from members - {"__version__", owner(path)}


def test_every_module_has_a_floor() -> None:
    assert {owner(path) for path in MODULES} - {"__init__"} == set(FLOORS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    floor = FLOORS.get(owner(path), 0)
    up = [name for name in ours(path) if FLOORS.get(name, floor) >= floor]
    assert up == [], f"floor {floor} imports from the same or a higher floor"


@pytest.mark.parametrize("owner", STOREYS)
def test_imports_go_down_inside_a_folder(owner: str) -> None:
    storeys = STOREYS[owner]
    root = PACKAGE / owner
    assert {path.parent.name for path in root.glob("*/__init__.py")} == set(storeys)
    up = [
        f"{path.relative_to(root)}: {name}"
        for place, storey in enumerate(storeys)
        for path in sorted((root / storey).rglob("*.py"))
        for name in imported(path)
        if set(name.split(".")[2:3]) & set(storeys[place + 1 :])
    ]
    assert up == [], "imports from a folder above it"


def test_pure_modules_know_nothing_of_the_outside() -> None:
    reached = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in MODULES
        if FLOORS.get(owner(path), 0) <= PURE
        for name in imported(path)
        if OUTSIDE & {name, name.split(".")[0], ".".join(name.split(".")[:2])}
    ]
    assert reached == []


def touched(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name) and node.id in {"print", "input"}:
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = f"{node.value.id}.{node.attr}"
            if name in {"os.environ", "os.getenv"} or name.startswith("sys."):
                yield name


def test_only_the_command_line_touches_streams_and_the_environment() -> None:
    inside = [path for path in MODULES if owner(path) != "cli"]
    touching = {str(path.relative_to(PACKAGE)): list(touched(path)) for path in inside}
    assert {path: names for path, names in touching.items() if names} == {}
    assert list(touched(PACKAGE / "cli.py")), "the search finds what it looks for"


def test_one_broad_handler() -> None:
    handlers = [
        (str(path.relative_to(PACKAGE)), node)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
    ]
    assert [path for path, handler in handlers if is_broad(handler)] == ["errors.py"]


def is_broad(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    names = {part.id for part in ast.walk(handler.type) if isinstance(part, ast.Name)}
    return bool(names & {"Exception", "BaseException"})


def test_no_module_shadows_a_library() -> None:
    assert {owner(path) for path in MODULES} & sys.stdlib_module_names == set()


def test_the_guide_for_contributors_names_every_module() -> None:
    guide = (PACKAGE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = guide.split("| floor |")[1].split("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", table)) == set(FLOORS)
