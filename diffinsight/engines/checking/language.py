"""Whether a text is in the language it was asked for in."""

from __future__ import annotations

import re
from collections import Counter

from diffinsight.engines.checking.anchors import anchors, blanked
from diffinsight.engines.checking.lexicon import lexicon

_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_LATIN_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {"ja": _KANA, "zh": _HAN, "ko": _HANGUL, "ru": _CYRILLIC, "uk": _CYRILLIC}
_OTHER = {
    "ja": (_HANGUL, _CYRILLIC),
    "zh": (_KANA, _HANGUL, _CYRILLIC),
    "ko": (_KANA, _CYRILLIC),
}
_ENOUGH_WORDS = 6  # fewer say little about a language
_ENOUGH_LETTERS = 2
_FEWEST_WORDS = 3


def is_latin(language: str) -> bool:
    """Whether a language is written in Latin letters."""
    return language.partition("-")[0].lower() not in _SCRIPTS


def check_language(text: str, language: str, *, lone: bool) -> bool:
    """Whether ``text`` is in another language than ``language`` (BCP 47).

    ``lone``: a text that must show its language by itself, not a sentence among others.
    """
    code = language.partition("-")[0].lower()
    prose = blanked(text, anchors(text))
    if code in _SCRIPTS:
        return _in_other_script(prose, code, lone=lone)
    if len(_HAN.findall(prose)) + len(_KANA.findall(prose)) >= _ENOUGH_LETTERS:
        return True
    if _HANGUL.search(prose) or _CYRILLIC.search(prose):
        return True
    return _in_other_words(prose, code)


def _in_other_script(prose: str, code: str, *, lone: bool) -> bool:
    if any(script.search(prose) for script in _OTHER.get(code, ())):
        return True
    own = bool(_SCRIPTS[code].search(prose))
    if code == "ja" and not own and lexicon().chinese.search(prose):
        return True
    if code == "ja" and not lone:
        own = own or bool(_HAN.search(prose))
    if code == "ja" and lone:
        own = own or (bool(_HAN.search(prose)) and len(_HAN.findall(prose)) < 20)  # noqa: PLR2004 - a title may be all kanji
    words = _LATIN_WORD.findall(prose)
    latin = [word for word in words if _LATIN.match(word)]
    if own:
        common = lexicon().common["en"] & {word.lower() for word in latin}
        return len(latin) >= 2 * _ENOUGH_WORDS and len(common) >= _ENOUGH_WORDS // 2
    return len(latin) >= (1 if lone else _ENOUGH_LETTERS)


def _in_other_words(prose: str, code: str) -> bool:
    """Among languages in Latin letters, the one with most of its common words."""
    words = [word.lower() for word in _LATIN_WORD.findall(prose)]
    if len(words) < _ENOUGH_WORDS or code not in lexicon().common:
        return False
    hits = Counter({name: sum(word in common for word in words)
                    for name, common in lexicon().common.items()})  # fmt: skip
    best, most = max(hits.items(), key=lambda item: (item[1], item[0] == code))
    return best != code and most >= hits[code] + 2


def is_prose(text: str) -> bool:
    """Whether a text has the words of at least one short sentence."""
    free = len(_KANA.findall(text)) + len(_HAN.findall(text))
    return free >= _ENOUGH_WORDS or len(text.split()) >= _FEWEST_WORDS
