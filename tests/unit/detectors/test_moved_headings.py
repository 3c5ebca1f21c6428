"""A heading and a text that changed places: git shows the shorter one as moved."""

from __future__ import annotations

import pytest
from support.told import told

TEXT = "Support for these devices is not built in, so you will have to install the open driver."
OLD = f"# A\n\n## Devices\n\n{TEXT}\n\n### Kernel\n\nA kernel of the fifth version or higher.\n"
NEW = f"# A\n\n## Devices\n\n### Kernel\n\n{TEXT}\n\nA kernel of the fifth version or higher.\n"


@pytest.mark.parametrize("patch_only", [False, True])
@pytest.mark.parametrize("back", [False, True])
def test_text_that_a_heading_passed_is_under_another_one(*, back: bool, patch_only: bool) -> None:
    before, after = (NEW, OLD) if back else (OLD, NEW)
    (moved,) = told(before, after, patch_only=patch_only)
    assert (moved.kind, moved.impact) == ("content-moved", "minor")
    sections = [moved.values["section_before"], moved.values["section_after"]]
    assert sections == (["Kernel", "Devices"] if back else ["Devices", "Kernel"])


def test_a_heading_that_passed_several_texts_is_told_with_each() -> None:
    more = f"{TEXT}\n\nIt takes a minute.\n"
    found = told(OLD.replace(f"{TEXT}\n", more), NEW.replace(f"{TEXT}\n", more))
    assert [finding.kind for finding in found] == ["content-moved", "content-moved"]
    assert min(f.after_lines[0] for f in found if f.after_lines) <= 5
