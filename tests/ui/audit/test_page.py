"""The audit page: narrowed by act, day and client; verified; given out."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import ClientId
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.noting import noted, viewed
from rmdesk.services.exports.rules import Wish
from rmdesk.services.store.store import Store
from rmdesk.ui.audit.page import AuditPage
from rmdesk.ui.shell.desk import WindowDesk
from tests.services.audit.test_writing import run


@pytest.fixture
def page(desk: WindowDesk, qtbot: QtBot, store: Store) -> AuditPage:
    noted(store, Act.EXPORT, facts={"what": "clients", "rows": 12, "how": "encrypted", "sha256": "ab" * 32})
    viewed(store, 7)
    viewed(store, 8)
    noted(store, Act.RULES, entity="setting", entity_id="care.day_length")
    desk.go("audit")
    shown = desk.window.page()
    assert isinstance(shown, AuditPage)
    qtbot.waitUntil(lambda: len(shown.rows) >= 4 and not desk.tasks.running)
    return shown


def acts(page: AuditPage) -> list[str]:
    return [one.act for one in page.rows if one.act != Act.UNLOCK]


def test_it_is_narrowed_by_act_and_by_client(page: AuditPage, qtbot: QtBot) -> None:
    assert acts(page) == ["rules", "view", "view", "export"]
    page.act.setCurrentIndex(page.act.findData("view"))
    page.act.activated.emit(page.act.currentIndex())
    qtbot.waitUntil(lambda: acts(page) == ["view", "view"])
    page.client.set_client(ClientId(8), "somebody")
    qtbot.waitUntil(lambda: [one.entity_id for one in page.rows] == ["8"])
    page.client.clear()
    page.days.setCurrentIndex(page.days.findData(7))
    page.days.activated.emit(page.days.currentIndex())
    qtbot.waitUntil(lambda: acts(page) == ["view", "view"] and not page.tasks.running)


def test_it_says_whether_the_log_holds(page: AuditPage, qtbot: QtBot, store: Store) -> None:
    assert page.verdict.isHidden()
    page.verify()
    qtbot.waitUntil(lambda: "the log holds" in page.verdict.text())
    run(store, "DROP TRIGGER audit_entry_stays")
    run(store, "UPDATE audit_entry SET who = 'x' WHERE act = 'export'")
    page.verify()
    qtbot.waitUntil(lambda: "does not hold" in page.verdict.text() and not page.tasks.running)
    assert page.verdict.property("role") == "error"


def test_it_is_given_out_whole_and_that_is_on_record(
    page: AuditPage, qtbot: QtBot, tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "audit.csv"
    page.save(path, Wish("audit", "csv", "the branch audit"))
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: not page.tasks.running)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][-1] == "Hash"
    assert len(rows[1][-1]) == 64
    assert any("SHA-256 " + "ab" * 32 in row[5] for row in rows[1:-2])
    assert store.read(lambda reads: reads.value("SELECT max(seq) FROM audit_entry WHERE act = 'export'")) > 4
