"""Logging a visit: the form, and beside it what one wants to know and what saving will change."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import SEALING, ClientId, RecordId, VisitState
from rmdesk.services.drafts.queries import DraftRow
from rmdesk.services.store.command import Command
from rmdesk.services.visits import queries, short
from rmdesk.services.visits.entry import Entry
from rmdesk.services.visits.rows import VisitRow
from rmdesk.ui.files.strip import AttachmentStrip
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.drafts import DraftLine, Drafts
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.widgets import Button, Card, column, label, row
from rmdesk.ui.tasks.task import Task
from rmdesk.ui.visits.log_form import ENTERS, LogForm
from rmdesk.ui.visits.side import AfterCard, BriefCard, Gaps

FORM = "log"
LOOK_MS = 150  # what stands beside the form follows the keys at this distance


class LogPage(Page):
    """`go("log", client=…, channel=…, purpose=…, task=…)` for a new visit, `visit=…` for one that is planned or held.
    `through` is the desk that performs the command, when something goes with it.

    What is typed is kept as a draft for each of these, so that leaving the page loses nothing.
    """

    keys: ClassVar[tuple[tuple[str, str], ...]] = (
        (N_("Save the visit"), "Ctrl+Enter"),
        (N_("Choose the channel"), "1 … 6"),
    )
    offers: ClassVar[tuple[Action, ...]] = (
        Action("leave_log", N_("Keep as draft"), lambda page: page.desk.back(), button=True),
        Action(
            "save_visit", N_("Save visit"), lambda page: page.save(), "Ctrl+Return", "check", button=True, primary=True
        ),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.visit: VisitRow | None = None
        self._task: RecordId | None = None
        self._given: dict[str, Any] = {}
        self._through: Desk = desk
        self._journal = False
        self.form = LogForm(desk)
        self.draft_line = DraftLine(self.discard)
        self.trouble = label("", "error", wrap=True)
        self.trouble.hide()
        self.gaps = Gaps()
        self.card = Card(_("Log a visit"), " ")
        self.card.corner.addWidget(label(_("Client, channel and one line suffice"), "note"))
        inside = QWidget()
        self.strip = AttachmentStrip(desk, "visit", draft=FORM)
        self.to_journal = Button(_("Save and write as journal"), self.save_as_journal, kind="link")
        if not desk.can_ask("journal"):
            self.to_journal.hide()
        below = row(self.to_journal, None)
        box = column(self.draft_line, self.form, self.strip, self.trouble, below, None, self.gaps, gap=12)
        box.setContentsMargins(2, 2, 8, 2)
        inside.setLayout(box)
        self.card.add(scroller(inside, "card"))
        self.brief, self.after = BriefCard(), AfterCard()
        side = QWidget()
        places = column(gap=16)
        side.setLayout(column(places, None))
        self.add_later(places, self.brief, self.after)
        self.panes = Panes(self.card, scroller(side), (_("Log a visit"), _("Visit brief")))
        self.body.addWidget(self.panes)
        self.drafts = Drafts(desk, FORM, self._typed, self.form.show_typed, self)
        self.drafts.restored.connect(self._restored)
        self._brief_line, self._after_line = self.tasks.line(self), self.tasks.line(self)
        self._visit_line = self.tasks.line(self)
        self._look_soon = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._look_soon.timeout.connect(self._ask_after)
        self.form.changed.connect(self.drafts.touch)
        self.form.changed.connect(self._look_soon.start)
        self.form.client.chosen.connect(self._client_chosen)
        self._opened = False

    def title(self) -> str:
        return _("Edit visit") if self.visit is not None and self.visit.state == VisitState.HELD else _("Log a visit")

    @property
    def editing(self) -> bool:
        return not self.form.is_empty

    def open(self, **what: Any) -> None:
        self._through = what.pop("through", None) or self.desk
        if self._opened and (not what or what == self._given) and not self.form.is_empty:
            QTimer.singleShot(0, self.form, self.form.focus_next)
            return
        self.drafts.save_and_wait()
        self._opened, self._given = True, what
        self.visit, self._task, self._journal = None, what.get("task"), False
        self.drafts.subject = str(what.get("visit") or what.get("client") or "")
        client = ClientId(int(what["client"])) if what.get("client") is not None else None
        self._begin(client, what.get("channel"), what.get("purpose") or "")
        self.strip.show_draft(self._draft_name, client)
        if what.get("visit") is None:
            self.drafts.look()
        else:
            task = self._visit_line.fetch(queries.visit_of, RecordId(str(what["visit"])))
            task.done.connect(self.show_visit)

    def show_visit(self, visit: VisitRow) -> None:
        """Fill in a visit that is on record: held ones are edited, planned ones logged."""
        if visit.word in SEALING:
            self._add_instead(visit, "")
            return
        self.visit = visit
        self.strip.show_record(visit.id, visit.client)
        self.form.show_entry(queries.entry_of(visit))
        if visit.state != VisitState.HELD and visit.on > clock.today():
            self.form.on.set_day(clock.today())
        self.drafts.look()
        self.card.title(self.title(), " ")
        self.renamed.emit()
        self.form.focus_next()

    def reload(self) -> None:
        self._client_chosen(self.form.client.client)

    def save(self) -> None:
        """Save the visit, and go back to where one came from."""
        self.form.form.clear_errors()
        self.trouble.hide()
        self.drafts.save_and_wait()
        try:
            command, said = self._command(self.form.entry(self.visit.district if self.visit else ""))
        except Refused as error:
            self._failed(error)
            return
        task: Task[Any] = self._through.perform(command, said)
        task.done.connect(lambda outcome: self._saved(outcome.result))
        task.failed.connect(self._failed)

    def save_as_journal(self) -> None:
        """Save the visit, and go on with what one learned from it."""
        self._journal = True
        self.save()

    def discard(self) -> None:
        """Throw away what is typed, and begin anew."""
        self.drafts.drop()
        self.strip.discard()
        self.strip.show_draft(self._draft_name, self._given.get("client"))
        self._begin(None, None, "")
        if self.visit is not None:
            self.form.show_entry(queries.entry_of(self.visit))
        elif self._given.get("client") is not None:
            self.form.client.take(self._given["client"])
        self.drafts.forget()
        self.form.focus_next()

    def keep_typed(self) -> None:
        self.drafts.save_and_wait()

    # Inside.

    def _begin(self, client: ClientId | None, channel: str | None, purpose: str) -> None:
        self.draft_line.hide()
        self.trouble.hide()
        self.card.title(_("Log a visit"), " ")
        self.form.begin(client, channel, purpose)
        self.drafts.forget()
        QTimer.singleShot(0, self.form, self.form.focus_next)

    def _restored(self, draft: DraftRow) -> None:
        self.draft_line.tell(draft)
        self.form.content.moveCursor(QTextCursor.MoveOperation.End)
        self.form.focus_next()

    def _command(self, entry: Entry) -> tuple[Command[Any], str]:
        from rmdesk.services.files.with_files import WithFiles
        from rmdesk.services.visits.commands import EditVisit, HoldVisit, LogVisit

        name, key = self.form.client.name, self.drafts.key
        if self.visit is None:
            visit: Command[Any] = LogVisit(entry, self._task, key)
            if self.strip.count and entry.client is not None:
                visit = WithFiles(visit, self._draft_name, "visit", entry.client)
            return visit, _("{name}: visit logged").format(name=name)
        if self.visit.state == VisitState.HELD:
            return EditVisit(self.visit.id, entry, key), _("{name}: visit changed").format(name=name)
        return HoldVisit(self.visit.id, entry, key), _("{name}: visit logged").format(name=name)

    @property
    def _draft_name(self) -> str:
        """Under which name the files of the form wait."""
        return f"{FORM}:{self.drafts.subject}"

    def _saved(self, result: Any) -> None:
        visit = self.visit.id if self.visit is not None else getattr(result, "result", result)  # of the list: within
        client, journal = self.form.client.client, self._journal
        self._journal = False
        self.drafts.forget()
        self.form.begin()
        self.drafts.forget()
        self._opened, self.visit = False, None
        self.desk.back()
        if self.isVisible():
            self.desk.go("visits")
        if journal:
            self.desk.ask("journal", client=client, visit=visit)

    def _failed(self, error: BaseException) -> None:
        self._journal = False
        if self.form.form.refuse(error, self.desk):
            return
        if isinstance(error, Refused) and error.code == "sealed" and self.visit is not None:
            self._add_instead(self.visit, str(self.form.typed().get("content") or ""))
        elif isinstance(error, Refused):
            self.trouble.setText(error.whole)
            self.trouble.show()
        else:
            self.desk.tell(error)

    def _add_instead(self, visit: VisitRow, text: str) -> None:
        """The visit is sealed: what was to be changed becomes an addendum."""
        self.drafts.drop()
        self.form.begin()
        self.drafts.forget()
        self._opened, self.visit = False, None
        self.desk.back()
        self.desk.ask("record", entity="visit", key=visit.id, text=text)

    def _typed(self) -> dict[str, Any] | None:
        self.drafts.client = self.form.client.client
        prefilled = self._given.get("client") is not None and self.visit is None
        typed = self.form.typed()
        if self.form.is_empty or (prefilled and not any(typed[name] for name in ("content", "purpose", "next_step"))):
            return None
        return typed

    def _client_chosen(self, client: ClientId | None) -> None:
        if self.visit is None:
            self.strip.set_client(client)
        if client is None:
            self.brief.show_nobody()
            self.after.show_nothing()
            self.gaps.show_gaps(())
            return
        self._brief_line.fetch(short.short_brief, client).done.connect(self._show_brief)
        self._look_soon.start()

    def _show_brief(self, brief: short.ShortBrief) -> None:
        self.brief.show_brief(brief)
        self.gaps.show_gaps(question.short.said for question in brief.questions)

    def _ask_after(self) -> None:
        try:
            entry = self.form.entry()
        except Refused:
            return
        if entry.client is None or entry.on is None or self.desk.tasks.store is None:
            return
        but = "" if self.visit is None else self.visit.id
        task = self._after_line.fetch(
            short.after, entry.client, entry.channel, entry.on, entry.at, two_way=entry.two_way, but=but
        )
        task.done.connect(
            lambda told: self.after.show_after(
                told, two_way=entry.two_way, task=bool(entry.next_step.strip()), promises=len(entry.promises)
            )
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self.form, self.form.focus_next)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.drafts.save()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTERS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        else:
            super().keyPressEvent(event)
