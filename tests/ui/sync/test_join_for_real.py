"""Joining by the dialog, at a hub in a process of its own: a wrong address, a wrong password, the approval."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rmdesk.base import clock
from rmdesk.hub.services.passwords import hash_of
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details
from rmdesk.services.store.store import Store
from rmdesk.services.sync import address, state
from rmdesk.services.sync.engine import sync_round
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.sync.join_dialog import ADDRESS, SIGN_IN, WAITING, JoinDialog
from tests.hub.desks import Desk
from tests.hub.test_killed import Served
from tests.support.hub import HubUnderTest
from tests.ui.sync.test_join import enter, wait

SECRET = "correct horse 7 battery"
PATIENT_MS = 30_000


@pytest.fixture
def served(hub: HubUnderTest) -> Iterator[Served]:
    clock.fix(None)  # processes of their own know no other time
    with hub.core.database.transaction() as connection:
        connection.execute(
            "UPDATE hub_user SET password_hash = %s WHERE id = %s", (hash_of(SECRET), hub.people.wang.id)
        )
    made = Served(hub)
    made.start(workers=1)
    yield made
    made.kill()


@pytest.mark.timeout(120)
def test_a_desk_joins_a_real_hub_by_the_dialog(
    qtbot: QtBot, desk: WindowDesk, store: Store, hub: HubUnderTest, served: Served
) -> None:
    store.perform(AddProspect(Details("周文敏")))
    dialog = JoinDialog(desk)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    enter(qtbot, dialog, address="http://127.0.0.1:1")
    qtbot.waitUntil(dialog.trouble.isVisible, timeout=PATIENT_MS)
    assert dialog.step == ADDRESS
    enter(qtbot, dialog, address=served.url)
    wait(qtbot, dialog, SIGN_IN)
    enter(qtbot, dialog, user="wang", secret="wrong", name="desk 2")
    qtbot.waitUntil(lambda: dialog.go_on.isEnabled() and "did not work" in dialog.trouble.text(), timeout=PATIENT_MS)
    enter(qtbot, dialog, secret=SECRET)
    qtbot.waitUntil(lambda: dialog.step == WAITING and dialog.go_on.isEnabled(), timeout=PATIENT_MS)
    qtbot.mouseClick(dialog.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "waits for approval" in dialog.trouble.text(), timeout=PATIENT_MS)
    device = store.read(state.get, "enrolment")["device"]
    assert hub.client(hub.people.chen).post(f"/v1/devices/{device}/approve").status_code == 200
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENT_MS):
        qtbot.mouseClick(dialog.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not desk.tasks.running)
    with address.connect(store) as client:
        assert sync_round(store, client).refused == 0
    told = Desk(hub, hub.people.wang).manifest()
    assert len(told.revs) == 1  # the prospect is at the hub
