"""What may be given out: permission, reason, how many rows, and how strong a password. Pure."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from rmdesk.base.errors import Refused
from rmdesk.base.record import record
from rmdesk.base.text import N_, _
from rmdesk.services.rulebook import book

# Easily told apart when read out or written down.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
PRINT = "print"


class Policy(StrEnum):
    """What may leave the file, each stricter than the one before."""

    FREE = "free"  # files, encrypted unless asked otherwise, and prints
    ENCRYPTED = "encrypted"  # encrypted files, and prints
    FILES = "files"  # encrypted files
    NONE = "none"


@record
class Permit:
    """What this desk may give out. `by_hub`: the bank says so, by its hub or its policy, and no setting changes it."""

    policy: Policy
    rows: int
    by_hub: bool


@record
class Wish:
    """What somebody wants to give out. `what` and `form` are codes; an empty password: not encrypted."""

    what: str
    form: str
    reason: str
    password: str = ""
    client: int | None = None


@record
class Mark:
    """What stands on everything that goes out: who, when, what for, and under which number it is on record."""

    id: str
    at: datetime
    who: str
    reason: str

    @property
    def line(self) -> str:
        """The mark as one line, in the language in use."""
        told = _("Exported by {who} on {at} for: {reason} · No. {id}")
        return told.format(who=self.who, at=f"{self.at.astimezone():%Y-%m-%d %H:%M}", reason=self.reason, id=self.id)


def check(wish: Wish, permit: Permit, rows: int) -> None:
    """Refused when this may not go out, each with the field it is about."""
    if permit.policy is Policy.NONE:
        raise Refused(
            N_("Nothing may be exported or printed from this desk."),
            do=N_("Ask the bank's administrator.") if permit.by_hub else N_("It can be allowed in the settings."),
            code="no_exports",
            guide="exports",
        )
    if wish.form == PRINT and permit.policy is Policy.FILES:
        raise Refused(
            N_("Nothing may be printed from this desk."),
            do=N_("Save an encrypted PDF instead."),
            code="no_prints",
            guide="exports",
        )
    if wish.form != PRINT and not wish.password and permit.policy is not Policy.FREE:
        raise Refused(
            N_("From this desk only encrypted files may go out."), do=N_("Choose a password."), field="password",
            code="only_encrypted", guide="exports")  # fmt: skip
    if rows > permit.rows:
        raise Refused(
            N_("These are {rows} records; at most {most} may be exported at once."),
            do=N_("Choose fewer."), code="too_many_rows", rows=rows, most=permit.rows, guide="exports")  # fmt: skip
    least = int(book("exports")["limits"]["reason"])
    if len(wish.reason.strip()) < least:
        raise Refused(
            N_("Say what it is for."), do=N_("A word will do, of {least} characters or more."), field="reason",
            code="no_reason", least=least, guide="exports")  # fmt: skip
    if wish.password:
        check_password(wish.password)


def check_password(password: str) -> None:
    """Refused when it can be guessed."""
    rules = book("exports")["password"]
    if len(password) < rules["length"]:
        raise Refused(
            N_("The password needs at least {length} characters."), field="password", code="short_password",
            length=rules["length"], guide="exports")  # fmt: skip
    if len(set(password)) < rules["different"]:
        raise Refused(
            N_("This password is too easy to guess."), do=N_("Use more different characters."), field="password",
            code="weak_password", guide="exports")  # fmt: skip


def least() -> int:
    """How long a password has to be."""
    return int(book("exports")["password"]["length"])


def suggested() -> str:
    """A password that nobody guesses and that can be told on the telephone."""
    import secrets

    rules = book("exports")["password"]
    return "-".join(
        "".join(secrets.choice(SIGNS) for _sign in range(rules["signs"])) for _one in range(rules["groups"])
    )
