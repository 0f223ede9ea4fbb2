"""Words against words: what is as good as cash, what is at odds with a taboo, what fits a like, what is a repeat.

Chinese is compared by signs, Latin script by whole words. All words come from rules/gifts.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from rmdesk.services.gifts import tables
from rmdesk.services.rulebook import book

NEUTRAL = "none"


def plain(title: str) -> str:
    """A title with letters and figures only, one form of each: how two titles are compared."""
    return "".join(sign for sign in _folded(title) if sign.isalnum())


def found(text: str, words: Sequence[str], apart: Sequence[str] = ()) -> str:
    """The first of the words that a text holds, longest first; empty when there is none. `apart` are passed over."""
    folded = _folded(text)
    for word in apart:
        folded = _pattern(word).sub(" · ", folded)
    spaceless = re.sub(r"(?<=[^\x00-\x7f])[\s·.、-]+(?=[^\x00-\x7f])", "", folded)
    for word in sorted(words, key=len, reverse=True):
        if _pattern(word).search(folded) or _pattern(word).search(spaceless):
            return word
    return ""


def cash_word(text: str) -> str:
    """The word by which a text is about cash or what is as good as cash; empty when it is not."""
    return found(text, tables.listed("law", "cash_words"), tables.listed("law", "cash_apart"))


def tied_word(text: str) -> str:
    """The word by which a text ties a gift to a deposit, a sale or new money; empty when it does not."""
    return found(text, tables.listed("law", "tied_words"))


def topics(text: str) -> frozenset[str]:
    """What a text is about. The longest words are found first, and each sign is used once."""
    folded = _folded(text)
    about = set()
    for word, topic, pattern in _topic_words():
        if word in folded:  # a search is much cheaper than a pattern, and most words are not there
            folded, count = pattern.subn(" · ", folded)
            if count:
                about.add(topic)
    return frozenset(about - {NEUTRAL})


def thing(taboo: str) -> str:
    """The thing itself in a taboo: 花生 in 对花生过敏."""
    left = _folded(taboo).strip()
    before = sorted(tables.listed("taste", "before_words"), key=len, reverse=True)
    after = tables.listed("taste", "after_words")
    changed = True
    while changed:
        changed = False
        for word in before:
            if left.startswith(word) and len(left) > len(word):
                left, changed = left[len(word) :].strip(), True
        for word in after:
            if left.endswith(word) and len(left) > len(word):
                left, changed = left[: -len(word)].strip(), True
    return left


def at_odds(taboo: str, title: str) -> bool:
    """Whether a gift of this title is at odds with a taboo: the same word, or the same topic."""
    core = thing(taboo)
    about = topics(core)
    if about & topics(title):
        return True
    # A single sign that has a topic is met by it alone: 鱼 is no taboo on 钓鱼.
    return bool(core) and (len(core) > 1 or not about) and found(title, (core,)) != ""


def crossed(taboos: Iterable[str], title: str) -> str:
    """The first taboo that a title is at odds with; empty when there is none."""
    return next((taboo for taboo in taboos if at_odds(taboo, title)), "")


def same_gift(first: str, second: str, *, alike: bool) -> bool:
    """Whether two titles mean the same gift; `alike` (the same category) lets one title hold the other."""
    one, other = plain(first), plain(second)
    if not one or not other:
        return False
    if one == other or _idea_of(one) == _idea_of(other) != "":
        return True
    short, long = sorted((one, other), key=len)
    return alike and len(short) >= int(tables.figure("taste", "alike")) and short in long


def _idea_of(title: str) -> str:
    return _idea_titles().get(title, "")


@cache
def _idea_titles() -> dict[str, str]:
    """Both titles of each idea that ships: a gift keeps the one of the language in use."""
    return {plain(title): idea.code for idea in tables.ideas() for title in (idea.title.en, idea.title.zh)}


@cache
def _topic_words() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    pairs = [(word, topic) for topic, words in book("gifts")["topics"].items() for word in words]
    pairs.sort(key=lambda pair: len(pair[0]), reverse=True)
    return tuple((_folded(word.strip()), topic, _pattern(word)) for word, topic in pairs)


@lru_cache(maxsize=2048)
def _pattern(word: str) -> re.Pattern[str]:
    folded = re.escape(_folded(word.strip()))
    return re.compile(rf"\b{folded}(?:s|es)?\b") if word.isascii() else re.compile(folded)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
