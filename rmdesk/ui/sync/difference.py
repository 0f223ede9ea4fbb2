"""One difference: both versions side by side with who wrote them and when, and what can be done about it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QPlainTextEdit, QWidget

from rmdesk.base.errors import Known
from rmdesk.base.text import _
from rmdesk.services.sync.rows import DifferenceRow, Version
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Chip, clear, column, label, restyle, row
from rmdesk.ui.sync import words
from rmdesk.ui.sync.marked import MarkedText

BESIDE = 440  # width in units of text from which on versions stand side by side
LINES = 132  # pixels of a text of several lines


class VersionView(QFrame):
    """One version; `chosen` that it is to hold."""

    chosen = Signal(str)

    def __init__(self, version: Version, number: int) -> None:
        super().__init__()
        self.setProperty("role", "cell")
        self.version = version
        mark = Chip(_("In the record"), "value") if version.current else Chip(_("Other version"), "occasion")
        self.text = MarkedText(version.text, version.spans)
        said = _("Keep this") if version.current else _("Use this")
        self.button = Button(f"{said}  {number}", partial(self.chosen.emit, version.conflict), kind="small", name=said)
        box = column(row(mark, None), label(author(version), "note", wrap=True), self.text, None, gap=8)
        box.addLayout(row(self.button, None))
        box.setContentsMargins(14, 12, 14, 12)
        self.setLayout(box)
        self.setAccessibleName(f"{mark.text()}, {author(version)}")


def author(version: Version) -> str:
    """Who wrote a version, and when."""
    by = version.by or (_("you") if version.own else _("somebody of the team"))
    if version.own and version.by:
        by = _("{name} (you)").format(name=version.by)
    return f"{by} · {words.when(version.at)}" if version.at else by


class DifferencePanel(QWidget):
    """Empty until a difference is shown. `settled` tells the row, once it is; `began` and `left` tell of writing."""

    settled = Signal(object)
    left = Signal()
    began = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.shown: DifferenceRow | None = None
        self.views: list[VersionView] = []
        self._asks = label("", "soft", wrap=True)
        self._versions = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._versions.setContentsMargins(0, 0, 0, 0)
        self._versions.setSpacing(12)
        self.write = Button("", self.begin_writing, kind="link", name=_("Write it anew"))
        self.editor = QPlainTextEdit()
        self.editor.setTabChangesFocus(True)
        self.editor.setAccessibleName(_("Your own text"))
        self.error = label("", "error", wrap=True)
        self.keep = Button(_("Save this text"), self.keep_written, kind="small")
        self.leave = Button(_("Cancel"), self.stop_writing, kind="small")
        self._writing = QWidget()
        self._writing.setLayout(
            column(label(_("Your own text"), "field"), self.editor, self.error, row(self.keep, self.leave, None), gap=6)
        )
        self._writing.hide()
        for keys, press in (("Ctrl+Return", self.keep_written), ("Esc", self.stop_writing)):
            shortcut = QShortcut(QKeySequence(keys), self._writing)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(press)
        self.setLayout(column(self._asks, self._versions, row(self.write, None), self._writing, gap=12))

    @property
    def writing(self) -> bool:
        """Whether a text of one's own is being written."""
        return self.shown is not None and not self._writing.isHidden()

    def show_difference(self, one: DifferenceRow) -> None:
        """Show a difference; what was being written about the same one stays."""
        same = self.shown is not None and self.shown.key == one.key
        if same and self.writing:
            return
        self.shown = one
        clear(self._versions)
        self.views = []
        for number, version in enumerate(one.versions, 1):
            view = VersionView(version, number)
            view.chosen.connect(self.choose)
            self.views.append(view)
            self._versions.addWidget(view, 1)
        self._asks.setText(_asks(one))
        self.write.setText(f"{_('Write it anew')}  E")
        self.write.setVisible(one.free)
        self.stop_writing()
        self._arrange()

    # Acting.

    def choose_number(self, number: int) -> None:
        """Let the version of this number hold, 1 the one in the record."""
        if self.shown is not None and not self.writing and number <= len(self.shown.versions):
            self.choose(self.shown.versions[number - 1].conflict)

    def choose(self, conflict: str) -> None:
        """Let a version hold; "" the one in the record."""
        self._settle(conflict, None)

    def begin_writing(self) -> None:
        """Offer a field with what is in the record."""
        if self.shown is None or not self.shown.free or self.writing:
            return
        self.editor.setPlainText(self.shown.versions[0].text)
        self.editor.setFixedHeight(theme.px(LINES if self.shown.several else LINES // 2))
        self.write.hide()
        self._writing.show()
        self.editor.setFocus()
        self.editor.selectAll()
        self.began.emit(self._writing)

    def stop_writing(self) -> None:
        """Take the field away."""
        self._wrong("")
        was = self.writing
        self._writing.hide()
        self.write.setVisible(self.shown is not None and self.shown.free)
        if was:
            self.left.emit()

    def keep_written(self) -> None:
        """Let one's own text hold."""
        if self.writing:
            self._settle("", self.editor.toPlainText())

    def _settle(self, choice: str, text: str | None) -> None:
        from rmdesk.services.sync.settling import Settle

        one = self.shown
        if one is None:
            return
        said = _("{record}: {field} settled").format(record=one.name or one.record.said, field=one.label)
        task = self._desk.perform(Settle(one.entity, one.entity_id, one.field, choice, text), said)
        task.done.connect(lambda _outcome: self._settled(one))
        task.failed.connect(self._failed)

    def _settled(self, one: DifferenceRow) -> None:
        if self.shown is one:
            self.stop_writing()
        self.settled.emit(one)

    def _failed(self, error: BaseException) -> None:
        if self.writing and isinstance(error, Known):
            self._wrong(error.whole)
        else:
            self._desk.tell(error)

    def _wrong(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))
        restyle(self.editor, wrong=bool(text))

    # Room.

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        beside = len(self.views) == 2 and self.width() * 100 / theme.percent >= BESIDE
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if way != self._versions.direction():
            self._versions.setDirection(way)


def _asks(one: DifferenceRow) -> str:
    if len(one.versions) > 2:
        text = _("{field}: {count} versions were written without knowledge of each other. Say which one holds.")
        return text.format(field=one.label, count=len(one.versions))
    text = _("{field}: two versions were written without knowledge of each other. Say which one holds.")
    return text.format(field=one.label)
