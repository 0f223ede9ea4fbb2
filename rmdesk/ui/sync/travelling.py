"""Travel mode in the window: who stays on this laptop, what that means, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmdesk.base.text import N_, _, plural
from rmdesk.models.kinds import ClientId
from rmdesk.services.sync import travel
from rmdesk.services.sync.travel import Packing
from rmdesk.ui.kit import format
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.columns import STRONG, Cell, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.kit.noted import not_noted
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Card, label, row

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command
    from rmdesk.services.store.store import Store

Chosen = tuple[ClientId, str]
COLUMNS: tuple[Column[Chosen], ...] = (
    Column("name", N_("Stays on this computer"), lambda one: Cell(one[1]), 360, STRONG, sorts=False),
)


class TravelCard(Card):
    """On the Sync page: begin a journey, or what holds while one lasts."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Travel mode"))
        self._desk = desk
        self.dialog: TravelDialog | None = None
        self.told = label("", "soft", wrap=True)
        self.begin = Button(_("Travel with few clients…"), self.ask, icon="shield")
        self.end = Button(_("Bring all clients back"), desk.sync_now, icon="refresh")
        self.add(self.told, row(self.begin, self.end, None))
        self._line = desk.tasks.line(self)
        self.show_since(None)

    def look(self) -> None:
        """Ask whether one travels."""
        self._line.fetch(travel.since).done.connect(self.show_since)

    def show_since(self, since: str | None) -> None:
        """Show where the desk is."""
        at_home = _("Only chosen clients stay on this computer; the others are with the hub until you are back.")
        away = _("Travelling since {day}. Nothing is exchanged with the hub until you bring all clients back.")
        self.told.setText(at_home if since is None else away.format(day=since))
        self.begin.setHidden(since is not None)
        self.end.setHidden(since is None)

    def ask(self) -> None:
        """Ask who stays."""
        self.dialog = TravelDialog(self._desk)
        self.dialog.accepted.connect(self.look)
        self.dialog.open()


class TravelDialog(FormDialog):
    """Who stays, how many go, and that they come back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Travel mode"), answer=_("Remove the others"), said=_("Travelling light"))
        self.setMinimumWidth(theme.px(520))
        self.keep: dict[ClientId, str] = {}
        self.found: Packing | None = None
        self.field = ClientField(desk)
        self.field.chosen.connect(self._add)
        self.form.add("client", _("Who stays"), self.field)
        self.table: RowTable[Chosen] = RowTable(COLUMNS, key=lambda one: int(one[0]), title=_("Stays on this computer"))
        self.table.setMinimumHeight(theme.px(160))
        self.table.opened.connect(self._drop)
        self.summary = label("", "strong", wrap=True)
        for part in (
            self.table,
            label(_("Enter on a row takes it out again."), "note"),
            self.summary,
            label(
                _("Removed clients are overwritten here, and so are older backups on this computer. "
                  "The next sync that you ask for brings everything back."),
                "soft", wrap=True,
            ),
        ):  # fmt: skip
            self.extra.addWidget(part)
        self.answer.setEnabled(False)
        self._line = desk.tasks.line(self)
        self._look()

    def command(self) -> Command[Any]:
        from rmdesk.services.sync.travel import PackForTravel

        return PackForTravel(frozenset(self.keep))

    def accept(self) -> None:
        """Done: the file is swept of what went."""
        store = self.desk.tasks.store
        if store is not None:
            self.desk.tasks.write(lambda _progress: _swept(store)).failed.connect(not_noted)
        super().accept()

    def show_packing(self, found: Packing) -> None:
        """Say what would happen."""
        self.found = found
        stay = plural("{count} client stays", "{count} clients stay", found.stay)
        go = plural("{count} client goes until the next sync", "{count} clients go until the next sync", found.go)
        self.summary.setText(_("{stay}; {go}.").format(stay=stay, go=go))
        if found.unheard:
            count = format.whole(found.unheard)
            self.trouble.setText(
                _("{count} records have not reached the hub yet. Synchronise first.").format(count=count)
            )
        self.trouble.setVisible(bool(found.unheard))
        self.answer.setEnabled(bool(found.go) and not found.unheard and found.joined)

    def _add(self, client: ClientId | None) -> None:
        if client is not None and client not in self.keep:
            self.keep[client] = self.field.name
            self._look()

    def _drop(self, client: int) -> None:
        self.keep.pop(ClientId(client), None)
        self._look()

    def _look(self) -> None:
        self.table.set_rows(tuple(self.keep.items()))
        self._line.fetch(travel.packing, frozenset(self.keep)).done.connect(self.show_packing)


def _swept(store: Store) -> bool:
    from rmdesk.services.sync import traces

    return traces.sweep(store)
