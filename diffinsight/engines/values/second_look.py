"""What a finding says of its new text beside what changed: slips in it, and what is old there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from diffinsight.engines.quoting.cutting import shorten
from diffinsight.engines.values.speaker import Speaker, Spoken
from diffinsight.languages import Markdown, Phrases
from diffinsight.models import Finding, Json

LONGEST_TEXT = 150  # characters of a text that has an old number


def looked_at(speaker: Speaker, findings: Sequence[Finding]) -> Spoken:
    """Each slip and each old name once."""
    phrases = speaker.voice.phrases
    slips = (say_slip(phrases, one) for found in findings for one in listed(found, "slips"))
    names = (str(one["name"]) for finding in findings for one in listed(finding, "old_names"))
    texts = (str(found.values["still_says"]) for found in findings if "still_says" in found.values)
    text = next(texts, None)
    return {
        "slips": (told := tuple(dict.fromkeys(slips))) or None,
        "slips_count": len(told),
        "old_names": tuple(dict.fromkeys(names)) or None,
        "still_says": shorten(text, LONGEST_TEXT) if text else None,
    }


def say_slip(
    phrases: Phrases, slip: Mapping[str, Json], places: tuple[Markdown, ...] | None = None
) -> Markdown:
    """A slip beside what it was to be, or was before."""
    meant, written = str(slip["meant"]), str(slip["written"])
    return phrases.say(
        "file.slip" if places is None else "insights.slip",
        written=written,
        meant=meant,
        replaced=bool(slip.get("replaced")),
        no_word=bool(slip.get("no_word")),
        option=meant.startswith("--"),
        link=slip.get("of") == "link",
        places=places,
    )


def listed(finding: Finding, name: str) -> list[Mapping[str, Json]]:
    """The objects of a list among the values of a finding."""
    found = finding.values.get(name)
    items = found if isinstance(found, tuple | list) else ()
    return [item for item in items if isinstance(item, Mapping)]
