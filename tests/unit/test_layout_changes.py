"""What a page shows otherwise is never told as a change that readers don't see."""

from __future__ import annotations

import pytest
from support.layout_changes import Layout, layout_changes, looks_the_same
from support.told import told

PAGE = """\
---
title: Mount a share
ms.date: 01/02/2024
description: How to mount a share of files
---

# Mount a share

Read the [limits](#limits) before you mount one.

> [!NOTE]
> Only administrators can mount a share.
>
> Ask yours before you begin with it.

## Limits

| Limit | Value |
| --- | --- |
| Files in a folder | 1000 |
| Length of a path | 260 |
| Size of a file | 4 GB |

The limits hold for each share.

## Mount it

1. Open a terminal of the system.

   Any of them does.

1. Mount the share:

   ```bash
   mount -t drvfs share /mnt/share
   ```

1. List its files.

The share is there until you restart the machine.

```bash
ls /mnt/share
```

## Remove it

- Close all files of the share.
- Unmount it.
- Restart the machine.

That is all there is to it.
"""
CHANGES = [
    change
    for seed in range(16)
    for change in layout_changes(PAGE.splitlines(), str(seed))
    if not looks_the_same(change.before, change.after)
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change.name}, {change.line}")
def test_what_shows_is_no_noise(change: Layout) -> None:
    findings = told(change.before, change.after)
    assert {finding.impact for finding in findings} != {"noise"}


def test_many_changes_show() -> None:
    assert len({(change.name, change.line) for change in CHANGES}) > 30
