"""What a rule refused leads to the page of that rule, without leaving what was typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from rmdesk.base.errors import Refused
from rmdesk.services.guide import topics
from rmdesk.services.store.command import Command
from rmdesk.ui.kit.document_dialog import DocumentDialog
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.shell.desk import WindowDesk
from tests.shape.test_errors import failures

PATIENCE = 20_000


def _page_of(rule: str, desk: WindowDesk, qtbot: QtBot) -> DocumentDialog:
    """The page of a rule, once it is read."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, DocumentDialog)
    title = topics.rules()[rule].title.said
    assert dialog.windowTitle() == title
    qtbot.waitUntil(
        lambda: not desk.tasks.running and len(dialog.view.sheet.toPlainText()) > len(title) + 40, timeout=PATIENCE
    )
    assert dialog.view.sheet.toPlainText().startswith(title)
    return dialog


def test_a_refusal_told_in_a_toast_leads_to_the_page_of_its_rule(desk: WindowDesk, qtbot: QtBot) -> None:
    """For every rule that anything in the catalogue of errors names."""
    named = {given.get("guide", "").strip("'") for _where, kind, given in failures() if kind == "Refused"}
    for rule in sorted(named & {*topics.rules()}):
        desk.door.tell(Refused("Not so.", code="tried", guide=rule))
        toast = desk.window.toast
        assert toast.button.isVisible()
        assert toast.button.text() == "Why?"
        qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
        _page_of(rule, desk, qtbot).reject()
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=PATIENCE)
    desk.door.tell(Refused("Not so.", code="tried"))
    assert not desk.window.toast.button.isVisible()


class Asking(FormDialog):
    """Refuses as it is told."""

    def __init__(self, desk: WindowDesk) -> None:
        super().__init__(desk, "Ask")
        self.form.add("cost", "Cost", QLineEdit())
        self.error = Refused("Too much.", field="cost", guide="gifts")

    def command(self) -> Command[Any] | None:
        raise self.error


def test_a_form_offers_the_rule_beside_the_field_or_above_its_buttons(desk: WindowDesk, qtbot: QtBot) -> None:
    dialog = opened(Asking(desk))
    field = dialog.form.fields["cost"]
    qtbot.keyClicks(field.editor, "380")
    dialog.submit()
    assert field.why.isVisible()
    assert not dialog.why.isVisible()
    field.why.setFocus()
    qtbot.keyClick(field.why, Qt.Key.Key_Space)
    _page_of("gifts", desk, qtbot).reject()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog, timeout=PATIENCE)
    assert dialog.form.value("cost") == "380"
    dialog.error = Refused("No more benefits.", guide="benefits")
    dialog.submit()
    assert not field.why.isVisible()
    qtbot.mouseClick(dialog.why, Qt.MouseButton.LeftButton)
    _page_of("benefits", desk, qtbot).reject()
    dialog.error = Refused("Fill this in.", field="cost")
    dialog.submit()
    assert not field.why.isVisible()
    assert not dialog.why.isVisible()
    dialog.reject()
