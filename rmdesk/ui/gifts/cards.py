"""The cards beside the register: budget, requests to the lead, occasions without a gift, thanks owed, breaches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from rmdesk.base.text import _, plural
from rmdesk.services.gifts import tables
from rmdesk.services.gifts.overview_rows import AheadRow, Budget, ThanksRow
from rmdesk.services.gifts.queries import GiftRow
from rmdesk.services.gifts.shown import Shown
from rmdesk.ui.gifts import words
from rmdesk.ui.kit import faces, format, score_bar
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.told_dialog import Asked
from rmdesk.ui.kit.widgets import Button, Card, Chip, block, clear, column, label, row, rule

SHOWN = 4  # of a card before "all"


class BudgetBar(QWidget):
    """What is used of the budget, and what is reserved on top of it."""

    told_as = faces.CHART

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[tuple[str, float], ...] = ()
        self._told: tuple[str, ...] = ()
        self.setAccessibleName(_("Budget"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_shares(self, used: float, reserved: float, told: Sequence[str] = ()) -> None:
        """Show shares of the budget in percent; over a hundred the bar is full, and in the colour of risk.

        `told` are the amounts behind them in words.
        """
        shares = (_("{share} used"), used), (_("{share} reserved"), reserved)
        self._told = (*(text.format(share=format.percent(one / 100)) for text, one in shares), *told)
        self.setAccessibleDescription("\n".join(self._told))
        over = used > 100
        self._parts = (
            ("risk" if over else "value", min(100.0, used)),
            ("occasion", max(0.0, min(reserved, 100 - used))),
        )
        self.update()

    def facts(self) -> list[str]:
        """The shares that are drawn, and the amounts behind them."""
        return list(self._told)

    def sizeHint(self) -> QSize:
        return QSize(200, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        score_bar.paint(painter, QRectF(0, (self.height() - 8) / 2, self.width(), 8), self._parts)
        painter.end()


class BudgetCard(Card):
    """The budget of the year."""

    def __init__(self) -> None:
        super().__init__(_("Budget"), "")
        self.bar = BudgetBar()
        Asked(self.bar, self.bar.facts, _("Budget"))
        self.left = label("", "figure")
        self.said = label("", "small", wrap=True)
        self.rule = label("", "note", wrap=True)
        self.add(self.left, self.bar, self.said, self.rule)

    def show_budget(self, budget: Budget) -> None:
        """Show what is used, reserved and left."""
        self.title(_("Budget {year}").format(year=budget.year))
        counted, money = budget.counted, budget.currency
        left = Shown(abs(budget.left), money)
        self.left.setText((_("{left} left") if budget.left >= 0 else _("{left} over")).format(left=left))
        parts = [
            _("{used} of {limit} used").format(used=Shown(counted.committed, money), limit=Shown(budget.limit, money)),
            _("{reserved} reserved").format(reserved=Shown(counted.reserved, money)) if counted.reserved else "",
            plural("{count} gift", "{count} gifts", budget.gifts),
        ]
        if counted.unknown:
            parts.append(plural("{count} without a cost", "{count} without a cost", counted.unknown))
        self.said.setText(" · ".join(part for part in parts if part))
        full = budget.limit or 1
        told = [self.left.text(), *(part for part in parts if part)]
        self.bar.show_shares(100 * counted.committed / full, 100 * counted.reserved / full, told)
        self.bar.setAccessibleName(f"{self.left.text()}. {self.said.text()}")
        book = tables.rule("count")
        self.rule.setText(tables.rule("limits", "budget").said(limit=Shown(budget.limit, money)))
        self.rule.setToolTip(book.said())


class LinesCard(Card):
    """A card of a few lines, each with one thing to do."""

    def __init__(self, heading: str, nothing: str) -> None:
        super().__init__(heading, " ", gap=8)
        self.head.setWordWrap(True)
        self._nothing = nothing
        self._lines: Sequence[Callable[[], QLayout]] = ()
        self._all = False

    def show_lines(self, lines: Sequence[Callable[[], QLayout]]) -> None:
        """Show these; each is made when it is seen."""
        self._lines = lines
        self.note.setText(str(len(lines)) if lines else "")
        self._fill()

    def _fill(self) -> None:
        clear(self.body)
        parts: list[QWidget | QLayout] = []
        for at, line in enumerate(self._lines if self._all else self._lines[:SHOWN]):
            parts += [rule(), line()] if at else [line()]
        if not self._lines:
            parts.append(label(self._nothing, "note", wrap=True))
        if len(self._lines) > SHOWN:
            more = _("Fewer") if self._all else _("All {count}").format(count=len(self._lines))
            parts.append(row(Button(more, self._toggle, kind="link"), None))
        self.body.addWidget(block(*parts, gap=8))

    def _toggle(self) -> None:
        self._all = not self._all
        self._fill()


class Cards(QWidget):
    """All cards. Signals: `gift(row)` to show one, `plan(filled)` to plan one with these answers, `client(id)`."""

    gift = Signal(object)
    plan = Signal(object)
    client = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.budget = BudgetCard()
        self.awaiting = LinesCard(_("Awaiting approval"), _("No request is open."))
        self.ahead = LinesCard(_("Occasions without a gift"), _("Nothing within the lead time is without a gift."))
        self.breaches = LinesCard(_("Breaches"), _("None this year."))
        self.thanks = LinesCard(_("Thanks owed"), _("Every valued suggestion was thanked for."))
        self.setObjectName("ground")
        self.parts = (self.budget, self.awaiting, self.ahead, self.thanks, self.breaches)
        self.places = column(gap=16)
        self.setLayout(column(self.places, None))

    def show_awaiting(self, rows: Sequence[GiftRow]) -> None:
        """Show the requests that wait."""
        self.awaiting.show_lines([partial(self._gift, one, _asked(one), "occasion") for one in rows])

    def show_breaches(self, rows: Sequence[GiftRow]) -> None:
        """Show the breaches of the year."""
        self.breaches.show_lines(
            [partial(self._gift, one, one.breach.said if one.breach else "", "risk") for one in rows]
        )

    def show_ahead(self, rows: Sequence[AheadRow]) -> None:
        """Show occasions that no gift is planned for, with ideas."""
        self.ahead.show_lines([partial(self._ahead, one) for one in rows])

    def show_thanks(self, rows: Sequence[ThanksRow]) -> None:
        """Show valued suggestions that nobody has been thanked for."""
        self.thanks.show_lines([partial(self._thanks, one) for one in rows if one.gift is None])

    def _gift(self, one: GiftRow, said: str, kind: str) -> QLayout:
        show = Button(
            _("Show"), partial(self.gift.emit, one), kind="link", name=_("Show {gift}").format(gift=one.title)
        )
        head = row(label(words.whom(one), "strong", wrap=True), Chip(words.cost(one), kind), gap=6)
        head.setStretch(0, 1)
        line = column(head, gap=2)
        what = row(label(one.title, "soft", wrap=True), show)
        what.setStretch(0, 1)
        line.addLayout(what)
        line.addWidget(label(said, "note", wrap=True))
        return line

    def _ahead(self, one: AheadRow) -> QLayout:
        wanted = one.occasion_id or f"{one.kind.value} {one.on.isoformat()}"
        filled = {"client": one.client, "occasion": wanted}
        name = self._name(one)
        when = format.days_ahead(one.on)
        head = row(name, None, Chip(when, "risk" if one.days < 0 else "occasion"), gap=6)
        plan = Button(
            _("Plan"), partial(self.plan.emit, filled), kind="small", name=_("Plan for {name}").format(name=one.name)
        )
        title = row(label(f"{format.short_day(one.on)} {one.title.said}", "soft", wrap=True), plan)
        title.setStretch(0, 1)
        line = column(head, title, gap=2)
        if one.ideas:
            flow = Flow()
            for idea in one.ideas:
                chip = Button(idea.title, partial(self.plan.emit, {**filled, "title": idea.title}), kind="filter")
                if idea.why is not None:
                    chip.setToolTip(idea.why.said)
                flow.addWidget(chip)
            line.addLayout(flow)
        return line

    def _name(self, one: AheadRow | ThanksRow) -> Button:
        """The client's name, which opens the file; a long one gives way."""
        name = Button(one.name, partial(self.client.emit, one.client), kind="link", hint=one.name)
        name.setProperty("flush", True)  # it begins where the lines below it do
        name.setMinimumWidth(theme.px(60))
        return name

    def _thanks(self, one: ThanksRow) -> QLayout:
        filled = {"client": one.client, "feedback": one.feedback}
        plan = Button(
            _("Thank"), partial(self.plan.emit, filled), kind="small", name=_("Thank {name}").format(name=one.name)
        )
        head = row(self._name(one), None, plan)
        return column(head, label(one.text, "note", wrap=True), gap=2)


def _asked(one: GiftRow) -> str:
    asked = one.approval
    if asked is None:
        return ""
    return _("{day}, {who}: {reason}").format(
        day=format.short_day(asked.asked_on), who=asked.asked_by, reason=asked.reason
    )
