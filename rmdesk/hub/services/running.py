"""What an administrator arranges: teams, people, books, and who stands in for whom. A lead sees the own team and says
who stands in within it; to anybody else none of this is there.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from psycopg import Connection
from psycopg.errors import UniqueViolation

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.hub.core import Caller, Hub
from rmdesk.hub.failures import Failed, foreign
from rmdesk.hub.services import audit, founding, passwords, standing
from rmdesk.wire.books import BookAsk, BookRow, BookRows, SubstituteAsk, SubstituteRow, SubstituteRows
from rmdesk.wire.people import AuditRow, AuditRows, TeamAsk, TeamRow, TeamRows, UserAsk, UserChange, UserRow, UserRows

LONGEST_STAND_IN = 366  # days
_USERS = """
SELECT u.id, u.login, u.name, u.role, coalesce(u.team_id, ''), u.active,
       ARRAY(SELECT b.id FROM book b WHERE b.owner_id = u.id ORDER BY b.id)
FROM hub_user u WHERE %(all)s OR u.team_id = %(team)s ORDER BY u.name, u.id LIMIT 20000
"""
_BOOKS = """
SELECT b.id, b.team_id, coalesce(b.owner_id, ''), b.name, coalesce(b.number, ''),
       (SELECT count(*) FROM hub_client c WHERE c.book = b.id)
