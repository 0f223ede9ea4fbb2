"""The file of one client: head, and tabs for the overview, what is held, and the history of the values."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QMenu, QStackedWidget, QWidget

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Channel, ClientId, ClientStatus, Origin, Topic
from rmdesk.services.care import queries as care
from rmdesk.services.changes.queries import ChangeRow, changes_of_client
from rmdesk.services.clients import file, queries
from rmdesk.services.clients.facts import Fact, facts_of
from rmdesk.services.clients.file import OccasionAhead, Place
from rmdesk.services.clients.queries import Header
from rmdesk.services.clients.timeline import Event, timeline_of
from rmdesk.services.holdings import queries as holdings
from rmdesk.services.store.reads import Reads
from rmdesk.ui.care import words
from rmdesk.ui.clients.file_header import FileHeader
from rmdesk.ui.clients.file_history import HistoryTab
from rmdesk.ui.clients.file_holdings import HoldingsTab
from rmdesk.ui.clients.file_overview import Overview
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import confirm
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.widgets import Button, column, row, rule

TABS: tuple[tuple[str, str], ...] = (
    ("overview", N_("Overview")),
    ("holdings", N_("Holdings and balances")),
    ("history", N_("History")),
)
OVERVIEW, HOLDINGS, HISTORY = range(len(TABS))
W = TypeVar("W", bound=QWidget)


class ClientPage(Page):
    """Shows one client; `go("client", client=12)`.

    The tabs behind the first are made and filled when they are first seen, so that a file opens at once.
    """

    watches: ClassVar[frozenset[Topic]] = frozenset(Topic)
    offers: ClassVar[tuple[Action, ...]] = (
        Action("back_to_clients", N_("All clients"), lambda page: page.desk.go("clients"), icon="clients"),
        Action(
            "edit_client",
            N_("Edit"),
            lambda page: page.edit(),
            "F2",
            "edit",
            button=True,
        ),
        Action("client_status", N_("Status"), lambda page: page.choose_status(), icon="shield", button=True),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.client: ClientId | None = None
        self.header: Header | None = None
        self.head = FileHeader()
        self.overview = Overview()
        self._held: tuple[Any, ...] | None = None  # what a tab shows as soon as it is seen
        self._told: tuple[tuple[Fact, ...], tuple[ChangeRow, ...]] | None = None
        self.stack = QStackedWidget()
        self.tabs = QButtonGroup(self)
        line = row(gap=20)
        for at, (_name, text) in enumerate(TABS):
            button = Button(_(text), kind="tab")
            button.setCheckable(True)
            button.setChecked(at == 0)
            button.clicked.connect(lambda _on=False, at=at: self.show_tab(at))
            self.tabs.addButton(button, at)
            self.stack.addWidget(self.overview if at == OVERVIEW else QWidget())
            line.addWidget(button)
        line.addStretch(1)
        self.body.addWidget(self.head)
        self.body.addLayout(column(line, rule(), gap=0))
        self.body.addWidget(self.stack, 1)
        self._connect()

    @cached_property
    def holdings(self) -> HoldingsTab:
        """What is held, and balances over time."""
        return self._placed(HOLDINGS, HoldingsTab())

    @cached_property
    def history(self) -> HistoryTab:
        """Where each value comes from, and who changed what."""
        return self._placed(HISTORY, HistoryTab())

    def _placed(self, at: int, tab: W) -> W:
        empty = self.stack.widget(at)
        self.stack.insertWidget(at, tab)
        if empty is not None:
            self.stack.removeWidget(empty)
            empty.deleteLater()
        return tab

    def title(self) -> str:
        return self.header.name if self.header else _("Client")

    def open(self, **what: Any) -> None:
        client = ClientId(int(what["client"])) if "client" in what else self.client
        if client != self.client:
            self.client, self.header = client, None
            self.show_tab(0)
        if "tab" in what:
            self.show_tab([name for name, _text in TABS].index(str(what["tab"])))

    def show_tab(self, at: int) -> None:
        """Show one of the tabs."""
        self.tabs.button(at).setChecked(True)
        if at == HOLDINGS:
            self.stack.setCurrentWidget(self.holdings)
        elif at == HISTORY:
            self.stack.setCurrentWidget(self.history)
        else:
            self.stack.setCurrentWidget(self.overview)
        self._fill()

    def _fill(self) -> None:
        at = self.stack.currentIndex()
        if at == HOLDINGS and self._held is not None:
            balances, held, accounts = self._held
            self._held = None
            self.holdings.show_balances(balances)
            self.holdings.show_holdings(held)
            self.holdings.show_accounts(accounts)
        if at == HISTORY and self._told is not None:
            facts, changes = self._told
            self._told = None
            self.history.show_facts(facts)
            self.history.show_changes(changes)

    # Loading.

    def reload(self) -> None:
        if self.client is None:
            return
        self.fetch(_file, self.client).done.connect(self.show_file)

    def show_file(self, got: tuple[Any, ...]) -> None:
        """Show who it is, what is held, what happened."""
        header: Header
        place: Place | None
        header, place, balances, events, occasions, held, accounts = got
        self.header, self.client = header, header.id
        self.head.show_header(header, place)
        self.head.show_balances(balances, place.aum_minor if place else None)
        self.overview.timeline.show_events(events)
        self.overview.show_occasions(occasions)
        self.overview.show_note(header.note)
        self.overview.group.show_group(place.group if place else None)
        self.overview.group.setVisible(bool(place and place.group))
        self._held = balances, held, accounts
        self._fill()
        self.renamed.emit()
        # Only now, as a client who is gone has neither.
        self.fetch(care.receipt, header.id).done.connect(self._show_receipt)
        self.fetch(_history, header.id).done.connect(self._show_history)

    def _show_receipt(self, receipt: Any) -> None:
        self.head.show_receipt(receipt)
        self.overview.show_receipt(receipt)

    def _show_history(self, got: tuple[tuple[Fact, ...], tuple[ChangeRow, ...]]) -> None:
        self._told = got
        self._fill()

    # Acting.

    def edit(self) -> None:
        """Edit what the desk may: all of a prospect, the note of a client of the bank."""
        if self.header is None:
            return
        if self.header.origin is Origin.DESK:
            self.tasks.fetch(queries.details_of, self.header.id).done.connect(self._edit_details)
        else:
            self.edit_note()

    def edit_note(self) -> None:
        """Edit the free note."""
        from rmdesk.ui.clients.edit_dialog import NoteDialog

        if self.header is not None:
            _open(NoteDialog(self.desk, self.header.id, self.header.note))

    def correct_reading(self) -> None:
        """Say how the name is read."""
        from rmdesk.ui.clients.edit_dialog import ReadingDialog

        if self.header is not None:
            _open(ReadingDialog(self.desk, self.header.id, self.header.name, self.header.pinyin))

    def choose_status(self) -> None:
        """Offer the statuses and the consents."""
        menu = QMenu(self)
        menu.setProperty("checks", True)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for status in ClientStatus:
            action = menu.addAction(words.status(status))
            action.setCheckable(True)
            action.setChecked(self.header is not None and self.header.status is status)
            action.triggered.connect(lambda _on=False, status=status: self.set_status(status))
        menu.addSeparator()
        for consent, text in ((True, _("Marketing: consents")), (False, _("Marketing: consent withdrawn"))):
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(self.header is not None and self.header.consent is consent)
            action.triggered.connect(lambda _on=False, consent=consent: self.set_consent(consent))
        menu.popup(self.mapToGlobal(self.rect().topRight()) - self.rect().topRight() / 4)

    def set_status(self, status: ClientStatus) -> None:
        """Set the status; asks first where it ends all care."""
        if self.header is None or status is self.header.status:
            return
        if status is ClientStatus.ACTIVE:
            self._set_status(status)
            return
        confirm(
            _("{name}: {status}?").format(name=self.header.name, status=words.status(status)),
            _("All care ends at once: today's list, occasions and campaigns. It can be undone."),
            _("Set status"),
            lambda: self._set_status(status),
        )

    def set_consent(self, consent: bool) -> None:
        """Note the consent to marketing."""
        from rmdesk.services.clients.commands import SetConsent

        if self.header is not None:
            self.desk.perform(SetConsent((self.header.id,), consent), _("Consent noted"))

    def _set_status(self, status: ClientStatus) -> None:
        from rmdesk.services.clients.commands import SetStatus

        if self.header is not None:
            said = _("{name}: {status}").format(name=self.header.name, status=words.status(status))
            self.desk.perform(SetStatus((self.header.id,), status), said)

    def _edit_details(self, details: Any) -> None:
        from rmdesk.ui.clients.edit_dialog import ClientDialog

        _open(ClientDialog(self.desk, self.client, details))

    def _show_phone(self) -> None:
        from rmdesk.services.clients.commands import ShowNumber

        if self.header is not None:
            task = self.tasks.perform(ShowNumber(self.header.id, "phone"))
            task.done.connect(lambda outcome: self.head.show_number(outcome.result))

    def _what_if(self, channel: Channel) -> None:
        if self.client is not None:
            task = self.tasks.fetch(care.receipt, self.client, what_if=channel)
            task.done.connect(self.overview.receipt.show_what_if)

    def _connect(self) -> None:
        self.head.show_phone.connect(self._show_phone)
        self.head.correct.connect(self.correct_reading)
        self.head.why.connect(lambda: self.show_tab(0))
        self.overview.edit_note.connect(self.edit_note)
        self.overview.what_if.connect(self._what_if)
        self.overview.setting.connect(lambda name: self.desk.go("settings", setting=name.partition(":")[0]))


def _file(
    reads: Reads, client: ClientId
) -> tuple[
    Header,
    Place | None,
    holdings.Balances,
    tuple[Event, ...],
    tuple[OccasionAhead, ...],
    tuple[holdings.HoldingRow, ...],
    tuple[holdings.AccountRow, ...],
]:
    header = queries.header_of(reads, client)
    return (
        header,
        file.place_of(reads, header.id),
        holdings.balances_of(reads, header.id),
        timeline_of(reads, header.id),
        file.occasions_of(reads, header.id),
        holdings.holdings_of(reads, header.id),
        holdings.accounts_of(reads, header.id),
    )


def _history(reads: Reads, client: ClientId) -> tuple[tuple[Fact, ...], tuple[ChangeRow, ...]]:
    return facts_of(reads, client), changes_of_client(reads, client)


def _open(dialog: QWidget) -> None:
    from PySide6.QtWidgets import QDialog

    assert isinstance(dialog, QDialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
