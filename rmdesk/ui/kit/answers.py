"""Reads what stands in an editor, and puts it there."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol, TypeGuard

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDoubleSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from rmdesk.ui.kit.chip_field import ChipField


class Answering(Protocol):
    """An editor of our own: it says itself what it holds, and takes a value."""

    def answer(self) -> Any:
        """What was entered; may raise Refused."""

    def take(self, value: Any) -> None:
        """Show this value; None empties it."""


def _answers(editor: QWidget) -> TypeGuard[Answering]:
    """Whether it is one of our own; asking for the names is twenty times as quick as asking the protocol."""
    return hasattr(editor, "answer") and hasattr(editor, "take")


def value_of(editor: QWidget) -> Any:
    """What an editor of any kind holds."""
    match editor:
        case _ if _answers(editor):
            return editor.answer()
        case QLineEdit():
            return editor.text().strip()
        case QPlainTextEdit():
            return editor.toPlainText().strip()
        case QComboBox():
            return editor.currentData() if editor.currentData() is not None else editor.currentText()
        case ChipField():
            return editor.values()
        case QCheckBox():
            return editor.isChecked()
        case QDateEdit():
            day = editor.date()
            return date(day.year(), day.month(), day.day())
        case QSpinBox() | QDoubleSpinBox():
            return editor.value()
    raise TypeError(type(editor).__name__)


def fill(editor: QWidget, value: Any) -> None:
    """Put a value into an editor of any kind."""
    match editor:
        case _ if _answers(editor):
            editor.take(value)
        case QLineEdit():
            editor.setText("" if value is None else str(value))
        case QPlainTextEdit():
            editor.setPlainText("" if value is None else str(value))
        case QComboBox():
            editor.setCurrentIndex(max(0, editor.findData(value)))
        case ChipField():
            editor.set_values(value or ())
        case QCheckBox():
            editor.setChecked(bool(value))
        case QDateEdit():
            editor.setDate(QDate(value.year, value.month, value.day))
        case QSpinBox() | QDoubleSpinBox():
            editor.setValue(value)
        case _:
            raise TypeError(type(editor).__name__)
