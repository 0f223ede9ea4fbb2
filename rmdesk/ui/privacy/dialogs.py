"""What is kept on a client: class, purpose and retention, with a copy for the client, correction and erasure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QLineEdit

from rmdesk.base import clock
from rmdesk.base.record import replace
from rmdesk.base.text import N_, _, phrase, plural
from rmdesk.models.kinds import ClientId
from rmdesk.services.documents.queries import manager_of
from rmdesk.services.documents.writing import file_name
from rmdesk.services.exports.rules import Wish
from rmdesk.services.privacy import copying
from rmdesk.services.privacy.fates import Fate, erased_on, fates
from rmdesk.services.profile import privacy
from rmdesk.services.store.command import Command
from rmdesk.services.store.reads import Reads
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import CHIP, STRONG, Cell, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.document import pdf
from rmdesk.ui.kit.export_dialog import ExportDialog
from rmdesk.ui.kit.exporting import Exporting
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.kit.noted import not_noted
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, label, row

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress
    from rmdesk.services.exports.door import Make
    from rmdesk.services.exports.rules import Mark
    from rmdesk.services.store.store import Store

KINDS = {"sensitive": "risk", "bank_secret": "opportunity", "ordinary": "plain"}


def _class(fate: Fate) -> Cell:
    """The most delicate class among the fields of a table."""
    found = {field.kind for field in fate.table.fields}
    kind = next(one for one in KINDS if one in found)
    return Cell(privacy.class_name(kind), KINDS[kind])


def _purpose(fate: Fate) -> str:
    return _(", ").join(dict.fromkeys(privacy.purpose_name(field.purpose) for field in fate.table.fields))


def _retention(fate: Fate) -> str:
    return fate.retention.name.said if fate.retention else fate.table.fields[0].retention.name.said


def _fate(fate: Fate) -> str:
    if fate.retention is not None:
        return _("kept by law")
    return _("erased; {count} with others stay").format(count=fate.stays) if fate.stays else _("erased")


def _place(fate: Fate) -> int:
    return privacy.tables().index(fate.table)


COLUMNS: tuple[Column[Fate], ...] = (
    Column("table", N_("Records"), lambda fate: Cell(fate.table.name.said), 170, STRONG, sorts=False),
    Column("rows", N_("Count"), lambda fate: format.whole(fate.gone + fate.stays), 64, right=True, sorts=False),
    Column("class", N_("Class"), _class, 110, CHIP, sorts=False),
    Column("purpose", N_("Purpose of use"), _purpose, 190, sorts=False),
    Column("retention", N_("How long"), _retention, 230, sorts=False),
    Column("fate", N_("When erased"), _fate, 150, sorts=False),
)


class PrivacyDialog(QDialog):
    """Shows what is kept on one client, and what can be done about it."""

    def __init__(self, desk: Desk, client: ClientId, name: str) -> None:
        super().__init__(theme.window())
        self.desk, self.client = desk, client
        self.rows: tuple[Fate, ...] = ()
        self.setWindowTitle(_("What we keep on this client"))
        over = self.parentWidget()
        room = QSize(1180, 720) if over is None else over.window().size()
        self.setMinimumSize(min(theme.px(940), room.width() - 32), min(theme.px(560), room.height() - 48))
        self.marked = label("", "error", wrap=True)
        self.marked.hide()
        self.table: RowTable[Fate] = RowTable(COLUMNS, key=_place, title=_("Records"))
        self.copy = Button(_("Give a copy…"), self.give_copy, icon="export")
        self.correct = Button(_("Correct…"), self.correct_data, icon="edit")
        self.erase = Button(_("Erase…"), self.ask_erase, kind="danger")
        about = _(
            "Every field has a class, a purpose and a time. The client may have a copy, a correction, or erasure."
        )
        whole = column(
            label(_("What we keep on {name}").format(name=name), "title"),
            label(about, "soft", wrap=True),
            self.marked,
            self.table,
            row(self.copy, self.correct, self.erase, None, Button(_("Close"), self.reject)),
            gap=14,
        )
        whole.setStretch(3, 1)
        whole.setContentsMargins(24, 24, 24, 24)
        self.setLayout(whole)
        self._line = desk.tasks.line(self)
        self.reload()

    def reload(self) -> None:
        """Ask anew what is kept."""
        self._line.fetch(_kept, self.client).done.connect(self._show)

    def _show(self, got: tuple[tuple[Fate, ...], Any]) -> None:
        self.rows, erased = got
        self.table.set_rows(self.rows)
        self.marked.setVisible(erased is not None)
        if erased is not None:
            text = _("Erased on {day}. What is left is kept by law and used for nothing else.")
            self.marked.setText(text.format(day=format.day(erased)))

    def give_copy(self) -> None:
        """Ask what for and where to, then write the data as JSON and, beside it, a document to read."""
        forms = {"json": _("Data, and a document to read (JSON and PDF)")}
        dialog = ExportDialog(self.desk, _("Give a copy…"), copying.COPY, forms, client=self.client)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = file_name(phrase("Copy of your data"), clock.today(), "json")
        dialog.answered.connect(lambda wish: self._out(wish, name).choose(wish, self))
        dialog.open()

    def save(self, path: Path, wish: Wish) -> None:
        """Put on record that a copy goes out, then write it, and the document beside it."""
        self._out(wish, path.name).give_out(wish, path)

    def _out(self, wish: Wish, name: str) -> Exporting:
        def beside(path: Path) -> None:
            made = path.with_name(path.name.removesuffix(".zip")).with_suffix(".pdf")
            document.give_out(replace(wish, form="pdf"), made)

        document = Exporting(self.desk, _document(self.client), told=copying.TOLD, written=self._written)
        return Exporting(self.desk, copying.as_made(self.client, "json"), name=name, told=copying.TOLD, written=beside)

    def _written(self, _path: Path) -> None:
        self.desk.toast(_("Copy written: data and document"))

    def correct_data(self) -> None:
        """To where the data are corrected."""
        self.accept()
        self.desk.go("client", client=self.client, tab="profile")

    def ask_erase(self) -> None:
        """Ask for the name before anything is erased."""
        dialog = EraseDialog(self.desk, self.client, self.rows)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._erased)
        dialog.open()

    def _erased(self) -> None:
        """What was erased goes from free space and from the backups, too; tried again later where it cannot yet."""
        store = self.desk.tasks.store
        if store is not None:
            self.desk.tasks.write(lambda _progress: sweep(store)).failed.connect(not_noted)
        self.accept()
        self.desk.go("clients")


class EraseDialog(FormDialog):
    """Says what goes and what stays, and asks for the client's name."""

    def __init__(self, desk: Desk, client: ClientId, rows: tuple[Fate, ...]) -> None:
        super().__init__(desk, _("Erase this client's data"), answer=_("Erase for good"), said=_("Data erased"))
        self._client = client
        gone = sum(fate.gone for fate in rows)
        kept = _(", ").join(f"{fate.table.name.said} ({_retention(fate)})" for fate in rows if fate.retention)
        for text in (
            plural("{count} record is erased, and the note.", "{count} records are erased, and the note.", gone),
            _("Kept by law, marked, and used for nothing else: {kept}").format(kept=kept),
            _("The client is contacted no more. This cannot be undone, and neither can what was done before it."),
            _("Backups on this computer are replaced; those kept elsewhere hold the data until they are deleted."),
        ):  # fmt: skip
            self.extra.addWidget(label(text, "soft", wrap=True))
        self.form.add("name", _("Type the client's name to confirm"), QLineEdit(), needed=True)
        self.form.fields["name"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.privacy.erasing import EraseClient

        return EraseClient(self._client, self.form.value("name"))


def open_privacy(desk: Desk, client: ClientId | None = None, name: str = "") -> QDialog | None:
    """What is kept on a client."""
    if client is None:
        return None
    dialog = PrivacyDialog(desk, client, name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def _kept(reads: Reads, client: ClientId) -> tuple[tuple[Fate, ...], Any]:
    return fates(reads, client), erased_on(reads, client)


def sweep(store: Store) -> bool:
    """Sweep the file and its backups of what was erased."""
    from rmdesk.services.sync import traces

    return traces.sweep(store)


def _document(client: ClientId) -> Make:
    """What makes the PDF."""

    def make(reads: Reads, mark: Mark, _progress: Progress) -> tuple[bytes, int]:
        copy = copying.copy_of(reads, client)
        return pdf(copying.document_of(copy, manager_of(reads)), mark.line), 1

    return make
