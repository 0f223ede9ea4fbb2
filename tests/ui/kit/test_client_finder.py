"""Clients found in an index that is not of this moment."""

from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientStatus, Topic
from rmdesk.services.search.queries import build
from rmdesk.services.store.store import Store
from rmdesk.ui.kit.client_finder import MOST, ClientFinder
from rmdesk.ui.shell.desk import WindowDesk
from tests.support.build import Do, perform


def finder_over(desk: WindowDesk, store: Store, count: int) -> tuple[ClientFinder, list[int]]:
    """A finder over so many clients of one name, and their ids."""
    for at in range(count):
        perform(store, lambda work, at=at: work.add(Client(name=f"周文{at:03}", initials="zw", pinyin="zw")))
    desk.take_index(store.read(build))
    return ClientFinder(desk, QObject(desk)), [
        row[0] for row in store.read(lambda reads: reads.rows("SELECT id FROM client"))
    ]


def test_who_is_gone_makes_room_for_those_behind(desk: WindowDesk, store: Store, qtbot: QtBot) -> None:
    finder, clients = finder_over(desk, store, MOST + 20)
    first = [int(hit.client) for hit in finder.find("zw")]
    assert len(first) == MOST
    perform(store, lambda work: work.bulk(f"DELETE FROM client WHERE id IN {tuple(first)}", topics=set()))
    rounds: list[None] = []
    finder.more.connect(lambda: rounds.append(None))
    finder.more.connect(lambda: finder.find("zw"))
    finder.find("zw")
    qtbot.waitUntil(lambda: not desk.tasks.running)
    assert {hit.client for hit in finder.find("zw")} == set(clients) - set(first)
    assert not desk.tasks.running
    assert len(rounds) == 2


def test_what_is_known_is_forgotten_with_each_change_that_may_touch_it(
    desk: WindowDesk, store: Store, qtbot: QtBot
) -> None:
    finder, _clients = finder_over(desk, store, 1)

    def standing() -> ClientStatus | None:
        (hit,) = finder.find("zw")
        known = finder.known(hit)
        return None if known is None else known.status

    qtbot.waitUntil(lambda: standing() is ClientStatus.ACTIVE)
    sql = "UPDATE client SET status = 'deceased'"
    task = desk.perform(Do(lambda work: work.bulk(sql, topics={Topic.CLIENTS})))
    qtbot.waitUntil(lambda: task.over)
    qtbot.waitUntil(lambda: standing() is ClientStatus.DECEASED)
    finder.forget()
    assert standing() is None
    qtbot.waitUntil(lambda: not desk.tasks.running)
