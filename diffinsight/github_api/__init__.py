"""A repository on a GitHub server, reached through its API."""

from diffinsight.github_api.lookups import GitHubLookups
from diffinsight.github_api.repository import Fetch, GitHubRepository, open_github

__all__ = ["Fetch", "GitHubLookups", "GitHubRepository", "open_github"]
