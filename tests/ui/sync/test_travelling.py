"""Travel mode in the window: who stays is chosen, what happens is said first, and the way back is shown."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import ClientId
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details
from rmdesk.services.store.store import Store
from rmdesk.services.sync import travel
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.sync.travelling import TravelCard, TravelDialog
from tests.support import build, team


def arrange(store: Store) -> list[ClientId]:
    """A desk that follows a hub, which has heard everything."""
    made = [store.perform(AddProspect(Details(name))).result for name in ("周文敏", "李静", "王小明")]
    team.join(store)

    def heard(work: Any) -> None:
        for client in made:
            team.told(work, "client", str(client), client)
            work.bulk(
                "INSERT OR IGNORE INTO sync_client (client_id, wire_id) VALUES (?, ?)",
                (client, f"{client:032}"),
                topics=(),
            )
        work.bulk("UPDATE sync_record SET state = 'clean', dirty = '{}'", topics=())

    build.perform(store, heard)
    return made


def opened(qtbot: QtBot, desk: WindowDesk) -> TravelDialog:
    card = TravelCard(desk)
    qtbot.addWidget(card)
    card.look()
    qtbot.mouseClick(card.begin, Qt.MouseButton.LeftButton)
    found = card.dialog
    assert found is not None
    qtbot.waitUntil(lambda: found.found is not None and not desk.tasks.running)
    return found


def test_it_says_what_happens_and_does_it(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    kept, *_others = arrange(store)
    dialog = opened(qtbot, desk)
    assert dialog.summary.text() == "0 clients stay; 3 clients go until the next sync."
    dialog.field.set_client(kept, "周文敏")
    qtbot.waitUntil(lambda: dialog.summary.text() == "1 client stays; 2 clients go until the next sync.")
    assert dialog.keep == {kept: "周文敏"}
    qtbot.waitUntil(lambda: dialog.answer.isEnabled() and not desk.tasks.running)
    qtbot.mouseClick(dialog.answer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: store.read(travel.since) is not None and not desk.tasks.running)
    assert store.read(lambda reads: reads.rows("SELECT name FROM client")) == [("周文敏",)]


def test_one_who_was_chosen_can_be_taken_out_again(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    kept, *_others = arrange(store)
    dialog = opened(qtbot, desk)
    dialog.field.set_client(kept, "周文敏")
    dialog.table.opened.emit(int(kept))
    qtbot.waitUntil(lambda: not desk.tasks.running and dialog.summary.text().startswith("0 clients stay"))
    dialog.reject()


def test_while_something_is_unheard_nobody_goes(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    arrange(store)
    store.perform(AddProspect(Details("新客户")))
    dialog = opened(qtbot, desk)
    assert "have not reached the hub yet" in dialog.trouble.text()
    assert not dialog.answer.isEnabled()
    dialog.reject()


def test_the_card_shows_the_way_back(qtbot: QtBot, desk: WindowDesk) -> None:
    card = TravelCard(desk)
    qtbot.addWidget(card)
    assert card.end.isHidden()
    card.show_since("2026-11-20")
    assert card.begin.isHidden()
    assert not card.end.isHidden()
    assert "2026-11-20" in card.told.text()
