"""One editor for each kind of setting; `changed` tells the new value when the user is done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QSpinBox, QWidget

from rmdesk.base.text import _
from rmdesk.services.scoring.words import LINES, PURPOSES
from rmdesk.services.settings.queries import SettingRow
from rmdesk.ui.kit.choice import Choice
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import label, row

# How the parts of keys like `maintain.C` are called.
PARTS = {**{purpose.value: name for purpose, name in PURPOSES.items()}, **LINES}


class Editor(QWidget):
    """Base: `show_value` fills it without telling, `error` is shown by the line around it."""

    changed = Signal(object)

    def show_value(self, value: Any) -> None:
        """Fill it."""
        raise NotImplementedError


class TextEditor(Editor):
    """A line of text."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.field = QLineEdit()
        self.field.setMinimumWidth(theme.px(240))
        self.setLayout(row(self.field))
        self.setFocusProxy(self.field)
        self.field.editingFinished.connect(self._done)

    def show_value(self, value: Any) -> None:
        self._shown = self._written(value)
        self.field.setText(self._shown)

    def _done(self) -> None:
        text = self.field.text().strip()
        if text != self._shown:
            self._shown = text
            self.changed.emit(self._read(text))

    def _written(self, value: Any) -> str:
        return str(value)

    def _read(self, text: str) -> Any:
        return text


class ListEditor(TextEditor):
    """Several numbers in a line, with commas between groups of digits left out."""

    def __init__(self) -> None:
        super().__init__()
        self.field.setMinimumWidth(theme.px(300))

    def _written(self, value: Any) -> str:
        return ", ".join(str(one) for one in value)

    def _read(self, text: str) -> Any:
        parts = [part.strip() for part in text.replace("，", ",").split(",") if part.strip()]
        return tuple(int(part) if part.lstrip("-").isdigit() else part for part in parts)


class PairsEditor(TextEditor):
    """Names with amounts in a line: USD = 7.12, EUR = 7.80."""

    def _written(self, value: Any) -> str:
        return ", ".join(f"{name} = {_plain(amount)}" for name, amount in sorted(value.items()))

    def _read(self, text: str) -> Any:
        pairs = [part.partition("=") for part in text.replace("，", ",").split(",") if part.strip()]
        return {name.strip(): amount.strip() for name, _sign, amount in pairs}


class NumberEditor(Editor):
    """A whole number with its unit."""

    def __init__(self, given: SettingRow) -> None:
        super().__init__()
        self._shown = 0
        self.field = QSpinBox()
        self.field.setRange(int(given.least or 0), int(given.most) if given.most is not None else 2_000_000_000)
        self.field.setSingleStep(int(given.step or 1))
        self.field.setKeyboardTracking(False)
        self.field.lineEdit().setTextMargins(11, 0, 0, 0)
        self.field.setMinimumWidth(theme.px(110))
        self.setLayout(row(self.field, label(_(given.unit), "soft")))
        self.setFocusProxy(self.field)
        self.field.valueChanged.connect(self._done)

    def show_value(self, value: Any) -> None:
        self._shown = int(value)
        self.field.blockSignals(True)
        self.field.setValue(self._shown)
        self.field.blockSignals(False)

    def _done(self, value: int) -> None:
        if value != self._shown:
            self._shown = value
            self.changed.emit(value)


class ChoiceEditor(Editor):
    """One of a few."""

    def __init__(self, given: SettingRow) -> None:
        super().__init__()
        self.field = Choice()
        self.field.setMinimumWidth(theme.px(200))
        for choice in given.choices:
            self.field.addItem(_(choice.text), choice.value)
        self.setLayout(row(self.field))
        self.setFocusProxy(self.field)
        self.field.activated.connect(lambda _at: self.changed.emit(self.field.currentData()))

    def show_value(self, value: Any) -> None:
        self.field.setCurrentIndex(max(0, self.field.findData(value)))


class FlagEditor(Editor):
    """Yes or no."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QCheckBox(_("On"))
        self.setLayout(row(self.field))
        self.setFocusProxy(self.field)
        self.field.clicked.connect(self.changed.emit)

    def show_value(self, value: Any) -> None:
        self.field.setChecked(bool(value))


class GridEditor(Editor):
    """Amounts under two names each, as in `maintain.C`: the first names are columns, the second ones lines."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__()
        self._value: dict[str, Any] = {}
        self.fields: dict[str, QLineEdit] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        columns = list(dict.fromkeys(key.partition(".")[0] for key in keys))
        lines = list(dict.fromkeys(key.partition(".")[2] for key in keys))
        for at, column in enumerate(columns, start=1):
            grid.addWidget(label(_(PARTS.get(column, column)), "field"), 0, at)
        for down, line in enumerate(lines, start=1):
            grid.addWidget(label(_(PARTS.get(line, line)), "soft"), down, 0)
            for at, column in enumerate(columns, start=1):
                key = f"{column}.{line}"
                if key in keys:
                    grid.addWidget(
                        self._cell(key, f"{_(PARTS.get(column, column))}, {_(PARTS.get(line, line))}"), down, at
                    )
        grid.setColumnStretch(len(columns) + 1, 1)
        for first in list(self.fields.values())[:1]:
            self.setFocusProxy(first)

    def show_value(self, value: Any) -> None:
        self._value = dict(value)
        for key, field in self.fields.items():
            field.setText(_plain(self._value.get(key, "")))

    def _cell(self, key: str, name: str) -> QLineEdit:
        field = self.fields[key] = QLineEdit()
        field.setFixedWidth(theme.px(84))
        field.setAccessibleName(name)
        field.editingFinished.connect(lambda: self._done(key))
        return field

    def _done(self, key: str) -> None:
        text = self.fields[key].text().strip()
        if text != _plain(self._value.get(key, "")):
            self._value = {**self._value, key: text}
            self.changed.emit(self._value)


def editor_of(given: SettingRow) -> Editor:
    """The editor that fits a setting."""
    if given.choices:
        return ChoiceEditor(given)
    match given.default:
        case bool():
            return FlagEditor()
        case int():
            return NumberEditor(given)
        case tuple():
            return ListEditor()
        case Mapping() if given.default and all("." in key for key in given.default):
            return GridEditor(list(given.default))
        case Mapping():
            return PairsEditor()
        case _:
            return TextEditor()


def _plain(value: Any) -> str:
    """A number without idle zeros: 25.0 is 25."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return f"{number.normalize():f}" if number else "0"
