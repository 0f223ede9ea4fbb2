"""What if: six sliders for the weights of the score, and beside them what today's list would be."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QSlider, QWidget

from rmdesk.base.text import N_, _, plural
from rmdesk.models.kinds import ClientId, Purpose
from rmdesk.services.care.rows import Moved
from rmdesk.services.insights.weights import Trial, trial
from rmdesk.services.scoring.words import LINES
from rmdesk.ui.care import words
from rmdesk.ui.insights import dialogs
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import STRONG, TINTED, Cell, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import choices
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.widgets import Button, Card, Figure, block, clear, column, label, row

MOST = 60  # points at the right end of a slider; heavier weights stretch it
HALVES = 2  # steps to a point
TRY_MS = 120  # after the last move


def _rank(place: int | None) -> str:
    return format.UNKNOWN if place is None else str(place)


def _move(one: Moved) -> Cell:
    if one.rank_before is None:
        return Cell(_("comes"), "good")
    if one.rank_after is None:
        return Cell(_("leaves"), "risk")
    by = one.rank_before - one.rank_after
    return Cell(f"▲ {by}", "good") if by > 0 else Cell(f"▼ {-by}", "risk") if by else Cell("=", "plain")


COLUMNS: tuple[Column[Moved], ...] = (
    Column("after", N_("New rank"), lambda one: _rank(one.rank_after), 84, right=True, fixed=True, sorts=False),
    Column("before", N_("Old rank"), lambda one: _rank(one.rank_before), 84, right=True, fixed=True, sorts=False),
    Column("move", N_("Move"), _move, 84, TINTED, fixed=True, sorts=False),
    Column("name", N_("Client"), lambda one: one.name, 200, STRONG, fixed=True, sorts=False),
    Column("then", N_("Points then"), lambda one: format.decimal(one.score_after), 96, right=True, sorts=False),
    Column("now", N_("Points now"), lambda one: format.decimal(one.score_before), 96, right=True, sorts=False),
)


class WeightSlider(QWidget):
    """A line of the score: its name, a slider in half points, its weight. `moved` as it is dragged or stepped."""

    moved = Signal()

    def __init__(self, line: str) -> None:
        super().__init__()
        self.line = line
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, MOST * HALVES)
        self.slider.setSingleStep(1)
        self.slider.setPageStep(5 * HALVES)
        self.slider.setAccessibleName(_(LINES[line]))
        self.figure = Figure(bold=True)
        self.was = label("", "note")
        head = row(label(_(LINES[line])), None, self.was, self.figure, gap=8)
        self.setLayout(column(head, self.slider, gap=4))
        self.slider.valueChanged.connect(self._told)

    @property
    def weight(self) -> float:
        """The weight it stands at."""
        return self.slider.value() / HALVES

    def show_weight(self, weight: float, now: float) -> None:
        """Put it at a weight, without telling; `now` is the one in force."""
        self.slider.blockSignals(True)
        self.slider.setMaximum(max(MOST, round(weight), round(now)) * HALVES)
        self.slider.setValue(round(weight * HALVES))
        self.slider.blockSignals(False)
        self.show_now(now)

    def show_now(self, now: float) -> None:
        """Say what is in force where it differs."""
        self.figure.setText(f"{self.weight:g}")
        self.was.setText("" if self.weight == now else _("now {weight}").format(weight=f"{now:g}"))
        self.slider.setAccessibleDescription(f"{self.weight:g}")

    def _told(self, _value: int) -> None:
        self.figure.setText(f"{self.weight:g}")
        self.moved.emit()


class WeightsView(QWidget):
    """Nothing is changed until Apply; Reset puts the sliders back to what is in force."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.trial: Trial | None = None
        self.sliders = {line: WeightSlider(line) for line in LINES}
        self.purpose = choices(*((one, _(words.PURPOSES[one])) for one in Purpose))
        self.purpose.setAccessibleName(_("Purpose"))
        self.table: RowTable[Moved] = RowTable(
            COLUMNS, key=lambda one: int(one.client), name="what_if", state=desk.state, title=_("Today's list")
        )
        self.table.opened.connect(lambda client: desk.go("client", client=ClientId(client)))
        self._line = desk.tasks.line(self)
        self._soon = QTimer(self, singleShot=True, interval=TRY_MS)
        self._soon.timeout.connect(self._try)
        self._build()
        for slider in self.sliders.values():
            slider.moved.connect(self._moved)
        self.purpose.activated.connect(lambda _at: self.begin())

    @property
    def weights(self) -> dict[str, float]:
        """Where the sliders stand."""
        return {line: slider.weight for line, slider in self.sliders.items()}

    @property
    def trying(self) -> bool:
        """Whether another list is on its way."""
        return self._soon.isActive() or self._line.busy

    def begin(self) -> None:
        """Put the sliders to what is in force for the purpose, and show today's list."""
        self._soon.stop()
        self._ask({}, fresh=True)

    def refresh(self) -> None:
        """Something was written: the list anew, the sliders where they are."""
        if self.trial is None:
            self.begin()
        else:
            self._try()

    def ship(self) -> None:
        """Put the sliders to the weights that came with the program."""
        if self.trial is not None:
            for line, slider in self.sliders.items():
                slider.show_weight(self.trial.shipped[line], self.trial.now[line])
            self._try()

    def apply(self) -> None:
        """Ask why, and change the weights."""
        if self.trial is not None:
            dialogs.ask_why(self.desk, self.trial.purpose, self.weights)

    def show_trial(self, found: Trial, *, fresh: bool = False) -> None:
        """Show the list before and after."""
        self.trial = found
        for line, slider in self.sliders.items():
            if fresh:
                slider.show_weight(found.now[line], found.now[line])
            else:
                slider.show_now(found.now[line])
        self.table.set_rows(found.moved)
        self.said.setText(_told(found))
        same = self.weights == found.now
        self.use.setEnabled(not same)
        self.reset.setEnabled(not same)
        self._show_log(found)

    def _moved(self) -> None:
        if self.trial is not None:
            for line, slider in self.sliders.items():
                slider.show_now(self.trial.now[line])
        self._soon.start()

    def _try(self) -> None:
        self._ask(self.weights)

    def _ask(self, weights: dict[str, float], *, fresh: bool = False) -> None:
        task = self._line.fetch(trial, Purpose(self.purpose.currentData()), weights)
        task.done.connect(partial(self.show_trial, fresh=fresh))

    def _show_log(self, found: Trial) -> None:
        clear(self._log)
        for one in found.log:
            changes = ", ".join(
                f"{_(LINES[line])} {before:g} → {after:g}" for line, (before, after) in one.weights.items()
            )
            head = f"{format.short_day(one.at.date())} · {one.who} · {_(words.PURPOSES[one.purpose])}"
            self._log.addWidget(label(f"{head}\n{changes}\n{one.why}", "note", wrap=True))
        if not found.log:
            self._log.addWidget(label(_("None yet."), "note"))

    def _build(self) -> None:
        left = Card(_("Weights"), _("points at most"))
        grid = QGridLayout()
        grid.setVerticalSpacing(14)
        grid.setContentsMargins(0, 8, 0, 8)
        for at, slider in enumerate(self.sliders.values()):
            grid.addWidget(slider, at, 0)
        self.use = Button(_("Apply…"), self.apply, kind="primary")
        self.reset = Button(_("Reset"), self.begin)
        self.shipped = Button(_("As shipped"), self.ship, kind="link")
        self._log = column(gap=8)
        left.add(
            self.purpose, grid, row(self.use, self.reset, None, self.shipped),
            label(_("Last changes"), "strong"), self._log, None,
        )  # fmt: skip
        right = Card(_("Today's list, before and after"))
        self.said = label("", "soft", wrap=True)
        right.add(self.said, self.table)
        right.body.setStretchFactor(self.table, 1)
        right.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.panes = Panes(scroller(block(left, None)), right, (_("Weights"), _("Today's list")), shares=(4, 7))
        box = column(self.panes)
        box.setStretch(0, 1)
        self.setLayout(box)


def _told(found: Trial) -> str:
    if not (found.coming or found.leaving or found.moving):
        return _("The list is the same. Move a slider to see what would change.")
    comes = plural("{count} comes onto the list", "{count} come onto the list", found.coming)
    leaves = plural("{count} leaves it", "{count} leave it", found.leaving)
    moves = plural("{count} moves", "{count} move", found.moving)
    return _("{comes}, {leaves}, {moves}. Nothing is changed yet.").format(comes=comes, leaves=leaves, moves=moves)
