"""What the container runs: the action, once, on the step's environment."""

from __future__ import annotations

import os
import sys

from diffinsight import action, run


def main() -> int:
    """The exit code of the step."""
    streams = {"stdin": sys.stdin.buffer, "stdout": sys.stdout.buffer}
    return action.run(run.connect(os.environ, **streams, stderr=sys.stderr))


if __name__ == "__main__":
    sys.exit(main())
