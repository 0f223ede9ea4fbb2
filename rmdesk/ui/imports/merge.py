"""Two clients that may be one, side by side: choose field by field, then merge; it can be undone."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _, plural
from rmdesk.models.kinds import ClientId
from rmdesk.services.clients.rules import masked_document, masked_phone
from rmdesk.services.imports.merging import FieldPair, Pair, side_by_side
from rmdesk.services.imports.records import Entity
from rmdesk.services.store.command import Command
from rmdesk.ui.imports import words
from rmdesk.ui.imports.scroll import scrolling
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, clear, label, row, rule

# How the tables are called whose rows would move; others are counted together.
MOVING = {
    "account": N_("Accounts"),
    "holding": N_("Holdings"),
    "visit": N_("Visits"),
    "promise": N_("Promises"),
    "occasion": N_("Occasions"),
    "complaint": N_("Complaints"),
    "referral": N_("Referrals"),
}


class MergeDialog(FormDialog):
    """Left the client that stays, right the one that goes into it."""

    def __init__(self, desk: Desk, keep: int, drop: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Merge two clients"), answer=_("Merge"), said=_("Clients merged"), parent=parent)
        self._pair: Pair | None = None
        self._chosen: dict[str, QButtonGroup] = {}
        self.form.hide()
        self._note = label(
            _("Everything noted on the right goes to the left. Both numbers of the bank keep working."),
            "soft",
            wrap=True,
        )
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(6)
        area = scrolling(self._grid)
        area.setMinimumHeight(theme.px(320))
        self._moves = label("", "note", wrap=True)
        swap = Button(_("Keep the other one"), self._swap, kind="small", icon="refresh")
        self.extra.addWidget(self._note)
        self.extra.addLayout(row(None, swap))
        self.extra.addWidget(area)
        self.extra.addWidget(self._moves)
        self.setMinimumSize(theme.px(760), theme.px(560))
        self.answer.setEnabled(False)
        self._ask(keep, drop)

    def command(self) -> Command[Any] | None:
        """The merge with what was chosen."""
        from rmdesk.services.imports.merges import MergeClients

        if self._pair is None:
            return None
        taken = tuple(field for field, group in self._chosen.items() if group.checkedId() == 1)
        return MergeClients(ClientId(self._pair.keep), ClientId(self._pair.drop), taken)

    def choose(self, field: str, *, drop: bool) -> None:
        """Take a field from one side."""
        self._chosen[field].button(int(drop)).setChecked(True)

    def _ask(self, keep: int, drop: int) -> None:
        task = self.desk.tasks.fetch(side_by_side, keep, drop)
        task.done.connect(self._show)
        task.failed.connect(self._refused)

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            self.trouble.setText(error.whole)
            self.trouble.show()
        else:
            self.desk.tell(error)

    def _swap(self) -> None:
        if self._pair is not None:
            self._ask(self._pair.drop, self._pair.keep)

    def _show(self, pair: Pair) -> None:
        self._pair = pair
        self._chosen = {}
        clear(self._grid)
        stays, goes = _("Stays"), _("Goes into it")
        heads = ("", f"{stays}  {pair.keep_number or ''}", f"{goes}  {pair.drop_number or ''}")
        for at, text in enumerate(heads):
            self._grid.addWidget(label(text, "field"), 0, at)
        self._grid.addWidget(rule(), 1, 0, 1, 3)
        for at, one in enumerate(pair.fields, start=2):
            self._line(at, one)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        moves = [f"{_(MOVING[table])} {count}" for table, count in pair.moves.items() if table in MOVING]
        rest = sum(count for table, count in pair.moves.items() if table not in MOVING)
        if rest:
            moves.append(plural("{count} other record", "{count} other records", rest))
        self._moves.setText(_("Will move: {things}").format(things=words.joined(moves)) if moves else "")
        self.answer.setEnabled(True)

    def _line(self, at: int, one: FieldPair) -> None:
        name = words.field_name(Entity.CLIENT, one.field)
        self._grid.addWidget(label(name, "note", wrap=True), at, 0)
        if one.keep == one.drop:
            same = label(_shown(one.field, one.keep), "soft")
            self._grid.addWidget(same, at, 1, 1, 2)
            return
        group = QButtonGroup(self)
        for side, told in enumerate((one.keep, one.drop)):
            shown = _shown(one.field, told)
            button = QRadioButton(shown)
            button.setAccessibleName(f"{name}: {shown}")
            button.setEnabled(told not in (None, ""))
            group.addButton(button, side)
            self._grid.addWidget(button, at, 1 + side)
        group.button(int(one.from_drop)).setChecked(True)
        self._chosen[one.field] = group


def _shown(field: str, told: Any) -> str:
    """A value as a person reads it; numbers stay masked, as everywhere."""
    if told and field == "id_number":
        return masked_document(str(told))
    if told and field in ("phone", "other_phones"):
        return "  ".join(masked_phone(phone) for phone in str(told).splitlines())
    return words.value(field, told, "CNY")
