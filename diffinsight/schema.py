"""The report as JSON: written for other tools, read back with every mistake named."""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NoReturn, cast

from diffinsight.errors import ActionError, Problem
from diffinsight.models import (
    EngineUse,
    FileReport,
    Finding,
    Group,
    Json,
    LineRange,
    Overview,
    Point,
    Report,
)

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

VERSION = "diffinsight/report/1"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST_PROBLEMS = 50  # a file of another kind gives thousands
_DEEPEST = 64  # levels of nesting in a finding's values
_UNITS = {"Length": " characters", "Items": " items"}
_HINT = "`diffinsight report --format json` writes such a file"

Data = dict[str, Any]  # a JSON object on its way in or out; never leaves this module


def to_json(report: Report) -> str:
    """The report as `report.schema.json` describes it, indented, ending in a line feed."""
    text = json.dumps(_report_data(report), ensure_ascii=False, indent=2, allow_nan=False)
    return _LONE_SURROGATE.sub("\ufffd", text) + "\n"


def from_json(text: str | bytes, *, origin: str = "report") -> Report:
    """The report in ``text``; ``origin`` is what error messages call it.

    Raises ActionError with every mistake and its place, such as ``$.files[3].status``.
    """
    try:
        data = _parsed(_decoded(text, origin), origin)
        problems = list(_problems(data, origin))
    except RecursionError:
        raise ActionError(f"{origin}: nested too deeply to be a report", _HINT) from None
    if problems:
        raise ActionError.of(problems)
    return _report(data)


# --- out ---------------------------------------------------------------------------------------


def _report_data(report: Report) -> Data:
    overview = report.overview
    return {
        "schema": VERSION,
        "title": report.title,
        "date": report.date.isoformat(),
        "language": report.language,
        "heading_language": report.heading_language,
        "category": report.category,
        "repository": report.repository,
        "base": report.base,
        "head": report.head,
        "permalink": report.permalink,
        "pull_request": report.pull_request,
        "engine": _engine_data(report.engine),
        "summary": overview.summary,
        "highlights": overview.highlights,
        "new_features": _points_data(overview.new_features),
        "breaking_changes": _points_data(overview.breaking_changes),
        "other_updates": _points_data(overview.other_updates),
        "insights": overview.insights,
        "files": [_file_data(file) for file in report.files],
        "groups": [_group_data(group) for group in report.groups],
        "notes": list(report.notes),
    }


def _engine_data(use: EngineUse) -> Data:
    return {
        "name": use.name,
        "model": use.model,
        "calls": use.calls,
        "input_tokens": use.input_tokens,
        "output_tokens": use.output_tokens,
        "written": use.written,
        "cached": use.cached,
        "fallen_back": use.fallen_back,
        "removed": use.removed,
    }


def _points_data(points: Iterable[Point]) -> list[Data]:
    return [{"text": point.text, "paths": list(point.paths)} for point in points]


def _file_data(file: FileReport) -> Data:
    return {
        "path": file.path,
        "previous_path": file.previous_path,
        "status": file.status,
        "additions": file.additions,
        "deletions": file.deletions,
        "binary": file.binary,
        "patch": file.patch,
        "type": file.type,
        "title": file.title,
        "explanation": file.explanation,
        "engine": file.engine,
        "findings": [_finding_data(finding) for finding in file.findings],
        "group": file.group,
        "notes": list(file.notes),
        "removed": list(file.removed),
        "page": file.page,
    }


def _finding_data(finding: Finding) -> Data:
    return {
        "kind": finding.kind,
        "subject": finding.subject,
        "before": finding.before,
        "after": finding.after,
        "before_lines": finding.before_lines,
        "after_lines": finding.after_lines,
        "impact": finding.impact,
        "values": _plain(finding.values),
    }


def _group_data(group: Group) -> Data:
    return {
        "id": group.id,
        "reason": group.reason,
        "title": group.title,
        "paths": list(group.paths),
        "rule": group.rule,
    }


def _plain(value: Json) -> Any:  # noqa: ANN401 - JSON has no narrower name than Any
    """``value`` in the containers that the json module knows."""
    if isinstance(value, Mapping):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, tuple):
        return [_plain(held) for held in value]
    return value


# --- in ----------------------------------------------------------------------------------------


def _decoded(text: str | bytes, origin: str) -> str:
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")  # some editors put a mark before the text
    except UnicodeDecodeError as error:
        raise ActionError(f"{origin}: no UTF-8 text at byte {error.start}", _HINT) from None


