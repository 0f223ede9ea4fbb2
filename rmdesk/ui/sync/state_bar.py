"""The line over the page: how far this desk is in step, and the round that is under way."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QSizePolicy

from rmdesk.base.text import _
from rmdesk.services.sync.rows import Where
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.dot import Dot
from rmdesk.ui.kit.form import confirm
from rmdesk.ui.kit.widgets import Button, Card, column, label, row
from rmdesk.ui.sync import words

LOOK_MS = 150


class StateBar(Card):
    """State, what else is to say, how much is here; while a round runs its progress and Cancel."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.dot = Dot("good")
        self.said = label("", "strong", wrap=True)
        self.rest = label("", "note", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(180)
        self.bar.setAccessibleName(_("Progress of the sync"))
        self.doing = label("", "small")
        self.cancel = Button(_("Cancel"), self._cancel, kind="small")
        self.asks = label("", "soft", wrap=True)
        self.allow = Button(_("Allow"), self._allow, kind="small")
        asking = row(self.asks, self.allow, gap=12)
        asking.setStretch(0, 1)
        line = row(self.dot, column(self.said, self.rest, gap=2), self.doing, self.bar, self.cancel, gap=12)
        line.setStretch(1, 1)
        self.strange = label("", "soft", wrap=True)
        self.part = Button(_("Remove…"), self._part, kind="small")
        parting = row(self.strange, self.part, gap=12)
        parting.setStretch(0, 1)
        shut = _("The hub lets this desk in no more until you sign in again. Your data and what waits stay here.")
        self.shut = label(shut, "soft", wrap=True)
        self.again = Button(_("Sign in again…"), self._again, kind="small")
        returning = row(self.shut, self.again, gap=12)
        returning.setStretch(0, 1)
        self._address = ""
        self.add(line, returning, asking, parting)
        for part in (self.asks, self.allow, self.strange, self.part, self.shut, self.again):
            part.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.show_round)
        self.show_round()

    def show_where(self, where: Where) -> None:
        """Show where this desk stands."""
        text, kind = words.said(where.line)
        self.said.setText(text)
        self.dot.show_token(kind)
        told = [words.rest(where.line), words.progress(where.scopes)]
        self.rest.setText(" · ".join(part for part in told if part))
        self.setAccessibleName(f"{text}. {self.rest.text()}")
        asked = words.asked(where)
        self.asks.setText(asked)
        self.asks.setVisible(bool(asked))
        self.allow.setVisible(bool(asked))
        strange = words.strange(where)
        self.strange.setText(strange)
        self.strange.setVisible(bool(strange))
        self.part.setVisible(bool(strange))
        self._address = where.address
        self.shut.setVisible(where.line.shut)
        self.again.setVisible(where.line.shut)
        self.show_round()

    def show_round(self) -> None:
        """Show the round that is under way, or none."""
        task = self._desk.round
        for part in (self.doing, self.bar, self.cancel):
            part.setVisible(task is not None)
        if task is None:
            self._look.stop()
            return
        done, total, text = task.progress.seen
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.doing.setText(text or _("Syncing…"))
        if not self._look.isActive():
            self._look.start()

    def _again(self) -> None:
        from rmdesk.ui.sync import dialogs

        dialogs.open_again(self._desk, self._address)

    def _allow(self) -> None:
        from rmdesk.services.sync.guards import AllowDeletions

        confirm(
            _("Allow many deletions?"),
            self.asks.text(),
            _("Allow"),
            lambda: self._desk.perform(AllowDeletions(), _("Allowed: the next sync does it")),
            danger=True,
        )

    def _part(self) -> None:
        from rmdesk.services.sync.parting import RemoveStrangers

        warning = _("They are removed from this computer for good; print first what is still needed.")
        confirm(
            _("Remove the clients of other books?"),
            f"{self.strange.text()} {warning}",
            _("Remove"),
            lambda: self._desk.perform(RemoveStrangers(), _("Clients of other books removed")),
            danger=True,
        )

    def _cancel(self) -> None:
        task = self._desk.round
        if task is not None:
            task.progress.stop()
            self.doing.setText(_("Stopping…"))
