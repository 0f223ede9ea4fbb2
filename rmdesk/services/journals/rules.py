"""The methods of the journals, and how the facts of a client are taken out of a card. Numbers: rules/journals.toml."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from rmdesk.services.rulebook import Words, book, words

NAME, PHONE, NUMBER, AMOUNT = "〔客户〕", "〔电话〕", "〔号码〕", "〔金额〕"
BARE = "〔〕"  # where a fact of the file is part of the marks above

# Chinese and Arabic figures before a unit of money, and amounts that a sign of a currency leads. Figures are taken
# whole and from their beginning only, so that a long row of them takes no time.
_FIGURES = "0-9０-９〇零一二三四五六七八九十百千两半几壹贰叁肆伍陆柒捌玖拾佰仟"
_UNIT = (
    r"(?:元|块钱|块|人民币|万|亿|美元|美金|欧元|英镑|港币|港元|日元|cny|rmb|usd|eur|hkd|yuan|million"
    r"|k(?![a-z])|m(?![a-z]))"
)
_AMOUNT = re.compile(
    rf"(?:[¥￥$€£]|rmb|cny|usd)\s?[0-9０-９][0-9０-９,.，．\s]*+{_UNIT}*"
    rf"|(?<![{_FIGURES},.，．点])[{_FIGURES}][{_FIGURES},.，．点\s]*+多?余?{_UNIT}+",
    re.IGNORECASE,
)
# Numbers that are spelled out are compared as digits: 一三八… or 幺三八… is a phone like any other.
_SPELLED = {**dict(zip("〇零一二三四五六七八九", "00123456789", strict=True)), "幺": "1"}
_DIGIT = rf"[\d{''.join(_SPELLED)}]"
_PHONE = re.compile(r"(?<!\d)(?:\+?86)?[\s-]?1[3-9]\d(?:[\s-]?\d){8}(?!\d)|(?<!\d)0\d{2,3}[\s-]?\d{7,8}(?!\d)")


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the file of a client tells of them: names, phones, numbers and amounts as they may be written."""

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()


@cache
def methods() -> dict[str, Words]:
    """The methods to choose from, by code."""
    return {code: words(entry) for code, entry in book("journals")["methods"].items() if code != "source"}


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of a day's week."""
    monday = day - timedelta(day.weekday())
    return monday, monday + timedelta(6)


def closes(day: date) -> bool:
    """Whether the week's close is asked for on this day."""
    return day.isoweekday() >= _number("week", "closes_on")


def amounts_as_written(minor: int, digits: int = 2) -> tuple[str, ...]:
    """How an amount of minor units may be written without its unit: 1234567, 1234567.89, 123.46 (of 万), ..."""
    whole = minor / 10**digits
    forms = {f"{whole:.2f}", f"{whole:.0f}", f"{int(whole)}"}
    for unit in (1e4, 1e8):
        if whole >= unit:
            forms |= {f"{whole / unit:.{places}f}" for places in (1, 2, 4)}
    return tuple(sorted(form for form in forms if len(re.sub(r"\D", "", form)) >= _number("card", "digits")))


def variants_of(name: str) -> tuple[str, ...]:
    """How a person or firm of this name may be called in a text: whole, given name alone, surname with a title."""
    bare = name.strip()
    found = {bare}
    if re.fullmatch(r"[\u3400-\u9fff·]{2,4}", bare):
        titles = book("journals")["card"]["titles"]["value"]
        for cut in (1, 2) if len(bare) > 2 else (1,):  # a surname of two characters is possible
            found |= {bare[cut:]} if len(bare) - cut > 1 else set()
            found |= {bare[:cut] + title for title in titles} | {prefix + bare[:cut] for prefix in "老小"}
    elif bare.upper() != bare.lower():
        found |= _latin_variants(bare)
    return tuple(sorted(found | firm_variants(bare), key=lambda one: (-len(one), one)))


