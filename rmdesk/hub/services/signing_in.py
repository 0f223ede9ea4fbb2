"""Signing in: with a password kept here, or with the bank's own sign-in. Either way it only lets a desk be registered.

Wrong passwords slow down the next tries for a name, the same for names nobody has; an address that tries many is
slowed down too. Names are counted by their hash: people type passwords into the wrong field.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any
from uuid import uuid4

from psycopg import Connection

from rmdesk.base import clock
from rmdesk.hub.core import Hub
from rmdesk.hub.failures import Failed
from rmdesk.hub.gate import oidc, tokens
from rmdesk.hub.services import audit, passwords
from rmdesk.wire.signing_in import OidcBegin, OidcEnd, OidcPage, SignedIn

COUNTED = timedelta(minutes=15)
FREE, FREE_ADDRESS = 5, 60  # wrong ones before it slows down
LONGEST_WAIT = 900  # seconds
BEGUN = timedelta(minutes=10)  # so long somebody may take in the browser
_USER = "SELECT id, name, role, active, password_hash FROM hub_user WHERE login = %s"


def local(hub: Hub, login: str, password: str, address: str) -> SignedIn:
    """Sign in with name and password; 401 for any that are wrong, 429 after too many."""
    if not hub.settings.local_accounts:
        raise Failed(404, "not_found")
    name, attempt = tokens.hash_of(login.casefold()), uuid4().hex
    _count(hub, attempt, name, address)
    with hub.database.transaction(reading=True) as connection:
        row = connection.execute(_USER, (login.casefold(),)).fetchone()
    kept = row[4] if row is not None and row[3] else None
    right = passwords.is_right(kept, password)
    if not right or row is None or kept is None:
        raise Failed(401, "sign_in")
    renewed = passwords.hash_of(password) if passwords.is_old(kept) else kept
    with hub.database.transaction([hub.scope]) as connection:
        connection.execute("DELETE FROM login_attempt WHERE login = %s", (name,))
        connection.execute("UPDATE hub_user SET password_hash = %s WHERE id = %s", (renewed, row[0]))
        audit.append(connection, hub.scope, row[0], "", "signed_in", {"how": "password"})
    return _signed_in(hub, row[0], row[1], row[2])


def begin(hub: Hub, told: OidcBegin) -> OidcPage:
    """Where to send the browser for the bank's sign-in; 404 when this hub has none."""
    provider = _provider(hub)
    state, nonce, now = secrets.token_urlsafe(24), secrets.token_urlsafe(24), clock.now()
    url = provider.page(told.redirect, state, nonce, told.challenge)
    kept = {"challenge": told.challenge, "nonce": nonce, "redirect": told.redirect}
    with hub.database.transaction() as connection:
        connection.execute("DELETE FROM sign_in WHERE made_at < %s", (now - BEGUN,))
        connection.execute("INSERT INTO sign_in VALUES (%s, %s::jsonb, %s)", (_hash(state), _json(kept), now))
    return OidcPage(url, state)


def end(hub: Hub, told: OidcEnd) -> SignedIn:
    """Sign in with what the browser brought back; 401 for anything that does not fit. A state is good once."""
    provider, now = _provider(hub), clock.now()
    with hub.database.transaction() as connection:
        row = connection.execute(
            "DELETE FROM sign_in WHERE state = %s AND made_at >= %s RETURNING told", (_hash(told.state), now - BEGUN)
        ).fetchone()
    if row is None or not oidc.fits(told.verifier, row[0]["challenge"]):
        raise Failed(401, "sign_in")
    try:
        who = provider.subject(told.code, told.verifier, row[0]["redirect"], row[0]["nonce"])
    except oidc.NotBelieved:
        raise Failed(401, "sign_in") from None
    with hub.database.transaction([hub.scope]) as connection:
        found = _user_of(connection, who)
        if found is None:
            raise Failed(401, "sign_in")
        audit.append(connection, hub.scope, found[0], "", "signed_in", {"how": "oidc"})
    return _signed_in(hub, *found)


def _user_of(connection: Connection[Any], who: oidc.Subject) -> tuple[str, str, str] | None:
    """Somebody who was entered with this subject; or by name, when they sign in for the first time."""
    row = connection.execute(
        "SELECT id, name, role FROM hub_user WHERE issuer = %s AND subject = %s AND active", (who.issuer, who.subject)
    ).fetchone()
    if row is None and who.login:
        row = connection.execute(
            "UPDATE hub_user SET subject = %s WHERE issuer = %s AND subject IS NULL AND login = %s AND active "
            "RETURNING id, name, role",
            (who.subject, who.issuer, who.login.casefold()),
        ).fetchone()
    return row


def _signed_in(hub: Hub, user: str, name: str, role: str) -> SignedIn:
    return SignedIn(hub.gate.mint.word("enter", clock.now() + tokens.ENTER, user=user), user, name, role)


def _count(hub: Hub, attempt: str, name: str, address: str) -> None:
    """Count a try as wrong before it is looked at, so that many at once are counted too; 429 when there were many."""
    now = clock.now()
    with hub.database.transaction() as connection:
        connection.execute("DELETE FROM login_attempt WHERE at < %s", (now - COUNTED * 4,))
        wrong, last = _wrong(connection, "login", name, now)
        wrong_here, _last = _wrong(connection, "address", address, now)
        wait = 0
        if wrong >= FREE:
            pause = min(LONGEST_WAIT, 15 * 2 ** min(wrong - FREE, 10))
            wait = round((last + timedelta(seconds=pause) - now).total_seconds())
        if wrong_here >= FREE_ADDRESS:
            wait = max(wait, 60)
        if wait <= 0:
            connection.execute(
                "INSERT INTO login_attempt (id, login, address, at, went_well) VALUES (%s, %s, %s, %s, false)",
                (attempt, name, address, now),
            )
    if wait > 0:
        raise Failed(429, "too_often", retry_after=wait)


def _wrong(connection: Connection[Any], column: str, value: str, now: Any) -> tuple[int, Any]:
    row = connection.execute(
        f"SELECT count(*), max(at) FROM login_attempt WHERE {column} = %s AND at > %s", (value, now - COUNTED)
    ).fetchone()
    assert row is not None
    return int(row[0]), row[1]


def _provider(hub: Hub) -> oidc.Provider:
    if hub.gate.provider is None:
        raise Failed(404, "not_found")
    return hub.gate.provider


def _hash(state: str) -> str:
    return tokens.hash_of(state)


def _json(told: Any) -> str:
    import msgspec

    return msgspec.json.encode(told).decode()
