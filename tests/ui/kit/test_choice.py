"""A combo box outside a form is heard by its name, wherever it goes."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rmdesk.ui.kit.choice import Choice
from rmdesk.ui.kit.form import Form, choices
from rmdesk.ui.kit.widgets import row


def _labels(box: Choice) -> list[str]:
    face = QAccessible.queryAccessibleInterface(box)
    return [label.text(QAccessible.Text.Name) for label, _kind in face.relations(QAccessible.RelationFlag.Label)]


def test_its_label_goes_where_the_box_goes_and_is_never_seen(qtbot: QtBot) -> None:
    box, first, second = Choice("Kind"), QWidget(), QWidget()
    for holder in (first, second):
        qtbot.addWidget(holder)
        holder.setLayout(row(box))
        holder.show()
        assert _labels(box) == ["Kind"]
        assert [one for one in holder.findChildren(QWidget) if one.isVisible()] == [box]
    box.setAccessibleName("Reason")
    assert _labels(box) == ["Reason"]


def test_what_is_typed_into_has_the_name_too(qtbot: QtBot) -> None:
    box = Choice("Reason")
    qtbot.addWidget(box)
    box.setEditable(True)
    line = box.lineEdit()
    assert line is not None
    assert line.accessibleName() == "Reason"


def test_in_a_form_it_is_called_by_its_field_once(qtbot: QtBot) -> None:
    form, box = Form(), choices((1, "One"))
    qtbot.addWidget(form)
    form.add("kind", "Kind", box, needed=True)
    assert _labels(box) == ["Kind"]


def test_a_long_text_does_not_push_the_form_out_and_is_told_by_the_hint(qtbot: QtBot) -> None:
    box = choices((1, "A name that is far longer than any place for it in a form could ever be"), (2, "Two"))
    qtbot.addWidget(box)
    box.resize(box.minimumSizeHint())
    assert box.width() < box.sizeHint().width()
    box.show()
    assert box.toolTip() == box.currentText()
    box.setCurrentIndex(1)
    assert box.toolTip() == ""
