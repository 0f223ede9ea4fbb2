"""How a device is registered, renewed and wiped."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct, field

from rmdesk.wire.messages import Id
from rmdesk.wire.people import Hex32, Hex64, Name, Word


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
