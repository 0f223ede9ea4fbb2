"""Forms: answers of every kind, errors beside their field, dialogs that end in a command."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDateEdit, QLineEdit, QPlainTextEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.base.errors import Refused
from rmdesk.services.settings.commands import ChangeSetting, SaveView
from rmdesk.services.store.command import Command
from rmdesk.ui.kit import answers, form
from rmdesk.ui.kit.form import Form, FormDialog, choices
from rmdesk.ui.shell.desk import WindowDesk


@pytest.mark.parametrize(
    ("make", "value"),
    [
        (QLineEdit, "text"),
        (QPlainTextEdit, "two\nlines"),
        (QCheckBox, True),
        (QSpinBox, 42),
        (QDateEdit, date(2026, 11, 21)),
        (lambda: choices((1, "one"), (2, "two")), 2),
    ],
)
def test_what_is_filled_in_is_read_out(qtbot: QtBot, make: Any, value: Any) -> None:
    editor = make()
    qtbot.addWidget(editor)
    answers.fill(editor, value)
    assert answers.value_of(editor) == value


def test_a_stranger_is_refused(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    with pytest.raises(TypeError):
        answers.value_of(widget)
    with pytest.raises(TypeError):
        answers.fill(widget, 1)


def test_an_error_stands_beside_its_field_and_is_spoken(qtbot: QtBot) -> None:
    made = Form()
    qtbot.addWidget(made)
    made.add("name", "Name", QLineEdit(), note="As in the passport", needed=True)
    made.add("town", "Town", QLineEdit())
    made.side_by_side("name", "town")
    made.show()
    assert made.refuse(Refused("Too short.", do="Write more.", field="name"))
    field = made.fields["name"]
    assert field.error.text() == "Too short. Write more."
    assert field.editor.accessibleDescription() == "Too short. Write more."
    assert not made.refuse(Refused("Other.", field="elsewhere"))
    assert not field.error.isVisible()
    made.fill(name="Li", town="Wuhan")
    assert made.values() == {"name": "Li", "town": "Wuhan"}


class ViewDialog(FormDialog):
    """Saves a view under a name."""

    def __init__(self, desk: WindowDesk) -> None:
        super().__init__(desk, "Save view", said="Saved.")
        self.form.add("name", "Name", QLineEdit())

    def command(self) -> Command[Any]:
        return SaveView("clients", self.form.value("name"), {})


def test_a_dialog_stays_open_until_its_command_is_done(desk: WindowDesk, qtbot: QtBot) -> None:
    dialog = ViewDialog(desk)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.form.fields["name"].error.isVisible())
    assert dialog.isVisible()
    dialog.form.fill(name="mine")
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.form.fields["name"].editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.toast.text.text() == "Saved."


class WrongDialog(FormDialog):
    """Its command is refused without a field."""

    def command(self) -> Command[Any]:
        return ChangeSetting("no.such.setting", 1)


def test_a_refusal_without_a_field_stands_in_the_dialog(desk: WindowDesk, qtbot: QtBot) -> None:
    dialog = WrongDialog(desk, "Wrong")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.submit()
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert "no.such.setting" in dialog.trouble.text()
    assert dialog.answer.isEnabled()


def test_a_question_has_the_harmless_answer_as_default(qtbot: QtBot) -> None:
    pressed: list[bool] = []
    dialog = form.confirm("Delete?", "It is gone then.", "Delete", lambda: pressed.append(True), danger=True)
    qtbot.addWidget(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert pressed == []
    assert not dialog.isVisible()


def test_a_dialog_that_is_left_while_it_saves_is_saved(qtbot: QtBot, desk: WindowDesk) -> None:
    class Saving(FormDialog):
        def command(self) -> Command[Any]:
            return SaveView("clients", "left", {})

    dialog = Saving(desk, "Save")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    dialog.submit()
    dialog.reject()
    qtbot.waitUntil(lambda: desk.window.toast.isVisible())
    assert not desk.tasks.running


class LongDialog(FormDialog):
    """Asks more than any window has room for, or little."""

    def __init__(self, desk: WindowDesk, questions: int) -> None:
        super().__init__(desk, "Long")
        for at in range(questions):
            self.form.add(f"q{at}", f"Question {at}", QLineEdit())

    def command(self) -> Command[Any] | None:
        return None


def test_a_form_higher_than_the_window_scrolls_between_title_and_buttons(desk: WindowDesk, qtbot: QtBot) -> None:
    dialog = LongDialog(desk, 30)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.open()
    bar = dialog.middle.area.verticalScrollBar()
    assert dialog.height() <= desk.window.height()
    assert dialog.width() <= desk.window.width()
    qtbot.waitUntil(bar.isVisible)
    last = dialog.form.fields["q29"].editor
    last.setFocus()
    qtbot.waitUntil(lambda: bar.value() > 0)
    assert not last.visibleRegion().isEmpty()
    assert dialog.rect().contains(dialog.answer.geometry())


def test_a_form_that_fits_has_no_scroll_bar(desk: WindowDesk, qtbot: QtBot) -> None:
    dialog = LongDialog(desk, 3)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.open()
    qtbot.waitUntil(lambda: not dialog.middle.area.verticalScrollBar().isVisible())
    low = dialog.height()
    dialog.form.fields["q0"].wrong("Too short. " * 30)
    bar = dialog.middle.area.verticalScrollBar()
    qtbot.waitUntil(lambda: dialog.height() > low and not bar.isVisible())