FROM book b WHERE %(all)s OR b.team_id = %(team)s ORDER BY b.name, b.id LIMIT 20000
"""
_SUBSTITUTES = """
SELECT m.id, m.user_id, m.book_id, m.from_day, m.to_day FROM membership m JOIN book b ON b.id = m.book_id
WHERE %(all)s OR b.team_id = %(team)s ORDER BY m.from_day DESC, m.id LIMIT 20000
"""


def teams(hub: Hub, who: Caller) -> TeamRows:
    """The teams one may see."""
    sight = _sight(who)
    with hub.database.transaction(reading=True) as connection:
        found = connection.execute("SELECT id, name FROM team WHERE %(all)s OR id = %(team)s ORDER BY name, id", sight)
        return TeamRows([TeamRow(*row) for row in found])


def add_team(hub: Hub, who: Caller, told: TeamAsk) -> TeamRows:
    """A new team."""
    _administrator(who)
    made = founding.add_team(hub.database, told.name)
    _note(hub, who, "team_added", team=made)
    return teams(hub, who)


def users(hub: Hub, who: Caller) -> UserRows:
    """The people one may see."""
    sight = _sight(who)
    with hub.database.transaction(reading=True) as connection:
        return UserRows([UserRow(*row) for row in connection.execute(_USERS, sight)])


def add_user(hub: Hub, who: Caller, told: UserAsk) -> UserRows:
    """Somebody new; 422 for a name that is taken, a weak password, or a role without its team."""
    _administrator(who)
    _check_team(hub, told.role, told.team)
    if told.password is None and told.issuer is None:
        raise Failed(422, "no_way_in", field="password")
    hashed = _hashed(told.password, told.login, told.name)
    login = told.login.casefold()
    try:
        made = founding.add_user(hub.database, login, told.name, told.role, told.team, hashed)
        with hub.database.transaction() as connection:
            connection.execute(
                "UPDATE hub_user SET issuer = %s, subject = %s WHERE id = %s", (told.issuer, told.subject, made)
            )
    except UniqueViolation:
        raise Failed(422, "taken", field="login") from None
    _note(hub, who, "user_added", user=made, role=told.role)
    return users(hub, who)


def change_user(hub: Hub, who: Caller, user: str, told: UserChange) -> UserRows:
    """Change somebody; whoever is no longer active is shut out at once, with all desks."""
    _administrator(who)
    with hub.database.transaction([hub.scope]) as connection:
        row = connection.execute(
            "SELECT login, name, role, team_id FROM hub_user WHERE id = %s FOR UPDATE", (user,)
        ).fetchone()
        if row is None:
            raise foreign()
        if user == who.user and (told.active is False or told.role not in (None, "administrator")):
            raise Failed(422, "yourself")  # a hub without administrators could not be helped
        role, team = told.role or row[2], told.team or row[3]
        _check_team(hub, role, team, connection)
        hashed = _hashed(told.password, row[0], row[1])
        connection.execute(
            "UPDATE hub_user SET name = coalesce(%s, name), role = %s, team_id = %s, "
            "password_hash = coalesce(%s, password_hash), active = coalesce(%s, active) WHERE id = %s",
            (told.name, role, team, hashed, told.active, user),
        )
        if told.active is False or told.password is not None:
            now = clock.now()
            for (device,) in list(connection.execute("SELECT id FROM device WHERE user_id = %s", (user,))):
                standing.revoke_tokens(connection, device, now)
        changed = [name for name in ("name", "role", "team", "password", "active") if getattr(told, name) is not None]
        detail = {"user": user, "changed": changed}
        audit.append(connection, hub.scope, who.user, who.device, "user_changed", detail)
    return users(hub, who)


def books(hub: Hub, who: Caller) -> BookRows:
    """The books one may see."""
    sight = _sight(who)
    with hub.database.transaction(reading=True) as connection:
        return BookRows([BookRow(*row) for row in connection.execute(_BOOKS, sight)])


def add_book(hub: Hub, who: Caller, told: BookAsk) -> BookRows:
    """A new book of a manager of that team."""
    _administrator(who)
    with hub.database.transaction(reading=True) as connection:
        row = connection.execute("SELECT role, team_id FROM hub_user WHERE id = %s", (told.owner,)).fetchone()
    if row is None or row[1] != told.team:
        raise foreign()
    if row[0] != "manager":
        raise Failed(422, "not_a_manager", field="owner")
    try:
        made = founding.add_book(hub.database, told.team, told.owner, told.name, told.number)
    except UniqueViolation:
        raise Failed(422, "taken", field="number") from None
    _note(hub, who, "book_added", book=made, owner=told.owner)
    return books(hub, who)


def substitutes(hub: Hub, who: Caller) -> SubstituteRows:
    """Who stands in for whom."""
    sight = _sight(who)
    with hub.database.transaction(reading=True) as connection:
        found = connection.execute(_SUBSTITUTES, sight)
        return SubstituteRows(
            [SubstituteRow(id_, user, book, a.isoformat(), b.isoformat()) for id_, user, book, a, b in found]
        )


def add_substitute(hub: Hub, who: Caller, told: SubstituteAsk) -> SubstituteRows:
    """Somebody of the same team stands in for the manager of a book, from one day to another."""
    sight = _sight(who)
    if not 0 <= (told.to_day - told.from_day).days <= LONGEST_STAND_IN:
        raise Failed(422, "days", field="to_day")
    with hub.database.transaction([hub.scope]) as connection:
        row = connection.execute(
            "SELECT b.owner_id FROM book b JOIN hub_user u ON u.id = %(user)s AND u.team_id = b.team_id AND u.active "
            "WHERE b.id = %(book)s AND (%(all)s OR b.team_id = %(team)s)",
            {**sight, "user": told.user, "book": told.book},
        ).fetchone()
        if row is None:
            raise foreign()
        if row[0] == told.user:
            raise Failed(422, "own_book", field="user")
        made = uuid4().hex
        connection.execute(
            "INSERT INTO membership (id, user_id, book_id, from_day, to_day, made_by, made_at) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            (made, told.user, told.book, told.from_day, told.to_day, who.user, clock.now()),
        )
        detail = {"substitute": made, "user": told.user, "book": told.book}
        audit.append(connection, hub.scope, who.user, who.device, "substitute_added", detail)
    return substitutes(hub, who)


def end_substitute(hub: Hub, who: Caller, substitute: str) -> SubstituteRows:
    """They stand in until yesterday."""
    sight = _sight(who)
    with hub.database.transaction([hub.scope]) as connection:
        row = connection.execute(
            "UPDATE membership m SET to_day = least(to_day, %(yesterday)s) FROM book b WHERE m.id = %(id)s "
            "AND b.id = m.book_id AND (%(all)s OR b.team_id = %(team)s) RETURNING m.id",
            {**sight, "id": substitute, "yesterday": clock.today().fromordinal(clock.today().toordinal() - 1)},
        ).fetchone()
        if row is None:
            raise foreign()
        detail = {"substitute": substitute}
        audit.append(connection, hub.scope, who.user, who.device, "substitute_ended", detail)
    return substitutes(hub, who)


def audit_of(hub: Hub, who: Caller) -> AuditRows:
    """The newest entries of what concerns the whole hub."""
    _administrator(who)
    with hub.database.transaction([hub.scope], reading=True) as connection:
        found = audit.latest(connection, hub.scope)
    return AuditRows(
        [AuditRow(one.scope, one.no, one.at.isoformat(), one.user, one.device, one.action, one.detail) for one in found]
    )


def _sight(who: Caller) -> dict[str, Any]:
    if who.role not in ("administrator", "lead"):
        raise foreign()
    return {"all": who.role == "administrator", "team": who.team}


def _administrator(who: Caller) -> None:
    if who.role != "administrator":
        raise foreign()


def _check_team(hub: Hub, role: str, team: str | None, connection: Connection[Any] | None = None) -> None:
    if team is None:
        if role != "administrator":
            raise Failed(422, "no_team", field="team")
        return None
    if connection is None:
        with hub.database.transaction(reading=True) as reading:
            return _check_team(hub, role, team, reading)
    if connection.execute("SELECT 1 FROM team WHERE id = %s", (team,)).fetchone() is None:
        raise Failed(422, "no_team", field="team")
    return None


def _hashed(password: str | None, *names: str) -> str | None:
    if password is None:
        return None
    try:
        passwords.check(password, *names)
    except Refused as error:
        raise Failed(422, error.code, field="password") from None
    return passwords.hash_of(password)


def _note(hub: Hub, who: Caller, action: str, **detail: str) -> None:
    with hub.database.transaction([hub.scope]) as connection:
        audit.append(connection, hub.scope, who.user, who.device, action, detail)
