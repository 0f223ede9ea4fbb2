"""Looks at kept files inside the window: pictures and texts are shown, others can be saved elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QStackedWidget, QWidget

from rmdesk.base.errors import Refused
from rmdesk.base.text import _
from rmdesk.models.kinds import RecordId
from rmdesk.services.files import kinds, queries
from rmdesk.services.files.kinds import PICTURES, Kind
from rmdesk.services.files.queries import FileRow
from rmdesk.services.store.reads import Reads
from rmdesk.ui.files import pictures
from rmdesk.ui.files.saving import ask_and_save
from rmdesk.ui.files.tile import size_text
from rmdesk.ui.kit import faces
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, label, row

LONGEST = 4096  # pixels of a picture in the viewer: sharp on any screen, and never more than 64 MB
STEP = 1.25
AGAIN_MS = 1000
MOST = 8.0

Shown = tuple[FileRow, QImage | str | None]


class Picture(QWidget):
    """A picture that fits its place; wheel and + − make it larger, dragging moves it, 0 fits it again."""

    told_as = faces.PICTURE

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.zoom = 1.0
        self._at = QPoint()
        self._held: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_image(self, image: QImage) -> None:
        """Show this one, whole."""
        self._image = image
        self.fit()

    def fit(self) -> None:
        """The whole picture."""
        self.zoom, self._at = 1.0, QPoint()
        self.update()

    def scale(self, factor: float) -> None:
        """Larger or smaller around the middle."""
        self.zoom = max(1.0, min(MOST, self.zoom * factor))
        self._at = QPoint() if self.zoom == 1.0 else self._at * factor
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("plain_soft"))
        if self._image.isNull():
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room, whole = QSize(self.width() - 16, self.height() - 16), self._image.size()
        fitted = whole.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        if fitted.width() > whole.width():
            fitted = whole  # a small picture is not blown up
        size = fitted * self.zoom
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(QRectF(self.rect()).center())
        painter.drawImage(place.translated(self._at), self._image)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.scale(STEP if event.angleDelta().y() > 0 else 1 / STEP)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = event.position().toPoint() - self._at

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None and self.zoom > 1.0:
            self._at = event.position().toPoint() - self._held
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.scale(STEP)
            case Qt.Key.Key_Minus:
                self.scale(1 / STEP)
            case Qt.Key.Key_0:
                self.fit()
            case _:
                super().keyPressEvent(event)


class Viewer(QDialog):
    """One file after the other; the arrows go on and back, Esc leaves."""

    def __init__(self, desk: Desk, files: Sequence[FileRow], first: RecordId, parent: QWidget | None = None) -> None:
        super().__init__(parent or theme.window())
        self.desk = desk
        self._files = list(files)
        self._at = next((at for at, file in enumerate(files) if file.id == first), 0)
        self._line = desk.tasks.line(self)
        self._again = QTimer(self, interval=AGAIN_MS)  # while it is on its way
        self._again.timeout.connect(self._ask)
        self.name = label("", "heading")
        self._facts = label("", "note")
        self.back = Button("", lambda: self.step(-1), kind="icon", icon="left", hint=_("Previous file"))
        self.on = Button("", lambda: self.step(1), kind="icon", icon="right", hint=_("Next file"))
        self.save_button = Button(_("Save as…"), self.save, icon="export")
        self.picture = Picture()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.notice = Notice()
        self.stack = QStackedWidget()
        for part in (self.picture, self.text, self.notice):
            self.stack.addWidget(part)
        head = row(self.name, self._facts, None, self.back, self.on, self.save_button, gap=10)
        whole = column(head, self.stack, row(None, Button(_("Close"), self.reject)), gap=12)
        whole.setStretch(1, 1)
        whole.setContentsMargins(20, 20, 20, 20)
        self.setLayout(whole)
        over = parent.size() if parent is not None else QSize(1180, 720)
        self.resize(int(over.width() * 0.8), int(over.height() * 0.9))
        self.show_file()

    @property
    def file(self) -> FileRow:
        """The one that is shown."""
        return self._files[self._at]

    def step(self, by: int) -> None:
        """Go on or back."""
        self._at = (self._at + by) % len(self._files)
        self.show_file()

    def show_file(self) -> None:
        """Ask for the file and show it."""
        file = self.file
        self.setWindowTitle(file.name)
        self.name.setText(file.name)
        added = file.added_at.astimezone().strftime("%Y-%m-%d %H:%M")
        self._facts.setText(f"{size_text(file.size)} · {added}")
        for button in (self.back, self.on):
            button.setVisible(len(self._files) > 1)
        self._again.stop()
        self._ask()

    def _ask(self) -> None:
        task = self._line.fetch(_opened, self.file)
        task.done.connect(self._show)
        task.failed.connect(self._not_here)

    def save(self) -> None:
        """Let the file out."""
        ask_and_save(self.desk, self.file, self)

    def _show(self, got: Shown) -> None:
        self._again.stop()
        file, content = got
        if isinstance(content, QImage) and not content.isNull():
            self.picture.show_image(content)
            self.picture.setAccessibleName(file.name)
            self.stack.setCurrentWidget(self.picture)
            self.picture.setFocus()
        elif isinstance(content, str):
            self.text.setPlainText(content)
            self.stack.setCurrentWidget(self.text)
        else:
            self.notice.say(
                _("This file cannot be shown here."),
                _("Save it as a file of its own to open it in another program. Outside it is no longer encrypted."),
                icon="file",
            )
            self.stack.setCurrentWidget(self.notice)

    def _not_here(self, error: BaseException) -> None:
        """What was added long ago lies at the team hub until somebody wants to see it."""
        if not isinstance(error, Refused) or error.code != queries.ON_ITS_WAY:
            self._again.stop()
            self.desk.tell(error)
            return
        if self._again.isActive():
            return
        from rmdesk.services.sync.blobs import WantFile

        self._again.start()
        note = _("It is fetched now, if the hub can be reached, and shown as soon as it is here.")
        self.notice.say(_("This file is at the team hub."), note, icon="file")
        self.stack.setCurrentWidget(self.notice)
        self.desk.tasks.perform(WantFile(self.file.id)).done.connect(lambda _done: self.desk.sync_now())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and len(self._files) > 1:
            self.step(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)


def open_viewer(desk: Desk, files: Sequence[FileRow], first: RecordId, parent: QWidget | None = None) -> Viewer:
    """Show a file over the window."""
    viewer = Viewer(desk, files, first, parent)
    viewer.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    viewer.open()
    return viewer


def _opened(reads: Reads, file: FileRow) -> Shown:
    kept = queries.content_of(reads, file.id)
    if kept.kind in PICTURES:
        return file, pictures.image_of(kept.content, kept.kind, LONGEST)
    return file, kinds.text_of(kept.content) if kept.kind is Kind.TEXT else None
