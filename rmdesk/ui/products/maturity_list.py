"""What matures, as a table, and under it what can be done with the one that is selected."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.products.maturities import Found
from rmdesk.services.products.maturity_rows import MaturityRow
from rmdesk.services.products.tables import kind_name
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import CHIP, STRONG, TINTED, Cell, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, clear, column, label
from rmdesk.ui.products import dialogs, words

# Width in units of text that a column wants to be there, the first to go first.
ROOM = {"note": 1050, "kind": 900, "speak": 760, "left": 650}


def columns(*, whom: bool = True) -> tuple[Column[MaturityRow], ...]:
    """The columns; without `whom` for one client's file."""
    found: tuple[Column[MaturityRow], ...] = (
        Column("client", N_("Client"), lambda row: row.client_name or row.number, 110, STRONG, fixed=True, sorts=False),
        Column("name", N_("Holding"), lambda row: row.name, 160, STRONG, fixed=True, sorts=False),
        Column("kind", N_("Kind"), lambda row: Cell(kind_name(row.kind), "plain"), 116, CHIP, sorts=False),
        Column(
            "amount", N_("Amount"), lambda row: format.short_amount(row.amount_minor, row.currency), 90, right=True,
            fixed=True, sorts=False,
        ),
        Column("matures", N_("Maturity"), lambda row: format.short_day(row.matures_on), 84, fixed=True, sorts=False),
        Column("left", N_("Left"), _left, 90, TINTED, sorts=False),
        Column("plan", N_("Plan"), words.plan, 170, CHIP, fixed=True, sorts=False),
        Column("speak", N_("Speak on"), _speak, 84, sorts=False),
        Column("note", N_("Note"), lambda row: row.plan.note if row.plan else "", 180, sorts=False),
    )  # fmt: skip
    return tuple(one for one in found if whom or one.key != "client")


class MaturityList(QWidget):
    """Enter, a double click or the button opens the plan; `whom` names the clients."""

    def __init__(self, desk: Desk, *, whom: bool = True, name: str = "maturities") -> None:
        super().__init__()
        self._desk, self._whom = desk, whom
        self.table: RowTable[MaturityRow] = RowTable(
            columns(whom=whom), key=lambda row: row.id, name=name, state=desk.state, title=_("Maturities")
        )
        self.none = label(_("Nothing matures in this month."), "note")
        self.none.hide()
        self.steps = QWidget()
        self._flow = Flow()
        self.steps.setLayout(self._flow)
        whole = column(self.table, self.none, self.steps, gap=8)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.table.chosen.connect(lambda _ids: self._offer())
        self.table.opened.connect(self._open)

    def show_found(self, found: Found) -> None:
        """Show these."""
        self.table.set_rows(found.rows)
        self.table.setVisible(bool(found.rows))
        self.none.setVisible(not found.rows)
        self._offer()

    def selected(self) -> MaturityRow | None:
        """The one that is selected, when it is one."""
        picked = self.table.selected()
        return self.table.rows.known(picked[0]) if len(picked) == 1 else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() * 100 / theme.percent
        self.table.leave_out([key for key, least in ROOM.items() if wide < least])

    def _offer(self) -> None:
        row = self.selected()
        clear(self._flow)
        if row is None:
            text = _("Select a holding to plan what becomes of it.") if self.table.isVisibleTo(self) else ""
            self._flow.addWidget(label(text, "note"))
        else:
            self._flow.addWidget(label(_("{holding}:").format(holding=row.name), "soft"))
            for text, press in offers(self._desk, row, file=self._whom):
                self._flow.addWidget(Button(text, press, kind="small", name=f"{text} {row.name}"))
        self.steps.updateGeometry()

    def _open(self, number: int) -> None:
        row = self.table.rows.known(number)
        if row is not None:
            dialogs.open_plan(self._desk, row)


def offers(desk: Desk, row: MaturityRow, *, file: bool = False) -> list[tuple[str, Callable[[], object]]]:
    """What can be done with a maturity, by name; `file` leads to the client's file."""
    plan = row.plan
    found: list[tuple[str, Callable[[], object]]] = []
    found.append((_("Change the plan") if plan else _("Plan"), partial(dialogs.open_plan, desk, row)))
    if plan is not None:
        found.append((_("Remove the plan"), partial(_drop, desk, plan.id)))
    found.append((_("Plan a visit"), partial(desk.ask, "plan", client=row.client)))
    if file:
        found.append((_("Client file"), partial(desk.go, "client", client=ClientId(row.client), tab="holdings")))
    return found


def _drop(desk: Desk, plan: str) -> None:
    from rmdesk.services.products.planning import DropRenewalPlan

    desk.perform(DropRenewalPlan(RecordId(plan)), _("Plan removed"))


def _left(row: MaturityRow) -> Cell:
    return Cell(format.days_ahead(row.matures_on), "occasion" if row.days_left <= 7 and row.state == "open" else "")


def _speak(row: MaturityRow) -> str:
    return format.short_day(row.plan.on) if row.plan and row.plan.on else ""