def _latin_variants(name: str) -> set[str]:
    """Parts of a name in Latin script that are long enough to mean somebody, and the order the other way round."""
    words = name.split()
    least = _number("card", "latin")
    return {" ".join(reversed(words)), *(word for word in words if len(word) >= least)}


def firm_variants(name: str) -> set[str]:
    """What else a firm is called: without what stands in brackets, and without its legal form."""
    found = {re.sub(r"[（(][^（）()]*[）)]", "", name)}
    for form in book("journals")["card"]["forms"]["value"]:
        found |= {one.removesuffix(form) for one in found}
    return {one for one in found if len(one) >= _number("card", "firm") and one != name}


def stripped(text: str, facts: FileFacts) -> str:
    """The text without any fact of the file: each place where one stood says only what kind of thing it was.

    Compared without regard to width, case, blanks and separators, so that 138-1234 5678 is found as 13812345678.
    Phones, amounts with a unit and long rows of digits go whether they are in the file or not (domain §11).
    """
    marked = _AMOUNT.sub(AMOUNT, _PHONE.sub(PHONE, text))
    keys = [
        (key, mark)
        for mark, told in (
            (AMOUNT, facts.amounts), (NUMBER, facts.numbers), (PHONE, facts.phones), (NAME, facts.names),
        )
        for fact in sorted(told, key=len, reverse=True)
        if (key := _key(fact)) is not None
    ]  # fmt: skip
    for _round in range(len(text) + 1):
        before = marked
        folded = _folded(marked)
        for key, mark in keys:
            if key in folded[0]:
                marked = _without(marked, folded, key, mark)
                folded = _folded(marked)
        marked = _without_long_numbers(marked)
        if marked == before:
            break
    return marked


def tells(text: str, facts: FileFacts) -> bool:
    """Whether a fact of the file is still in the text."""
    bare, _places = _folded(text)
    return any(
        key in bare
        for fact in (*facts.names, *facts.phones, *facts.numbers, *facts.amounts)
        if (key := _key(fact)) is not None
    )


def _without(text: str, folded: tuple[str, list[int]], key: str, mark: str) -> str:
    put = BARE if key in _folded(mark)[0] else mark
    bare, places = folded
    parts, end, at = [], 0, bare.find(key)
    while at >= 0:
        parts += [text[end : places[at]], put]
        end = places[at + len(key) - 1] + 1
        at = bare.find(key, at + len(key))
    return "".join((*parts, text[end:]))


def _without_long_numbers(text: str) -> str:
    least = _number("card", "digits")
    return re.sub(rf"{_DIGIT}(?:[\s,.\-]?{_DIGIT}){{{least - 1},}}", NUMBER, text)


def _key(fact: str) -> str | None:
    """What of a fact is looked for; None when it is too short to mean anybody."""
    bare, _places = _folded(fact)
    if not bare or (bare.isascii() and len(bare) < 3):
        return None
    return None if len(bare) < 2 else bare


def _folded(text: str) -> tuple[str, list[int]]:
    """The text for comparing, and for each of its signs the place in the text that it comes from."""
    signs: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        for one in _plain(sign):
            signs.append(one)
            places.append(at)
    return "".join(signs), places


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    """What of one sign is compared: without width, case, tone marks and accents; figures as digits."""
    spread = unicodedata.normalize("NFKD", sign).casefold()
    return "".join(_SPELLED.get(one, one) for one in spread if one.isalnum() or one in "〔〕")


def all_of(facts: Iterable[FileFacts]) -> FileFacts:
    """The facts of several files together."""
    found = list(facts)
    return FileFacts(
        *(
            tuple(dict.fromkeys(fact for one in found for fact in getattr(one, kind)))
            for kind in ("names", "phones", "numbers", "amounts")
        )
    )


def _number(part: str, name: str) -> int:
    told: Any = book("journals")[part][name]["value"]
    return int(told)
