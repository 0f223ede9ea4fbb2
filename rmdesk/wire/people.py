"""What desk and hub say about signing in, devices, people and hand-overs; and the words a device proves itself with."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from rmdesk.wire.messages import Id

# No control characters: neither a database nor a log takes all of them.
Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Login = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"^[^\x00-\x20\x7f]+$")]
Secret = Annotated[str, Meta(min_length=1, max_length=1000, pattern=r"^[^\x00]+$")]
Word = Annotated[str, Meta(min_length=1, max_length=4000, pattern=r"^[\x21-\x7e]+$")]
Hex32 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]  # 32 bytes
Hex64 = Annotated[str, Meta(pattern="^[0-9a-f]{128}$")]  # 64 bytes
Day = Annotated[date, Meta(description="YYYY-MM-DD")]
Role = Literal["manager", "lead", "administrator"]


def proof(purpose: str, nonce: str, device: str, told: str) -> bytes:
    """What a device signs: for what, on which nonce of the hub, and the hash of what it goes with."""
    return "\n".join(("rmdesk", purpose, nonce, device, hashlib.sha256(told.encode()).hexdigest())).encode()


class TeamAsk(Struct):
    """A new team."""

    name: Name


class TeamRow(Struct):
    """A team."""

    id: str
    name: str


class TeamRows(Struct):
    """Teams."""

    teams: list[TeamRow]


class UserAsk(Struct):
    """Somebody new. `password`: to sign in here; `issuer` (and `subject`): with the bank's own sign-in."""

    login: Login
    name: Name
    role: Role
    team: Id | None = None
    password: Secret | None = None
    issuer: Name | None = None
    subject: Name | None = None


class UserChange(Struct):
    """What changes of somebody; what is left out stays."""

    name: Name | None = None
    role: Role | None = None
    team: Id | None = None
    password: Secret | None = None
    active: bool | None = None


class UserRow(Struct):
    """Somebody who may sign in."""

    id: str
    login: str
    name: str
    role: str
    team: str
    active: bool
    books: list[str] = field(default_factory=list)


class UserRows(Struct):
    """People."""

    users: list[UserRow]


class AuditRow(Struct):
    """An entry of an audit chain."""

    scope: str
    no: int
    at: str
    user: str
    device: str
    action: str
    detail: dict[str, Any]


class AuditRows(Struct):
    """Entries of an audit chain, newest first."""

    entries: list[AuditRow]
