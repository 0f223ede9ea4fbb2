"""Address cards (vCard 2.1, 3.0, 4.0) as a table of clients; whatever a phone or mail program writes.

One card is one row; photos, sounds and keys are dropped as they go by. Reading is tolerant: a property that makes
no sense is passed over, a card that isn't closed ends where the next one begins.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.imports.layout import Column, Layout
from rmdesk.services.imports.limits import limit
from rmdesk.services.imports.tables.delimited import TextFile
from rmdesk.services.imports.tables.raw import Batch, Rows, in_batches

_DROPPED = frozenset(("PHOTO", "LOGO", "SOUND", "KEY", "LABEL", "X-MS-CARDPICTURE", "X-MS-OL-DESIGN", "AGENT"))
_COLUMNS = (
    ("FN", "client.name"),
    ("GENDER", "client.sex"),
    ("BDAY", "client.birth_date"),
    ("TEL", "client.phone"),
    ("TEL+", "client.other_phones"),
    ("EMAIL", "client.email"),
    ("WECHAT", "client.wechat"),
    ("ADR", "client.address"),
    ("ORG", "client.employer"),
    ("TITLE", "client.occupation"),
    ("NOTE", "client.note"),
    ("ANNIVERSARY", ""),
    ("CATEGORIES", ""),
    ("NICKNAME", ""),
)
_CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_LONGEST = 20_000  # characters of one property; longer ones are pictures in disguise


@dataclass(slots=True)
class _Property:
    name: str
    parameters: dict[str, list[str]]
    value: str

    def types(self) -> set[str]:
        """TYPE parameters, also those written bare as vCard 2.1 does, in upper case."""
        told = self.parameters.get("TYPE", [])
        return {part.strip().upper() for value in told for part in value.strip('"').split(",")}


@dataclass(slots=True)
class _Card:
    properties: list[_Property] = field(default_factory=list)

    def all(self, *names: str) -> list[_Property]:
        return [p for p in self.properties if p.name in names and p.value]

    def first(self, *names: str) -> str:
        found = self.all(*names)
        return found[0].value if found else ""


@dataclass(frozen=True, slots=True)
class Cards:
    """A file of cards as a table; its columns are known."""

    file: TextFile
    name: str = ""
    delimiter: str | None = None

    @property
    def encoding(self) -> str:
        return self.file.encoding

    @property
    def known(self) -> Layout:
        columns = tuple(Column(header, target, confidence=1.0) for header, target in _COLUMNS)
        return Layout("vCard", columns)

    def head(self, count: int) -> Rows:
        return list(islice(self._rows(), count))

    def batches(self, skip: int) -> Iterator[Batch]:
        return in_batches(self._rows(), skip)

    def _rows(self) -> Iterator[list[str]]:
        raw, text = self.file.open()
        with raw, text:
            for number, card in enumerate(_cards(iter(text)), 1):
                if number > limit("vcard", "cards"):
                    raise Refused(
                        N_("The file has more than {limit} cards."),
                        do=N_("Have it split into several files."),
                        code="too_many_rows",
                        limit=limit("vcard", "cards"),
                    )
                yield _row(card)


def is_vcard(head: str) -> bool:
    """Whether a text begins as a card does."""
    return head.lstrip("\ufeff \t\r\n").upper().startswith("BEGIN:VCARD")


def _cards(lines: Iterator[str]) -> Iterator[_Card]:
    card: _Card | None = None
    for line in _unfolded(lines):
        upper = line[:12].upper().replace(" ", "")
        if upper.startswith("BEGIN:VCARD"):
            if card and card.properties:
                yield card
            card = _Card()
        elif upper.startswith("END:VCARD"):
            if card:
                yield card
            card = None
        elif card is not None:
            found = _property(line)
            if found:
                card.properties.append(found)
    if card and card.properties:
        yield card


def _unfolded(lines: Iterator[str]) -> Iterator[str]:
    """Logical lines: continued ones joined, what is dropped left out before it is gathered."""
    parts: list[str] = []
    size, soft = 0, False
    for raw in lines:
        line = raw.rstrip("\r\n")
        if parts and (soft or line[:1] in (" ", "\t")):
            more = line if soft else line[1:]
            if size < _LONGEST:
                parts[-1] = parts[-1][:-1] if soft else parts[-1]
                parts.append(more)
                size += len(more)
            soft = soft and line.endswith("=")
            continue
        if parts:
            yield "".join(parts)
        head = line[:400].partition(":")[0].upper()
        soft = "QUOTED-PRINTABLE" in head and line.endswith("=")
        name = head.partition(";")[0].rpartition(".")[2]
        parts = [f"{name}:"] if name in _DROPPED else [line[:_LONGEST]]
        size = _LONGEST if name in _DROPPED else len(parts[0])
        soft = soft and name not in _DROPPED
    if parts:
        yield "".join(parts)


def _property(line: str) -> _Property | None:
    head, value = _split(line)
    if head is None:
        return None
    name, *written = _parts(head, ";")
    name = name.rpartition(".")[2].strip().upper()
    if not name or name in _DROPPED:
        return None
    parameters: dict[str, list[str]] = {}
    for part in written:
        key, sign, told = part.partition("=")
        if sign:
            parameters.setdefault(key.strip().upper(), []).append(told.strip().strip('"'))
        elif key.strip().upper() in ("QUOTED-PRINTABLE", "BASE64", "B"):
            parameters.setdefault("ENCODING", []).append(key.strip())
        else:
            parameters.setdefault("TYPE", []).append(key)
    encoding = {e.upper() for e in parameters.get("ENCODING", [])}
    if encoding & {"BASE64", "B"}:
        return None
    if "QUOTED-PRINTABLE" in encoding:
        value = _quoted_printable(value, parameters.get("CHARSET", ["utf-8"])[0])
    return _Property(name, parameters, value.strip())


def _split(line: str) -> tuple[str | None, str]:
    """What stands before the first colon outside of quotation marks, and what after."""
    quoted = False
    for place, letter in enumerate(line):
        if letter == '"':
            quoted = not quoted
        elif letter == ":" and not quoted:
            return line[:place], line[place + 1 :]
    head, sign, value = line.partition(":")
    return (head, value) if sign else (None, "")


def _parts(text: str, mark: str) -> list[str]:
    """The parts between unescaped, unquoted marks."""
    parts, quoted, escaped = [""], False, False
    for letter in text:
        if escaped:
            parts[-1] += "\\" + letter
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter == '"':
            quoted = not quoted
            parts[-1] += letter
        elif letter == mark and not quoted:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _quoted_printable(text: str, charset: str) -> str:
    data = quopri.decodestring(text.encode("ascii", "ignore") if text.isascii() else text.encode("utf-8"))
    for name in (charset, "utf-8", "gb18030"):
        try:
            told = data.decode(name)
            told.encode()
        except (ValueError, LookupError):  # a name with a zero in it is not even looked up
            continue
        return told
    return data.decode("cp1252", "replace")


def _plain(text: str) -> str:
    """A value without its escapes."""
    return (
        re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], text)
        .replace("\r\n", "\n")
        .replace("\x00", "")
        .strip()
    )


def _row(card: _Card) -> list[str]:
    phones = _phones(card)
    note = "\n".join(_plain(p.value) for p in card.all("NOTE"))
    organisation = " ".join(filter(None, (_plain(p) for p in _parts(card.first("ORG"), ";"))))
    emails = [_plain(p.value) for p in sorted(card.all("EMAIL"), key=lambda p: "PREF" not in p.types())]
    sex = card.first("GENDER").partition(";")[0].strip().upper()
    return [
        _name(card) or organisation or (emails[0] if emails and not phones else ""),
        sex if sex in ("M", "F") else "",
        _birthday(card),
        phones[0] if phones else "",
        "\n".join(phones[1:]),
        emails[0] if emails else "",
        _wechat(card),
        _address(card),
        organisation,
        _plain(card.first("TITLE", "ROLE")),
        note,
        _plain(card.first("ANNIVERSARY", "X-ANNIVERSARY", "X-MS-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY")),
        _plain(card.first("CATEGORIES")),
        _plain(card.first("NICKNAME")),
    ]


def _name(card: _Card) -> str:
    """The full name; a Chinese one is put together family name first, whatever the phone wrote."""
    family, given, middle, *_ = [*(_plain(p) for p in _parts(card.first("N"), ";")), "", "", ""]
    if _CJK.search(family + given):
        joint = "" if not (family + given).isascii() and _CJK.search(given or family) else " "
        return joint.join(filter(None, (family, given + middle)))
    told = " ".join(_plain(card.first("FN")).split())
    return told or " ".join(" ".join((given, middle, family)).split()) or _plain(card.first("NICKNAME"))


def _birthday(card: _Card) -> str:
    told = card.all("BDAY")
    text = next((p.value for p in told if "TEXT" not in {v.upper() for v in p.parameters.get("VALUE", [])}), "")
    return _plain(text or (told[0].value if told else ""))


def _phones(card: _Card) -> list[str]:
    """Phone numbers, mobiles first; faxes and pagers are none."""
    told = [p for p in card.all("TEL") if not p.types() & {"FAX", "PAGER", "TLX"}]
    told.sort(key=lambda p: (not p.types() & {"CELL", "MOBILE", "IPHONE"}, "PREF" not in p.types()))
    numbers = []
    for found in told:
        text = _plain(found.value)
        text = text[4:].partition(";")[0] if text.lower().startswith("tel:") else text
        if text and text not in numbers:
            numbers.append(text)
    return numbers


def _wechat(card: _Card) -> str:
    for found in card.all("X-WECHAT", "X-WEIXIN", "IMPP", "X-SOCIALPROFILE"):
        text = _plain(found.value)
        scheme, _, rest = text.partition(":")
        if found.name.startswith("X-WE"):
            return text
        if scheme.lower() in ("wechat", "weixin") or found.types() & {"WECHAT", "WEIXIN"}:
            return rest or text
    return ""


def _address(card: _Card) -> str:
    told = card.all("ADR")
    told.sort(key=lambda p: ("PREF" not in p.types(), "HOME" not in p.types()))
    if not told:
        return ""
    parts = [" ".join(_plain(p).split()) for p in _parts(told[0].value, ";")]
    parts += [""] * (7 - len(parts))
    box, extended, street, city, region, code, country = parts[:7]
    if _CJK.search("".join(parts)):
        return "".join((country, region, city, street, extended, box))
    return ", ".join(filter(None, (box, extended, street, city, region, code, country)))
