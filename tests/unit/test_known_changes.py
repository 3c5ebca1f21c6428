"""A page with a change that is known: the report says it, and nothing of the other sort."""

from __future__ import annotations

import pytest
import support.known_edits  # noqa: F401 - adds its changes
from support.known_changes import PARTS, TURNS, Known, faults, known_changes, said_of, several

PAGE = """\
---
title: Mount a disk
ms.date: 01/02/2024
---
# Mount a disk

Learn how to set up a disk mount and how to reach its files from both systems.

## Prerequisites

- Running the newest build of the system, with all updates.
- A machine with a fast processor and 16 GB of memory.
- [Install a distribution](https://example.com/install) before you begin.

Read the [guide to disks](https://example.com/guide) if one of these is missing.

> [!NOTE]
> The administrator of the machine has to allow mounts first.

## Mount the whole disk

You can mount a disk directly if it has no partitions. First you need to identify it, which takes \
about 30 seconds.

1. List the disks of the machine by their numbers.
2. Copy the path of the one that you want to mount.
3. Check that nobody else is using the disk.

```powershell
wsl.exe --mount <Disk> --bare
wsl.exe --unmount <Disk>
```

Every distribution reads the disk under the same folder from then on.

You can take the disk away once no program's files are open. Nothing is lost by that, and the \
folder stays where it was.

### Choose a file system

By default the command expects the usual file system of the distribution.

| Option | Meaning | Default |
| --- | --- | --- |
| `--type` | The file system of the disk to mount | ext4 |
| `--partition` | Number of the partition to mount | none |
| `--name` | Name of the folder that is made for it | the path |
| `--options` | What else the driver of the system is given | none |

> [!TIP]
> Ask the vendor of the disk for the name of its file system.

## Access the files

Browse the mounted disk with the file manager of either system, or with any tool you know.

- `/p` translates a path in both directions for each tool.
- `/l` says that a value has more than one path in it.
- `/u` is only for programs that begin on the other side.
- `/w` is only for programs that end on the other side.

```bash
cd /mnt/disk
ls --all
```

## Limits

Only whole disks can be attached, so a partition cannot be taken alone.
""".splitlines()
SEEDS = range(6)
CHANGES = [known for seed in SEEDS for known in known_changes(PAGE, str(seed))]
SEVERAL = [several(PAGE, str(seed), count) for count in (2, 3) for seed in range(12)]


@pytest.mark.parametrize("known", CHANGES, ids=lambda known: known.name)
def test_one_change_is_told_and_no_other(known: Known) -> None:
    said = said_of(known)
    assert faults(known, said) == [], said


@pytest.mark.parametrize("known", [*filter(None, SEVERAL)], ids=lambda known: known.name)
def test_changes_at_once_are_all_told(known: Known) -> None:
    said = said_of(known)
    assert faults(known, said) == [], said


def test_the_page_has_a_place_for_every_change() -> None:
    assert len({known.name for known in CHANGES}) == 2 * len(PARTS) + len(TURNS)


def test_what_a_report_must_not_say_is_found() -> None:
    (known, *_) = CHANGES
    assert faults(known, "A paragraph was removed.")
