"""Letting a kept file out: the user says where to, a change record says that it went."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import RecordId
from rmdesk.services.documents.writing import write
from rmdesk.services.files import queries
from rmdesk.services.files.queries import FileRow
from rmdesk.services.store.reads import Reads
from rmdesk.ui.kit.desk import Desk


def ask_and_save(desk: Desk, file: FileRow, over: QWidget) -> None:
    """Ask where to, put it on record, and write the bytes."""
    name, _kind = QFileDialog.getSaveFileName(over, _("Save as…"), file.name)
    if name:
        save(desk, file, Path(name))


def save(desk: Desk, file: FileRow, path: Path) -> None:
    """Put on record that the file goes out, and write it."""
    from rmdesk.services.files.commands import NoteFileOut

    def write_out(_outcome: Any) -> None:
        task = desk.tasks.fetch(_written, file.id, path)
        task.done.connect(lambda _none: desk.toast(_("Saved as {name}").format(name=path.name)))

    desk.tasks.perform(NoteFileOut(file.id)).done.connect(write_out)


def _written(reads: Reads, file: RecordId, path: Path) -> None:
    write(path, queries.content_of(reads, file).content)
