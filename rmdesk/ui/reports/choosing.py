"""The side of the Reports page: which report, of which days, which ones make themselves, and those that are ready."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QVBoxLayout, QWidget

from rmdesk.base import clock
from rmdesk.base.text import N_, _, plural
from rmdesk.models.kinds import ClientId, Tier
from rmdesk.services.reports import rules
from rmdesk.services.reports.parts import Kind
from rmdesk.services.reports.queries import NAMES, MadeRow
from rmdesk.services.reports.settings import MONTHLY, WEEKLY
from rmdesk.ui.care import words as care
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import Form, choices
from rmdesk.ui.kit.widgets import Button, Card, clear, column, label
from rmdesk.ui.kit.widgets import row as packed
from rmdesk.ui.reports.making import Asked

SAID: dict[Kind, str] = {
    Kind.WEEKLY: N_("What was done, what is due next, who slips"),
    Kind.MONTHLY: N_("Against the month before: assets, coverage, losses"),
    Kind.TEAM: N_("Coverage, promises and reviews per manager"),
    Kind.BOOK: N_("One section for each client"),
    Kind.BRIEFS: N_("A page for each planned visit of a day"),
}
ONE_DAY = (Kind.BOOK, Kind.BRIEFS)
SHOWN = 8  # reports that wait


class Choosing(QWidget):
    """`wanted` tells that another report is asked for, `picked` the id of a ready one, `switched` a setting's key."""

    wanted = Signal()
    picked = Signal(str)
    switched = Signal(str, bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.kinds = QButtonGroup(self)
        self.radios: dict[Kind, QRadioButton] = {}
        self._notes: dict[Kind, QWidget] = {}
        which = column(gap=3)
        for at, kind in enumerate(Kind):
            radio = QRadioButton(_(NAMES[kind.value]))
            note = label(_(SAID[kind]), "note", wrap=True)
            note.setIndent(24)
            self.radios[kind], self._notes[kind] = radio, note
            self.kinds.addButton(radio, at)
            which.addWidget(radio)
            which.addWidget(note)
        self.form = Form()
        self.first, self.last = DayField(), DayField()
        self.tier = choices((None, _("All clients")), *((tier, care.tier_whole(tier)) for tier in reversed(Tier)))
        self.clients: tuple[ClientId, ...] = ()  # chosen on another page, for a book
        self.tier.activated.connect(lambda _at: self._tier_chosen())
        self.client = ClientField(desk)
        for name, text, editor in (
            ("from", _("From"), self.first), ("to", _("To"), self.last), ("tier", _("Tier"), self.tier),
            ("client", _("Or one client"), self.client),
        ):  # fmt: skip
            self.form.add(name, text, editor)
        self.make_button = Button(_("Make report"), self.wanted.emit, kind="primary")
        self.which = Card(_("Report"))
        self.which.add(which, self.form, self.make_button)
        self.ready = Card(_("Ready to read"), " ")
        self._lines: QVBoxLayout = column(gap=4)
        self.none = label(_("Reports that make themselves wait here."), "note", wrap=True)
        self.switches = {
            WEEKLY.key: QCheckBox(_("Weekly, on Mondays")),
            MONTHLY.key: QCheckBox(_("Monthly, on the first workday")),
        }
        self.ready.add(self._lines, self.none, label(_("Make by itself"), "soft"), *self.switches.values())
        self.setLayout(column(self.which, self.ready, None, gap=16))
        self.kinds.idClicked.connect(lambda _at: self._chosen())
        for key, box in self.switches.items():
            box.clicked.connect(partial(self.switched.emit, key))
        self.choose(Kind.WEEKLY)

    @property
    def kind(self) -> Kind:
        """The kind that is chosen."""
        return list(Kind)[self.kinds.checkedId()]

    def choose(self, kind: Kind) -> None:
        """Choose a kind, with its usual days."""
        self.radios[kind].setChecked(True)
        first, last = rules.span(kind, clock.today())
        self.first.set_day(first)
        self.last.set_day(last)
        book = kind is Kind.BOOK
        for name, shown in (("from", True), ("to", kind not in ONE_DAY), ("tier", book), ("client", book)):
            self.form.fields[name].setVisible(shown)
        if book and self.tier.currentIndex() == 0 and not self.clients:
            self.tier.setCurrentIndex(1)  # the highest tier: a book of all is seldom meant

    def show_days(self, kind: Kind, first: date, last: date) -> None:
        """Show of which kind and days the report is that is read."""
        self.choose(kind)
        self.first.set_day(first)
        self.last.set_day(last)

    def asked(self) -> Asked:
        """What is chosen; Refused beside a day that is none."""
        one_day = self.kind in ONE_DAY
        first = self.first.day()
        last = first if one_day else self.last.day()
        first, last = rules.span(self.kind, clock.today(), first, last)
        if self.kind is not Kind.BOOK:
            return Asked(self.kind, first, last)
        client = self.client.answer()
        clients = (client,) if client is not None else self.clients
        return Asked(self.kind, first, last, clients, None if clients else self.tier.currentData())

    def take_clients(self, clients: Sequence[int]) -> None:
        """A book of these; another tier, or a single client, takes their place."""
        self.choose(Kind.BOOK)
        self.clients = tuple(map(ClientId, clients))
        self.tier.setItemText(0, plural("{count} chosen client", "{count} chosen clients", len(clients)))
        self.tier.setCurrentIndex(0)

    def _tier_chosen(self) -> None:
        """Whoever chooses a tier wants no single clients any more."""
        self.clients = ()
        self.tier.setItemText(0, _("All clients"))

    def show_lead(self, lead: bool) -> None:
        """Whether the team's report is offered."""
        for one in (self.radios[Kind.TEAM], self._notes[Kind.TEAM]):
            one.setVisible(lead)

    def show_ready(self, rows: Sequence[MadeRow], switches: dict[str, bool]) -> None:
        """Show the reports that wait, unread ones marked."""
        clear(self._lines)
        for row in rows[:SHOWN]:
            text = row.name.said if row.seen else f"● {row.name.said}"
            line = Button(text, partial(self.picked.emit, row.id), kind="link")
            line.setAccessibleName(text if row.seen else _("{name}, not read yet").format(name=row.name.said))
            self._lines.addLayout(packed(line, None))
        unread = sum(not row.seen for row in rows)
        self.ready.title(_("Ready to read"), _("{count} not read yet").format(count=unread) if unread else " ")
        self.none.setVisible(not rows)
        for key, on in switches.items():
            self.switches[key].setChecked(on)

    def _chosen(self) -> None:
        self.choose(self.kind)
        self.wanted.emit()
