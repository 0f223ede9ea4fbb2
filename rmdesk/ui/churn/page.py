"""The Churn page: warnings with their reasons, cases of lost clients, and what the cases teach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId, RecordId, Topic
from rmdesk.services.churn import cases as churn_cases
from rmdesk.services.churn.at_risk import Warned, WarningRow
from rmdesk.services.churn.cases import CaseFile, CaseRow
from rmdesk.services.churn.lessons import LeadTime
from rmdesk.services.store.reads import Reads
from rmdesk.ui.churn import dialogs, tables
from rmdesk.ui.churn.case_view import CaseView
from rmdesk.ui.kit import format
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.views_page import ViewsPage
from rmdesk.ui.kit.widgets import column, label

VIEWS = (("warnings", N_("Warnings")), ("cases", N_("Lost clients")), ("lessons", N_("Lead times")))
MOST = 300  # warnings shown; all are counted


class ChurnPage(ViewsPage):
    """`go("churn", view="cases")`, `go("churn", case=id)`."""

    watches: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.CHURN, Topic.CLIENTS, Topic.SEGMENTS, Topic.HOLDINGS, Topic.VISITS, Topic.COMPLAINTS, Topic.SETTINGS}
    )
    offers: ClassVar[tuple[Action, ...]] = (
        Action("open_case", N_("Open churn case"), lambda page: dialogs.open_case(page.desk), icon="plus", button=True),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, VIEWS)
        self._wanted = ""
        self._cases: tuple[CaseRow, ...] = ()
        self.warnings: RowTable[WarningRow] = RowTable(
            tables.WARNINGS,
            key=lambda row: int(row.client),
            name="churn_warnings",
            state=desk.state,
            title=_("Warnings"),
        )
        self.cases: RowTable[CaseRow] = RowTable(
            tables.CASES, key=tables.number_of, name="churn_cases", state=desk.state, title=_("Lost clients")
        )
        self.lessons: RowTable[LeadTime] = RowTable(
            tables.LESSONS, key=lambda row: hash(row.signal), name="churn_lessons", state=desk.state,
            title=_("Lead times"),
        )  # fmt: skip
        self.case = CaseView(desk)
        self._build()
        self.warnings.opened.connect(lambda client: self.desk.go("client", client=ClientId(client), tab="churn"))
        self.cases.chosen.connect(self._choose)

    def title(self) -> str:
        return _("Churn")

    def open(self, **what: Any) -> None:
        if "case" in what:
            self._wanted = str(what["case"])
            self.show_view(1)
            self._select()
        else:
            super().open(**what)

    def _fit(self) -> None:
        """Leave out the columns of the cases for which there is no room."""
        wide = self.cases.width() * 100 / theme.percent
        self.cases.leave_out([key for key, least in tables.ROOM.items() if wide < least])

    # Loading.

    def reload(self) -> None:
        self.fetch(_warnings).done.connect(self.show_warnings)
        self.fetch(churn_cases.cases).done.connect(self.show_cases)
        self.fetch(_lessons).done.connect(self.show_lessons)

    def show_warnings(self, warned: Warned) -> None:
        """Show who may be lost next."""
        self.count_view(0, warned.count)
        self.warnings.set_rows(warned.rows)
        self._instead(self._places[0], self.warnings, bool(warned.rows))

    def show_cases(self, rows: tuple[CaseRow, ...]) -> None:
        """Show who was lost."""
        waiting = sum(one.open for one in rows)
        self._cases = rows
        self.count_view(1, len(rows))
        self.desk.badge("churn", waiting or None)
        self.cases.set_rows(rows)
        self._instead(self._places[1], self._panes, bool(rows))
        self._fit()
        self._select()

    def show_lessons(self, rows: tuple[LeadTime, ...]) -> None:
        """Show how long before a loss the signals were visible."""
        self.lessons.set_rows(rows)
        self._instead(self._places[2], self._taught, bool(rows))

    def _select(self) -> None:
        """Select the case asked for, else the first when none is."""
        wanted = next((one for one in self._cases if one.id == self._wanted), None)
        if wanted is not None:
            self._wanted = ""
            self.cases.select_id(tables.number_of(wanted))
        elif self._cases and not self.cases.selected():
            self.cases.select_id(tables.number_of(self._cases[0]))
        else:
            self._choose(self.cases.selected())

    def _choose(self, chosen: Sequence[int]) -> None:
        row = self.cases.rows.known(chosen[0]) if len(chosen) == 1 else None
        if row is not None:
            self.fetch(churn_cases.case_of, RecordId(row.id)).done.connect(self._show_case)

    def _show_case(self, found: CaseFile | None) -> None:
        if found is not None:
            self.case.show_case(found)

    # Building.

    def _build(self) -> None:
        self._panes = Panes(self.cases, self.case, (_("Lost clients"), _("Case")), shares=(4, 7))
        note = _("How many days before the loss each signal was visible, and how often nobody spoke with the client "
                 "within {days} days.")  # fmt: skip
        text = label(note.format(days=_answer_days()), "note", wrap=True)
        self._taught = QWidget()
        taught = column(text, self.lessons, gap=8)
        taught.setStretch(1, 1)
        self._taught.setLayout(taught)
        self._places = [
            (_holding(self.warnings, _nobody(_("Nobody gives cause for worry."), _("Clients whose signals of churn "
             "add up to {least} or more appear here, with the reasons.")))),
            (_holding(self._panes, _nobody(_("No client was lost."), _("A case opens by itself when a client is lost: "
             "the assets fall below a fifth for 60 days, the accounts close, or nothing is held.")))),
            (_holding(self._taught, _nobody(_("Nothing to learn from yet."), _("When clients were lost, the signals "
             "that could have been seen stand here.")))),
        ]  # fmt: skip
        for place in self._places:
            self.stack.addWidget(place)
        self._panes.arranged.connect(self._fit)

    def _instead(self, place: QWidget, shown: QWidget, there: bool) -> None:
        for notice in place.findChildren(Notice, options=Qt.FindChildOption.FindDirectChildrenOnly):
            notice.setVisible(not there)
        shown.setVisible(there)


def _holding(*parts: QWidget) -> QWidget:
    """Parts below one another; the last two take what room there is, of which one is shown."""
    holder = QWidget()
    box = column(*parts, gap=8)
    for at in range(max(0, len(parts) - 2), len(parts)):
        box.setStretch(at, 1)
    holder.setLayout(box)
    return holder


def _nobody(text: str, note: str) -> Notice:
    from rmdesk.services.churn import case_rules

    made = Notice(text, note.replace("{least}", format.percent(case_rules.table().warning)), icon="star")
    made.hide()
    return made


def _answer_days() -> int:
    from rmdesk.services.churn import case_rules

    return case_rules.table().answer_days


def _warnings(reads: Reads) -> Warned:
    from rmdesk.services.churn.at_risk import warnings

    return warnings(reads, most=MOST)


def _lessons(reads: Reads) -> tuple[LeadTime, ...]:
    from rmdesk.services.churn.lessons import lead_times

    return lead_times(reads)
