"""What leaves the table: a file or the clipboard. First it is put on record, then the data go out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rmdesk.base import clock
from rmdesk.base.text import _, plural
from rmdesk.services.clients import columns, export, table
from rmdesk.services.clients.table_rows import ClientRow, Found, Standing
from rmdesk.services.exports import sheets
from rmdesk.services.exports.cells import Cell
from rmdesk.services.exports.sheets import sheet
from rmdesk.services.store.reads import Reads
from rmdesk.ui.care import words
from rmdesk.ui.clients.export_dialog import Columns
from rmdesk.ui.kit.clipboard import clipboard
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.export_dialog import ExportDialog
from rmdesk.ui.kit.exporting import Exporting
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.tasks.runner import Tasks

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress
    from rmdesk.services.exports.rules import Mark, Wish

CLIENTS = "clients"  # what goes out, as services/exports has it
AT_ONCE = 400


class Shown(Protocol):
    """What the page gives: the program around it, the figures, what was found, the table."""

    desk: Desk
    tasks: Tasks
    standing: Standing | None
    found: Found | None
    table: RowTable[ClientRow]


class Outgoing:
    """Exports and copies for the Clients page: the selected clients, or all that are shown when none is."""

    def __init__(self, page: Shown, over: QWidget) -> None:
        self._page = page
        self._over = over  # what the question for a file lies over

    def copy(self) -> None:
        """Put the selected rows on the clipboard, with the columns shown."""
        ids, keys = tuple(self._page.table.selected()), self._keys()
        if ids and self._page.standing is not None:
            task = self._page.tasks.perform(export.NoteRowsCopied(len(ids), keys))
            task.done.connect(lambda _outcome: self._copy(ids, keys))

    def export(self) -> None:
        """Ask what to export and what for, then where to."""
        found = self._page.found
        picked = self._page.table.selected()
        ids = tuple(picked) if len(picked) > 1 else (found.ids if found else ())
        if not ids or self._page.standing is None:
            return
        wanted = Columns(self._keys())
        title = plural("Export {count} client", "Export {count} clients", len(ids))
        forms = {"xlsx": _("Excel workbook (.xlsx)"), "csv": _("CSV file, UTF-8 (.csv)")}
        dialog = ExportDialog(self._page.desk, title, CLIENTS, forms, rows=len(ids), body=wanted)
        wanted.changed = dialog.ok.setEnabled
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.answered.connect(lambda wish: self._out(ids, wanted.keys, wish.form).choose(wish, self._over))
        dialog.open()

    def save(self, path: Path, wish: Wish, ids: Sequence[int], keys: tuple[str, ...]) -> None:
        """Write these clients to a file."""
        self._out(ids, keys, wish.form).give_out(wish, path)

    def _out(self, ids: Sequence[int], keys: tuple[str, ...], form: str) -> Exporting:
        standing, desk = self._page.standing, self._page.desk
        assert standing is not None

        def make(reads: Reads, mark: Mark, progress: Progress) -> tuple[bytes, int]:
            titles = [_(columns.BY_KEY[key].title) for key in keys]
            rows = cells(reads, standing, ids, keys)
            return sheet(form, titles, rows, len(ids), mark, progress), len(ids)

        def written(_path: Path) -> None:
            desk.toast(plural("{count} client exported", "{count} clients exported", len(ids)))

        name = f"{clock.today()}-" + _("clients")
        return Exporting(desk, make, name=name, told={"columns": list(keys)}, written=written)

    def _keys(self) -> tuple[str, ...]:
        return tuple(column.key for column in self._page.table.shown_columns())

    def _copy(self, ids: Sequence[int], keys: tuple[str, ...]) -> None:
        if self._page.standing is not None:
            task = self._page.tasks.fetch(as_text, self._page.standing, ids, keys)
            task.done.connect(self._to_clipboard)

    def _to_clipboard(self, text: str) -> None:
        clipboard.put(text)
        count = text.count("\n")
        self._page.desk.toast(plural("{count} client copied", "{count} clients copied", count))


def cells(reads: Reads, standing: Standing, ids: Sequence[int], keys: Sequence[str]) -> Iterator[list[Cell]]:
    """Rows for a file, read a few at a time; codes are written as words."""
    for start in range(0, len(ids), AT_ONCE):
        for row in table.rows_of(reads, standing, ids[start : start + AT_ONCE]):
            yield [_said(row, key) for key in keys]


def as_text(reads: Reads, standing: Standing, ids: Sequence[int], keys: Sequence[str]) -> str:
    """The clients as tab-separated text under a line of titles."""
    return sheets.as_text([_(columns.BY_KEY[key].title) for key in keys], cells(reads, standing, ids, keys))


def _said(row: Any, key: str) -> Cell:
    if key == "tier":
        return words.tier_whole(row.tier) if row.tier else None
    if key == "familiarity":
        return words.familiarity(row.familiarity) or None
    if key == "group":
        return words.group(row.group) or None
    if key == "status":
        return words.status(row.status)
    return columns.cell(row, key)
