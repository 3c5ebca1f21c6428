"""docs/triggers.md and the README say of each event what the code does."""

import re

from support.claims import DESTINATIONS, SENSELESS, claims
from support.readme import README, ROOT, section, sections

from diffinsight.event import EVENTS
from diffinsight.inputs import read_inputs

TEXT = (ROOT / "docs/triggers.md").read_text(encoding="utf-8")


def test_each_event_goes_where_the_table_says() -> None:
    table = re.findall(r"^\| `(\w+)` \| .* \| ([a-z, ]+) \| .*\|$", TEXT, re.MULTILINE)
    told = {event: tuple(places.split(", ")) for event, places in table}
    assert told == {event: read_inputs({"GITHUB_EVENT_NAME": event}).publish for event in EVENTS}


def test_the_readme_has_a_table_of_what_is_tested() -> None:
    text = README.read_text(encoding="utf-8")
    assert section(text, "events") == sections()["events"], "run: python tests/support/readme.py"


def test_every_pair_that_makes_sense_is_tested() -> None:
    pairs = {(event, destination) for event in EVENTS for destination in DESTINATIONS}
    assert claims("tests/integration") == pairs - SENSELESS
    assert claims("tests/e2e") <= pairs - SENSELESS


def test_every_link_leads_to_a_file() -> None:
    for page in ("triggers", "forks", "backfill"):
        text = (ROOT / f"docs/{page}.md").read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)", text):
            assert (ROOT / "docs" / target).exists(), f"{page}.md: {target}"
