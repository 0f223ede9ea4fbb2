"""The Gifts page by real events: filters, the way of a gift, the lead's answer, cards, the library, export."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import ClientId, GiftState
from rmdesk.services.gifts import queries, waiting
from rmdesk.services.gifts.library import Suggestion, own_ideas
from rmdesk.services.gifts.queries import gift_of
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.store import Store
from rmdesk.ui.gifts import steps
from rmdesk.ui.gifts.filters import VIEWS
from rmdesk.ui.gifts.gift_dialog import GiftDialog
from rmdesk.ui.gifts.library import IdeaDialog
from rmdesk.ui.gifts.tab import WIDEST, GiftsTab
from rmdesk.ui.kit.export_dialog import ExportDialog
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button
from rmdesk.ui.shell.desk import WindowDesk
from tests.ui.clients.robot import FileRobot, typed
from tests.ui.gifts.robot import PATIENCE, GiftForm, GiftsRobot


@pytest.fixture
def page(qtbot: QtBot, desk: WindowDesk) -> GiftsRobot:
    return GiftsRobot(qtbot, desk)


def test_the_page_shows_register_budget_and_what_waits(page: GiftsRobot, store: Store) -> None:
    cards = page.page.cards
    assert page.page.register.table.rows.rowCount() == len(page.page.rows) > 20
    assert "left" in cards.budget.left.text()
    assert cards.awaiting.note.text() == str(len(store.read(queries.awaiting)))
    assert cards.breaches.note.text() == "1"
    page.qtbot.waitUntil(lambda: cards.ahead.note.text() not in ("", " "), timeout=PATIENCE)
    assert page.desk._counts["gifts"] == store.read(waiting.to_do)


@pytest.mark.parametrize("view", list(VIEWS))
def test_each_view_shows_its_part(page: GiftsRobot, view: str) -> None:
    text, wanted = VIEWS[view]
    page.press(page.page.filters, text)
    page.settle()
    rows = page.page.rows
    assert all(not wanted.states or row.state in wanted.states for row in rows)
    assert all(not wanted.breaches or row.breach is not None for row in rows)
    assert all(not wanted.thanks or row.feedback_id is not None for row in rows)
    assert rows or view == "thanks"


def test_typing_and_the_year_narrow_the_register(page: GiftsRobot) -> None:
    every = len(page.page.rows)
    name = page.page.rows[0].client_name
    typed(page.qtbot, page.page.filters.field, name)
    page.settle()
    assert 0 < len(page.page.rows) < every
    assert {row.client_name for row in page.page.rows} == {name}
    page.page.filters.field.clear()
    page.settle()
    page.page.filters.choose_year(None)
    page.settle()
    assert len(page.page.rows) > every


def test_nothing_that_fits_is_said_in_words(page: GiftsRobot) -> None:
    typed(page.qtbot, page.page.filters.field, "qqqq")
    page.settle()
    assert page.page.register.nothing.isVisible()
    assert not page.page.register.table.isVisible()


def test_a_gift_goes_its_way_by_its_buttons(page: GiftsRobot, store: Store) -> None:
    gift = next(row for row in page.page.rows if row.state is GiftState.PLANNED and row.approval is None)
    page.select(gift)
    page.qtbot.waitUntil(lambda: page.steps()[:1] == ["Bought…"], timeout=PATIENCE)
    page.press(page.page.register.steps, "Bought…")
    bought = page.dialog(steps.BuyDialog)
    page.qtbot.mouseClick(bought.answer, Qt.MouseButton.LeftButton)
    page.qtbot.waitUntil(lambda: store.read(gift_of, gift.id).state is GiftState.BOUGHT, timeout=PATIENCE)
    page.settle()
    page.press(page.page.register.steps, "Given…")
    given = page.dialog(steps.GiveDialog)
    page.qtbot.mouseClick(given.answer, Qt.MouseButton.LeftButton)
    page.qtbot.waitUntil(lambda: store.read(gift_of, gift.id).state is GiftState.GIVEN, timeout=PATIENCE)
    page.settle()
    page.press(page.page.register.steps, "Note reaction…")
    noted = page.dialog(steps.ReactionDialog)
    typed(page.qtbot, noted.form.fields["reaction"].editor, "很喜欢")
    page.qtbot.mouseClick(noted.answer, Qt.MouseButton.LeftButton)
    page.qtbot.waitUntil(lambda: store.read(gift_of, gift.id).reaction == "很喜欢", timeout=PATIENCE)
    page.settle()


def test_given_before_approval_needs_a_word_and_stays_on_record(page: GiftsRobot, store: Store) -> None:
    gift = page.first(GiftState.AWAITING)
    page.select(gift)
    page.press(page.page.register.steps, "Given…")
    dialog = page.dialog(steps.GiveDialog)
    assert not dialog.form.fields["breach"].isVisible()
    page.qtbot.mouseClick(dialog.answer, Qt.MouseButton.LeftButton)
    page.qtbot.waitUntil(lambda: dialog.form.fields["breach"].isVisible(), timeout=PATIENCE)
    assert "over" in dialog.trouble.text()
    dialog.breach.setFocus()
    page.qtbot.keyClick(dialog.breach, Qt.Key.Key_Space)
    page.qtbot.mouseClick(dialog.answer, Qt.MouseButton.LeftButton)
    page.qtbot.waitUntil(lambda: store.read(gift_of, gift.id).breach is not None, timeout=PATIENCE)
    page.settle()
    assert page.page.cards.breaches.note.text() == "2"


def test_a_manager_is_told_who_decides_and_a_lead_does(page: GiftsRobot, store: Store) -> None:
    gift = page.first(GiftState.AWAITING)
    page.select(gift)
    page.press(page.page.register.steps, "Decide…")
    dialog = page.dialog(steps.DecideDialog)
    page.qtbot.mouseClick(dialog.answer, Qt.MouseButton.LeftButton)
    page.qtbot.waitUntil(lambda: "team lead" in dialog.trouble.text(), timeout=PATIENCE)
    store.perform(ChangeSetting("general.role", "lead"))
    page.qtbot.mouseClick(dialog.answer, Qt.MouseButton.LeftButton)
    page.qtbot.waitUntil(lambda: store.read(gift_of, gift.id).state is GiftState.APPROVED, timeout=PATIENCE)
    page.settle()
    assert page.page.cards.awaiting.note.text() == ""


def test_an_occasion_without_a_gift_is_planned_from_its_card(page: GiftsRobot) -> None:
    page.qtbot.waitUntil(lambda: page.page.cards.ahead.note.text() not in ("", " "), timeout=PATIENCE)
    page.press(page.page.cards.ahead, "Plan")
    form = GiftForm(page.qtbot, page.desk)
    assert form.dialog._client.client is not None
    assert form.dialog._occasion.currentData() is not None
    form.dialog.reject()


def test_a_suggestion_is_thanked_from_its_card(page: GiftsRobot) -> None:
    page.press(page.page.cards.thanks, "Thank")
    form = GiftForm(page.qtbot, page.desk)
    assert form.dialog._feedback is not None
    form.dialog.reject()


def test_a_gift_in_a_card_is_shown_in_the_register(page: GiftsRobot) -> None:
    page.press(page.page.cards.breaches, "Show")
    page.settle()
    shown = page.page.register.selected()
    assert shown is not None
    assert shown.breach is not None


def test_enter_opens_what_is_open(page: GiftsRobot) -> None:
    page.select(page.first(GiftState.PLANNED))
    page.qtbot.keyClick(page.page.register.table, Qt.Key.Key_Return)
    page.dialog(GiftDialog).reject()


def test_the_order_of_a_column(page: GiftsRobot) -> None:
    page.page.register.table.show_sort("cost", True)
    page.page.register.table.sorted.emit("cost", True)
    costs = [page.page.register.table.rows.known(number) for number in page.page.register.table.rows.ids()]
    figures = [row.cost_minor or 0 for row in costs if row is not None]
    assert figures == sorted(figures, reverse=True)


def test_an_idea_of_ones_own_is_added_and_retired(page: GiftsRobot, store: Store) -> None:
    page.qtbot.mouseClick(page.page._tabs.button(2), Qt.MouseButton.LeftButton)
    page.settle()
    page.press(page.page.library, "New idea")
    dialog = page.dialog(IdeaDialog)
    typed(page.qtbot, dialog.form.fields["title"].editor, "购物卡")
    page.qtbot.mouseClick(dialog.answer, Qt.MouseButton.LeftButton)
    page.qtbot.waitUntil(lambda: dialog.form.fields["title"].error.isVisible(), timeout=PATIENCE)
    dialog.form.fill(title="手绘茶席布", cost="150")
    page.qtbot.mouseClick(dialog.answer, Qt.MouseButton.LeftButton)
    page.qtbot.waitUntil(lambda: page.page.library._rows[0].title == "手绘茶席布", timeout=PATIENCE)
    page.settle()
    page.page.library.table.select_id(0)
    assert page.page.library.retire.isEnabled()
    page.press(page.page.library, "Retire")
    page.qtbot.waitUntil(lambda: not store.read(own_ideas), timeout=PATIENCE)
    page.settle()


def test_the_register_is_written_to_a_file_and_that_is_kept(
    page: GiftsRobot, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "register.csv"
    monkeypatch.setattr("rmdesk.ui.kit.exporting.QFileDialog.getSaveFileName", lambda *_given: (str(target), ""))
    page.page.export()
    dialog = page.dialog(ExportDialog)
    dialog.forms["csv"].setChecked(True)
    dialog.plain.setChecked(True)
    dialog.form.fill(reason="the branch audit")
    page.qtbot.waitUntil(dialog.ok.isEnabled)
    page.press(dialog, "Choose a file…")
    page.qtbot.waitUntil(target.exists, timeout=PATIENCE)
    page.settle()
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == len(page.page.rows) + 3
    assert "for: the branch audit" in rows[-1][0]
    kept = store.read(lambda reads: reads.rows("SELECT what, form, reason, encrypted FROM export_record"))
    assert kept == [("gifts", "csv", "the branch audit", 0)]


def test_the_tab_of_a_client_shows_gifts_room_and_ideas(qtbot: QtBot, desk: WindowDesk) -> None:
    file = FileRobot(qtbot, desk, 1)
    tab = file.open_tab("gifts")
    assert isinstance(tab, GiftsTab)
    qtbot.waitUntil(lambda: tab.register.table.rows.rowCount() > 0, timeout=PATIENCE)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in tab.ideas.findChildren(Button)), timeout=PATIENCE)
    long = "A set of hand-painted porcelain for the whole family"
    tab._show_ideas((Suggestion("set", long, None, 88_000, "CNY", None),))
    chip = next(one for one in tab.ideas.findChildren(Button) if one.accessibleName().startswith(long))
    assert "880" in chip.text()  # what it costs is seen
    assert tab.ideas.minimumSizeHint().width() < theme.px(WIDEST + 80)
    qtbot.mouseClick(tab.plan, Qt.MouseButton.LeftButton)
    form = GiftForm(qtbot, desk)
    assert form.dialog._client.client == 1
    form.dialog.reject()
    file.settle()


def test_any_page_may_ask_for_the_form(qtbot: QtBot, desk: WindowDesk) -> None:
    desk.go("today")
    desk.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is desk.window, timeout=PATIENCE)
    assert desk.can_ask("gift")
    desk.ask("gift", client=ClientId(1))
    form = GiftForm(qtbot, desk)
    assert form.dialog._client.client == 1
    form.dialog.reject()
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=PATIENCE)
