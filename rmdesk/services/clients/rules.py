"""Plain rules about a client's own data: ages, masks, what an editor accepts. No I/O."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.profile.days import check_birth_year
from rmdesk.services.profile.secrets import check_text, limit_of

DOT = "•"

_SYLLABLE = re.compile(r"[bcdfghjklmnpqrstwxyz]{0,2}[aeiou]{1,4}(?:ng(?![aeiou])|n(?![aeiou])|r(?![aeiou]))?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Details:
    """What the desk itself may write about a prospect; None is unknown. Names are one field, family name first."""

    name: str
    kind: str = "person"
    sex: str | None = None
    birth_date: str | None = None
    id_number: str | None = None
    phone: str | None = None
    email: str | None = None
    wechat: str | None = None
    address: str | None = None
    district: str | None = None
    occupation: str | None = None
    employer: str | None = None
    note: str | None = None


DETAILS = tuple(field.name for field in fields(Details))


def age(birth: str | None, day: date) -> int | None:
    """Full years on `day`; None when the year is not known. Without a day or month the year's end counts."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", birth or "")
    if found is None:
        return None
    year, month, monthday = int(found[1]), int(found[2] or 12), int(found[3] or 31)
    years = day.year - year - ((day.month, day.day) < (month, monthday))
    return years if years >= 0 else None


def month_day(birth: str | None) -> tuple[int, int] | None:
    """Month and day of a birth date that may lack its year; None when either is unknown."""
    found = re.fullmatch(r"(?:\d{4}|--?)-?(\d{2})-(\d{2})", birth or "")
    return (int(found[1]), int(found[2])) if found else None


def masked_phone(phone: str | None) -> str:
    """The number with its middle hidden: enough to recognise, not enough to call."""
    digits = re.sub(r"[^\d+]", "", phone or "")
    if len(digits) < 5:
        return DOT * len(digits)
    if len(digits) < 9:
        return f"{DOT * 4} {digits[-2:]}"
    head = digits[:6] if digits.startswith("+86") and len(digits) == 14 else digits[:3]
    return f"{head} {DOT * 4} {digits[-4:]}"


def masked_document(number: str | None) -> str:
    """An ID document with only its last four characters shown, and those only of a long one."""
    plain = (number or "").strip()
    if len(plain) < 8:
        return DOT * len(plain)
    return f"{DOT * 4} {plain[-4:]}"


def tenure_years(since: date | None, day: date) -> float | None:
    """Years with the bank, None when the opening day is unknown."""
    return None if since is None or since > day else (day - since).days / 365.25


def checked(details: Details) -> Details:
    """The details as they are kept: blanks become unknown, numbers lose their ornament; Refused names the field."""
    tidy = {name: check_text(getattr(details, name), name, _limit(name)) or None for name in DETAILS}
    if not tidy["name"]:
        raise Refused(N_("A client needs a name."), field="name", code="no_name")
    if tidy["email"] and not _EMAIL.fullmatch(tidy["email"]):
        raise Refused(N_("This is not an e-mail address."), field="email", code="bad_email")
    tidy["phone"] = checked_phone(tidy["phone"])
    tidy["birth_date"] = checked_birth(tidy["birth_date"])
    tidy["id_number"] = checked_document(tidy["id_number"]) if tidy["kind"] != "company" else tidy["id_number"]
    return Details(**{**tidy, "kind": tidy["kind"] or "person"})  # type: ignore[arg-type]


def checked_phone(phone: str | None) -> str | None:
    """The phone as digits with an optional leading +; refused when it can't be one (ITU E.164: at most 15 digits)."""
    if phone is None:
        return None
    plain = re.sub(r"[\s\-().（）－]", "", phone)
    if not re.fullmatch(r"\+?\d{5,15}", plain):
        raise Refused(N_("This is not a phone number."), field="phone", code="bad_phone")
    return plain


def checked_birth(birth: str | None) -> str | None:
    """YYYY-MM-DD, YYYY-MM, YYYY, or ---MM-DD for a date without a year (also written MM-DD); refused otherwise."""
    if birth is None:
        return None
    plain = re.sub(r"[./年月]", "-", birth).rstrip("日-")
    if found := re.fullmatch(r"(?:---)?(\d{1,2})-(\d{1,2})", plain):
        _real_day(2000, int(found[1]), int(found[2]))  # a leap year, so that 29 February stands
        return f"---{int(found[1]):02}-{int(found[2]):02}"
    if found := re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", plain):
        _real_day(int(found[1]), int(found[2] or 1), int(found[3] or 1))
        return "-".join([found[1], *(f"{int(part):02}" for part in (found[2], found[3]) if part)])
    raise Refused(
        N_("This is not a date."), do=N_("Write it as 1975-08-18, or 08-18 without a year."), field="birth_date"
    )


def checked_document(number: str | None) -> str | None:
    """A resident ID (18 characters, check digit by GB 11643) must be right; other documents are kept as they are.

    Refused with the field `id_number` when the digits do not fit."""
    if number is None:
        return None
    plain = number.replace(" ", "").upper()
    if re.fullmatch(r"\d{17}[\dX]", plain):
        from stdnum.cn import ric

        if ric.calc_check_digit(plain) != plain[-1]:
            raise Refused(N_("The check digit of this ID number is wrong."), field="id_number", code="bad_document")
    return plain


def _limit(name: str) -> int:
    return limit_of("most" if name == "note" else "line")


def _real_day(year: int, month: int, day: int) -> None:
    check_birth_year(year, "birth_date")
    try:
        date(year, month, day)
    except ValueError:
        raise Refused(N_("This day does not exist."), field="birth_date", code="bad_date") from None


def syllables(pinyin: str) -> tuple[str, ...]:
    """The syllables of a reading typed by hand, parted by blanks, apostrophes, or by how they are built.

    Given names are written together (Wénmǐn); an apostrophe parts what could be read in two ways (Xī'ān). Refused
    when it is no reading at all.
    """
    import unicodedata

    parts: list[str] = []
    for word in unicodedata.normalize("NFC", pinyin).replace("’", "'").replace("·", " ").replace("'", " ").split():
        bare = "".join(sign for sign in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(sign))
        spans = [found.span() for found in _SYLLABLE.finditer(bare)]
        whole = len(bare) == len(word) and spans and spans[0][0] == 0 and spans[-1][1] == len(bare)
        if not whole or any(one[1] != other[0] for one, other in pairwise(spans)):
            raise Refused(
                N_("This is not a reading in pinyin."),
                do=N_("Write it as in Zhōu Wénmǐn; tone marks may be left out."),
                field="pinyin",
                code="bad_pinyin",
            )
        parts += [word[start:end] for start, end in spans]
    if not parts:
        raise Refused(N_("The reading is empty."), field="pinyin", code="bad_pinyin")
    return tuple(parts)


def initials(parts: tuple[str, ...]) -> str:
    """First letters in lower case, without tone marks: what the search box is typed with."""
    import unicodedata

    return "".join(unicodedata.normalize("NFD", part)[0].lower() for part in parts)
