"""The Clients page: the table of all clients, its filters and views, the nine cells, and what is done with several."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from rmdesk.base.record import record
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId, ClientStatus, Topic
from rmdesk.services.care.standing import standing
from rmdesk.services.clients import table
from rmdesk.services.clients.filters import ClientFilter, Order
from rmdesk.services.clients.table_rows import ClientRow, Found, Standing
from rmdesk.services.settings.queries import ViewRow, views_of
from rmdesk.services.store.reads import Reads
from rmdesk.ui.clients.bulk_bar import BulkBar
from rmdesk.ui.clients.columns import columns
from rmdesk.ui.clients.filter_bar import FilterBar
from rmdesk.ui.clients.group_card import GroupCard
from rmdesk.ui.clients.group_map import GroupMap
from rmdesk.ui.clients.outgoing import Outgoing
from rmdesk.ui.clients.views import PAGE, RenameViewDialog, SaveViewDialog, ViewButton, read_spec, spec_of
from rmdesk.ui.kit import format
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.as_table import AsTable
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.form import confirm
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.widgets import Button, Card, column, label

FIRST = 48  # rows that come with their ids: more than any screen shows


class ClientsPage(Page):
    """All clients in a table that never holds more than the rows one looks at."""

    watches: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.CLIENTS, Topic.HOLDINGS, Topic.SEGMENTS, Topic.VISITS, Topic.SETTINGS, Topic.CARE, Topic.COMPLAINTS}
    )
    offers: ClassVar[tuple[Action, ...]] = (
        Action("import", N_("Import"), lambda page: page.desk.go("imports"), icon="import", button=True),
        Action("groups", N_("Group clients"), lambda page: page.desk.go("groups"), icon="company", button=True),
        Action("book", N_("Portfolio book of the selected clients"), lambda page: page.book(), icon="file"),
        Action("export_clients", N_("Export"), lambda page: page.outgoing.export(), icon="export", button=True),
        Action("new_client", N_("New client"), lambda page: page.new_client(), "Ctrl+Shift+N", "plus", primary=True),
        Action("find_in_table", N_("Narrow the table"), lambda page: page.filters.field.setFocus(), "Ctrl+F"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.standing: Standing | None = None
        self.found: Found | None = None
        self._anew = True  # whether the figures are to be read again with the next answer
        self._offers = self.tasks.line(self)
        self.table: RowTable[ClientRow] = RowTable(
            columns(), key=lambda row: row.id, name="clients", state=desk.state, title=_("Clients")
        )
        key, down = self.table.sort
        self.order = Order(key, down) if key else Order()
        self.table.show_sort(self.order.column, self.order.descending)
        self.filters = FilterBar()
        self.views = ViewButton()
        self.map = GroupMap()
        self.map_told = AsTable(self.map, self.map.facts)
        self.group = GroupCard(plans=True)
        self.bulk = BulkBar()
        self.outgoing = Outgoing(self, self)
        self.nobody = Notice()
        self._build()
        self._connect()

    def title(self) -> str:
        return _("Clients")

    def open(self, **what: Any) -> None:
        """`go("clients", filter=ClientFilter(...))` shows that part of the portfolio."""
        chosen = what.get("filter")
        if isinstance(chosen, ClientFilter):
            self.filters.show_filter(chosen)

    def place(self) -> dict[str, Any]:
        return {"filter": self.filters.chosen}

    # Loading.

    def reload(self) -> None:
        self._anew = True
        self.look()
        self._offers.fetch(_choices).done.connect(self._offer)

    def book(self) -> None:
        """The files of the selected clients as one book, else that of a tier."""
        self.desk.go("reports", kind="book", clients=tuple(self.table.selected()))

    def look(self) -> None:
        """Ask for the clients that the filter leaves."""
        known = None if self._anew else self.standing
        self.fetch(_seen, known, self.filters.chosen, self.order).done.connect(self._show)

    def _show(self, seen: Seen) -> None:
        self.standing, self.found, self._anew = seen.standing, seen.found, False
        self.show_found(seen.found)
        self.table.fill(seen.rows)

    def show_found(self, found: Found) -> None:
        """Show these clients."""
        if not found.total:
            self.show_empty(
                _("There are no clients yet."),
                _("Take in the bank's export, or begin a file for a prospect."),
                icon="clients",
                button=_("Import a file"),
                press=lambda: self.desk.go("imports"),
            )
            self.desk.badge("clients", None)
            return
        currency = self.standing.currency if self.standing else ""
        self.desk.badge("clients", found.total)
        count = format.whole(found.count)
        if found.count < found.total:
            count = _("{count} of {total}").format(count=count, total=format.whole(found.total))
        self.card.title(_("Clients"), count)
        self.table.set_ids(found.ids)
        self.table.setVisible(bool(found.ids))
        self.nobody.setVisible(not found.ids)
        groups = self.filters.chosen.groups
        self.map.show_counts(found.cells, groups)
        self.map_told.refresh()
        if len(groups) == 1:
            self.group.show_group(groups[0])
        self.bulk.show_found(found, currency)
        self.bulk.show_selected(len(self.table.selected()))

    def _offer(self, choices: tuple[tuple[tuple[int, str], ...], tuple[ViewRow, ...]]) -> None:
        branches, views = choices
        self.filters.show_branches(branches)
        current = self.views.current
        self.views.show_views(views, next((view for view in views if current and view.id == current.id), None))

    def _read(self, ids: tuple[int, ...]) -> None:
        if self.standing is not None:
            self.tasks.fetch(table.rows_of, self.standing, ids).done.connect(self.table.fill)

    # Acting.

    def new_client(self) -> None:
        """Begin a file for a prospect."""
        from rmdesk.ui.clients.edit_dialog import ClientDialog

        dialog = ClientDialog(self.desk)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def selected(self) -> tuple[ClientId, ...]:
        """The selected clients, in the order shown."""
        return tuple(ClientId(number) for number in self.table.selected())

    def set_status(self, status: ClientStatus) -> None:
        """Set the status of the selected clients; asks first where it ends all care."""
        clients = self.selected()
        if status is ClientStatus.ACTIVE or not clients:
            self._perform_status(clients, status)
            return
        confirm(
            _("Set the status of {count} clients?").format(count=len(clients)),
            _("They leave today's list, and no occasion or campaign reaches them. It can be undone."),
            _("Set status"),
            lambda: self._perform_status(clients, status),
        )

    def _perform_status(self, clients: tuple[ClientId, ...], status: ClientStatus) -> None:
        from rmdesk.services.clients.commands import SetStatus

        if clients:
            self.desk.perform(SetStatus(clients, status), _("Status of {count} clients set").format(count=len(clients)))

    def set_consent(self, consent: bool) -> None:
        """Note the consent of the selected clients."""
        from rmdesk.services.clients.commands import SetConsent

        clients = self.selected()
        if clients:
            self.desk.perform(
                SetConsent(clients, consent), _("Consent of {count} clients noted").format(count=len(clients))
            )

    def snooze(self) -> None:
        """Put the selected clients off."""
        from rmdesk.ui.care.snooze import ask_until

        clients = self.selected()
        if clients:
            names = _("{count} clients").format(count=len(clients))
            ask_until(self.desk, self, names, partial(self._put_off, clients))

    def _put_off(self, clients: tuple[ClientId, ...], until: date, why: str) -> None:
        from rmdesk.services.care.commands import Snooze
        from rmdesk.services.store.several import Several

        said = _("{count} clients put off until {day}").format(count=len(clients), day=format.short_day(until))
        self.desk.perform(Several(tuple(Snooze(client, until, why) for client in clients)), said)

    # Filters, order, views.

    def narrow(self, chosen: ClientFilter) -> None:
        """Show the clients of another filter."""
        self.filters.show_filter(chosen)
        self.look()

    def _sorted(self, key: str, down: bool) -> None:
        self.order = Order(key, down)
        self.look()

    def _groups(self, groups: tuple[str, ...]) -> None:
        from dataclasses import replace

        self.narrow(replace(self.filters.chosen, groups=groups))
        if not groups:
            self.group.show_group(None)

    def _view(self, view: ViewRow | None) -> None:
        chosen, self.order = (ClientFilter(), Order()) if view is None else read_spec(view.spec)
        self.views.show_views(self.views.views, view)
        self.table.show_sort(self.order.column, self.order.descending)
        self.narrow(chosen)

    def _save_view(self) -> None:
        current = self.views.current
        spec = spec_of(self.filters.chosen, self.order)
        opened(SaveViewDialog(self.desk, spec, current.name if current else ""))

    def _delete_view(self, view: ViewRow) -> None:
        from rmdesk.services.settings.commands import DeleteView

        self.views.show_views(self.views.views, None)
        self.desk.perform(DeleteView(view.id), _("View “{name}” deleted").format(name=view.name))

    def _chosen(self, ids: list[int]) -> None:
        self.bulk.show_selected(len(ids))
        known = self.table.rows.known(ids[0]) if len(ids) == 1 else None
        if known is not None and known.group:
            self.group.show_group(known.group)

    # Building.

    def _build(self) -> None:
        self.card = Card(_("Clients"), " ")
        columns_button = Button("", kind="icon", icon="columns", hint=_("Choose columns"))
        columns_button.clicked.connect(
            lambda: self.table.column_menu(self).popup(columns_button.mapToGlobal(columns_button.rect().bottomLeft()))
        )
        self.card.corner.addWidget(self.views)
        self.card.corner.addWidget(columns_button)
        self.nobody.say(
            _("No client fits these filters."),
            button=_("Clear filters"),
            press=lambda: self.narrow(ClientFilter()),
            icon="filter",
        )
        self.nobody.hide()
        self.card.add(self.filters, self.table, self.nobody, self.bulk)
        self.card.body.setStretchFactor(self.table, 1)
        self.card.body.setStretchFactor(self.nobody, 1)
        self.card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        cells = Card(_("The nine groups"), "")
        cells.head.setWordWrap(True)
        self._hint = label(_("press a cell to filter"), "note")
        cells.corner.addWidget(self._hint)
        cells.corner.addWidget(self.map_told.toggle)
        cells.add(self.map_told)
        inside = QWidget()
        inside.setObjectName("ground")
        inside.setLayout(column(cells, self.group, None, gap=16))
        self.side = QScrollArea()
        self.side.setWidgetResizable(True)
        self.side.setFrameShape(QFrame.Shape.NoFrame)
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.side.setWidget(inside)
        self.panes = Panes(self.card, self.side, (_("Clients"), _("The nine groups")))
        self.body.addWidget(self.panes, 1)

    def _connect(self) -> None:
        self.table.wanted.connect(self._read)
        self.table.sorted.connect(self._sorted)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda client: self.desk.go("client", client=ClientId(client)))
        self.filters.changed.connect(lambda _chosen: self.look())
        self.panes.arranged.connect(self._arrange)
        self.map.chosen.connect(self._groups)
        self.group.planned.connect(lambda group: self.desk.ask("campaign", groups=(group,)))
        self.views.chosen.connect(self._view)
        self.views.save.connect(self._save_view)
        self.views.rename.connect(lambda view: opened(RenameViewDialog(self.desk, view)))
        self.views.delete.connect(self._delete_view)
        self.bulk.status.connect(self.set_status)
        self.bulk.consent.connect(self.set_consent)
        self.bulk.snooze.connect(self.snooze)
        self.bulk.invite.connect(lambda: self.desk.ask("guests", clients=self.selected()))
        self.bulk.copy.connect(self.outgoing.copy)
        self.bulk.export.connect(self.outgoing.export)

    def _arrange(self) -> None:
        self._hint.setVisible(not self.panes.narrow)
        self.table.leave_out(("familiarity",) if self.panes.narrow else ())  # the group says it too


@record
class Seen:
    """The clients that a filter leaves, and the rows of the first: one answer, so that they are painted once."""

    standing: Standing
    found: Found
    rows: tuple[ClientRow, ...]


def _seen(reads: Reads, known: Standing | None, chosen: ClientFilter, order: Order) -> Seen:
    stand = known or standing(reads)
    found = table.find(reads, stand, chosen, order)
    return Seen(stand, found, table.rows_of(reads, stand, found.ids[:FIRST]))


def _choices(reads: Reads) -> tuple[tuple[tuple[int, str], ...], tuple[ViewRow, ...]]:
    return table.branches(reads), views_of(reads, PAGE)
