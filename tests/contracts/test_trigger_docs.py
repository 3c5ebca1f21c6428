"""docs/triggers.md says of each event what the code does."""

import re

from support.readme import ROOT

from diffinsight.event import EVENTS
from diffinsight.inputs import read_inputs

TEXT = (ROOT / "docs/triggers.md").read_text(encoding="utf-8")


def test_each_event_goes_where_the_table_says() -> None:
    table = re.findall(r"^\| `(\w+)` \| .* \| ([a-z, ]+) \| .*\|$", TEXT, re.MULTILINE)
    told = {event: tuple(places.split(", ")) for event, places in table}
    assert told == {event: read_inputs({"GITHUB_EVENT_NAME": event}).publish for event in EVENTS}


def test_every_link_leads_to_a_file() -> None:
    for page in ("triggers", "forks", "backfill"):
        text = (ROOT / f"docs/{page}.md").read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)", text):
            assert (ROOT / "docs" / target).exists(), f"{page}.md: {target}"
