"""The Reports page: choose one at the left, read it at the right, print it or give it out."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtWidgets import QSizePolicy

from rmdesk.base.errors import Refused
from rmdesk.base.record import record
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import RecordId, Topic
from rmdesk.services.desk_user import desk_user
from rmdesk.services.reports import queries
from rmdesk.services.reports.parts import Kind
from rmdesk.services.reports.queries import MadeRow
from rmdesk.services.reports.settings import MONTHLY, WEEKLY
from rmdesk.services.settings import queries as settings
from rmdesk.services.store.reads import Reads
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Card
from rmdesk.ui.reports import making
from rmdesk.ui.reports.choosing import Choosing
from rmdesk.ui.reports.making import Drawn
from rmdesk.ui.reports.view import ReportView


@record
class Beside:
    """What stands beside the report."""

    lead: bool
    made: tuple[MadeRow, ...]
    switches: dict[str, bool]


class ReportsPage(Page):
    """`go("reports", kind="monthly")`; `clients=(…)` for a book of these, `ready=True` for the newest unread one."""

    watches: ClassVar[frozenset[Topic]] = frozenset({Topic.REPORTS, Topic.SETTINGS})
    offers: ClassVar[tuple[Action, ...]] = (
        Action("make_report", N_("Make report"), lambda page: page.make(), "F6"),
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.choosing, self.view = Choosing(desk), ReportView(desk)
        self._beside = self.tasks.line(self)
        self._newest = False
        self._made = False
        card = Card()
        card.add(self.view)
        card.body.setStretchFactor(self.view, 1)
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.panes = Panes(card, scroller(self.choosing), (_("Report"), _("Choose")))
        self.body.addWidget(self.panes, 1)
        self.choosing.wanted.connect(self.make)
        self.choosing.picked.connect(self.read)
        self.choosing.switched.connect(self._switch)

    def title(self) -> str:
        return _("Reports")

    def open(self, **what: Any) -> None:
        if what.get("kind") in set(Kind):
            self.choosing.choose(Kind(what["kind"]))
            self._made = False
        if what.get("clients"):
            self.choosing.take_clients(what["clients"])
            self._made = False
        self._newest = bool(what.get("ready"))

    @property
    def building(self) -> bool:
        """Whether a part, or the report itself, is still to come."""
        return super().building or self.view.building

    def place(self) -> dict[str, Any]:
        return {"kind": self.choosing.kind.value}

    def reload(self) -> None:
        self._beside.fetch(_read_beside).done.connect(self._show_beside)
        if not self._made and not self._newest:
            self.make()

    def make(self) -> None:
        """Make the report that is chosen."""
        self.choosing.form.clear_errors()
        try:
            asked = self.choosing.asked()
        except Refused as error:
            self._refused(error)
            return
        self._made = True
        task = self.fetch(making.drawn, asked, theme.tokens)
        task.done.connect(self.show_drawn)

    def read(self, report: str) -> None:
        """Show a report that was made by itself, and note that it was read."""
        self._made = True
        self.fetch(making.kept, report, theme.tokens).done.connect(self._show_kept)
        from rmdesk.services.reports.commands import ReadReport

        self.tasks.perform(ReadReport(RecordId(report)))

    def show_drawn(self, drawn: Drawn) -> None:
        """Show a report."""
        self.view.show_report(drawn.report, drawn.document)

    def _show_kept(self, drawn: Drawn | None) -> None:
        if drawn is not None:
            self.choosing.show_days(drawn.report.kind, drawn.report.first, drawn.report.last)
            self.show_drawn(drawn)

    def _show_beside(self, found: Beside) -> None:
        self.choosing.show_lead(found.lead)
        self.choosing.show_ready(found.made, found.switches)
        if self._newest:
            self._newest = False
            waiting = next((row for row in found.made if not row.seen), next(iter(found.made), None))
            if waiting is not None:
                self.read(waiting.id)
            elif not self._made:
                self.make()

    def _refused(self, error: Refused) -> None:
        if not self.choosing.form.refuse(error):
            self.desk.tell(error)

    def _switch(self, key: str, on: bool) -> None:
        from rmdesk.services.settings.commands import ChangeSetting

        self.desk.perform(ChangeSetting(key, on))


def _read_beside(reads: Reads) -> Beside:
    switches = {one.key: bool(settings.value(reads, one)) for one in (WEEKLY, MONTHLY)}
    return Beside(desk_user(reads).lead, queries.made(reads), switches)
