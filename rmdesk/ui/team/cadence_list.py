"""Cadences that manager and lead agree: what is in force, what waits for an answer, and proposing another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import RecordId
from rmdesk.services.segments import tables
from rmdesk.services.store.reads import Reads
from rmdesk.services.team import rules
from rmdesk.services.team.cadences import CadenceRow, cadences
from rmdesk.services.team.rules import Agreement
from rmdesk.services.team.saying import STATES
from rmdesk.ui.care import words as care
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Chip, clear, column, label, row, rule

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command

KINDS = {
    Agreement.PROPOSED: "occasion", Agreement.AGREED: "good", Agreement.DECLINED: "plain", Agreement.ENDED: "plain",
}  # fmt: skip
SHOWN = 12


class CadenceList(QWidget):
    """One line an agreement; whoever is asked says yes or no, both may end it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.rows: tuple[CadenceRow, ...] = ()
        self._lines: QVBoxLayout = column(gap=8)
        self.none = label(_("None yet: the table of tiers and groups holds."), "note", wrap=True)
        self.setLayout(column(self._lines, self.none, gap=8))

    def show_rows(self, rows: Sequence[CadenceRow]) -> None:
        """Show these."""
        self.rows = tuple(rows)
        clear(self._lines)
        for at, one in enumerate(self.rows[:SHOWN]):
            if at:
                self._lines.addWidget(rule())
            self._lines.addWidget(self._line(one))
        self.none.setVisible(not rows)

    def _line(self, one: CadenceRow) -> QWidget:
        group = _("all groups") if one.group_name is None else one.group_name.said
        text = _("{tier}, {group}: every {days} days").format(tier=one.tier_name.said, group=group, days=one.days)
        if one.table is not None:
            text = _("{text} (table: {days})").format(text=text, days=one.table)
        on = one.ended_on or one.agreed_on or one.proposed_on
        about = " · ".join(part for part in (one.member, format.short_day(on), one.note) if part)
        head = row(label(text, "strong", wrap=True), Chip(_(STATES[one.state]), KINDS[one.state]), gap=10)
        head.setStretch(0, 1)
        parts: list[Any] = [head, label(about, "note", wrap=True)]
        buttons = self._buttons(one)
        if buttons:
            parts.append(row(*buttons, None))
        holder = QWidget()
        holder.setLayout(column(*parts, gap=4))
        return holder

    def _buttons(self, one: CadenceRow) -> list[Button]:
        if one.answers:
            return [
                Button(_("Agree"), partial(self._answer, one, yes=True), kind="small"),
                Button(_("Turn down"), partial(self._answer, one, yes=False), kind="small"),
            ]
        if one.state in (Agreement.PROPOSED, Agreement.AGREED):
            return [Button(_("End it"), partial(self._end, one), kind="small")]
        return []

    def _answer(self, one: CadenceRow, *, yes: bool) -> None:
        from rmdesk.services.team.agreeing import AnswerCadence

        self.desk.perform(AnswerCadence(RecordId(one.id), yes))

    def _end(self, one: CadenceRow) -> None:
        from rmdesk.services.team.agreeing import EndCadence

        self.desk.perform(EndCadence(RecordId(one.id)))


class ProposeDialog(FormDialog):
    """Propose a cadence for a tier, in one group or in all; `books`: whose, as (book, name)."""

    def __init__(self, desk: Desk, books: Sequence[tuple[str, str]]) -> None:
        super().__init__(desk, _("Agree a cadence"), answer=_("Propose"), said=_("Cadence proposed"))
        if len(books) > 1:
            self.form.add("book", _("Manager"), choices(*books))
        self._book = books[0][0] if books else ""
        tiers = [(tier.value, care.tier_whole(tier)) for tier in reversed(tables.TIERS)]
        self.form.add("tier", _("Tier"), choices(*tiers))
        groups = [(one.code, one.name.said) for one in tables.table().groups]
        self.form.add("group", _("Group"), choices(("", _("all groups")), *groups))
        days = QSpinBox()
        days.setRange(rules.number("cadence", "least_days"), rules.number("cadence", "most_days"))
        days.setValue(21)
        days.setSuffix(_(" days"))
        self.form.add("days", _("Contact every"), days)
        self.form.side_by_side("tier", "group")
        note = QLineEdit()
        note.setPlaceholderText(_("such as: more clients than one can see every two weeks"))
        self.form.add("note", _("Why"), note, needed=True)

    def command(self) -> Command[Any]:
        from rmdesk.services.team.agreeing import ProposeCadence

        value = self.form.value
        book = value("book") if "book" in self.form.fields else self._book
        return ProposeCadence(value("tier"), int(value("days")), value("note"), value("group") or None, book or "")


class CadenceDialog(QDialog):
    """The agreements of one's own book, for a manager, whom no page of the team is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(theme.window())
        self.desk = desk
        self.setWindowTitle(_("Agreed cadences"))
        self.list = CadenceList(desk)
        self._line = desk.tasks.line(self)
        said = _("A cadence that you and your team lead agree stands instead of the table's, in your list too.")
        propose = Button(_("Propose…"), lambda: open_propose(desk), kind="primary")
        box = column(
            label(_("Agreed cadences"), "title"), label(said, "note", wrap=True), self.list, None,
            row(None, Button(_("Close"), self.reject), propose), gap=14,
        )  # fmt: skip
        box.setContentsMargins(24, 24, 24, 24)
        self.setLayout(box)
        self.setMinimumWidth(theme.px(560))
        changed = getattr(desk, "changed", None)
        if changed is not None:
            changed.connect(self._read)
        self._read()

    def _read(self, _topics: object = None) -> None:
        self._line.fetch(cadences).done.connect(self.list.show_rows)


def open_cadences(desk: Desk) -> CadenceDialog:
    """Show the agreed cadences over the window."""
    from PySide6.QtCore import Qt

    dialog = CadenceDialog(desk)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def open_propose(desk: Desk) -> None:
    """Ask for a cadence to propose, for one's own book or for one of the team."""

    def show(books: tuple[tuple[str, str], ...]) -> None:
        from PySide6.QtCore import Qt

        dialog = ProposeDialog(desk, books)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    desk.tasks.fetch(_books).done.connect(show)


def _books(reads: Reads) -> tuple[tuple[str, str], ...]:
    from rmdesk.services.desk_user import desk_user
    from rmdesk.services.team.members import team_of

    me = desk_user(reads)
    own = ((me.book if me.joined else "", me.name),) if me.book or not me.joined else ()
    found = dict(own) | {one.book: one.name for one in team_of(reads).members}
    return tuple(found.items())
