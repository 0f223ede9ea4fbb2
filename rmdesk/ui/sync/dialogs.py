"""Dialogs of the team hub: settling the differences of one record, joining a hub, leaving it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from rmdesk.base.text import _, plural, sentences
from rmdesk.services.sync import queries
from rmdesk.services.sync.rows import DifferenceRow, SyncLine
from rmdesk.services.sync.state import get
from rmdesk.ui.kit import tab_order
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import confirm
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, label, row
from rmdesk.ui.sync.difference import DifferencePanel

WIDE, HIGH = 720, 420


class RecordDialog(QDialog):
    """The open differences of one record, one after another; closes when none is left."""

    def __init__(self, desk: Desk, rows: tuple[DifferenceRow, ...]) -> None:
        super().__init__(theme.window())
        self._desk, self.rows = desk, list(rows)
        first = rows[0]
        title = " · ".join(part for part in (first.name, first.record.said, first.about) if part)
        self.setWindowTitle(_("Settle differences"))
        self.head = label(title, "title", wrap=True)
        self.left = label("", "note")
        self.panel = DifferencePanel(desk)
        self.panel.settled.connect(self._settled)
        inside = QWidget()
        inside.setLayout(column(self.panel, None))
        later = Button(_("Later"), self.reject)
        box = column(self.head, self.left, scroller(inside), row(None, later), gap=12)
        box.setStretch(2, 1)
        box.setContentsMargins(24, 24, 24, 24)
        self.setLayout(box)
        self.resize(theme.px(WIDE), theme.px(HIGH))
        self._show()

    def focusNextPrevChild(self, next: bool) -> bool:
        return tab_order.go(self, forward=next)

    def _show(self) -> None:
        self.left.setText(plural("{count} difference", "{count} differences", len(self.rows)))
        self.left.setVisible(len(self.rows) > 1)
        self.panel.show_difference(self.rows[0])

    def _settled(self, one: Any) -> None:
        self.rows = [row for row in self.rows if row.key != one.key]
        if self.rows:
            self._show()
        else:
            self.accept()


def open_difference(desk: Desk, entity: str = "", key: str = "", **_more: object) -> None:
    """Settle the differences of one record; without any the page is shown."""

    def found(rows: tuple[DifferenceRow, ...]) -> None:
        if not rows:
            desk.go("sync")
            return
        dialog = RecordDialog(desk, rows)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    desk.tasks.fetch(queries.differences_of, entity, key).done.connect(found)


def open_join(desk: Desk) -> None:
    """Ask for the hub to join."""
    from rmdesk.ui.sync.join_dialog import JoinDialog

    dialog = JoinDialog(desk)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    waits = desk.tasks.fetch(get, "enrolment")
    waits.done.connect(lambda kept: dialog.resume(kept) if isValid(dialog) else None)


def open_again(desk: Desk, url: str) -> None:
    """Let this desk's owner sign in at its hub again; a desk that waits for approval goes on from there."""
    from rmdesk.ui.sync.entrance import Return
    from rmdesk.ui.sync.join_dialog import JoinDialog

    dialog = JoinDialog(desk, Return())
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()

    def found(kept: dict[str, Any] | None) -> None:
        if not isValid(dialog):
            return
        if kept:
            dialog.resume({"url": url})
        else:
            dialog.begin(url)

    desk.tasks.fetch(get, "rejoin").done.connect(found)


def open_leave(desk: Desk, line: SyncLine) -> None:
    """Ask whether to leave the hub; what it has not heard is said."""

    def leave() -> None:
        from rmdesk.services.sync.joining import LeaveHub

        desk.perform(LeaveHub(anyway=unheard > 0), _("This desk follows no hub any more"))

    unheard = line.waiting + line.refused
    told = [_("Your records stay on this computer; from then on nothing is shared with the team.")]
    if unheard:
        told.append(
            plural(
                "{count} record has not been uploaded and will be missing at the team.",
                "{count} records have not been uploaded and will be missing at the team.",
                unheard,
            )
        )
    confirm(_("Leave the team hub?"), sentences(*told), _("Leave"), leave, danger=True)
