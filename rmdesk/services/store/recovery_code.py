"""The recovery code: random, long, and easy to type. Nothing here is kept; the key file holds only what it seals.

Seven groups of five signs, such as `K7M2P`. Of each group four signs are random and the last one checks them, so that a
mistyped sign, two swapped signs or a group in the wrong place is named before anything is tried. The 31 signs are
digits and capitals without 0, O, 1, I and L, which look alike; 31 is a prime, so every such slip changes the check.
"""

from __future__ import annotations

import secrets
import unicodedata

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.store.passphrase import key_rules

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUP = 5


def make() -> str:
    """A new code: its signs without blanks or dashes."""
    count = key_rules().code_groups
    return "".join(_checked("".join(secrets.choice(SIGNS) for _ in range(GROUP - 1)), at) for at in range(count))


def groups(code: str) -> tuple[str, ...]:
    """The groups of a code as they are shown and typed."""
    return tuple(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def shown(code: str) -> str:
    """The code as one line to copy by hand."""
    return "-".join(groups(code))


def read(written: str) -> str:
    """The code that somebody typed, with any blanks, dashes and small letters; Refused naming what is wrong."""
    code = _plain(written)
    for at, group in enumerate(groups(code)):
        wrong = next((sign for sign in group if sign not in SIGNS), "")
        if wrong:
            raise _refused(N_("Group {number} holds a sign that no code has: {sign}"), number=at + 1, sign=wrong)
        if len(group) == GROUP and group != _checked(group[:-1], at):
            raise _refused(N_("Group {number} is mistyped."), number=at + 1)
    whole = key_rules().code_groups * GROUP
    if len(code) != whole:
        raise _refused(
            N_("The code has {count} signs instead of {whole}."), code="code_length", count=len(code), whole=whole
        )
    return code


def drill() -> tuple[int, ...]:
    """Which groups are to be typed back from the sheet, counted from 0, in order."""
    rules = key_rules()
    return tuple(sorted(secrets.SystemRandom().sample(range(rules.code_groups), rules.code_asked)))


def check_drill(code: str, at: int, typed: str) -> None:
    """Refuse a group that was not typed back as it stands on the sheet; `at` counts from 0."""
    if _plain(typed) != groups(code)[at]:
        raise Refused(
            N_("This is not what stands in group {number}."),
            do=N_("Read it from the sheet once more."),
            field=f"group{at}",
            code="drill",
            number=at + 1,
            guide="keys",
        )


def _plain(written: str) -> str:
    """Its signs alone: an input method may write them wide, a hurried hand small."""
    signs = unicodedata.normalize("NFKC", written).upper()
    return "".join(sign for sign in signs if not sign.isspace() and unicodedata.category(sign) != "Pd")


def _checked(signs: str, at: int) -> str:
    """Four signs and their check: weights 2 to 5, and the place of the group."""
    total = sum(weight * SIGNS.index(sign) for weight, sign in enumerate(signs, start=2)) + at
    return signs + SIGNS[-total % len(SIGNS)]


def _refused(message: str, *, code: str = "code_typo", **params: object) -> Refused:
    do = N_("Compare it with the sheet, group by group.")
    return Refused(message, do=do, field="code", **(params | {"code": code}))  # type: ignore[arg-type]