def _parsed(text: str, origin: str) -> Any:  # noqa: ANN401 - whatever the file holds
    try:
        data = json.loads(
            text,
            parse_constant=_refuse_constant,
            parse_float=_finite,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise ActionError(f"{origin}: no JSON at {where}: {error.msg}", _HINT) from None
    except _NumberError as error:
        raise ActionError(f"{origin}: a number that JSON cannot hold: {error}", _HINT) from None
    except ValueError:  # Python's own limit
        raise ActionError(f"{origin}: a number of thousands of digits", _HINT) from None
    return _whole(data) if "\\u" in text or _LONE_SURROGATE.search(text) else data


class _NumberError(ValueError):
    """A number that is none, or none that a computer keeps."""


def _refuse_constant(constant: str) -> NoReturn:
    raise _NumberError(constant)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        _refuse_constant(digits)
    return number


def _whole(value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    """``value`` without halves of characters, which JSON can escape but UTF-8 cannot write."""
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_whole(key): _whole(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_whole(held) for held in value]
    return value


def _problems(data: object, origin: str) -> Iterator[Problem]:
    from jsonschema import Draft202012Validator

    schema = json.loads(files("diffinsight").joinpath("report.schema.json").read_text("utf-8"))
    errors = Draft202012Validator(schema).iter_errors(data)
    said = [
        Problem(message=f"{origin}: {place}: {what}", hint=_HINT)
        for place, what in (*_mismatches(errors), *_odd_values(data))
    ]
    yield from said[:_MOST_PROBLEMS]
    if len(said) > _MOST_PROBLEMS:
        yield Problem(message=f"{origin}: {len(said) - _MOST_PROBLEMS} more mistakes", hint=_HINT)


def _mismatches(errors: Iterable[ValidationError]) -> Iterator[tuple[str, str]]:
    for error in errors:
        rule, rules = str(error.validator), cast("Mapping[str, Any]", error.schema)
        for what in _complaints(rule, rules, error.instance, error.message):
            yield _place(error.absolute_path), what


def _place(steps: Iterable[str | int]) -> str:
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)


def _complaints(rule: str, rules: Mapping[str, Any], found: Any, message: str) -> list[str]:  # noqa: ANN401 - whatever the file holds
    """What is wrong, in a line each and without repeating the data, which may be large."""
    expected = rules[rule]
    if rule == "required":
        # An error comes for each missing key; only its message tells which.
        return [f"{key} is missing" for key in expected if message.startswith(repr(key))]
    if rule == "additionalProperties":
        return _unknown(sorted(found.keys() - rules["properties"].keys()), rules["properties"])
    if rule == "type":
        return [f"is {_kind(found)}, has to be {_alternatives(expected)}"]
    if rule in ("enum", "const", "pattern"):
        wanted = f"match {expected}" if rule == "pattern" else f"be {_alternatives(expected)}"
        return [f"is {_short(found)}, has to {wanted}"]
    bound = "at least" if rule.startswith("min") else "at most"
    return [f"is out of bounds, has to be {bound} {expected}{_UNITS.get(rule[3:], '')}"]


def _alternatives(expected: str | list[str]) -> str:
    return expected if isinstance(expected, str) else " or ".join(expected)


def _unknown(keys: Iterable[str], known: Iterable[str]) -> list[str]:
    said = []
    for key in keys:
        near = difflib.get_close_matches(key, known, n=1)
        said.append(f"{_short(key)} is unknown" + (f", perhaps {near[0]}" if near else ""))
    return said


def _kind(found: object) -> str:
    names = {dict: "object", list: "array", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(found), "number")


def _short(found: object) -> str:
    said = json.dumps(found, ensure_ascii=False)
    return said if len(said) <= 60 else f"{said[:59]}…"  # noqa: PLR2004 - fits a log line


def _odd_values(data: object) -> Iterator[tuple[str, str]]:
    """What a JSON Schema cannot say."""
    if not isinstance(data, dict):
        return
    day = data.get("date")
    if isinstance(day, str) and not _is_date(day):
        yield "$.date", f"{_short(day)} is no date"
    for index, file in enumerate(_objects(data.get("files"))):
        for number, finding in enumerate(_objects(file.get("findings"))):
            if _depth(finding.get("values")) > _DEEPEST:
                place = f"$.files[{index}].findings[{number}].values"
                yield place, f"is nested more than {_DEEPEST} levels deep"


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _objects(value: object) -> list[Data]:
    listed = value if isinstance(value, list) else []
    return [item if isinstance(item, dict) else {} for item in listed]


def _depth(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0


def _report(data: Data) -> Report:
    return Report(
        title=data["title"],
        date=date.fromisoformat(data["date"]),
        language=data["language"],
        heading_language=data.get("heading_language"),
        category=data.get("category"),
        repository=data.get("repository"),
        base=data.get("base"),
        head=data.get("head"),
        permalink=data["permalink"],
        pull_request=data.get("pull_request"),
        engine=EngineUse(**data.get("engine", {})),
        overview=_overview(data),
        files=tuple(_file(item) for item in data["files"]),
        groups=tuple(_group(item) for item in data.get("groups", ())),
        notes=tuple(data.get("notes", ())),
    )


def _overview(data: Data) -> Overview:
    return Overview(
        summary=data["summary"],
        highlights=data["highlights"],
        new_features=_points(data["new_features"]),
        breaking_changes=_points(data["breaking_changes"]),
        other_updates=_points(data["other_updates"]),
        insights=data["insights"],
    )


def _points(items: Iterable[Data]) -> tuple[Point, ...]:
    return tuple(Point(text=item["text"], paths=tuple(item["paths"])) for item in items)


def _file(data: Data) -> FileReport:
    parts = {"findings": tuple(_finding(item) for item in data.get("findings", ()))}
    texts = {key: tuple(data.get(key, ())) for key in ("notes", "removed")}
    return FileReport(**data | parts | texts)


def _finding(data: Data) -> Finding:
    lines = {key: _lines(data.get(key)) for key in ("before_lines", "after_lines")}
    return Finding(**data | lines | {"values": _frozen(data.get("values", {}))})


def _lines(pair: Sequence[int] | None) -> LineRange | None:
    return (int(pair[0]), int(pair[1])) if pair else None


def _group(data: Data) -> Group:
    return Group(**data | {"paths": tuple(data["paths"])})


def _frozen(value: Any) -> Any:  # noqa: ANN401 - JSON has no narrower name than Any
    if isinstance(value, dict):
        return {key: _frozen(held) for key, held in value.items()}
    if isinstance(value, list):
        return tuple(_frozen(held) for held in value)
    return value
