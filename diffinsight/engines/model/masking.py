"""Secrets in a text blanked out before it leaves the machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module, resources
from typing import Any

import yaml

MASK = "[masked]"
_SHORTEST = 6
_LONG = 24  # a value of this length with a word such as "example" in it may still be a key
_STAND_IN = re.compile(
    r"your|my[-_]|example|sample|placeholder|dummy|changeme|redacted|xxxx|\*\*\*|\.\.\.|…"
    r"|^(?:none|null|true|false|string|password|secret|token|key)$",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"[<\[{$%(].*|.*(?:<\w|\{\{|\$\{|\$\()|(?:os|process|env|config|self|args|System)\.\w|[\w.]+\(",
    re.DOTALL,
)
_BARE_VALUE = "bare-value"
_BY_KEYWORD = "KeywordDetector"
# Detectors by module and class: the named and the keyword ones. Those by entropy and for public
# IP addresses would blank half of any documentation.
_DETECTORS = (
    ("artifactory", "ArtifactoryDetector"),
    ("aws", "AWSKeyDetector"),
    ("azure_storage_key", "AzureStorageKeyDetector"),
    ("basic_auth", "BasicAuthDetector"),
    ("cloudant", "CloudantDetector"),
    ("discord", "DiscordBotTokenDetector"),
    ("github_token", "GitHubTokenDetector"),
    ("gitlab_token", "GitLabTokenDetector"),
    ("ibm_cloud_iam", "IbmCloudIamDetector"),
    ("ibm_cos_hmac", "IbmCosHmacDetector"),
    ("jwt", "JwtTokenDetector"),
    ("keyword", "KeywordDetector"),
    ("mailchimp", "MailchimpDetector"),
    ("npm", "NpmDetector"),
    ("openai", "OpenAIDetector"),
    ("pypi_token", "PypiTokenDetector"),
    ("sendgrid", "SendGridDetector"),
    ("slack", "SlackDetector"),
    ("softlayer", "SoftlayerDetector"),
    ("square_oauth", "SquareOAuthDetector"),
    ("stripe", "StripeDetector"),
    ("telegram_token", "TelegramBotTokenDetector"),
    ("twilio", "TwilioKeyDetector"),
)


def mask(text: str) -> str:
    """``text`` with every secret in it replaced, wherever it stands."""
    secrets = {secret for secret in _secrets(text) if len(secret) >= _SHORTEST}
    for secret in sorted(secrets, key=lambda found: (-len(found), found)):
        text = text.replace(secret, MASK)
    return text


def _secrets(text: str) -> Iterator[str]:
    for name, pattern in _patterns().items():
        for found in pattern.finditer(text):
            secret = next((group for group in found.groups() if group is not None), found[0])
            if name != _BARE_VALUE or not _is_placeholder(secret):
                yield secret
    for line in set(text.splitlines()):
        for name, detector in _detectors().items():
            for secret in map(str.strip, map(str, detector.analyze_string(line))):
                if name != _BY_KEYWORD or not _is_placeholder(secret):
                    yield secret


def _is_placeholder(text: str) -> bool:
    """Whether it is what documentation writes where a secret would stand."""
    return bool(_CODE.match(text) or (len(text) < _LONG and _STAND_IN.search(text)))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Our own, for what the library does not know: whole key blocks, newer tokens, bare values."""
    text = resources.files(__package__).joinpath("secrets.yml").read_text(encoding="utf-8")
    return {name: re.compile(pattern) for name, pattern in yaml.safe_load(text).items()}


@cache
def _detectors() -> dict[str, Any]:
    names = ((f"detect_secrets.plugins.{module}", name) for module, name in _DETECTORS)
    return {name: getattr(import_module(module), name)() for module, name in names}
