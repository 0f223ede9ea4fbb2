"""How somebody signs in at the hub."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from rmdesk.wire.people import Login, Secret, Word


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
