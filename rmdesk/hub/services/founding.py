"""Adds teams, people, books, desks and clients, each with the scopes it needs. The rows alone: who may do so, and the
audit, is the business of whoever calls.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from psycopg import Connection

from rmdesk.base import clock
from rmdesk.hub.database import Database
from rmdesk.hub.services.scopes import open_scope
from rmdesk.wire.ids import client_id, scope_id


def add_team(database: Database, name: str) -> str:
    """A team; gives its id."""
    team = uuid4().hex
    with database.transaction([scope_id("team", team)]) as connection:
        connection.execute("INSERT INTO team VALUES (%s, %s, %s)", (team, name, clock.now()))
        open_scope(connection, "team", team)
    return team


def add_user(
    database: Database, login: str, name: str, role: str, team: str | None, password_hash: str | None = None
) -> str:
    """Somebody who may sign in; gives their id."""
    user = uuid4().hex
    with database.transaction([scope_id("own", user)]) as connection:
        connection.execute(
            "INSERT INTO hub_user (id, login, name, role, team_id, password_hash, made_at) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            (user, login, name, role, team, password_hash, clock.now()),
        )
        open_scope(connection, "own", user)
    return user


def add_book(database: Database, team: str, owner: str, name: str, number: str | None = None) -> str:
    """A manager's book; gives its id."""
    book = uuid4().hex
    with database.transaction([scope_id("bank", book), scope_id("book", book)]) as connection:
        connection.execute(
            "INSERT INTO book (id, team_id, owner_id, name, number, made_at) VALUES (%s, %s, %s, %s, %s, %s)",
            (book, team, owner, name, number, clock.now()),
        )
        open_scope(connection, "bank", book)
        open_scope(connection, "book", book)
    return book


def add_device(database: Database, user: str, name: str, status: str = "active") -> str:
    """A desk; gives its id."""
    device = uuid4().hex
    with database.transaction() as connection:
        connection.execute(
            "INSERT INTO device (id, user_id, name, status, made_at) VALUES (%s, %s, %s, %s, %s)",
            (device, user, name, status, clock.now()),
        )
    return device


def add_client(connection: Connection[Any], number: str, book: str) -> str:
    """A client of the bank in a book; gives the wire id."""
    made = client_id(number)
    connection.execute("INSERT INTO hub_client (id, number, book) VALUES (%s, %s, %s)", (made, number, book))
    return made
