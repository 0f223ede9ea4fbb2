"""Passwords of local accounts: what is refused, and how they are kept and compared.

Argon2id as RFC 9106 proposes for little memory (3 passes over 64 MiB); for names nobody has, the same work is done, so
that the time of an answer tells nothing. At most a few at once: memory is what such a hash costs.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_

SHORTEST = 12  # NIST SP 800-63B asks for 8 at least; 15 where nothing else is asked for: here a device key is
LONGEST = 256
LEAST_SIGNS = 5  # different ones
# What is tried first by whoever guesses; also with digits or signs around it, or twice.
KNOWN = (
    *("password", "passwort", "passw0rd", "p@ssw0rd", "p@ssword", "geheim", "secret", "default", "changeme", "letmein"),
    *("welcome", "qwerty", "qwertyuiop", "asdfgh", "asdfghjkl", "zxcvbn", "zxcvbnm", "iloveyou", "monkey", "dragon"),
    *("admin", "administrator", "root", "guest", "test", "demo", "rmdesk", "manager", "lead", "bank", "woaini"),
    *("correcthorsebatterystaple", "trustno1", "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx", "abc123", "a1b2c3", "mima"),
)
_AT_ONCE = BoundedSemaphore(4)


@cache
def hasher() -> PasswordHasher:
    """How passwords are hashed; 64 MiB each."""
    return PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)


def check(password: str, *names: str) -> None:
    """Refuse what is short, too long, of few signs, a row of neighbours, well known, or the person's own name."""
    plain = password.casefold()
    bare = _bare(plain)
    weak = (
        len(set(plain)) < LEAST_SIGNS
        or _in_a_row(plain)
        or any(bare in (_bare(word), word, word * 2) for word in ("", *KNOWN))
        or any(name and name.casefold() in plain and len(password) < len(name) + SHORTEST for name in names)
    )
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refused(
            N_("A password has {shortest} to {longest} characters."),
            do=N_("Choose a few words that only you would put together."),
            field="password", code="password_length", shortest=SHORTEST, longest=LONGEST,
        )  # fmt: skip
    if weak:
        raise Refused(
            N_("This password is well known or easily guessed."),
            do=N_("Choose a few words that only you would put together."),
            field="password",
            code="password_weak",
        )


def hash_of(password: str) -> str:
    """What is kept of a password."""
    with _AT_ONCE:
        return hasher().hash(password)


def is_right(kept: str | None, password: str) -> bool:
    """Whether this is the password; without one kept, the same work is done and the answer is no."""
    with _AT_ONCE:
        try:
            hasher().verify(kept or _nobodys(), password)
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def is_old(kept: str) -> bool:
    """Whether a password was hashed with other parameters than today's."""
    return hasher().check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return hasher().hash("nobody has this one")


def _bare(text: str) -> str:
    """Without the digits and signs that are put around a word to please a rule."""
    return text.strip("0123456789!@#$%^&*()_+-=.,?~ ")


def _in_a_row(text: str) -> bool:
    """Neighbours only, as 123456789012 or abcdefghijkl."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return len(steps - {1, -9, -25}) == 0 or len(steps - {-1, 9, 25}) == 0
