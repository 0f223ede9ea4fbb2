"""Where a lead looks at records: the queue at the left, the record with the bar for a word at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QWidget

from rmdesk.base.errors import Refused
from rmdesk.base.text import _, plural
from rmdesk.models.kinds import Word
from rmdesk.services.store.command import Command
from rmdesk.services.team.coverage import TeamFigures
from rmdesk.services.team.logs import log_of
from rmdesk.services.team.queries import Board
from rmdesk.services.team.rows import Log, QueueRow
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.drafts import Drafts
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.form import choices
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Card, column, row, rule
from rmdesk.ui.team import log_view, words
from rmdesk.ui.team.figures_view import Short
from rmdesk.ui.team.log_view import LogView
from rmdesk.ui.team.queue_list import QueueList
from rmdesk.ui.team.word_bar import WordBar

TALL = 660  # height in units of text from which the figures of the team stand below a record
LETTERS = {"A": Word.APPROVED, "R": Word.RETURNED, "D": Word.DISCUSS, "X": Word.EXEMPLARY}


class Review(QWidget):
    """`everything` is asked for by its box; the page fetches and calls `show_board`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._rows: Sequence[QueueRow] = ()
        self._line = desk.tasks.line(self)
        self.log: Log | None = None
        self._told = False
        self.member = choices(("", _("All managers")))
        self.member.setAccessibleName(_("Manager"))
        self.kind = choices(("", _("All kinds")), *((code, _(text)) for code, text in words.ENTITIES.items()))
        self.kind.setAccessibleName(_("Kind"))
        for box, signs in ((self.member, 12), (self.kind, 7)):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(signs)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.everything = QCheckBox(_("Undrawn too"))
        self.list = QueueList()
        self.nothing = Notice(_("Nothing waits for you."), "", icon="check")
        self.nothing.hide()
        self.listed = Card(_("Waiting for review"), " ")
        self.listed.add(row(self.member, self.kind, self.everything), self.list, self.nothing)
        self.listed.body.setStretchFactor(self.list, 1)
        self.view, self.bar = LogView(desk), WordBar()
        self.card = Card(_("Record"), " ")
        self.scroller = scroller(self.view, "card")
        self.card.add(self.scroller, rule(), self.bar, None)
        self.card.body.setStretchFactor(self.scroller, 1000)
        self.short = Short()
        self.short.hide()
        side = QWidget()
        side.setLayout(column(self.card, self.short, gap=16))
        self.panes = Panes(self.listed, side, (_("Waiting for review"), _("Record")), shares=(4, 7))
        self.setLayout(column(self.panes))
        self.list.chosen.connect(self._show_row)
        self.list.pressed_key.connect(self._letter)
        self.bar.said.connect(self.say)
        self.bar.comment.left.connect(self.list.setFocus)
        self.drafts = Drafts(desk, "review", self._typed, self._restore, self)
        self.drafts.watch(self.bar.comment)
        self.bar.tagged.connect(self.drafts.touch)
        self._saying: tuple[str, str] | None = None  # the draft of the word that is on its way
        for box in (self.member, self.kind):
            box.currentIndexChanged.connect(lambda _at: self._fill())
        self._show_row(None)

    def show_board(self, board: Board) -> None:
        """Show the queue."""
        self._rows = board.rows
        chosen = self.member.currentData()
        self.member.blockSignals(True)
        while self.member.count() > 1:
            self.member.removeItem(1)
        for one in board.members:
            self.member.addItem(one.name, one.book)
        self.member.setCurrentIndex(max(0, self.member.findData(chosen)))
        self.member.setVisible(len(board.members) > 1)
        self.member.blockSignals(False)
        self._fill()

    def show_figures(self, figures: TeamFigures) -> None:
        """Show how the team keeps in touch below the record, where there is room for both."""
        self.short.show_figures(figures)
        self._told = len(figures.members) > 1
        self._place()

    def say(self, word: Word) -> None:
        """Say a word on the record that is shown, and go on to the next."""
        log = self.log
        if log is None:
            return
        key = self._saying = self.drafts.key
        task = self.desk.perform(self._command(log, word), _told(log, word))
        task.done.connect(lambda _outcome: self.drafts.drop_of(key))
        task.failed.connect(self._failed)

    def step(self, by: int) -> None:
        """The next record, or the one before."""
        self.list.step(by)

    def fit(self) -> None:
        """The bar follows the record; a record that is too long is scrolled."""
        wide = self.scroller.viewport().width()
        layout = self.view.layout()
        if layout is not None:
            high = layout.heightForWidth(wide) if layout.hasHeightForWidth() else layout.sizeHint().height()
            self.scroller.setMaximumHeight(high + 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
        QTimer.singleShot(0, self, self.fit)

    # Inside.

    def _place(self) -> None:
        self.short.setVisible(self._told and self.height() * 100 / theme.percent >= TALL)

    def _fill(self) -> None:
        member, kind = self.member.currentData(), self.kind.currentData()
        rows = [one for one in self._rows if (not member or one.book == member) and (not kind or one.entity == kind)]
        managers = len({one.book for one in rows})
        told = plural("{count} record", "{count} records", len(rows))
        if managers > 1:
            told += " · " + plural("{count} manager", "{count} managers", managers)
        self.listed.title(_("Waiting for review"), told if rows else "")
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        narrowed = bool(self._rows) and not rows
        note = _("The filters leave nothing.") if narrowed else _("What your managers note next comes here by itself.")
        self.nothing.say(_("Nothing waits for you."), note, icon="check")
        self.list.show_rows(rows)

    def _show_row(self, row: QueueRow | None) -> None:
        if row is None:
            self._keep_typed()
            self.log = None
            self.card.title(_("Record"), "")
            self.bar.hide()
            self.scroller.hide()
            return
        self._line.fetch(log_of, row.entity, row.id).done.connect(self.show_log)

    def show_log(self, log: Log) -> None:
        """Show a record, and an empty bar below it unless it is the one that was shown already."""
        same = self.log is not None and (self.log.id, self.log.request) == (log.id, log.request)
        if not same:
            self._keep_typed()
        self.log = log
        self.card.title(log_view.heading(log)[0], "")
        self.view.show_log(log)
        self.scroller.show()
        self.bar.show()
        QTimer.singleShot(0, self, self.fit)
        if not same:
            self.bar.begin(request=bool(log.request))
            self.drafts.subject, self.drafts.client = f"{log.entity}/{log.request or log.id}", log.client
            self.drafts.look()
            self.scroller.verticalScrollBar().setValue(0)

    def _letter(self, letter: str) -> None:
        if letter in ("N", "P"):
            self.step(1 if letter == "N" else -1)
        elif letter == "C":
            self.bar.comment.setFocus()
        elif self.bar.buttons[LETTERS[letter]].isVisible():
            self.say(LETTERS[letter])

    def _command(self, log: Log, word: Word) -> Command[Any]:
        from rmdesk.services.gifts.approvals import DecideApproval
        from rmdesk.services.team.commands import ReviewRecord

        if log.request:
            return DecideApproval(log.request, word is Word.APPROVED, self.bar.text)
        return ReviewRecord(log.entity, log.id, word, self.bar.text, self.bar.tag)

    def _keep_typed(self) -> None:
        """A word that was begun waits until one comes back to its record."""
        if self.drafts.key != self._saying:
            self.drafts.save()
        self.drafts.forget()
        self._saying = None

    def _typed(self) -> dict[str, Any] | None:
        typed = {"comment": self.bar.text, "tag": self.bar.tag}
        return typed if self.log is not None and any(typed.values()) else None

    def _restore(self, typed: dict[str, Any]) -> None:
        if self.log is not None and not self.bar.text:
            self.bar.fill(str(typed.get("comment", "")), str(typed.get("tag", "")))

    def _failed(self, error: BaseException) -> None:
        self._saying = None
        if isinstance(error, Refused):
            self.bar.refuse(error)
        else:
            self.desk.tell(error)


def _told(log: Log, word: Word) -> str:
    said = _("{name}: {word}")
    if log.request:
        told = _("gift approved") if word is Word.APPROVED else _("gift refused")
        return said.format(name=log.client_name, word=told)
    return said.format(name=log.client_name, word=words.word(word))
