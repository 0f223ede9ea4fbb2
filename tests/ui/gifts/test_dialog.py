"""The form of a gift: gates that follow what is typed, refusals beside the field, ideas that are pressed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import ClientId, GiftState
from rmdesk.services.gifts import queries
from rmdesk.services.store.store import Store
from rmdesk.ui.kit.widgets import Button
from rmdesk.ui.shell.desk import WindowDesk
from tests.ui.gifts.robot import PATIENCE, GiftForm, opened

CLIENT = ClientId(1)  # 周文敏: likes celadon and white tea; has had the pair of cups


@pytest.fixture
def form(qtbot: QtBot, desk: WindowDesk) -> Iterator[GiftForm]:
    yield opened(qtbot, desk, CLIENT)
    left = QApplication.activeModalWidget()
    if left is not None:
        left.close()
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=PATIENCE)


def closed(form: GiftForm) -> None:
    form.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=PATIENCE)
    form.qtbot.waitUntil(lambda: not form.desk.tasks.running, timeout=PATIENCE)


def test_a_gift_is_planned_with_the_keyboard_and_undone(form: GiftForm, store: Store) -> None:
    before = len(store.read(queries.gifts_of, CLIENT))
    form.write("title", "青瓷茶则")
    form.write("cost", "220")
    form.write("planned_for", "2026-11-25")
    assert [form.says(name) for name in ("law", "limit", "taste")] == ["Passes"] * 3
    form.submit()
    closed(form)
    made = next(row for row in store.read(queries.gifts_of, CLIENT) if row.title == "青瓷茶则")
    assert (made.state, made.cost_minor, made.planned_for) == (GiftState.PLANNED, 22_000, date(2026, 11, 25))
    form.desk.undo()
    form.qtbot.waitUntil(lambda: not form.desk.tasks.running)
    assert len(store.read(queries.gifts_of, CLIENT)) == before


def test_what_is_left_is_shown_with_the_text_of_the_rule(form: GiftForm) -> None:
    form.write("title", "湖笔")
    line = form.dialog.gates.lines["limit"]
    assert "620" in line.said.text()  # of 1,000, 380 went to the cups
    assert "calendar year" in line.rule.text()


def test_the_gates_follow_each_key(form: GiftForm) -> None:
    form.write("title", "银壶")
    form.write("cost", "620")
    assert form.says("limit") == "Passes"
    form.write("cost", "620.01")
    assert form.says("limit") == "Needs approval"
    assert form.dialog.form.fields["ask"].isVisible()
    form.write("cost", "")
    assert form.says("limit") == "Mind"
    form.write("title", "购物卡")
    assert form.says("law") == "Blocked"
    form.write("title", "龙泉青瓷对杯")
    assert (form.says("law"), form.says("taste")) == ("Passes", "Blocked")


def test_what_is_blocked_is_said_beside_the_field_and_what_was_typed_stays(form: GiftForm, store: Store) -> None:
    form.write("title", "超市购物卡")
    form.write("cost", "100")
    form.submit()
    form.qtbot.waitUntil(lambda: "as good as cash" in form.error("title"), timeout=PATIENCE)
    assert form.dialog.form.value("title") == "超市购物卡"
    assert form.dialog.form.value("cost") == "100"
    form.write("title", "湖笔")
    form.write("cost", "many")
    form.submit()
    assert "not an amount" in form.error("cost")
    form.dialog.reject()
    assert all(row.title != "湖笔" for row in store.read(queries.gifts_of, CLIENT))


def test_over_the_limit_it_is_planned_and_the_lead_is_asked_at_once(form: GiftForm, store: Store) -> None:
    form.write("title", "银壶")
    form.write("cost", "900")
    form.submit()
    form.qtbot.waitUntil(lambda: "reason" in form.error("why"), timeout=PATIENCE)
    form.write("why", "六十大寿")
    form.submit()
    closed(form)
    made = next(row for row in store.read(queries.gifts_of, CLIENT) if row.title == "银壶")
    assert made.state is GiftState.AWAITING
    assert made.approval is not None
    assert (made.approval.reason, made.approval.cost_minor) == ("六十大寿", 90_000)


def test_it_may_be_planned_without_asking_yet(form: GiftForm, store: Store) -> None:
    form.write("title", "银壶")
    form.write("cost", "900")
    form.dialog.ask_lead.setFocus()
    form.qtbot.keyClick(form.dialog.ask_lead, Qt.Key.Key_Space)
    assert form.dialog.answer.text() == "Plan gift"
    form.submit()
    closed(form)
    made = next(row for row in store.read(queries.gifts_of, CLIENT) if row.title == "银壶")
    assert made.state is GiftState.PLANNED


def test_an_idea_that_is_pressed_fills_the_form(form: GiftForm) -> None:
    chips = [one for one in form.dialog.gates.ideas.findChildren(Button) if one.isVisible()]
    assert chips
    form.qtbot.mouseClick(chips[0], Qt.MouseButton.LeftButton)
    title = form.dialog.form.value("title")
    assert title
    assert chips[0].text().startswith(title)
    assert form.dialog.form.value("cost")
    assert [form.says(name) for name in ("law", "limit", "taste")] == ["Passes"] * 3


def test_people_around_the_client_can_receive_it(form: GiftForm) -> None:
    box = form.dialog._recipient
    names = [box.itemText(at) for at in range(box.count())]
    assert names[0].startswith("周文敏")


def test_a_client_is_chosen_by_initials(qtbot: QtBot, desk: WindowDesk) -> None:
    form = opened(qtbot, desk)
    assert form.dialog.gates._waiting.isVisible()
    form.submit()
    assert "Choose a client" in form.error("client")
    form.write("client", "zwm")
    field = form.dialog._client
    qtbot.waitUntil(lambda: field.popup is not None and field.list.isVisible(), timeout=PATIENCE)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    form.wait()
    assert field.client == CLIENT
    assert form.dialog.gates.lines["law"].isVisible()
    form.dialog.reject()


def test_a_million_signs_and_odd_ones_do_no_harm(form: GiftForm, store: Store) -> None:
    QApplication.clipboard().setText("茶\u202e\x00😀" * 250_000)
    title = form.dialog.form.fields["title"].editor
    form.qtbot.keyClick(title, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    form.submit()
    form.qtbot.waitUntil(lambda: form.error("title") != "", timeout=PATIENCE)
    assert form.dialog.isVisible()
    form.dialog.reject()
    assert store.read(queries.gifts_of, CLIENT)


def test_an_occasion_brings_its_day(qtbot: QtBot, desk: WindowDesk) -> None:
    form = opened(qtbot, desk, CLIENT, occasion="Lunar birthday")
    assert form.dialog._occasion.currentData() is not None
    assert form.dialog.form.value("planned_for") == form.dialog._occasion.currentData().on
    form.dialog.reject()


def test_a_kept_gift_is_edited(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    gift = next(row for row in store.read(queries.register, queries.GiftFilter()) if row.state is GiftState.PLANNED)
    form = opened(qtbot, desk, gift=gift)
    assert form.dialog.form.value("title") == gift.title
    form.write("why", "改个说明")
    form.submit()
    closed(form)
    assert store.read(queries.gift_of, gift.id).why == "改个说明"
