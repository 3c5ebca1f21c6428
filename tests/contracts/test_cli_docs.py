"""The README shows the command line as it is."""

import re

from support.readme import README, section, sections, usage

TEXT = README.read_text(encoding="utf-8")


def test_the_usage_is_what_help_prints() -> None:
    assert section(TEXT, "usage") == sections()["usage"], "run: python tests/support/readme.py"


def test_every_flag_in_an_example_exists() -> None:
    examples = re.findall(r"^\$ .*?diffinsight report (.*)$", TEXT, re.MULTILINE)
    flags = {flag for example in examples for flag in re.findall(r"--[a-z-]+", example)}
    assert flags
    assert flags <= set(re.findall(r"--[a-z-]+", usage()))
