"""Holds what a model says against the diff, the facts and the file."""

from diffinsight.engines.checking.check import Violation, check, check_language, check_sentence
from diffinsight.engines.checking.ground import Ground, ground_of, merged
from diffinsight.engines.checking.language import is_prose
from diffinsight.engines.checking.sentences import sentences

__all__ = [
    "Ground",
    "Violation",
    "check",
    "check_language",
    "check_sentence",
    "ground_of",
    "is_prose",
    "merged",
    "sentences",
]
