"""The route of a day over the window: step from day to day, see what does not work out, print it."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QWidget

from rmdesk.base import clock
from rmdesk.base.text import _
from rmdesk.services.route import rules
from rmdesk.services.route.document import document_of
from rmdesk.services.route.queries import Route, route_of
from rmdesk.ui.kit import format
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.document_dialog import open_document
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Card, clear, column, label, row
from rmdesk.ui.route.stops import LegCard

WIDE = 760


class RouteDialog(QDialog):
    """The planned visits of a day by district, with the conflicts on top."""

    def __init__(self, desk: Desk, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent or theme.window())
        self.desk = desk
        self.route: Route | None = None
        self._day = day
        self._line = desk.tasks.line(self)
        self.setWindowTitle(_("Route of the day"))
        self._date = label("", "soft")
        self.back = Button("", lambda: self.step(-1), kind="icon", icon="left", hint=_("Day before"))
        self.on = Button("", lambda: self.step(1), kind="icon", icon="right", hint=_("Day after"))
        self.field = DayField(day)
        self.field.setFixedWidth(theme.px(160))
        self.field.setAccessibleName(_("Day"))
        self.field.chosen.connect(lambda chosen: self.show_day(chosen) if chosen is not None else None)
        self.print_button = Button(_("Print or save…"), self.print_out, icon="print")
        self.conflicts = Card(_("What does not work out"))
        self.cards: list[LegCard] = []
        self._legs = column(gap=12)
        inside = QWidget()
        inside.setLayout(column(self.conflicts, self._legs, None, gap=12))
        self.area = scroller(inside)
        self.nothing = Notice(
            _("No visit is planned for this day."),
            _("Plan a visit with a time and a district, and it appears here."),
            icon="visit",
        )
        head = row(label(_("Route of the day"), "title"), self._date, None, self.back, self.field, self.on)
        whole = column(
            head, self.area, self.nothing, row(self.print_button, None, Button(_("Close"), self.reject)), gap=14
        )
        whole.setStretch(1, 1)
        whole.setStretch(2, 1)
        whole.setContentsMargins(20, 20, 20, 20)
        self.setLayout(whole)
        over = self.parentWidget()
        room = over.window().size() if over is not None else QSize(1180, 720)
        self.resize(min(theme.px(WIDE), room.width() - 40), room.height() - 60)
        self.nothing.hide()
        self.show_day(day)

    def step(self, days: int) -> None:
        """The day after or before."""
        self.field.set_day(self._day + timedelta(days))

    def show_day(self, day: date) -> None:
        """Ask for the route of a day."""
        self._day = day
        self._line.fetch(route_of, day).done.connect(self.show_route)

    def show_route(self, route: Route) -> None:
        """Show a route."""
        self.route = route
        self._date.setText(format.long_day(route.day))
        clear(self._legs)
        flagged = frozenset(one.second.visit for one in route.plan.conflicts)
        self.cards = [LegCard(leg, flagged) for leg in route.plan.legs]
        for card in self.cards:
            card.opened.connect(self._open)
            card.briefed.connect(lambda client: self.desk.ask("brief", client=client))
            self._legs.addWidget(card)
        self._show_conflicts(route)
        self.area.setVisible(bool(self.cards))
        self.nothing.setVisible(not self.cards)
        self.print_button.setEnabled(bool(self.cards))

    def print_out(self) -> None:
        """The route as a document, to print or save."""
        if self.route is not None:
            open_document(self.desk, document_of(self.route), self)

    def _show_conflicts(self, route: Route) -> None:
        clear(self.conflicts.body)
        for one in route.plan.conflicts:
            self.conflicts.add(label(rules.said(one).said, "error", wrap=True))
        self.conflicts.setVisible(bool(route.plan.conflicts))

    def _open(self, client: int) -> None:
        self.accept()
        self.desk.go("client", client=client)


def open_route(desk: Desk, day: date | None = None) -> RouteDialog:
    """Show the route of a day, today's when none is named."""
    dialog = RouteDialog(desk, day or clock.today())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
