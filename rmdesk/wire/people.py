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
MOST_HANDED = 50  # clients of one hand-over, which is one transaction


def proof(purpose: str, nonce: str, device: str, told: str) -> bytes:
    """What a device signs: for what, on which nonce of the hub, and the hash of what it goes with."""
    return "\n".join(("rmdesk", purpose, nonce, device, hashlib.sha256(told.encode()).hexdigest())).encode()


class Nonce(Struct):
    """A word of the hub that is good for a minute: whoever signs it proves that the key is there now."""

    nonce: str


class SignInWays(Struct):
    """How somebody may sign in at this hub: with a password kept here, with the bank's own sign-in."""

    hub: str
    key: str  # its public key, for leases and wipe orders
    password: bool
    oidc: bool


class SignInLocal(Struct):
    """A name and a password."""

    login: Login
    password: Secret


class OidcBegin(Struct):
    """Asks for the page of the bank's sign-in. `redirect` on the loopback; `challenge` of a secret the desk keeps."""

    redirect: Annotated[str, Meta(max_length=200, pattern=r"^http://127\.0\.0\.1:[0-9]{1,5}/[a-z]{1,20}$")]
    challenge: Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{43}$")]


class OidcPage(Struct):
    """The page to open in the browser, and the state its answer must carry."""

    url: str
    state: str


class OidcEnd(Struct):
    """What the browser brought back, and the secret behind the challenge."""

    state: Word
    code: Word
    verifier: Annotated[str, Meta(pattern="^[A-Za-z0-9_.~-]{43,128}$")]


class SignedIn(Struct):
    """Somebody proved who they are. `enter` lets them register a desk within ten minutes, and nothing else."""

    enter: str
    user: str
    name: str
    role: str


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


class HandoverAsk(Struct):
    """Asks to move clients from one book to another. Somebody else must confirm it."""

    clients: Annotated[list[Id], Meta(min_length=1, max_length=MOST_HANDED)]
    to_book: Id
    reason: Name
    grace_days: Annotated[int, Meta(ge=0, le=90)] = 14


class HandoverRow(Struct):
    """One client's move."""

    id: str
    batch: str
    client: str
    from_book: str
    to_book: str
    state: str
    reason: str
    asked_by: str
    asked_at: str
    decided_by: str = ""
    done_at: str = ""
    grace_until: str = ""


class HandoverRows(Struct):
    """Moves of clients."""

    handovers: list[HandoverRow]


class PurgeRow(Struct):
    """A desk that has not said yet that it removed a client who left."""

    handover: str
    device: str
    device_name: str
    user: str
    client: str
    due_at: str
    days_late: int


class PurgeRows(Struct):
    """What desks have still to remove."""

    purges: list[PurgeRow]


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
