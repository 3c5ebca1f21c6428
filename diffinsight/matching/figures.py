"""Numbers, dates and versions."""

from __future__ import annotations

import re

from diffinsight.matching.words import JOINING

# Plain strings: `re` compiles and keeps them when the first figure is met.
VERSION = r"""(?ix)
    v?\d{4}-\d{2}-\d{2}(?:-?(?:preview|alpha|beta|rc\d*|ga))?    # of an API, by its day
  | v?\d+(?:\.\d+)+(?:[-.]?(?:preview|alpha|beta|rc|dev|post)[.\d]*)?(?:\.x)?
  | v\d+
  | [a-z][a-z\d]*(?:-[a-z\d.]+)*                                 # of what is named before it
    -(?:v?\d+(?:\.\d+)*|\d{4}-\d{2}-\d{2})(?:-[a-z]+)?
"""
NUMBER = r"""(?x)
    [~≈<>≤≥+\-]?\s?[$€£¥]?\s?        # about, at least, of which money
    \d[\d,._ ]*\d?
    \s?(?:[%‰]|[A-Za-zµ°]{1,12}(?:/\w+)?)?    # its unit
"""
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DATE_PART = rf"(?i){MONTH}|\d{{1,4}}(?:st|nd|rd|th)?"
LONGEST_QUANTITY = 40

VERSIONED = r"(?i)(?:version|versions|build|release|kernel|v|バージョン|ビルド)\s*$"
UNIT = r"""(?ix)
    [%‰°]
  | (?<![A-Za-z])(?:
        [kmgtp]i?b|bytes?|bits?                                            # data
      | ms|[µn]s|s|secs?|seconds?|mins?|minutes?|hours?|hrs?|days?|weeks?  # time
      | months?|years?
      | px|pt|em|rem                                                       # sizes on a screen
      | [kmg]?hz|[kmg]bps|rpm|rps|tpm|qps                                  # rates
      | tokens?|requests?|characters?|chars?|words?|pages?|files?|items?|users?    # what is counted
      | cores?|vcpus?|cpus?|gpus?
      | times|percent
      | usd|eur|jpy|dollars?|euros?|yen                                    # money
      | lines?|images?|documents?|messages?|nodes?|instances?|records?|rows?|columns?|units?
    )\b
  | [秒分時日週月年件個回人枚頁]|文字|トークン|バイト|ページ|ファイル
"""

NAMED_VERSION = r"(?i)([a-z][a-z\d]*(?:-[a-z\d.]+)*?)-(?:v?\d|\d{4}-).*"


def are_versions(before: str, after: str) -> bool:
    """Two versions; where a name stands in them, of the same name."""
    if not (re.fullmatch(VERSION, before) and re.fullmatch(VERSION, after)):
        return False
    names = [re.fullmatch(NAMED_VERSION, side) for side in (before, after)]
    old, new = (found[1].casefold() if found else "" for found in names)
    return old == new


def is_quantity(text: str) -> bool:
    """A number with or without unit or currency, or a date."""
    if len(text) > LONGEST_QUANTITY or not any(char.isdigit() for char in text):
        return False
    if text.rpartition(" ")[2].casefold() in JOINING:  # "3.8 through"
        return False
    return bool(re.fullmatch(NUMBER, text)) or is_date(text)


def is_date(text: str) -> bool:
    """`June 3, 2025`, `2025-06-03`, `2025年6月3日`: nothing but years, months and days."""
    parts = [part for part in re.split(r"[,\s./年月日-]+", text) if part]
    return len(parts) > 1 and all(re.fullmatch(DATE_PART, part) for part in parts)
