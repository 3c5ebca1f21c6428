"""git as a process: ranges, trees and texts of repositories on disk, and a small fetch."""

from diffinsight.git_cli.fetching import fetch_history, fetch_range
from diffinsight.git_cli.objects import GitTree
from diffinsight.git_cli.remotes import Remote, parse_remote
from diffinsight.git_cli.repository import GitRepository

__all__ = ["GitRepository", "GitTree", "Remote", "fetch_history", "fetch_range", "parse_remote"]
