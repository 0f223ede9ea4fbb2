"""The Journals page: what was done and learnt, the playbook, and the week's close."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QWidget

from rmdesk.base import clock
from rmdesk.base.text import N_, _, phrase, sentences
from rmdesk.models.kinds import Topic
from rmdesk.services.events import Event, EventKind
from rmdesk.services.journals import queries, rules
from rmdesk.services.journals.queries import CardRow, JournalRow, Week
from rmdesk.services.journals.rollup import Span, roll_up
from rmdesk.services.store.reads import Reads
from rmdesk.ui.journals import dialogs
from rmdesk.ui.journals.detail import Detail
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.event_list import EventList
from rmdesk.ui.kit.form import choices
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.tab_buttons import tab_buttons
from rmdesk.ui.kit.widgets import Button, Card, clearable, column, label, row

SPANS: dict[Span, str] = {Span.DAY: N_("Of the day"), Span.WEEK: N_("Of the week"), Span.MONTH: N_("Of the month")}
TYPING_MS = 250


class _Got(NamedTuple):
    """What was read, and the same as entries of the list: of journals, and of cards."""

    journals: tuple[JournalRow, ...]
    cards: tuple[CardRow, ...]
    week: Week
    events: tuple[tuple[Event, ...], tuple[Event, ...]]


class JournalsPage(Page):
    """Journals or playbook cards at the left, the chosen one at the right, over it what the week still asks for."""

    watches: ClassVar[frozenset[Topic]] = frozenset({Topic.JOURNALS, Topic.CLIENTS})
    offers: ClassVar[tuple[Action, ...]] = (
        Action("roll_up", N_("Roll-up"), lambda page: page.offer_roll_ups(), icon="file", button=True),
        Action(
            "write_journal", N_("Write journal"), lambda page: dialogs.open_journal(page.desk), "Ctrl+J", "edit",
            button=True, primary=True,
        ),
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._journals: tuple[JournalRow, ...] = ()
        self._cards: tuple[CardRow, ...] = ()
        self._week: Week | None = None
        self._events: tuple[tuple[Event, ...], tuple[Event, ...]] = (), ()
        self._wanted = ""  # the journal or card that is to be shown, once it is there
        self.views, views = tab_buttons(self, (_("Journals"), _("Playbook")), gap=18)
        self.views.idClicked.connect(lambda _at: self._fill())
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Search journals"))
        self.field.setAccessibleName(_("Search journals"))
        clearable(self.field)
        self.field.setMaximumWidth(300)
        self.method = choices(("", _("All methods")), *((code, str(name)) for code, name in rules.methods().items()))
        self.method.setAccessibleName(_("Method"))
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self.reload)
        self.field.textChanged.connect(lambda _text: self._typing.start())
        self.method.currentIndexChanged.connect(lambda _at: self.reload())
        self.listed = Card(_("Journals"), "")
        self.list = EventList()
        self.list.setAccessibleName(_("Journals"))
        self.list.selectionModel().currentChanged.connect(lambda _now, _old: self._show_current())
        self.list.opened.connect(lambda _entity, key: self._open(key))
        self._none = label("", "note", wrap=True)
        self._none.hide()
        self.listed.add(self.list, self._none)
        self.closing = Card(_("The week's close"), "")
        self._asks = label("", "soft", wrap=True)
        self.go_on = Button(_("Write the next"), self._close_next, kind="small")
        asks = row(self._asks, self.go_on, gap=12)
        asks.setStretch(0, 1)
        self.closing.add(asks)
        self.closing.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.detail = Detail(desk)
        side = QWidget()
        side.setLayout(column(self.closing, self.detail, gap=16))
        self.panes = Panes(self.listed, side, (_("Journals"), _("Journal")), shares=(5, 4))
        self.body.addLayout(row(views, None, self.method, self.field, gap=12))
        self.body.addWidget(self.panes, 1)

    def title(self) -> str:
        return _("Journals")

    def open(self, **what: Any) -> None:
        if "text" in what:
            self.field.setText(str(what["text"]))
        if what.get("key"):
            self.views.button(int(what.get("entity") == "playbook_card")).setChecked(True)
            self._wanted = str(what["key"])
        if what.get("do") == "write":
            dialogs.open_journal(self.desk, what.get("client"))

    def place(self) -> dict[str, Any]:
        return {"text": self.field.text()}

    def reload(self) -> None:
        method = self.method.currentData() or None
        self.fetch(_read, self.field.text().strip(), method).done.connect(self._show)

    def _show(self, got: _Got) -> None:
        self._journals, self._cards, self._week = got.journals, got.cards, got.week
        self._events = got.events
        self._fill()

    def _fill(self) -> None:
        playbook = self.views.checkedId() == 1
        events = self._events[playbook]
        self.method.setVisible(not playbook)
        self.field.setVisible(not playbook)
        self.listed.title(_("Playbook") if playbook else _("Journals"), str(len(events)) if events else "")
        self.list.show_events(events)
        at = next((at for at, one in enumerate(events) if one.entity_id == self._wanted), -1)
        if at >= 0:
            self._wanted = ""
            self.list.setCurrentIndex(self.list.model().index(at, 0))
        self.list.setVisible(bool(events))
        self._none.setVisible(not events)
        nothing = _("No journal yet. Ctrl+J writes one: content and method suffice.")
        empty = _("No card yet. A journal with a good insight can become one.")
        self._none.setText(empty if playbook else nothing)
        if events and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        self._show_current()
        self._show_week(playbook)

    def _show_current(self) -> None:
        at = self.list.currentIndex().row()
        if self.views.checkedId() == 1:
            self.detail.show_card(self._cards[at] if 0 <= at < len(self._cards) else None)
        else:
            self.detail.show_journal(self._journals[at] if 0 <= at < len(self._journals) else None)

    def _show_week(self, playbook: bool) -> None:
        week = self._week
        if week is None:
            return
        said = []
        if week.unfinished:
            said.append(_("{count} journals lack insight or reflection.").format(count=len(week.unfinished)))
        if week.visits:
            said.append(_("{count} visits of this week are in no journal.").format(count=week.visits))
        self._asks.setText(sentences(*said))
        self.go_on.setVisible(bool(week.unfinished))
        self.closing.setVisible(bool(said) and not playbook)

    def _close_next(self) -> None:
        if self._week is not None and self._week.unfinished:
            dialogs.show(dialogs.CloseDialog(self.desk, self._week.unfinished[-1]))

    def _open(self, key: str) -> None:
        for one in self._journals:
            if one.id == key and self.views.checkedId() == 0:
                dialogs.open_journal(self.desk, journal=one)

    def offer_roll_ups(self) -> None:
        """Offer the document of today, this week, this month."""
        menu = QMenu(self)
        for span, text in SPANS.items():
            menu.addAction(_(text)).triggered.connect(lambda _on=False, span=span: self._roll_up(span))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().topRight()) - self.rect().topRight() / 4)

    def _roll_up(self, span: Span) -> None:
        from rmdesk.ui.kit.document_dialog import open_document

        task = self.tasks.fetch(roll_up, clock.today(), span)
        task.done.connect(lambda document: open_document(self.desk, document))


def _journal(one: JournalRow) -> Event:
    names = _(", ").join(client.name for client in one.clients[:3])
    named = all(client.name in one.content for client in one.clients[:3])
    led = _("{lead}: {text}")
    text = one.content if named else led.format(lead=names, text=one.content)
    insight = "\n" + led.format(lead=_("Insight"), text=one.insight) if one.insight else ""
    title = phrase("{method}", method=str(rules.methods().get(one.method, one.method)))
    return Event(one.on, EventKind.JOURNAL, title, text + insight, entity="journal", entity_id=one.id)


def _card(one: CardRow) -> Event:
    title = phrase("Used {uses}, worked {worked}", uses=one.uses, worked=one.worked)
    return Event(one.made_on, EventKind.JOURNAL, title, f"{one.title}\n{one.text}", entity="card", entity_id=one.id)


def _read(reads: Reads, text: str, method: str | None) -> _Got:
    journals, cards = queries.journals(reads, text=text, method=method), queries.cards(reads, retired=True)
    events = tuple(_journal(one) for one in journals), tuple(_card(one) for one in cards)
    return _Got(journals, cards, queries.week(reads), events)
