"""The settings page, derived from what the features declare: a card for each section, a line for each setting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from rmdesk.base.errors import Refused
from rmdesk.base.text import _
from rmdesk.models.kinds import Topic
from rmdesk.services.settings import queries
from rmdesk.services.settings.queries import SettingRow
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.widgets import Button, Card, column, row, rule
from rmdesk.ui.settings.audit import AuditCard
from rmdesk.ui.settings.health import ArchiveCard, HealthCard
from rmdesk.ui.settings.keys import KeysCard
from rmdesk.ui.settings.line import SettingLine
from rmdesk.ui.settings.safety import SafetyCard
from rmdesk.ui.settings.updates import UpdateCard

WIDEST = 880
ROOM = 12  # beside the names of the chapters, for a bar that scrolls them


class SettingsPage(Page):
    """A change is saved at once and can be undone; a value that is refused stays in its field with the reason."""

    watches = frozenset({Topic.SETTINGS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lines: dict[str, SettingLine] = {}
        self._cards: dict[str, Card] = {}
        self._given: dict[str, SettingRow] = {}
        self._refused = ""
        self._asked = ""
        self._sections = column(gap=4)
        inside, middle = QWidget(), QWidget()
        middle.setMaximumWidth(WIDEST)
        self._sheet = QVBoxLayout(middle)
        self._sheet.setContentsMargins(0, 0, 0, 20)
        across = row(middle, None, gap=0)
        across.setStretch(0, 8)
        across.setContentsMargins(0, 0, 16, 0)
        inside.setLayout(across)
        self._sheet.setSpacing(16)
        self._area = QScrollArea()
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side = QWidget()
        listed = column(self._sections, None)
        listed.setContentsMargins(0, 0, 0, 12)  # links are higher than they say
        side.setLayout(listed)
        self._chapters = scroller(side)
        self._chapters.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)
        whole = row(self._chapters, self._area, gap=24)
        whole.setStretch(1, 1)
        self.body.setContentsMargins(24, 20, 8, 0)
        self.body.addLayout(whole)

    def title(self) -> str:
        """The name of the page."""
        return _("Settings")

    @property
    def editing(self) -> bool:
        """A line of text that has been changed and not yet left."""
        field = QApplication.focusWidget()
        return isinstance(field, QLineEdit) and self.isAncestorOf(field) and field.isModified()

    def open(self, setting: str = "", **what: Any) -> None:
        """Show the page, at one setting when its key is given: a receipt leads to the weight behind a line."""
        self._asked = setting
        self._lead()

    def reload(self) -> None:
        """Read all settings."""
        self.fetch(queries.all_values).done.connect(self._show)

    def _show(self, given: tuple[SettingRow, ...]) -> None:
        if not self.lines:
            self.in_slices(self._build(given))
            return
        self._given = {one.key: one for one in given}  # lines that are still to be made show these
        for one in given:
            if one.key in self.lines and one.key != self._refused:
                self.lines[one.key].show_row(one)
        self._lead()

    def _lead(self) -> None:
        line = self.lines.get(self._asked)
        if line is None or not line.isVisible():
            return
        self._asked = ""
        self._area.ensureWidgetVisible(line, 0, 80)
        (line.editor.focusProxy() or line.editor).setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self, given: tuple[SettingRow, ...]) -> Iterator[Callable[[], object]]:
        """A line at a time; a card is put on the page with all its lines, so that none is seen to grow."""
        self._given = {one.key: one for one in given}
        for section in dict.fromkeys(one.section for one in given):
            yield partial(self._hold, section, partial(Card, _(section), gap=0))
            for one in given:
                if one.section == section:
                    yield partial(self._add, section, one.key)
            yield partial(self._place, section)
        for name, make in (
            ("keys", KeysCard),
            ("backups", SafetyCard),
            ("health", HealthCard),
            ("archive", ArchiveCard),
            ("audit", AuditCard),
            ("updates", UpdateCard),
        ):
            yield partial(self._hold, name, partial(make, self.desk))
            yield partial(self._place, name)
        yield lambda: self._sheet.addStretch(1)

    def _hold(self, name: str, make: Callable[[], Card]) -> None:
        card = self._cards[name] = make()
        card.hide()
        self._sheet.addWidget(card)  # within the window, its lines can be dressed before they are seen

    def _add(self, name: str, key: str) -> None:
        card, line = self._cards[name], SettingLine(self._given[key])
        self.lines[key] = line
        line.changed.connect(self._change)
        if card.body.count():
            card.add(rule())
        card.add(line)
        line.ensurePolished()

    def _place(self, name: str) -> None:
        card = self._cards[name]
        card.show()
        link = Button(card.head.text(), lambda: self._area.verticalScrollBar().setValue(card.y()), kind="link")
        self._sections.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self._chapters.setMinimumWidth(max(self._chapters.minimumWidth(), link.sizeHint().width() + ROOM))
        QTimer.singleShot(0, self._lead)  # when its lines have their places

    def _change(self, key: str, value: Any) -> None:
        from rmdesk.services.settings.commands import ChangeSetting

        self._refused = ""
        task = self.desk.perform(ChangeSetting(key, value), _("Saved"))
        task.failed.connect(lambda error: self._wrong(key, error))

    def _wrong(self, key: str, error: BaseException) -> None:
        if isinstance(error, Refused):
            self._refused = key
            self.lines[key].wrong(error.whole)
        else:
            self.desk.tell(error)
