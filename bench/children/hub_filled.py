"""A hub full of invented records: many books, each with a manager and a desk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import psycopg

from rmdesk.base import clock
from rmdesk.hub import core
from rmdesk.hub.embedded import Postgres
from rmdesk.hub.gate.tokens import ACCESS
from rmdesk.hub.services import founding
from rmdesk.hub.settings import Settings
from rmdesk.wire.merge import digest_of

COPY = """
COPY record (scope_id, id, type, client_id, rev, seq, deleted, fields, field_rev, conflicts, by, device, at,
             received_at)
FROM STDIN
"""
TEXT = "聊了到期的存款和孩子上学的打算，约好下周带材料来网点。" * 4


@dataclass
class Desk:
    """A simulated desk."""

    device: str
    user: str
    book: str  # a scope
    own: str
    client: str
    headers: dict[str, str]
    heads: dict[str, int]
    push_no: int = 0


def fill(server: Postgres, settings: Settings, records: int, desks: int) -> list[Desk]:
    """As many records as asked for, evenly in as many books."""
    hub = core.opened(settings)
    people = [_desk(hub, number) for number in range(desks)]
    hub.close()
    each = records // desks
    with psycopg.connect(server.url("postgres")) as admin:
        for desk in people:
            told, digest = [], 0
            for row in rows(desk, each, 0):
                told.append(row)
                digest += digest_of(row[1], row[4])
            with admin.cursor() as cursor:
                with cursor.copy(COPY) as into:
                    for row in told:
                        into.write_row(row)
                with cursor.copy("COPY record_dir FROM STDIN") as into:
                    for row in told:
                        into.write_row((row[1], row[0]))
            admin.execute(
                "UPDATE scope SET head = %s, live = %s, digest = %s::text::numeric WHERE id = %s",
                (each, each, str(digest % (1 << 64)), desk.book),
            )
            desk.heads[desk.book] = each
        admin.commit()
        admin.autocommit = True
        admin.execute("VACUUM ANALYZE")
    return people


def rows(desk: Desk, count: int, after: int) -> Iterator[tuple[Any, ...]]:
    """Records of a book, numbered from `after` on."""
    fields = json.dumps({"client_id": desk.client, "content": TEXT, "on": "2026-11-20", "place": "网点"})
    revs = json.dumps(dict.fromkeys(("client_id", "content", "on", "place"), 1))
    now = clock.now()
    for number in range(after + 1, after + count + 1):
        yield (
            desk.book, uuid4().hex, "visit", desk.client, 1, number if not after else int(uuid4()) >> 66, False,
            fields, revs, "{}", desk.user, desk.device, "", now,
        )  # fmt: skip


def _desk(hub: core.Hub, number: int) -> Desk:
    if number % 10 == 0:
        _desk.team = founding.add_team(hub.database, f"team {number}")  # type: ignore[attr-defined]
    team: str = _desk.team  # type: ignore[attr-defined]
    user = founding.add_user(hub.database, f"user{number}", f"经理{number}", "manager", team)
    book = founding.add_book(hub.database, team, user, f"book {number}")
    device = founding.add_device(hub.database, user, "desk")
    with hub.database.transaction() as connection:
        client = founding.add_client(connection, f"C{number}", book)
    word = hub.gate.mint.word("access", clock.now() + ACCESS * 30, user=user, device=device)
    headers = {"Authorization": f"Bearer {word}", "Content-Type": "application/json", "Accept-Encoding": "zstd"}
    scope, own = f"book:{book}", f"own:{user}"
    return Desk(device, user, scope, own, client, headers, {scope: 0, own: 0})
