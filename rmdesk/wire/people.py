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


class Register(Struct):
    """A desk introduces itself: its id, its public key, and the proof that it holds the other half."""

    enter: Word
    device: Id
    name: Name
    public_key: Hex32
    nonce: Word
    signature: Hex64  # proof("register", nonce, device, enter)
    app: Annotated[str, Meta(max_length=40, pattern=r"^[\x20-\x7e]*$")] = ""


class Registered(Struct):
    """A desk is known. It may ask for access once `status` is active; `refresh` is what it asks with."""

    device: str
    status: str
    refresh: str


class Refresh(Struct):
    """Asks for the next access token."""

    device: Id
    refresh: Word
    nonce: Word
    signature: Hex64  # proof("refresh" or "logout", nonce, device, refresh)


class Tokens(Struct):
    """`access` is good for `lasts` seconds; `refresh` replaces the one that was shown."""

    access: str
    refresh: str
    lasts: int


class DeviceRow(Struct):
    """A desk as those see it who look after it."""

    id: str
    user: str
    user_name: str
    name: str
    status: str
    app: str
    made_at: str
    seen_at: str
    lease_until: str
    waiting_purges: int = 0


class DeviceRows(Struct):
    """Desks."""

    devices: list[DeviceRow]


class Wiped(Struct):
    """A desk says that it removed its data; `code` stood in the order and is good once."""

    code: Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
    counts: Annotated[dict[str, Annotated[int, Meta(ge=0, le=1 << 31)]], Meta(max_length=50)] = field(
        default_factory=dict
    )


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


class BookAsk(Struct):
    """A new book of a manager. `number`: the manager's staff number in the bank's exports."""

    team: Id
    owner: Id
    name: Name
    number: Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[^\x00-\x20\x7f]+$")] | None = None


class BookRow(Struct):
    """A book."""

    id: str
    team: str
    owner: str
    name: str
    number: str
    clients: int


class BookRows(Struct):
    """Books."""

    books: list[BookRow]


class SubstituteAsk(Struct):
    """Somebody stands in for the manager of a book, both days included."""

    user: Id
    book: Id
    from_day: Day
    to_day: Day


class SubstituteRow(Struct):
    """Who stands in for whom."""

    id: str
    user: str
    book: str
    from_day: str
    to_day: str


class SubstituteRows(Struct):
    """Who stands in for whom."""

    substitutes: list[SubstituteRow]


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


def types_() -> dict[str, Any]:
    """Every message of this file by name, for the hub's OpenAPI."""
    return {
        name: one
        for name, one in globals().items()
        if isinstance(one, type) and issubclass(one, Struct) and one is not Struct
    }
