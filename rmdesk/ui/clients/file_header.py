"""The head of a client's file: who it is, how much, which rank, how to reach them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId, ClientKind, ClientStatus, Lane, Origin
from rmdesk.services.care.file import Place
from rmdesk.services.care.rows import Receipt
from rmdesk.services.clients.queries import Header
from rmdesk.services.holdings.queries import Balances
from rmdesk.ui.care import words
from rmdesk.ui.kit import faces, format, names
from rmdesk.ui.kit.chip_line import ChipLine
from rmdesk.ui.kit.elided import Elided
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.score_bar import ScoreBar
from rmdesk.ui.kit.sparkline import Sparkline
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.told_dialog import Asked
from rmdesk.ui.kit.widgets import Button, Card, Figure, column, label, row, tier_kind

MONTHS = 12
TIGHT = 700  # and without the picture
CRAMPED = 800  # width in units of text under which the line of the year is left out
FALLEN = 0.9  # under this part of the year's highest value, the end of the line is marked


class Avatar(QWidget):
    """The family name's first character on a soft ground."""

    told_as = faces.DECORATION

    def __init__(self) -> None:
        super().__init__()
        self._letter = ""
        self.setFixedSize(theme.px(64), theme.px(64))
        theme.changed.connect(self.update)

    def show_name(self, name: str) -> None:
        """Whose it is."""
        self._letter = name[:1].upper()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(64), theme.px(64))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawRoundedRect(QRectF(self.rect()), 14, 14)
        painter.setPen(theme.colour("accent"))
        painter.setFont(theme.font(26, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter)
        painter.end()


class FileHeader(Card):
    """Signals: `show_phone`, `correct` (the reading), `why` (the rank)."""

    show_phone = Signal()
    correct = Signal()
    why = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.avatar = Avatar()
        self._name = label("", "title", select=True)
        self._reading = Button("", self.correct.emit, kind="link", hint=_("Correct the reading"))
        self._facts = label("", "soft")
        self._chips = ChipLine()
        self._reading.setProperty("latin", True)
        names = Flow(6)
        for part in (self._name, self._reading, self._facts):
            names.addWidget(part)
        who = column(None, names, self._chips, None, gap=6)
        self._has_months = False
        self.spark = Sparkline()
        Asked(self.spark, self.spark.facts, _("AUM, last 12 months"))
        self._spark_text = label("", "field")
        self._spark = QWidget()
        self._spark.setLayout(column(None, self._spark_text, self.spark, None, gap=2))
        self._spark.setMaximumWidth(280)
        self._score = Figure("", size=26, bold=True, left=True)
        self._rank = Button("", self.why.emit, kind="link", hint=_("Why this rank"))
        self.bar = ScoreBar()
        Asked(self.bar, self.bar.facts, _("Care priority"))
        self._points = QWidget()
        line = row(self._score, self._rank, None, gap=8)
        self._points.setLayout(column(None, label(_("Care priority"), "field"), line, self.bar, None, gap=4))
        self._points.setFixedWidth(theme.px(186))
        self._revealed: tuple[ClientId, str] | None = None  # read anew, the file keeps what was asked for
        self.phone = label("", "", select=True)
        self.reveal = Button(_("Show"), self.show_phone.emit, kind="link", hint=_("Shown numbers are put on record"))
        self._reach = column(row(label(_("Phone"), "field"), self.phone, self.reveal, None, gap=8), gap=4)
        self.complete = Button("", kind="link", hint=_("To the profile"))
        self._lines = [self._line(_("Prefers"))]
        self._reach.addLayout(row(label(_("Profile complete"), "field"), self.complete, None, gap=8))
        self._lines += [self._line(name) for name in (_("Bank data as of"),)]
        self._reach.addStretch(1)
        reach = QWidget()
        reach.setLayout(self._reach)
        reach.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        whole = row(self.avatar, who, self._spark, self._points, reach, gap=24)
        whole.setStretch(1, 3)
        whole.setStretch(2, 2)
        self.add(whole)
        # Not Maximum: that ends at the height of one line, and name, reading and facts may need a line each.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _arrange(self) -> None:
        """The line of the year goes first where room is scarce; the Holdings tab has it, too."""
        roomy = self.width() * 100 / theme.percent >= CRAMPED
        self._spark.setVisible(roomy and self._has_months)
        tight = self.width() * 100 / theme.percent < TIGHT
        self.avatar.setHidden(tight)  # its letter is that of the name beside it
        self._points.setFixedWidth(theme.px(140 if tight else 186))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def show_header(self, header: Header, place: Place | None) -> None:
        """Show who it is and how to reach them."""
        self.avatar.show_name(header.name or "?")
        self._name.setText(header.name or header.number)
        self._reading.setText(header.pinyin or _("Reading?"))
        self._reading.setVisible(header.kind is ClientKind.PERSON or bool(header.pinyin))
        facts = [{"F": _("female"), "M": _("male")}.get(header.sex, "")]
        facts.append("" if header.age is None else _("{age} years").format(age=header.age))
        facts.append(_("company") if header.kind is ClientKind.COMPANY else "")
        facts.append(header.branch)
        self._facts.setToolTip(_("Client since {day}").format(day=format.day(header.since)) if header.since else "")
        self._facts.setText(" · ".join(part for part in facts if part))
        self._show_chips(header, place)
        self._show_reach(header)

    def show_balances(self, balances: Balances, aum_minor: int | None) -> None:
        """Draw the last twelve months, and after them the AUM of now where it is told."""
        self._has_months = balances.known
        self._arrange()
        text = _("AUM, last 12 months, out of date") if balances.stale else _("AUM, last 12 months")
        self._spark_text.setText(text)
        source = balances.averages if any(value is not None for value in balances.averages) else balances.ends
        values = source[-MONTHS:] if aum_minor is None else (*source[1 - MONTHS :], aum_minor)
        known = [value for value in values if value is not None]
        if known:
            first, last = (format.short_amount(known[at], balances.currency) for at in (0, -1))
            fallen = known[-1] < FALLEN * max(known)
            said = _("AUM from {first} to {last}").format(first=first, last=last)
            told = [
                _("{months} months before: {amount}").format(
                    months=len(values) - at, amount=format.short_amount(value, balances.currency)
                )
                for at, value in enumerate(values, start=1)
                if value is not None
            ]
            self.spark.show_values(values, said, "risk" if fallen else "accent", told)

    def show_receipt(self, receipt: Receipt) -> None:
        """Show the score and the rank."""
        if receipt.excluded is not None:
            self._score.setText(format.UNKNOWN)
            self._rank.setText(receipt.excluded.said)
            self.bar.show_parts(())
            return
        self._score.setText(format.decimal(receipt.score))
        rank = _("Rank {rank}").format(rank=receipt.rank)
        self._rank.setText(f"{_(words.LANES[Lane.MUST])} · {rank}" if receipt.lane is Lane.MUST else rank)
        self._rank.setToolTip(_("Rank {rank} of {count}").format(rank=receipt.rank, count=format.whole(receipt.of)))
        self.bar.show_parts([(str(line.shade), line.points) for line in receipt.lines if line.points > 0])

    def show_number(self, client: ClientId, number: str) -> None:
        """Show the phone number of a client in full, until another client is shown."""
        self._revealed = (client, number)
        self.phone.setText(number)
        self.reveal.hide()

    def show_complete(self, percent: int) -> None:
        """Show how complete the profile is."""
        self.complete.setText(format.percent(percent / 100))

    def _show_chips(self, header: Header, place: Place | None) -> None:
        chips: list[tuple[str, str]] = []
        if header.status is not ClientStatus.ACTIVE:
            chips.append((words.status(header.status), words.STATUS_KINDS[header.status]))
        if header.origin is Origin.DESK:
            chips.append((_("Prospect"), "plain"))
        if header.consent is False:
            chips.append((_("No marketing"), "risk"))
        if place is not None:
            chips += _chips_of(place)
        self._chips.show_chips(chips)

    def _line(self, name: str) -> tuple[QLabel, QLabel]:
        """A line under the phone: what it is called, and a value; nothing is made when another client is shown."""
        made = label(name, "field"), Elided()
        self._reach.addLayout(row(*made, None, gap=8))
        return made

    def _show_reach(self, header: Header) -> None:
        client, number = self._revealed or (None, "")
        if client != header.id:
            self._revealed, number = None, ""
        self.phone.setText(number or header.phone or format.UNKNOWN)
        self.reveal.setVisible(bool(header.phone) and not number)
        as_of = format.day(header.as_of) if header.as_of else ""
        hours = header.preferred_hours
        prefers = " · ".join(part for part in (names.channel(header.preferred_channel), hours) if part)
        for parts, value in zip(self._lines, (prefers, as_of), strict=True):
            parts[1].setText(value or "")
            for part in parts:
                part.setVisible(bool(value))


def _chips_of(place: Place) -> list[tuple[str, str]]:
    amount = format.short_amount(place.aum_minor, place.currency)
    tier = words.tier(place.tier) or _("Tier unknown")
    chips = [(f"{tier} {amount}", tier_kind(place.tier))]
    if place.stale:
        chips.append((_("out of date"), "risk"))
    known = words.familiarity(place.familiarity)
    chips.append((_("{class} (set by hand)").format(**{"class": known}) if place.overridden else known, "plain"))
    if place.group:
        chips.append((words.group(place.group), "value"))
    low, high = place.man
    if low and low == high:
        chips.append((_("MAN {number}").format(number=low), "opportunity"))
    elif low and high < 5:
        chips.append((_("MAN {low} to {high}").format(low=low, high=high), "opportunity"))
    if place.watch:
        chips.append((_("On watch"), "risk"))
    return chips
