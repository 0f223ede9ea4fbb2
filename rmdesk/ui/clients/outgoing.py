"""What leaves the table: a file or the clipboard. First a change record is kept, then the data go out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from rmdesk.base import clock
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.text import _, plural
from rmdesk.services.clients import columns, export, table
from rmdesk.services.clients.table import ClientRow, Found, Standing
from rmdesk.services.store.reads import Reads
from rmdesk.ui.care import words
from rmdesk.ui.clients.export_dialog import ExportDialog
from rmdesk.ui.kit.clipboard import clipboard
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.tasks.runner import Tasks

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
            task = self._page.tasks.perform(export.NoteExport(len(ids), "copy", keys))
            task.done.connect(lambda _outcome: self._copy(ids, keys))

    def export(self) -> None:
        """Ask what to export, then where to."""
        found = self._page.found
        picked = self._page.table.selected()
        ids = tuple(picked) if len(picked) > 1 else (found.ids if found else ())
        if not ids or self._page.standing is None:
            return
        dialog = ExportDialog(len(ids), self._keys())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._ask_file(ids, dialog.columns, dialog.ending))
        dialog.open()

    def save(self, path: Path, ids: Sequence[int], keys: tuple[str, ...]) -> None:
        """Write these clients to a file."""
        task = self._page.tasks.perform(export.NoteExport(len(ids), path.suffix.lstrip("."), keys))
        task.done.connect(lambda _outcome: self._write(path, ids, keys))

    def _ask_file(self, ids: Sequence[int], keys: tuple[str, ...], ending: str) -> None:
        proposed = f"{clock.today()}-" + _("clients") + f".{ending}"
        name, _kind = QFileDialog.getSaveFileName(self._over, _("Export"), proposed, f"*.{ending}")
        if name:
            path = Path(name)
            self.save(path if path.suffix.lower() == f".{ending}" else path.with_suffix(f".{ending}"), ids, keys)

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

    def _write(self, path: Path, ids: Sequence[int], keys: tuple[str, ...]) -> None:
        task = self._page.tasks.study(write_file, path, self._page.standing, ids, keys, label=_("Export clients"))
        task.done.connect(
            lambda count: self._page.desk.toast(plural("{count} client exported", "{count} clients exported", count))
        )


def cells(reads: Reads, standing: Standing, ids: Sequence[int], keys: Sequence[str]) -> Iterator[list[export.Cell]]:
    """Rows for a file, read a few at a time; codes are written as words."""
    for start in range(0, len(ids), AT_ONCE):
        for row in table.rows_of(reads, standing, ids[start : start + AT_ONCE]):
            yield [_said(row, key) for key in keys]


def as_text(reads: Reads, standing: Standing, ids: Sequence[int], keys: Sequence[str]) -> str:
    """The clients as tab-separated text under a line of titles."""
    return export.as_text([_(columns.BY_KEY[key].title) for key in keys], cells(reads, standing, ids, keys))


def write_file(
    reads: Reads,
    path: Path,
    standing: Standing,
    ids: Sequence[int],
    keys: Sequence[str],
    *,
    progress: Progress | None = None,
) -> int:
    """Write the clients to a file; gives back how many."""
    titles = [_(columns.BY_KEY[key].title) for key in keys]
    return export.write(path, titles, cells(reads, standing, ids, keys), len(ids), progress or Silent())


def _said(row: Any, key: str) -> export.Cell:
    if key == "tier":
        return words.tier_whole(row.tier) if row.tier else None
    if key == "familiarity":
        return words.familiarity(row.familiarity) or None
    if key == "group":
        return words.group(row.group) or None
    if key == "status":
        return words.status(row.status)
    return columns.cell(row, key)
