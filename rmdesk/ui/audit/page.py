"""The audit log: what was looked at, given out, put right or removed at this desk; and whether it still holds."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt

from rmdesk.base import clock
from rmdesk.base.text import N_, _, plural
from rmdesk.models.kinds import Topic
from rmdesk.services.audit import queries, words
from rmdesk.services.audit.acts import NAMES, Act
from rmdesk.services.audit.chain import End, Verdict
from rmdesk.services.audit.queries import EntryRow, Wanted
from rmdesk.services.exports.cells import Cell as SheetCell
from rmdesk.services.exports.rules import Wish
from rmdesk.services.exports.sheets import sheet
from rmdesk.services.settings.on_record import about
from rmdesk.services.store.reads import Reads
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.columns import CHIP, STRONG, Cell, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.export_dialog import ExportDialog
from rmdesk.ui.kit.exporting import Exporting
from rmdesk.ui.kit.form import choices
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Card, clearable, label, restyle, row

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress
    from rmdesk.services.exports.rules import Mark

MOST = 1000  # of a page; older ones by the days asked for
AUDIT = "audit"  # what goes out, as services/exports has it
ALL, TODAY, WEEK, MONTH = 0, 1, 7, 30  # days
WARNS = {Act.UNLOCK_FAILED, Act.BREAK, Act.CLOCK}
OUT = {Act.EXPORT, Act.PRINT, Act.COPY}


def _kind(entry: EntryRow) -> str:
    if entry.act in WARNS:
        return "risk"
    return "occasion" if entry.act in OUT else "plain"


def _when(entry: EntryRow) -> str:
    return f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}"


COLUMNS: tuple[Column[EntryRow], ...] = (
    Column("seq", N_("No."), lambda entry: str(entry.seq), 64, right=True, sorts=False),
    Column("at", N_("When"), _when, 160, sorts=False, fixed=True),
    Column("who", N_("Who"), lambda entry: entry.who, 90, sorts=False),
    Column("act", N_("What"), lambda entry: Cell(entry.said, _kind(entry)), 150, CHIP, sorts=False, fixed=True),
    Column("about", N_("About whom or what"), lambda entry: Cell(about(entry)), 170, STRONG, sorts=False),
    Column("details", N_("Details"), lambda entry: entry.details, 300, sorts=False),
)


class AuditPage(Page):
    """Newest first; `go("audit", client=12)`, `go("audit", act="export")`."""

    watches: ClassVar[frozenset[Topic]] = frozenset({Topic.AUDIT})
    offers: ClassVar[tuple[Action, ...]] = (
        Action("export_audit", N_("Export"), lambda page: page.export(), icon="export", button=True),
        Action("verify_audit", N_("Verify"), lambda page: page.verify(), "Ctrl+Shift+V", "shield", primary=True),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rows: tuple[EntryRow, ...] = ()
        self.act = choices(("", _("All acts")), *((one.value, _(name)) for one, name in NAMES.items()))
        self.act.setAccessibleName(_("Act"))
        self.days = choices(
            (ALL, _("All days")), (TODAY, _("Today")), (WEEK, _("Last 7 days")), (MONTH, _("Last 30 days"))
        )
        self.days.setAccessibleName(_("Days"))
        self.client = ClientField(desk)
        self.client.setAccessibleName(_("Client"))
        clearable(self.client)
        self.client.setMinimumWidth(220)
        self.client.setMaximumWidth(theme.px(280))
        self.client.textChanged.connect(self._emptied)
        self.verdict = label("", "soft", wrap=True)
        self.verdict.hide()
        self.table: RowTable[EntryRow] = RowTable(
            COLUMNS, key=lambda entry: entry.seq, name="audit", state=desk.state, title=_("Audit log")
        )
        self.nothing = label(_("No entry fits what is asked for."), "note")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nothing.hide()
        self.card = Card(_("Audit log"))
        told = _("Who did what and when on this computer. It cannot be changed unseen; it holds no client data itself.")
        self.card.add(
            label(told, "soft", wrap=True), row(self.act, self.days, self.client, None), self.verdict, self.table,
            self.nothing,
        )  # fmt: skip
        for part in (self.table, self.nothing):
            self.card.body.setStretchFactor(part, 1)
        self.body.addWidget(self.card, 1)
        for signal in (self.act.activated, self.days.activated):
            signal.connect(lambda _index: self.reload())
        self.client.chosen.connect(lambda _client: self.reload())
        self.table.opened.connect(self._open)

    def title(self) -> str:
        return _("Audit log")

    def open(self, **what: Any) -> None:
        self.mark_stale()  # much is noted without a word to anybody
        if what.get("client") is not None:
            self.client.set_client(what["client"])
        for name, field in (("act", self.act), ("days", self.days)):
            if name in what:
                field.setCurrentIndex(max(0, field.findData(what[name])))

    def place(self) -> dict[str, Any]:
        return {"act": self.act.currentData(), "days": self.days.currentData(), "client": self.client.client}

    def reload(self) -> None:
        self.fetch(queries.shown, self.wanted(), most=MOST).done.connect(self.show_rows)

    def wanted(self) -> Wanted:
        """What the filters ask for."""
        days = int(self.days.currentData())
        since: date | None = clock.today() - timedelta(days=days - 1) if days else None
        return Wanted(str(self.act.currentData()), self.client.client, since)

    def show_rows(self, rows: tuple[EntryRow, ...]) -> None:
        """Show these entries."""
        self.rows = rows
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.card.note.setText(plural("{count} entry", "{count} entries", len(rows)))

    def verify(self) -> None:
        """Look at the whole log, and say whether it holds."""
        store = self.tasks.store
        if store is not None:
            end = queries.end_of(store.folder, store.key)
            self.tasks.study(_verified, end, label=_("Verify")).done.connect(self._tell)

    def export(self) -> None:
        """Give the log out, as it is narrowed here."""
        forms = {"xlsx": _("Excel workbook (.xlsx)"), "csv": _("CSV file, UTF-8 (.csv)")}
        dialog = ExportDialog(self.desk, _("Export the audit log"), AUDIT, forms, rows=len(self.rows))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.answered.connect(lambda wish: self._out(wish).choose(wish, self))
        dialog.open()

    def save(self, path: Path, wish: Wish) -> None:
        """Write what is asked for to a file."""
        self._out(wish).give_out(wish, path)

    def _out(self, wish: Wish) -> Exporting:
        wanted = self.wanted()

        def make(reads: Reads, mark: Mark, progress: Progress) -> tuple[bytes, int]:
            rows = queries.shown(reads, wanted, most=1_000_000)
            titles = [*(_(one.title) for one in COLUMNS), _("Hash")]
            told = (_cells(one) for one in rows)
            return sheet(wish.form, titles, told, len(rows), mark, progress, name=_("Audit log")), len(rows)

        return Exporting(self.desk, make, name=f"{clock.today()}-" + _("Audit log"))

    def _tell(self, found: Verdict) -> None:
        self.verdict.setText(words.verdict_said(found))
        restyle(self.verdict, role="error" if found.broken else "soft")
        self.verdict.show()

    def _emptied(self, text: str) -> None:
        if not text and self.client.client is not None:
            self.client.set_client(None)

    def _open(self, seq: int) -> None:
        entry = next(one for one in self.rows if one.seq == seq)
        if entry.name:
            self.desk.go("client", client=int(entry.entity_id))


def _cells(entry: EntryRow) -> list[SheetCell]:
    """An entry for a file: whole, with its hash."""
    facts = words.facts_said(entry.facts, whole=True)
    return [entry.seq, _when(entry), entry.who, entry.said, about(entry), facts, entry.hash]


def _verified(reads: Reads, end: End | None, *, progress: Progress) -> Verdict:
    return queries.verify(reads, end)
