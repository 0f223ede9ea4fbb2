"""A record with what the team lead said of it; the manager amends it while it is open, and adds to it when sealed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from rmdesk.base.text import _
from rmdesk.services.store.command import Command
from rmdesk.services.team.logs import log_of
from rmdesk.services.team.rows import Log
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.drafts import keep_draft
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Chip, label, row
from rmdesk.ui.team import log_view
from rmdesk.ui.team.log_view import LogView

TABS = {"gift": "gifts", "complaint": "complaints"}


class RecordDialog(FormDialog):
    """`text` is what was about to be written into a record that is sealed: it becomes the addendum."""

    def __init__(self, desk: Desk, entity: str, key: str, text: str = "") -> None:
        super().__init__(desk, _("Record and review"), answer=_("Write addendum"), said=_("Addendum written"))
        self._entity, self._key = entity, key
        self.log: Log | None = None
        self.view = LogView(desk)
        self._area = scroller(self.view, "card")
        self._area.setMinimumHeight(theme.px(260))
        self._name, self._state = label("", "heading"), Chip("")
        self._state.hide()
        self.amend = Button(_("Amend record"), self._amend)
        self.amend.hide()
        field = QPlainTextEdit(text)
        field.setTabChangesFocus(True)
        field.setFixedHeight(theme.px(84))
        self.form.add("text", _("Addendum"), field)
        self.whole.insertLayout(0, row(self._name, self._state, None, self.amend))
        self.whole.insertWidget(1, self._area, 1)
        self.resize(theme.px(640), theme.px(600))
        field.setFocus()
        keep_draft(self, "addendum", key)
        desk.tasks.line(self).fetch(log_of, entity, key).done.connect(self.show_log)

    def show_log(self, log: Log) -> None:
        """Show the record."""
        self.log = log
        self._name.setText(log_view.heading(log)[0])
        self._state.say(_("Sealed") if log.sealed else _("Open to changes"), "good" if log.sealed else "occasion")
        self._state.setVisible(bool(log.reviews))
        self.amend.setVisible(not log.sealed)
        self.view.show_log(log)

    def command(self) -> Command[Any]:
        from rmdesk.services.team.commands import AddAddendum

        return AddAddendum(self._entity, self._key, self.form.value("text"))

    def _amend(self) -> None:
        """Go where the record is changed."""
        if self.log is None:
            return
        log = self.log
        self.reject()
        if log.entity == "visit":
            self.desk.ask("visit", visit=log.id)
        else:
            self.desk.go("client", client=log.client, tab=TABS[log.entity])


def open_record(desk: Desk, entity: str, key: str, text: str = "") -> RecordDialog:
    """Show a record with what was said of it."""
    dialog = RecordDialog(desk, entity, key, text)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
