"""Versions of packages that code, data and lists of packages name, told by the package's name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import tell
from diffinsight.matching.edits import Edit
from diffinsight.models import Finding

_VERSION = r"[\^~>=<]{0,2}\s*(?P<version>v?\d+(?:\.\d+)+[\w.+-]*)"
_NAME = r"(?P<name>@?[A-Za-z][\w./-]*\w)"
_DEPENDENCIES = tuple(
    re.compile(pattern)
    for pattern in (
        # Maven: https://maven.apache.org/pom.html#dependencies
        r"<artifactId>\s*(?P<name>[\w.-]+)\s*</artifactId>\s*<version>(?P<version>[\w.+-]+)<",
        # NuGet, in a project file and on the command line
        rf"<Package(?:Reference|Version)\s+Include=\"{_NAME}\"\s+Version=\"{_VERSION}\"",
        rf"\badd\s+package\s+{_NAME}\s+(?:--version|-v)\s+{_VERSION}",
        rf"\bInstall-(?:Package|Module)\s+(?:-Name\s+)?{_NAME}\s+-(?:Required)?Version\s+{_VERSION}",
        # pip: https://peps.python.org/pep-0508/
        rf"(?<![\w=])(?P<name>[A-Za-z][\w.-]{{0,80}})(?:\[[\w,]+\])?(?:==|~=|>=)\s*{_VERSION}",
        # npm, in package.json and on the command line; `version` there is the page's own project
        rf"[\"'](?!version\b|\$)(?P<name>@?[a-z][\w./-]*)[\"']\s*:\s*[\"']{_VERSION}[\"']",
        rf"(?<=\s)(?P<name>@?[a-z][\w./-]*)@{_VERSION}",
        # Gradle
        rf"[\"'][\w.-]+:(?P<name>[\w.-]+):{_VERSION}[\"']",
    )
)
# A step of a workflow: a tag, or a commit behind which the tag may stand in a comment
# (https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax).
_ACTION = re.compile(r"(?P<name>[\w.-]+/[\w./-]+)@(?P<version>[\w./-]+)")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_WRITTEN = frozenset({"code", "html"})  # what is indented without a fence is read as HTML


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """A package of which another version is named now."""

    package: str
    before: str
    after: str
    commits: bool = False  # its versions are commits


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    for pair in file.pairs:
        for release in releases(pair):
            yield tell(
                "version-changed",
                pair,
                "notable",
                subject=release.package,
                before=release.before,
                after=release.after,
                values={"what": release.package},
            )


def releases(pair: Pair) -> list[Release]:
    """Packages of which each version of the block names one release, and not the same."""
    if not pair.both or pair.block.kind not in _WRITTEN or pair.moved:
        return []
    old, new = (_named(block.text) for block in pair.both)
    return [
        Release(package=name, before=before, after=after)
        for name, before in old.items()
        if (after := new.get(name, before)) != before
    ]


def releases_between(before: str, after: str) -> list[Release]:
    """What differs between two values, where that is releases and nothing else."""
    actions = _ACTION.fullmatch(before), _ACTION.fullmatch(after)
    if actions[0] and actions[1] and actions[0]["name"] == actions[1]["name"]:
        return [_action(actions[0], actions[1])]
    old, new = _named(before), _named(after)
    rest = before
    found = []
    for name in old.keys() & new.keys():
        if old[name] != new[name]:
            found.append(Release(package=name, before=old[name], after=new[name]))
            rest = rest.replace(old[name], new[name])
    return sorted(found, key=lambda one: before.index(one.package)) if rest == after else []


def _action(old: re.Match[str], new: re.Match[str]) -> Release:
    commits = all(_COMMIT.fullmatch(side["version"]) for side in (old, new))
    return Release(
        package=old["name"], before=old["version"], after=new["version"], commits=commits
    )


def tells(releases: list[Release], edit: Edit) -> bool:
    """Whether one of ``releases`` is what a difference is about."""
    return any((edit.before, edit.after) == (r.before, r.after) for r in releases)


def _named(text: str) -> Mapping[str, str]:
    """The one version of each package that has one."""
    versions: dict[str, set[str]] = defaultdict(set)
    for pattern in _DEPENDENCIES:
        for found in pattern.finditer(text):
            versions[found["name"]].add(found["version"])
    return {name: found.pop() for name, found in versions.items() if len(found) == 1}
