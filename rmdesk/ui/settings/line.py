"""One setting on the page: what it is, where its default comes from, its editor, and the way back to the default."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from rmdesk.base.text import _
from rmdesk.services.settings.queries import SettingRow
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, label, row
from rmdesk.ui.settings.editors import GridEditor, editor_of

CRAMPED = 560  # width in units of text under which the editor stands under its words
LEAST = 320
ANSWER = 380  # the same on every line, so that all editors stand in one column


class SettingLine(QWidget):
    """`changed` tells key and value."""

    changed = Signal(str, object)

    def __init__(self, given: SettingRow) -> None:
        super().__init__()
        self.key = given.key
        self._default = given.default
        name = label(_(given.text), "strong", wrap=True)
        note = label(_(given.note), "note", wrap=True)
        if not given.note:
            note.hide()
        source = label(_("Source: {source}").format(source=_(given.source)), "note", wrap=True)
        if not given.source:
            source.hide()
        self.editor = editor_of(given)
        target = self.editor.focusProxy() or self.editor
        target.setAccessibleName(target.accessibleName() or _(given.text))
        target.setAccessibleDescription(_(given.note))
        self.reset = Button(_("Reset"), self._reset, kind="link", name=_("Reset {name}").format(name=_(given.text)))
        self.error = label("", "error", wrap=True)
        self.error.hide()
        words = column(name, note, source, gap=2)
        words.insertStretch(0)  # in the middle by stretches: an aligned layout forgets how high its lines become
        words.addStretch()
        wide = isinstance(self.editor, GridEditor)
        line = column(self.editor, row(self.reset, None)) if wide else row(self.editor, self.reset, None)
        answer = column(line, self.error, gap=4)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 10, 0, 10)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self._grid.addLayout(words, 0, 0)
        self._answer = answer
        self._is_under: bool | None = None
        self._arrange()
        self.editor.changed.connect(lambda value: self.changed.emit(self.key, value))
        self.show_row(given)

    def _arrange(self) -> None:
        """The editor beside the words, or under them where it is wide or room is scarce."""
        cramped = self.width() * 100 / theme.percent < CRAMPED
        under = cramped or isinstance(self.editor, GridEditor)
        if under is self._is_under:
            return
        self._is_under = under
        self._grid.removeItem(self._answer)
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._grid.addLayout(self._answer, int(under), int(not under), side)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnMinimumWidth(1, 0 if under else theme.px(ANSWER))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """As narrow as its words allow, for the editor can go under them; a grid stays whole."""
        grid = self.editor.minimumSizeHint().width() if isinstance(self.editor, GridEditor) else 0
        return QSize(max(theme.px(LEAST), grid), super().minimumSizeHint().height())

    def show_row(self, given: SettingRow) -> None:
        """The value in force."""
        self.error.hide()
        self.editor.show_value(given.value)
        keep = self.reset.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(keep)
        self.reset.setVisible(given.changed)

    def wrong(self, text: str) -> None:
        """Why the value was not taken."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def _reset(self) -> None:
        default: Any = self._default
        self.changed.emit(self.key, default)
