"""One churn case: what was there and went, which signals could be seen, what happened, what was done since."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from rmdesk.base.text import _
from rmdesk.services.churn.cases import CaseFile, CaseRow
from rmdesk.services.churn.words import LOSSES
from rmdesk.ui.churn import dialogs, words
from rmdesk.ui.kit import format
from rmdesk.ui.kit.as_table import AsTable
from rmdesk.ui.kit.chart import LineChart, Series
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.event_list import EventList
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.widgets import Button, Card, Chip, clear, column, label, row, rule

CHART = 132
EVENTS = 150


class CaseView(Card):
    """Shows a case with what can be done about it; `with_client` links to the client's file."""

    def __init__(self, desk: Desk, *, with_client: bool = True) -> None:
        super().__init__("", "")
        self._desk, self._with_client = desk, with_client
        self.found: CaseFile | None = None
        self._head = column(gap=6)
        self._acts = Flow()
        self.chart = LineChart(_("Assets by month"))
        self.told = AsTable(self.chart, self.chart.facts)
        self.told.setFixedHeight(CHART)
        self._drawn = QWidget()
        drawn = row(self.told, gap=4)
        drawn.addWidget(self.told.toggle, 0, Qt.AlignmentFlag.AlignTop)
        self._drawn.setLayout(drawn)
        self._signals = QGridLayout()
        self._signals.setHorizontalSpacing(12)
        self._signals.setVerticalSpacing(6)
        self._signals.setColumnStretch(1, 1)
        self._steps = column(gap=4)
        self.events = EventList()
        self.events.setMinimumHeight(EVENTS)
        acts = QWidget()
        acts.setLayout(self._acts)
        told = column(self._head, acts, self._drawn, self._signals, self._steps, gap=8)
        told.addWidget(rule())
        told.addWidget(label(_("The year before"), "field"))
        told.addWidget(self.events, 1)
        inside = QWidget()
        inside.setLayout(told)
        self.add(scroller(inside, "card"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_case(self, found: CaseFile) -> None:
        """Show this case."""
        self.found = found
        one = found.case
        self._show_head(one)
        self._show_acts(found)
        currency = one.currency or ""
        self.chart.write_with(lambda value: format.short_amount(round(value), currency))
        self.chart.show_series(
            Series(_("Assets"), [(month.on, float(month.minor)) for month in found.months], area=True)
        )
        self.told.refresh()
        self._drawn.setVisible(bool(found.months))
        self._show_signals(found)
        clear(self._steps)
        for step in found.steps:
            line = row(label(format.short_day(step.on), "note"), label(step.text, "soft", wrap=True), gap=12)
            line.addWidget(label(step.who, "note"))
            line.setStretch(1, 1)
            self._steps.addLayout(line)
        self.events.show_events(found.events)

    def _show_head(self, one: CaseRow) -> None:
        clear(self._head)
        text, kind = words.state(one)
        top = row(label(one.name or one.number or "", "title"), Chip(text, kind), None, gap=10)
        if self._with_client:
            press = partial(self._desk.go, "client", client=one.client, tab="churn")
            top.addWidget(Button(_("Client file"), press, kind="link"))
        self._head.addLayout(top)
        said = _("{why}, lost on {day}").format(why=_(LOSSES[one.reason]), day=format.day(one.lost_on))
        if one.peak_minor is not None and one.currency:
            left = format.short_amount(one.left_minor, one.currency)
            said += " · " + _("{left} left of {peak}").format(
                left=left, peak=format.short_amount(one.peak_minor, one.currency)
            )
        self._head.addWidget(label(said, "soft", wrap=True))
        if one.cause:
            why = _("Cause: {cause}").format(cause=words.cause(one.cause))
            if one.signal is not None and one.days_before is not None:
                why += " · " + _("first missed: {signal}, {days} days before").format(
                    signal=words.signal(one.signal), days=one.days_before
                )
            self._head.addWidget(label(why, "soft", wrap=True))
        if one.note:
            self._head.addWidget(label(one.note, "note", wrap=True, select=True))

    def _show_acts(self, found: CaseFile) -> None:
        clear(self._acts)
        if not found.case.open:
            self._acts.addWidget(Button(_("Reopen"), partial(self._reopen, found.case), kind="small"))
            return
        kind = "small" if found.case.cause else "primary"
        self._acts.addWidget(Button(_("Note the cause"), partial(dialogs.open_cause, self._desk, found), kind=kind))
        step = partial(dialogs.open_step, self._desk, found.case)
        self._acts.addWidget(Button(_("Note a win-back step"), step, kind="small"))
        self._acts.addWidget(
            Button(_("Close churn case"), partial(dialogs.open_close, self._desk, found.case), kind="small")
        )

    def _show_signals(self, found: CaseFile) -> None:
        clear(self._signals)
        if not found.seen:
            text = _("No signal could be seen in the year before.")
            self._signals.addWidget(label(text, "note", wrap=True), 0, 0, 1, 4)
        for at, one in enumerate(found.seen):
            days = (found.case.lost_on - one.on).days
            answer = (
                Chip(_("missed"), "risk") if one.missed else Chip(_("answered {day}").format(
                    day=format.short_day(one.answered_on)), "good")
            )  # fmt: skip
            first = one == found.missed and one.missed
            self._signals.addWidget(label(format.short_day(one.on), "note"), at, 0)
            name = words.signal(one.signal)
            self._signals.addWidget(
                label(_("{signal} (first missed)").format(signal=name) if first else name, wrap=True), at, 1
            )
            self._signals.addWidget(label(_("{days} days before").format(days=days), "note"), at, 2)
            self._signals.addWidget(answer, at, 3)

    def _reopen(self, case: CaseRow) -> None:
        from rmdesk.services.churn.commands import ReopenCase

        self._desk.perform(ReopenCase(case.id))
