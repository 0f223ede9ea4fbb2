"""The tab of a client's file with visits, promises and tasks."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId, Topic
from rmdesk.services.store.reads import Reads
from rmdesk.services.visits import ledger, queries
from rmdesk.services.visits.rows import PromiseRow, TaskRow, VisitRow
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.file_tab import FileTab
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.widgets import Button, Card, column
from rmdesk.ui.visits import dialogs
from rmdesk.ui.visits.boards import promises_board, tasks_board, visits_board

Told = tuple[tuple[VisitRow, ...], tuple[PromiseRow, ...], tuple[TaskRow, ...]]


class VisitsTab(FileTab):
    """Visits at the left, what is planned first; promises and tasks at the right."""

    watches: ClassVar[frozenset[Topic]] = frozenset({Topic.VISITS, Topic.CLIENTS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.visits = visits_board(desk, "file", whole=False)
        self.promises, self.tasks_board = promises_board(desk, whole=False), tasks_board(desk, whole=False)
        left = Card(_("Visits"), "")
        left.corner.addWidget(Button(_("Plan visit"), lambda: dialogs.open_plan(desk, self.client), kind="small"))
        left.corner.addWidget(Button(_("Log a visit"), lambda: dialogs.open_log(desk, self.client), kind="small"))
        left.add(self.visits)
        ledger_card, tasks_card = Card(_("Promises"), ""), Card(_("Tasks"), "")
        ledger_card.corner.addWidget(Button(_("Add"), lambda: dialogs.open_promise(desk, self.client), kind="link"))
        ledger_card.add(self.promises)
        tasks_card.corner.addWidget(Button(_("Add"), lambda: dialogs.open_task(desk, self.client), kind="link"))
        tasks_card.add(self.tasks_board)
        right = QWidget()
        right.setLayout(column(ledger_card, tasks_card, gap=16))
        self.body.addWidget(Panes(left, right, (_("Visits"), _("Promises and tasks")), shares=(5, 4)))

    def reload(self) -> None:
        if self.client is not None:
            self.fetch(_told, self.client).done.connect(self.show_told)

    def show_told(self, told: Told) -> None:
        """Show what was read."""
        visits, promises, tasks = told
        self.visits.show_rows(visits)
        self.promises.show_rows(promises)
        self.tasks_board.show_rows(tasks)


def _told(reads: Reads, client: ClientId) -> Told:
    visits = (*queries.planned(reads, client), *queries.visits_of(reads, client))
    return visits, ledger.promises(reads, client, closed=True), ledger.tasks(reads, client, closed=True)
