"""An invented team to try a hub with: two managers, their lead, an administrator. Passwords are made anew each time."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from rmdesk.hub.core import Hub
from rmdesk.hub.services import founding
from rmdesk.hub.services.passwords import hash_of

TEAM = "滨江支行一组"
PEOPLE = (
    ("wangjing", "王静", "manager", "RM0001"),
    ("lihao", "李浩", "manager", "RM0002"),
    ("chenlan", "陈岚", "lead", ""),
    ("admin", "管理员", "administrator", ""),
)


class Account(NamedTuple):
    """Somebody who can sign in."""

    login: str
    name: str
    role: str
    password: str


def found(hub: Hub) -> list[Account]:
    """Found the team in an empty hub; nothing in one that has people."""
    with hub.database.transaction() as connection:
        if connection.execute("SELECT 1 FROM hub_user LIMIT 1").fetchone():
            return []
    team = founding.add_team(hub.database, TEAM)
    made = []
    for login, name, role, number in PEOPLE:
        password = secrets.token_urlsafe(12)
        user = founding.add_user(
            hub.database, login, name, role, None if role == "administrator" else team, hash_of(password)
        )
        if number:
            founding.add_book(hub.database, team, user, name, number)
        made.append(Account(login, name, role, password))
    return made
