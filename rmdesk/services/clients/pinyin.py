"""How a name is read: pinyin with tone marks, initials, and the other readings that search must find.

Computed when a name is written, and kept with the client. The tables for surnames and given names are shipped data
(resources/names); pypinyin gives the readings of all other characters. Its phrases stay unloaded: they take 40 MB and
are words, not names.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rmdesk.services.clients.pinyin_tables import Tables, loaded

HAN = re.compile(
    "[〇㐀-䶿一-鿿豈-\ufaff\U00020000-\U000323af]+",
)
DOTS = re.compile("[・•‧∙⋅．]")
COMPANY = re.compile(
    "公司|企业|集团|银行|工厂|商行|商店|合作社|事务所|委员会|服务部|经营部|有限|中心|学校|医院|厂$|店$|社$"
)
LONGEST_NAME = 5  # Chinese characters of a person; what is longer, and has no compound surname, is no person
LONGEST_SURNAME = 4
LONGEST_WORD = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """`pinyin` as in "Ōuyáng Wǎnqīng", `initials` as in "oywq"; `also`: other readings without tones, or None."""

    pinyin: str
    initials: str
    also: str | None = None


_NOTHING = Reading("", "")


def reading(name: str, *, company: bool | None = None) -> Reading:
    """The reading of a person's or company's full name, family name first; None: the name tells which it is.

    Names in other scripts stay as they are; a character without a known reading stays itself. Tone sandhi is not
    applied, ü is written ü, an apostrophe parts syllables as the spelling rules ask (Xī'ān).
    """
    clean = DOTS.sub("·", unicodedata.normalize("NFKC", name)).strip()
    clean = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", clean)
    if HAN.search(clean) is None:
        return Reading(clean, _latin_initials(clean))
    if "·" in clean:
        return _joined([_given_name(part) for part in clean.split("·")], "·")
    if _is_company(clean) if company is None else company:
        return _spelled(clean)
    return _person(clean)


@lru_cache(maxsize=1 << 12)
def _plain(syllable: str) -> str:
    return plain(syllable)


def plain(pinyin: str) -> str:
    """Pinyin as typed: lower case, no tone marks, ü as v."""
    if pinyin.isascii():
        return pinyin.lower()
    letters = unicodedata.normalize("NFD", pinyin.lower().replace("ü", "v"))
    letters = letters.replace("u\u0308", "v")
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


def _is_company(name: str) -> bool:
    if COMPANY.search(name):
        return True
    return HAN.fullmatch(name) is not None and len(name) > LONGEST_NAME and _surname_of(name) < 2


def _person(name: str) -> Reading:
    """Surname and given name, each one word; what follows in another script is kept behind them."""
    match = HAN.match(name)
    if match is None:  # the Chinese part comes later, as in "Anna 王"
        return _pieces(name)
    run, rest = match.group(), _pieces(name[match.end() :])
    length = _surname_of(run)
    families = _surname_readings(run[:length])
    after = _given_syllables(run[length:]) if len(run) > length else []
    words = [_word(families[0]), _word(after) if after else "", rest.pinyin]
    initials = "".join(_initial(syllable) for syllable in families[0] + after) + rest.initials
    naive = [_first(loaded(), sign) for sign in run[:length]]
    typed = dict.fromkeys(_typed(family + after) for family in [*families, naive])
    return Reading(" ".join(filter(None, words)), initials, " ".join([*typed][1:]) or None)


def _pieces(text: str) -> Reading:
    """Chinese and other parts in turn, none of them a surname."""
    if not text:
        return _NOTHING
    parts = [_given_name(piece.strip()) for piece in re.split(f"({HAN.pattern})", text) if piece.strip()]
    return _tidy(_joined(parts, " "))


def family_name(name: str) -> str:
    """The family name of a person, as in 欧阳 of 欧阳婉清; empty for a name that is not in Chinese characters."""
    found = HAN.match(name.strip())
    return found[0][: _surname_of(found[0])] if found else ""


def _surname_of(run: str) -> int:
    """How many characters at the start are the family name."""
    tables = loaded()
    for length in range(min(LONGEST_SURNAME, len(run)), 1, -1):
        family = run[:length]
        if family in tables.compound and (len(run) >= LONGEST_SURNAME or family not in tables.doubtful):
            return length
    return 1


def _surname_readings(family: str) -> list[list[str]]:
    """The readings of a family name, the usual one first, each as syllables."""
    tables = loaded()
    if family in tables.compound:
        return tables.compound[family]
    if family in tables.single:
        return [[one] for one in tables.single[family]]
    return [[_first(tables, family)]]


@lru_cache(maxsize=1 << 16)
def _given_syllables(text: str) -> list[str]:
    tables = loaded()
    if text in tables.words:
        return tables.words[text]
    found = [tables.given.get(sign) or tables.everywhere.get(sign) or _first(tables, sign) for sign in text]
    found[-1] = tables.last.get(text[-1], found[-1])
    return found


def _given_name(text: str) -> Reading:
    """One word of a name that has no surname to find, as between the dots of an Uyghur name."""
    if HAN.fullmatch(text) is None:
        return Reading(text, _latin_initials(text))
    syllables = _given_syllables(text)
    return Reading(_word(syllables), "".join(_initial(syllable) for syllable in syllables))


def _joined(parts: list[Reading], by: str) -> Reading:
    return Reading(by.join(part.pinyin for part in parts), "".join(part.initials for part in parts))


def _tidy(found: Reading) -> Reading:
    return Reading(found.pinyin.replace("( ", "(").replace(" )", ")"), found.initials)


def _spelled(name: str) -> Reading:
    """A company: syllable by syllable, as nothing says where its words end."""
    tables = loaded()
    pieces: list[str] = []
    initials = ""
    for piece in re.split(f"({HAN.pattern})", name):
        if HAN.match(piece) is None:
            pieces += [piece.strip()] if piece.strip() else []
            initials += _latin_initials(piece)
            continue
        syllables = _words_in(piece, tables)
        pieces += syllables
        initials += "".join(_initial(syllable) for syllable in syllables)
    text = " ".join(pieces)
    return _tidy(Reading(text[:1].upper() + text[1:], initials))


def _words_in(piece: str, tables: Tables) -> list[str]:
    syllables: list[str] = []
    at = 0
    while at < len(piece):
        for length in range(LONGEST_WORD, 1, -1):
            word = piece[at : at + length]
            if word in tables.words:
                syllables += tables.words[word]
                at += len(word)
                break
        else:
            sign = piece[at]
            syllables.append(tables.everywhere.get(sign) or _first(tables, sign))
            at += 1
    return syllables


def _first(tables: Tables, sign: str) -> str:
    return tables.characters.get(ord(sign), sign).partition(",")[0]


@lru_cache(maxsize=1 << 16)
def _initial(syllable: str) -> str:
    letter = plain(syllable[:1])
    return letter if letter.isascii() else ""


def _word(syllables: list[str]) -> str:
    text = _run_together(syllables)
    return text[:1].upper() + text[1:]


def _run_together(syllables: list[str]) -> str:
    """Syllables as one word, with an apostrophe before a, o, e inside it."""
    text = syllables[0]
    for syllable in syllables[1:]:
        text += ("'" if _plain(syllable[:1]) in "aoe" else "") + syllable
    return text


def _typed(syllables: list[str]) -> str:
    return _run_together([_plain(syllable) for syllable in syllables])


def _latin_initials(text: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W_]+", plain(text)) if word[0].isascii())
