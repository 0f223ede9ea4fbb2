"""Which passphrases and PINs are good enough, and the parameters of the key derivation (rules/keys.toml)."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from itertools import pairwise

from rmdesk.base import paths
from rmdesk.base.errors import Refused
from rmdesk.base.record import record
from rmdesk.base.text import N_

# Beginnings that every guessing program tries first.
_COMMON = ("password", "passw0rd", "qwerty", "asdfgh", "123456", "654321", "abc123", "iloveyou", "woaini", "rmdesk")


@record
class KeyRules:
    """The numbers of rules/keys.toml."""

    least: int
    least_digits: int
    least_different: int
    passes: int
    memory_kib: int
    lanes: int
    secret_bytes: int
    pin_least: int
    pin_different: int
    pin_tries: int
    code_groups: int
    code_asked: int


@cache
def key_rules() -> KeyRules:
    """The numbers that protect a profile's key."""
    read = tomllib.loads(paths.resource("rules", "keys.toml").read_text(encoding="utf-8"))
    phrase, argon, pin, code = read["passphrase"], read["argon2id"], read["pin"], read["recovery"]
    return KeyRules(
        least=phrase["least"]["value"],
        least_digits=phrase["least_digits"]["value"],
        least_different=phrase["least_different"]["value"],
        passes=argon["passes"]["value"],
        memory_kib=argon["memory_kib"]["value"],
        lanes=argon["lanes"]["value"],
        secret_bytes=read["keyring"]["secret_bytes"]["value"],
        pin_least=pin["least"]["value"],
        pin_different=pin["least_different"]["value"],
        pin_tries=pin["tries"]["value"],
        code_groups=code["groups"]["value"],
        code_asked=code["asked"]["value"],
    )


def normal(passphrase: str) -> bytes:
    """The bytes of a passphrase: composed Unicode, so that two keyboards that type the same text agree."""
    return unicodedata.normalize("NFC", passphrase).encode()


def length(passphrase: str) -> int:
    """Its length as the rule counts it: a full-width character (a Chinese one) is two."""
    composed = unicodedata.normalize("NFC", passphrase)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in composed)


def check(passphrase: str, who: str = "") -> None:
    """Refuse a passphrase that is too easy to guess, saying why; `who` is the user's name."""
    rules = key_rules()
    if not passphrase.strip():
        raise _weak(N_("The passphrase is empty."))
    if length(passphrase) < rules.least:
        raise _weak(N_("The passphrase is too short: at least {least} characters."), least=rules.least)
    if passphrase.isdigit() and len(passphrase) < rules.least_digits:
        raise _weak(N_("A passphrase of digits only needs at least {least}."), least=rules.least_digits)
    if len(set(passphrase)) < rules.least_different:
        raise _weak(N_("The passphrase repeats too few characters."))
    lowered = passphrase.casefold()
    if _is_run(lowered):
        raise _weak(N_("The passphrase is a plain sequence."))
    rest = lowered
    for known in (*_COMMON, who.casefold().strip()):
        rest = rest.replace(known, "") if known else rest
    if length(rest) < rules.least // 2:
        raise _weak(N_("The passphrase is a common one or your name."))


def check_pin(pin: str) -> None:
    """Refuse a PIN that is too short or the first that anybody would try; any signs may be in it."""
    rules = key_rules()
    if len(unicodedata.normalize("NFC", pin)) < rules.pin_least:
        raise _weak_pin(N_("The PIN is too short: at least {least} signs."), least=rules.pin_least)
    if len(set(pin)) < rules.pin_different:
        raise _weak_pin(N_("The PIN repeats too few signs."))
    if _is_run(pin.casefold()):
        raise _weak_pin(N_("The PIN is a plain sequence."))


def _weak_pin(message: str, **params: object) -> Refused:
    do = N_("Choose another one, not a birthday or a phone number.")
    return Refused(message, do=do, field="pin", code="weak_pin", **params, guide="keys")


def _weak(message: str, **params: object) -> Refused:
    return Refused(
        message,
        do=N_("Choose a longer one, for example four words that do not belong together."),
        field="passphrase",
        code="weak_passphrase",
        **params,
        guide="keys",
    )


def _is_run(text: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return len(steps) == 1 and steps <= {1, -1}
