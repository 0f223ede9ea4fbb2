"""The files of a record as a strip of tiles: drop, paste or choose; look at; remove.

A form whose record does not exist yet gives no `entity_id` but the name of its draft: files are then kept at once in
the encrypted data, found again after a crash, and handed to the record by `attach_to`, or dropped by `discard`.
"""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from rmdesk.base import clock
from rmdesk.base.errors import Known
from rmdesk.base.progress import Progress
from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.files import queries
from rmdesk.services.files.queries import FileRow
from rmdesk.services.store.reads import Reads
from rmdesk.ui.files import pictures
from rmdesk.ui.files.tile import Tile
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, clear, label, restyle, row
from rmdesk.ui.tasks.task import Task

SMALL = 192  # pixels of a small picture, twice its place for dense screens


class AttachmentStrip(QFrame):
    """`changed` tells that files came or went; `count` is how many there are."""

    changed = Signal()

    def __init__(
        self, desk: Desk, entity: str, entity_id: str | int | None = None, client: int | None = None, *, draft: str = ""
    ) -> None:
        super().__init__()
        if entity_id is None and not draft:
            raise ValueError("a record that is not there yet needs the name of its draft")
        self.desk = desk
        self.entity = entity
        self.entity_id = None if entity_id is None else str(entity_id)
        self.client = None if client is None else ClientId(client)
        self.draft = draft
        self.tiles: list[Tile] = []
        self._waiting: deque[tuple[str, bytes]] = deque()  # came before it was known whose they are
        self._line = desk.tasks.line(self)
        self.setProperty("role", "strip")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Photos and files"))
        self.add_button = Button(_("Add files…"), self.ask, kind="small", icon="plus")
        self.hint = label(_("Drop files here, or paste a picture"), "note", wrap=True)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self._place = QWidget()
        self._place.setLayout(Flow(8))
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 10, 10, 10)
        box.setSpacing(8)
        box.addWidget(self._place)
        line = row(self.add_button, self.hint, None, gap=10)
        line.setStretch(1, 1000)  # a hint takes the room, without one the button keeps its size
        box.addLayout(line)
        box.addWidget(self.error)
        self._place.hide()
        self.load()

    # What the form around it asks.

    @property
    def count(self) -> int:
        """How many files there are, those still waiting for a client too."""
        return len(self.tiles) + len(self._waiting)

    def set_client(self, client: int | None) -> None:
        """Whose record it is, once that is known; what came before is kept now."""
        self.client = None if client is None else ClientId(client)
        while self.client is not None and self._waiting:
            self._keep(*self._waiting.popleft())

    def show_record(self, entity_id: str | int, client: int) -> None:
        """Show the files of another record."""
        self.entity_id, self.client = str(entity_id), ClientId(client)
        self.load()

    def show_draft(self, draft: str, client: int | None = None) -> None:
        """Show the files of a form whose record is not there yet."""
        self._waiting.clear()
        self.draft, self.entity_id = draft, None
        self.client = None if client is None else ClientId(client)
        self.load()

    def attach_to(self, entity_id: str, client: int) -> Task[Any]:
        """The record is saved: hand it the files of the draft."""
        from rmdesk.services.files.commands import AttachPending

        self.set_client(client)
        task = self.desk.tasks.perform(AttachPending(self.draft, self.entity, entity_id, ClientId(client)))
        self.entity_id, self.client = entity_id, ClientId(client)
        return task

    def discard(self) -> None:
        """The form was left: its files go."""
        from rmdesk.services.files.commands import DropPending

        self._waiting.clear()
        if self.entity_id is None and self.tiles:
            self.desk.tasks.perform(DropPending(self.draft))

    def load(self) -> None:
        """Ask for the files."""
        entity, number = (queries.DRAFT, self.draft) if self.entity_id is None else (self.entity, self.entity_id)
        self._line.fetch(queries.files_of, entity, number).done.connect(self._show)

    # What the user does.

    def ask(self) -> None:
        """Let the user choose files."""
        names, _kind = QFileDialog.getOpenFileNames(self, _("Add files"))
        self.take([Path(name) for name in names])

    def take(self, paths: list[Path]) -> None:
        """Keep these files."""
        self._say("")
        for path in paths:
            task = self.desk.tasks.call(pictures.taken, path)
            task.done.connect(lambda got: self._keep(*got))
            task.failed.connect(self._refused)

    def take_image(self, image: QImage) -> None:
        """Keep a picture from the clipboard."""
        self._say("")
        name = _("Picture") + f" {clock.now().astimezone():%H%M%S}.png"
        task = self.desk.tasks.call(pictures.pasted, image)
        task.done.connect(lambda content: self._keep(name, content))
        task.failed.connect(self._refused)

    def paste(self, data: QMimeData | None = None) -> bool:
        """Keep what is on the clipboard, if it is files or a picture."""
        data = data or QGuiApplication.clipboard().mimeData()
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self.take(files)
        elif data.hasImage():
            self.take_image(QImage(data.imageData()))
        else:
            return False
        return True

    def remove(self, file: FileRow) -> None:
        """Remove a file; it can be undone, but for one of a draft."""
        from rmdesk.services.files.commands import DropPending, RemoveAttachment

        if self.entity_id is None:
            self.desk.tasks.perform(DropPending(self.draft, file.id)).done.connect(lambda _outcome: self.load())
        else:
            said = _("{name} removed").format(name=file.name)
            self.desk.perform(RemoveAttachment(file.id), said).done.connect(lambda _outcome: self.load())

    def open_file(self, file: FileRow) -> None:
        """Show a file in the viewer."""
        from rmdesk.ui.files.viewer import open_viewer

        open_viewer(self.desk, [tile.row for tile in self.tiles if tile.row is not None], file.id, self.window())

    def save_as(self, file: FileRow) -> None:
        """Ask where to, and let a file out of the encrypted data."""
        from rmdesk.ui.files.saving import ask_and_save

        ask_and_save(self.desk, file, self)

    # Inside.

    def _keep(self, name: str, content: bytes) -> None:
        from rmdesk.services.files.commands import AddAttachment, KeepPending

        if self.client is None:
            self._waiting.append((name, content))
            self._say(_("{count} files are kept once the client is chosen.").format(count=len(self._waiting)))
            return
        task: Task[Any]
        if self.entity_id is None:
            task = self.desk.tasks.perform(KeepPending(self.draft, self.client, name, content))
        else:
            task = self.desk.tasks.perform(AddAttachment(self.entity, self.entity_id, self.client, name, content))
        task.done.connect(lambda _outcome: self.load())
        task.failed.connect(self._refused)

    def _show(self, rows: tuple[FileRow, ...]) -> None:
        if [tile.row for tile in self.tiles] != list(rows):
            self._fill(rows)
        if not self._waiting and self.error.property("waits"):
            self._say("")
        self.changed.emit()

    def _fill(self, rows: tuple[FileRow, ...]) -> None:
        flow = self._place.layout()
        assert flow is not None
        clear(flow)
        self.tiles = []
        for file in rows:
            tile = Tile(file.name, file.kind, file.size, file)
            tile.clicked.connect(lambda _on=False, file=file: self.open_file(file))
            tile.removed.connect(lambda file=file: self.remove(file))
            tile.saved.connect(lambda file=file: self.save_as(file))
            flow.addWidget(tile)
            tile.show()
            self.tiles.append(tile)
            self._ask_image(file.id)
        self._place.setVisible(bool(rows))
        self.hint.setVisible(not rows)

    def _ask_image(self, file: RecordId) -> None:
        task = self.desk.tasks.study(_small, file, label=_("Photos and files"))
        task.owner = self
        task.done.connect(lambda image: self._show_image(file, image))
        task.failed.connect(lambda _error: None)  # the sign of the kind stays

    def _show_image(self, file: RecordId, image: QImage | None) -> None:
        for tile in self.tiles:
            if tile.row is not None and tile.row.id == file:
                tile.show_image(image)

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, Known):
            self._say(error.whole)
        else:
            self.desk.tell(error)

    def _say(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.error.setProperty("waits", bool(self._waiting))

    # Dropping and pasting.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasImage() or any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            restyle(self, over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        restyle(self, over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        restyle(self, over=False)
        if self.paste(event.mimeData()):
            event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (event.matches(QKeySequence.StandardKey.Paste) and self.paste()):
            super().keyPressEvent(event)


def _small(reads: Reads, file: RecordId, *, progress: Progress) -> QImage | None:
    return pictures.thumbnail(reads, file, theme.px(SMALL))
