"""Where the values of a client come from, and who changed what: nothing about a client changes unseen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId, ClientStatus, Topic
from rmdesk.services.changes.queries import ChangeRow, changes_of_client
from rmdesk.services.clients.facts import FACTS, Fact, facts_of
from rmdesk.services.store.reads import Reads
from rmdesk.ui.care import words
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import STRONG, TINTED, Cell, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.file_tab import FileTab
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.widgets import Card, label

MASKED = frozenset({"phone", "other_phones", "id_number"})


def _value(fact: Fact) -> str:
    if fact.field == "status":
        return words.status(ClientStatus(fact.value))
    if fact.field == "marketing_consent":
        return _("yes") if fact.value == "1" else _("no")
    if fact.field == "sex":
        return {"F": _("female"), "M": _("male")}.get(fact.value, fact.value)
    return fact.value


def _source(fact: Fact) -> str:
    if fact.kept:
        return _("set at the desk")
    if fact.file:
        return fact.file
    return "" if fact.batch is None else _("hand-over {number}").format(number=fact.batch)


WAYS: dict[str, str] = {"pdf": N_("as PDF"), "print": N_("printed"), "copy": N_("copied")}


def _when(change: ChangeRow) -> str:
    return f"{change.at.astimezone():%Y-%m-%d %H:%M}"


def _what(change: ChangeRow) -> str:
    """The fields that changed, in words; numbers that are masked stay so."""
    if change.after.get("shown"):
        return _(FACTS.get(str(change.after["shown"]), ""))
    if change.after.get("document"):  # something went out: which document, and how
        return f"{_(str(change.after['document']))}: {_(WAYS.get(str(change.after.get('way')), ''))}"
    if change.after.get("saved"):
        return str(change.after["saved"])
    parts = []
    for name, value in change.after.items():
        if name in FACTS and value is not None:
            before = change.before.get(name)
            shown = _plain(name, value)
            parts.append(
                f"{_(FACTS[name])}: {_plain(name, before)} → {shown}" if before else f"{_(FACTS[name])}: {shown}"
            )
    return "; ".join(parts[:6])


def _plain(name: str, value: Any) -> str:
    if name in MASKED:
        return "••••"
    if name == "status" and value in set(ClientStatus):
        return words.status(ClientStatus(value))
    return str(value)


VALUES: tuple[Column[Fact], ...] = (
    Column("label", N_("Field"), lambda fact: Cell(_(fact.label)), 128, STRONG, sorts=False),
    Column("value", N_("Recorded value"), _value, 160, sorts=False),
    Column("source", N_("Comes from"), _source, 120, sorts=False),
    Column(
        "told", N_("As of"), lambda f: Cell(format.day(f.told), "risk" if f.stale else ""), 112, TINTED, sorts=False
    ),
)

CHANGES: tuple[Column[ChangeRow], ...] = (
    Column("when", N_("When"), _when, 152, sorts=False),
    Column("what", N_("What"), lambda change: Cell(_(change.label)), 132, STRONG, sorts=False),
    Column("fields", N_("Fields"), _what, 180, sorts=False),
    Column("who", N_("Who"), lambda change: change.who, 90, sorts=False),
)


class HistoryTab(FileTab):
    """Origin of the values at the left, changes at the right."""

    watches: ClassVar[frozenset[Topic]] = frozenset(Topic)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.values: RowTable[Fact] = RowTable(
            VALUES, key=lambda fact: list(FACTS).index(fact.field), title=_("Where each value comes from")
        )
        self.changes: RowTable[ChangeRow] = RowTable(CHANGES, key=lambda change: change.id, title=_("Changes"))
        self.origin = Card(_("Where each value comes from"), "")
        self.origin.add(self.values)
        self.log = Card(_("Changes"), "")
        self._none = label(_("Nothing was changed at this desk."), "note")
        self.log.add(self.changes, self._none, None)
        self.log.body.setStretchFactor(self.changes, 1)
        self.side_by_side(self.origin, self.log, (_("Where each value comes from"), _("Changes")), (1, 1))

    def reload(self) -> None:
        if self.client is not None:
            self.fetch(_told, self.client).done.connect(self._show)

    def _show(self, got: tuple[tuple[Fact, ...], tuple[ChangeRow, ...]]) -> None:
        facts, changes = got
        self.show_facts(facts)
        self.show_changes(changes)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show where values come from."""
        self.values.set_rows(facts)

    def show_changes(self, changes: Sequence[ChangeRow]) -> None:
        """Show what was changed."""
        self.log.note.setText(str(len(changes)) if changes else "")
        self.changes.set_rows(changes)
        self.changes.setVisible(bool(changes))
        self._none.setVisible(not changes)


def _told(reads: Reads, client: ClientId) -> tuple[tuple[Fact, ...], tuple[ChangeRow, ...]]:
    return facts_of(reads, client), changes_of_client(reads, client)
