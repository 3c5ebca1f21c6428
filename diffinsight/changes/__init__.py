"""Unified diffs, git's or not, as data; the only package that knows unidiff.

Statuses are git's and GitHub's: a file whose mode or type alone changed (executable bit, a file
that became a symbolic link) is ``changed``.
"""

from diffinsight.changes.parse import file_notes, parse_diff
from diffinsight.changes.patches import decode_patch, hunks, is_text
from diffinsight.changes.paths import decode_path

__all__ = ["decode_patch", "decode_path", "file_notes", "hunks", "is_text", "parse_diff"]
