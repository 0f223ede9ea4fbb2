"""The settings page: every declared setting has its editor; a change is saved, undone, or refused beside its field."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rmdesk.services.settings import value
from rmdesk.services.settings.general import AUTO_LOCK, BRANCH, CURRENCY, FX_RATES, THEME
from rmdesk.services.settings.registry import all_settings
from rmdesk.services.store.store import Store
from rmdesk.ui.settings.editors import ChoiceEditor, GridEditor, ListEditor, NumberEditor, PairsEditor, TextEditor
from rmdesk.ui.settings.page import SettingsPage
from rmdesk.ui.shell.desk import WindowDesk


@pytest.fixture
def page(desk: WindowDesk, qtbot: QtBot) -> SettingsPage:
    desk.go("settings")
    shown = desk.window.page()
    assert isinstance(shown, SettingsPage)
    qtbot.waitUntil(lambda: bool(shown.lines) and not shown.building and not desk.tasks.running)
    return shown


def test_every_declared_setting_has_a_line(page: SettingsPage) -> None:
    assert set(page.lines) == {setting.key for setting in all_settings()}


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        (BRANCH.key, TextEditor),
        (THEME.key, ChoiceEditor),
        (AUTO_LOCK.key, NumberEditor),
        (FX_RATES.key, PairsEditor),
        ("scoring.weights", GridEditor),
        ("segments.cuts", ListEditor),
    ],
)
def test_the_editor_fits_the_kind(page: SettingsPage, key: str, kind: type[Any]) -> None:
    assert type(page.lines[key].editor) is kind


def kept(store: Store, setting: Any) -> Any:
    return store.read(value, setting)


def test_a_text_is_saved_when_it_is_left_and_reset_brings_the_default(
    page: SettingsPage, desk: WindowDesk, store: Store, qtbot: QtBot
) -> None:
    line = page.lines[BRANCH.key]
    assert isinstance(line.editor, TextEditor)
    qtbot.keyClicks(line.editor.field, "West")
    qtbot.keyClick(line.editor.field, Qt.Key.Key_Return)
    qtbot.waitUntil(line.reset.isVisible)
    assert kept(store, BRANCH) == "West"
    qtbot.mouseClick(line.reset, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not line.reset.isVisible())
    assert kept(store, BRANCH) == ""


def test_what_is_refused_stays_in_its_field_with_the_reason(
    page: SettingsPage, desk: WindowDesk, store: Store, qtbot: QtBot
) -> None:
    line = page.lines[CURRENCY.key]
    assert isinstance(line.editor, TextEditor)
    line.editor.field.setText("yuan")
    qtbot.keyClick(line.editor.field, Qt.Key.Key_Return)
    qtbot.waitUntil(line.error.isVisible)
    assert line.editor.field.text() == "yuan"
    assert kept(store, CURRENCY) == "CNY"


def test_pairs_lists_grids_and_numbers_are_understood(
    page: SettingsPage, desk: WindowDesk, store: Store, qtbot: QtBot
) -> None:
    rates = page.lines[FX_RATES.key].editor
    assert isinstance(rates, PairsEditor)
    rates.field.setText("USD = 7.12，EUR=7.8")
    qtbot.keyClick(rates.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kept(store, FX_RATES) == {"USD": Decimal("7.12"), "EUR": Decimal("7.8")})
    cuts = page.lines["segments.cuts"].editor
    assert isinstance(cuts, ListEditor)
    cuts.field.setText("20000, 50000, 100000")
    qtbot.keyClick(cuts.field, Qt.Key.Key_Return)
    declared = {setting.key: setting for setting in all_settings()}
    qtbot.waitUntil(lambda: kept(store, declared["segments.cuts"]) == (20000, 50000, 100000))
    grid = page.lines["scoring.weights"].editor
    assert isinstance(grid, GridEditor)
    grid.fields["maintain.C"].setText("30")
    qtbot.keyClick(grid.fields["maintain.C"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kept(store, declared["scoring.weights"])["maintain.C"] == 30)
    minutes = page.lines[AUTO_LOCK.key].editor
    assert isinstance(minutes, NumberEditor)
    minutes.field.setValue(10)
    qtbot.waitUntil(lambda: kept(store, AUTO_LOCK) == 10)
    qtbot.waitUntil(lambda: not desk.tasks.running)


def test_a_choice_is_saved_at_once(page: SettingsPage, desk: WindowDesk, store: Store, qtbot: QtBot) -> None:
    box = page.lines[THEME.key].editor
    assert isinstance(box, ChoiceEditor)
    box.field.setFocus()
    box.field.setCurrentIndex(2)
    box.field.activated.emit(2)
    qtbot.waitUntil(lambda: kept(store, THEME) == "dark")
    qtbot.waitUntil(lambda: not desk.tasks.running)


def test_every_editor_can_be_named_by_a_screen_reader(page: SettingsPage) -> None:
    for line in page.lines.values():
        target = line.editor.focusProxy() or line.editor
        assert target.accessibleName()


def test_a_receipt_leads_to_the_weight_behind_its_line(page: SettingsPage, desk: WindowDesk, qtbot: QtBot) -> None:
    desk.go("today")
    desk.go("settings", setting="scoring.weights")
    line = page.lines["scoring.weights"]
    qtbot.waitUntil(lambda: page._area.verticalScrollBar().value() > 0)
    assert line.visibleRegion().boundingRect().height() > 0
