"""Letting a kept file out: the user says what for and where to, and that it went is put on record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rmdesk.base.text import _
from rmdesk.services.exports.rules import Wish
from rmdesk.services.files import queries
from rmdesk.services.files.queries import FileRow
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.export_dialog import ExportDialog
from rmdesk.ui.kit.exporting import Exporting

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress
    from rmdesk.services.exports.rules import Mark
    from rmdesk.services.store.reads import Reads

FILE = "file"  # what goes out, as services/exports has it; its form is its own


def ask_and_save(desk: Desk, file: FileRow, over: QWidget) -> None:
    """Ask what for and where to, put it on record, and write the bytes."""
    title = _("Save {name}").format(name=file.name)
    dialog = ExportDialog(desk, title, FILE, {FILE: _("As it is")}, client=file.client)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.answered.connect(lambda wish: _out(desk, file).choose(wish, over))
    dialog.open()


def save(desk: Desk, file: FileRow, wish: Wish, path: Path) -> None:
    """Put on record that the file goes out, and write it."""
    _out(desk, file).give_out(wish, path)


def _out(desk: Desk, file: FileRow) -> Exporting:
    def make(reads: Reads, _mark: Mark, _progress: Progress) -> tuple[bytes, int]:
        return queries.content_of(reads, file.id).content, 1

    return Exporting(desk, make, name=file.name, told={"saved": file.name})
