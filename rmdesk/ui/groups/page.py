"""The page of group clients: all groups with their lights, and the chosen one whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtWidgets import QSizePolicy

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Topic
from rmdesk.services.groups import queries
from rmdesk.services.groups.facts import GroupFile
from rmdesk.services.groups.queries import GroupRow
from rmdesk.ui.groups import dialogs
from rmdesk.ui.groups.group_view import GroupView
from rmdesk.ui.groups.limit_bars import KINDS
from rmdesk.ui.kit import format
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.columns import CHIP, STRONG, Cell, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.widgets import Card

COLUMNS: tuple[Column[GroupRow], ...] = (
    Column("name", N_("Group client"), lambda one: one.name, 120, STRONG, fixed=True, sorts=False),
    Column("light", N_("Limit used"), lambda one: _used(one), 80, CHIP, fixed=True, sorts=False),
    Column("total", N_("Exposure"), lambda one: _total(one), 90, right=True, fixed=True, sorts=False),
)


class GroupsPage(Page):
    """`go("groups", group=id)`; from the search, `entity` and `key` name a group or a party."""

    watches: ClassVar[frozenset[Topic]] = frozenset({Topic.GROUPS, Topic.CLIENTS, Topic.HOLDINGS, Topic.SETTINGS})
    offers: ClassVar[tuple[Action, ...]] = (
        Action(
            "new_group", N_("New group client"), lambda page: dialogs.open_group(page.desk), icon="plus", button=True
        ),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted = ""
        self._rows: tuple[GroupRow, ...] = ()
        self.groups: RowTable[GroupRow] = RowTable(
            COLUMNS, key=lambda one: int(one.id[-12:], 16), name="groups", state=desk.state, title=_("Group clients")
        )
        self.group = GroupView(desk)
        card = Card("", "")
        card.add(Panes(self.groups, self.group, (_("Group clients"), _("Group")), shares=(3, 7)))
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.body.addWidget(card, 1)
        self.groups.chosen.connect(self._choose)

    def title(self) -> str:
        return _("Group clients")

    def open(self, **what: Any) -> None:
        if what.get("entity") == "credit_party":
            self.fetch(queries.group_with, str(what["key"])).done.connect(self._want)
        else:
            self._want(what.get("group") or what.get("key"))

    def _want(self, group: str | None) -> None:
        self._wanted = group or self._wanted
        self._select()

    @property
    def editing(self) -> bool:
        return bool(self.group.draft.amount.hasFocus() and self.group.draft.amount.text())

    def reload(self) -> None:
        self.fetch(queries.groups).done.connect(self.show_groups)

    def show_groups(self, rows: tuple[GroupRow, ...]) -> None:
        """Show these groups."""
        self._rows = rows
        if not rows:
            self.show_empty(
                _("There are no group clients yet."),
                _("Firms under one control are held to the bank's limits together: begin with the one at the top."),
                icon="company", button=_("New group client"), press=lambda: dialogs.open_group(self.desk),
            )  # fmt: skip
            return
        self.groups.set_rows(rows)
        self._select()

    def _select(self) -> None:
        wanted = next((one for one in self._rows if one.id == self._wanted), None)
        if wanted is not None:
            self._wanted = ""
            self.groups.select_id(int(wanted.id[-12:], 16))
        elif self._rows and not self.groups.selected():
            self.groups.select_id(int(self._rows[0].id[-12:], 16))
        else:
            self._choose(self.groups.selected())

    def _choose(self, chosen: Sequence[int]) -> None:
        row = self.groups.rows.known(chosen[0]) if len(chosen) == 1 else None
        if row is not None:
            self.fetch(queries.group_of, row.id).done.connect(self._show)

    def _show(self, found: GroupFile | None) -> None:
        if found is not None:
            self.group.show_group(found)


def _used(one: GroupRow) -> Cell:
    shares = [line.share for line in one.standing.lines if line.share is not None]
    return Cell(format.percent(max(shares)) if shares else "–", KINDS[one.standing.light])


def _total(one: GroupRow) -> str:
    amount = format.short_amount(one.standing.total.minor, one.currency)
    return f"≥ {amount}" if one.standing.total.at_least else amount
