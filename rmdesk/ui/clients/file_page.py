"""The file of one client: head, and tabs for the overview, what is held, and the history of the values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Channel, ClientId, ClientStatus, Origin, Topic
from rmdesk.services.care import file
from rmdesk.services.care import queries as care
from rmdesk.services.care.file import OccasionAhead, Place
from rmdesk.services.care.steps import Step, next_steps
from rmdesk.services.clients import queries
from rmdesk.services.clients.queries import Header
from rmdesk.services.events import Event
from rmdesk.services.holdings import queries as holdings
from rmdesk.services.profile.queries import profile_of
from rmdesk.services.profile.rows import Profile
from rmdesk.services.store.reads import Reads
from rmdesk.services.timeline.queries import timeline_of
from rmdesk.ui.care import words
from rmdesk.ui.clients.difference_bar import DifferenceBar, differences_of
from rmdesk.ui.clients.file_header import FileHeader
from rmdesk.ui.clients.file_overview import Overview
from rmdesk.ui.clients.tab_line import TabLine
from rmdesk.ui.clients.tabs import OVERVIEW, TABS
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.file_tab import FileTab
from rmdesk.ui.kit.form import confirm
from rmdesk.ui.kit.noted import note_view
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.slices import Slices


class ClientPage(Page):
    """Shows one client; `go("client", client=12)`.

    The tabs behind the first are made and filled when they are first seen, so that a file opens at once.
    """

    watches: ClassVar[frozenset[Topic]] = frozenset(Topic)
    offers: ClassVar[tuple[Action, ...]] = (
        Action("back_to_clients", N_("All clients"), lambda page: page.desk.go("clients"), icon="clients"),
        Action("edit_client", N_("Edit"), lambda page: page.edit(), "F2", "edit"),
        Action("client_status", N_("Status"), lambda page: page.choose_status(), icon="shield"),
        Action("print_client", N_("Print"), lambda page: page.ask("client_file"), "Ctrl+P", "print"),
        Action("client_more", N_("More"), lambda page: page.offer_more(), icon="more", button=True),
        Action("brief", N_("Brief PDF"), lambda page: page.ask("brief"), "Ctrl+B", "file", button=True),
        Action("client_gift", N_("Gift"), lambda page: page.ask("gift"), "Ctrl+G", "gift", button=True),
        Action("client_journal", N_("Write journal"), lambda page: page.ask("journal"), "Ctrl+J", "edit", button=True),
        Action(
            "client_visit", N_("Log visit"), lambda page: page.ask("visit"), icon="visit", button=True, primary=True
        ),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.client: ClientId | None = None
        self.header: Header | None = None
        self.head = FileHeader()
        self.made: dict[str, FileTab] = {}  # the other tabs, each from when it was first seen
        self.stack = self.new_stack()
        self._turns = Slices(self, 0)
        self.stack.add_place(lambda: self.overview)
        self.do_later(lambda: self.overview, partial(self.stack.fill, 0))
        self.tabs = TabLine()
        self.tabs.show_tab(OVERVIEW)
        self.shown = OVERVIEW
        self.unmerged = DifferenceBar(desk)
        self.body.addWidget(self.head)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.unmerged)
        self.body.addWidget(self.stack, 1)
        self._connect()

    @cached_property
    def overview(self) -> Overview:
        """The first tab."""
        made = Overview()
        made.edit_tastes.connect(lambda: self.show_tab("profile"))
        made.edit_note.connect(self.edit_note)
        made.timeline.wanted.connect(self.show_tab)
        made.what_if.connect(self._what_if)
        made.asked_rule.connect(lambda name: self.desk.go("guide", rule=name))
        made.setting.connect(lambda name: self.desk.go("settings", setting=name.partition(":")[0]))
        return made

    def title(self) -> str:
        return self.header.name if self.header else _("Client")

    def open(self, **what: Any) -> None:
        client = ClientId(int(what["client"])) if "client" in what else self.client
        if client != self.client:
            self.client, self.header = client, None
            if client is not None:
                note_view(self.tasks, client)
            self.show_tab(OVERVIEW)
        if "tab" in what:
            self.show_tab(str(what["tab"]))

    def place(self) -> dict[str, Any]:
        return {"tab": self.shown}

    def half_written(self) -> dict[str, Any] | None:
        return self.made[self.shown].half_written() if self.shown in self.made else None

    def write_on(self, typed: dict[str, Any]) -> None:
        if self.shown in self.made:
            self.made[self.shown].write_on(typed)

    def show_tab(self, name: str) -> None:
        """Show the tab of this name; one that is new is made, put into its place and shown in turns of their own."""
        self.shown = name
        self.tabs.show_tab(name)
        self.unmerged.show_tab(name)
        if name == OVERVIEW or name in self.made:
            self._turns.stop()
            self._bring(name)
        else:
            self._turns.begin((partial(self.tab, name), partial(self._bring, name)))

    def tab(self, name: str) -> FileTab:
        """One of the tabs behind the overview, made at the first call."""
        if name not in self.made:
            load = next(tab.load for tab in TABS if tab.name == name)
            assert load is not None
            self.made[name] = load()(self.desk)
        return self.made[name]

    def _bring(self, name: str) -> None:
        if name == OVERVIEW:
            if "overview" in vars(self):  # else it comes with the page
                self.stack.bring_at(0)
        else:
            tab = self.tab(name)
            self.stack.bring(tab, tab.later())
        self._fill()

    @property
    def building(self) -> bool:
        """Whether a tab, or a part of what is shown, is still to come."""
        return super().building or self._turns.busy

    @property
    def editing(self) -> bool:
        """Whether the tab that is shown is being edited."""
        return self.shown in self.made and self.made[self.shown].editing

    def changed(self, topics: frozenset[Topic]) -> None:
        """Head and overview watch everything, each tab watches for itself."""
        super().mark_stale()
        for tab in self.made.values():
            tab.changed(topics)

    def mark_stale(self) -> None:
        """The tab that is shown, too: F5 means all that is seen."""
        super().mark_stale()
        if self.shown in self.made:
            self.made[self.shown].mark_stale()

    def _fill(self) -> None:
        """A tab asks for itself, once it is known that there is such a client."""
        if self.shown in self.made and self.header is not None:
            self.made[self.shown].show_client(self.header.id)

    # Loading.

    def reload(self) -> None:
        if self.client is None:
            return
        self.fetch(_file, self.client).done.connect(self.show_file)

    def show_file(self, got: tuple[Any, ...]) -> None:
        """Show who it is, what is held, what happened."""
        self.in_slices(self._parts(*got))

    def _parts(
        self,
        header: Header,
        place: Place | None,
        balances: holdings.Balances,
        events: tuple[Event, ...],
        occasions: tuple[OccasionAhead, ...],
        counts: dict[str, int],
    ) -> Iterator[Callable[[], object]]:
        yield partial(self._show_who, header, place, balances)
        yield partial(self.overview.timeline.show_events, events)
        yield partial(self.overview.show_occasions, occasions)
        yield partial(self._show_rest, header, place, counts)

    def _show_who(self, header: Header, place: Place | None, balances: holdings.Balances) -> None:
        self.header, self.client = header, header.id
        self.head.show_header(header, place)
        self.head.show_balances(balances, place.aum_minor if place else None)
        self.renamed.emit()

    def _show_rest(self, header: Header, place: Place | None, counts: dict[str, int]) -> None:
        self.overview.show_note(header.note)
        self.overview.group.show_group(place.group if place else None)
        self.overview.group.setVisible(bool(place and place.group))
        self.tabs.show_counts(counts)
        self._fill()
        # Only now, as a client who is gone has none.
        self.fetch(care.receipt, header.id).done.connect(self._show_receipt)
        self.fetch(_known, header.id).done.connect(self._show_known)
        self.fetch(differences_of, header.id).done.connect(self.unmerged.show_rows)

    def _show_receipt(self, receipt: Any) -> None:
        self.then_in_slices(partial(self.head.show_receipt, receipt), *self.overview.receipt_steps(receipt))

    def _show_known(self, got: tuple[Profile, tuple[Step, ...]]) -> None:
        profile, steps = got
        self.then_in_slices(
            partial(self.head.show_complete, profile.completeness.percent),
            partial(self.overview.tastes.show_profile, profile),
            partial(self.overview.steps.show_steps, steps),
        )

    # Acting.

    def ask(self, form: str) -> None:
        """Open a form or a document about this client."""
        if self.header is not None:
            self.desk.ask(form, client=self.header.id)

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

    def offer_more(self) -> None:
        """Offer what is done now and then: edit, print, status and consent."""
        menu = self._menu()
        menu.addAction(_("Edit")).triggered.connect(self.edit)
        menu.addAction(_("Print")).triggered.connect(lambda: self.ask("client_file"))
        menu.addSeparator()
        self._offer_status(menu)

    def choose_status(self) -> None:
        """Offer the statuses and the consents."""
        self._offer_status(self._menu())

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setProperty("checks", True)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _offer_status(self, menu: QMenu) -> None:
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
            client = self.header.id
            task = self.tasks.perform(ShowNumber(client, "phone"))
            task.done.connect(lambda outcome: self._number_shown(client, outcome.result))

    def _number_shown(self, client: ClientId, number: str) -> None:
        if self.header is not None and self.header.id == client:
            self.head.show_number(client, number)

    def _what_if(self, channel: Channel) -> None:
        if self.client is not None:
            task = self.tasks.fetch(care.receipt, self.client, what_if=channel)
            task.done.connect(self.overview.receipt.show_what_if)

    def _connect(self) -> None:
        self.head.show_phone.connect(self._show_phone)
        self.head.correct.connect(self.correct_reading)
        self.head.complete.clicked.connect(lambda: self.show_tab("profile"))
        self.head.why.connect(lambda: self.show_tab(OVERVIEW))
        self.tabs.chosen.connect(self.show_tab)


def _file(
    reads: Reads, client: ClientId
) -> tuple[
    Header,
    Place | None,
    holdings.Balances,
    tuple[Event, ...],
    tuple[OccasionAhead, ...],
    dict[str, int],
]:
    header = queries.header_of(reads, client)
    return (
        header,
        file.place_of(reads, header.id),
        holdings.balances_of(reads, header.id),
        timeline_of(reads, header.id),
        file.occasions_of(reads, header.id),
        file.counts_of(reads, header.id),
    )


def _known(reads: Reads, client: ClientId) -> tuple[Profile, tuple[Step, ...]]:
    return profile_of(reads, client), next_steps(reads, client)


def _open(dialog: QWidget) -> None:
    from PySide6.QtWidgets import QDialog

    assert isinstance(dialog, QDialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
