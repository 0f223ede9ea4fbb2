"""The card of the capacity: what the cadences ask for against the measured pace, and what could give way."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from rmdesk.base.text import _
from rmdesk.services.fairness.capacity import Capacity
from rmdesk.services.fairness.rules import figure
from rmdesk.services.fairness.words import backlog, suggestion
from rmdesk.ui.kit import format
from rmdesk.ui.kit.widgets import Button, Card, clear, column, label, restyle, row

SHOWN = 4


class CapacityCard(Card):
    """`opened()` when one wants to see who the cadences ask for."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__(_("Capacity"), _("contacts a working day"))
        self._lines = column(gap=8)
        self.add(self._lines, None)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def show_capacity(self, found: Capacity) -> None:
        """Needed and measured, and what could give way."""
        clear(self._lines)
        for part in _lines(found):
            self._lines.addWidget(part)
        if found.asked:
            hint = _("The overdue clients")
            who = Button(_("Who is overdue"), self.opened.emit, kind="link", hint=hint)
            who.setProperty("flush", True)
            self._lines.addLayout(row(who, None))


def _lines(found: Capacity) -> list[QWidget]:
    needed = _figure(_("The cadences ask for"), format.decimal(found.needed))
    behind = label(backlog(found).said, "soft", wrap=True)
    if found.measured is None:
        least = int(str(figure("capacity", "least_workdays")))
        told = _("Not measured yet: {days} working days with contacts on record, {least} are needed.")
        return [needed, label(told.format(days=found.workdays, least=least), "soft", wrap=True), behind]
    told = _("Measured in {days} days").format(days=found.days)
    measured = _figure(told, format.decimal(found.measured), "risk" if found.kept is False else "good")
    if found.kept:
        return [needed, measured, label(_("The cadences can be kept."), "soft", wrap=True), behind]
    parts: list[QWidget] = [needed, measured, behind, label(_("What could give way:"), "strong")]
    parts += [label(f"· {suggestion(one).said}", "soft", wrap=True) for one in found.suggestions[:SHOWN]]
    left = len(found.suggestions) - SHOWN
    if left > 0:
        parts.append(label(_("and {count} more steps").format(count=left), "note"))
    if not found.feasible:
        parts.append(label(_("Even then it is more than can be kept: talk about it with the lead."), "note", wrap=True))
    return parts


def _figure(name: str, value: str, kind: str = "") -> QWidget:
    number = label(value, "strong")
    if kind:
        restyle(number, tint=kind)
    made = QWidget()
    line = row(label(name, "soft", wrap=True), number, gap=8)
    line.setStretch(0, 1)
    made.setLayout(line)
    made.setAccessibleName(f"{name} {value}")
    return made
