"""How well a client is known, said by hand and left to the figures again, by real events."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import ClientId, Familiarity
from rmdesk.services.store.store import Store
from rmdesk.services.strategy.familiarity import Known, known_of
from rmdesk.ui.kit.widgets import Button
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.strategy.familiarity_card import FamiliarityDialog
from rmdesk.ui.strategy.tab import StrategyTab
from tests.ui.clients.robot import FileRobot, dialog, typed
from tests.ui.robot import PATIENCE

CLIENT = ClientId(300)  # of the demo


def test_familiarity_is_set_with_a_reason_shown_and_left_to_the_figures(
    qtbot: QtBot, desk: WindowDesk, store: Store
) -> None:
    file = FileRobot(qtbot, desk, CLIENT)
    tab = file.open_tab("strategy")
    assert isinstance(tab, StrategyTab)

    def press(name: str) -> None:
        def found() -> list[Button]:
            return [one for one in tab.familiarity.findChildren(Button) if one.accessibleName() == name]

        qtbot.waitUntil(lambda: any(one.isVisible() for one in found()), timeout=PATIENCE)
        qtbot.mouseClick(found()[0], Qt.MouseButton.LeftButton)

    def told() -> Known:
        known = store.read(known_of, CLIENT)
        assert known is not None
        return known

    before = told()
    other = Familiarity.STRANGER if before.used is Familiarity.FAMILIAR else Familiarity.FAMILIAR
    press("Set familiarity by hand")
    form = dialog(qtbot, FamiliarityDialog)
    box = form.form.editor("familiarity", QComboBox)
    assert box.currentData() == before.used.value
    box.setCurrentIndex(box.findData(other.value))
    qtbot.mouseClick(form.answer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: form.form.fields["reason"].error.isVisible(), timeout=PATIENCE)
    typed(qtbot, form.form.editor("reason", QPlainTextEdit), "大学同学")
    qtbot.mouseClick(form.answer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: said(tab, "大学同学"), timeout=PATIENCE)
    file.settle()
    assert (told().used, told().computed, told().reason) == (other, before.computed, "大学同学")
    press("Take back the familiarity set by hand")
    qtbot.waitUntil(lambda: told() == before, timeout=PATIENCE)
    file.settle()
    desk.undo()
    qtbot.waitUntil(lambda: told().used is other, timeout=PATIENCE)
    file.settle()


def said(where: QWidget, text: str) -> bool:
    return any(text in one.text() for one in where.findChildren(QLabel))
