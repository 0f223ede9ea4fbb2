"""Whatever is pasted into a form that can be asked for: it refuses beside the field and keeps what was typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.forms import FORMS
from tests.support.demo import store as store

A_MEGABYTE = "茶\u202e\x00😀" * 100_000  # with an order from right to left, a control sign and an emoji
PATIENCE = 20_000
# The forms of questions, with a client who has something to ask about.
ASKING = {
    "complaint": 1, "consent": 1, "feedback": 1, "gift": 1, "journal": 1, "keep": 1, "occasion": 1, "plan": 1,
    "promise": 1, "relationship": 1, "satisfaction": 1, "settle": 18, "specialist": 1, "task": 1,
}  # fmt: skip
# These show, lead on to others, need a day (the greeting) or a record (see tests/ui/team), or are pages (the visit).
OTHERS = {
    "cadences",
    "campaign",
    "specialist_edit",
    "specialist_reply",
    "touch",
    "difference",
    "record",
    "rule",
    "brief",
    "care_list",
    "client_file",
    "gathering",
    "greet",
    "guests",
    "privacy",
    "route",
    "templates",
    "visit",
}


def test_no_form_is_forgotten_here() -> None:
    assert set(FORMS) == {*ASKING, *OTHERS}


def asked() -> FormDialog:
    """The form that is open."""
    (found,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible())
    assert isinstance(found, FormDialog)
    return found


def typed(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


@pytest.mark.parametrize("form", ASKING)
def test_a_megabyte_of_odd_signs_is_refused_beside_its_field_and_kept(
    qtbot: QtBot, desk: WindowDesk, form: str
) -> None:
    desk.ask(form, client=ASKING[form])
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=PATIENCE)
    dialog = asked()
    QApplication.clipboard().setText(A_MEGABYTE)
    fields: list[QLineEdit | QPlainTextEdit] = [*dialog.findChildren(QLineEdit), *dialog.findChildren(QPlainTextEdit)]
    fields = [field for field in fields if field.isVisible() and field.isEnabled() and not field.isReadOnly()]
    assert fields
    for field in fields:
        qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    before = [typed(field) for field in fields]
    dialog.submit()
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=PATIENCE)
    assert asked() is dialog  # neither closed nor followed by the report of a bug
    assert any(field.error.text() for field in dialog.form.fields.values())
    assert [typed(field) for field in fields] == before
    dialog.reject()
