"""Where files are dropped or chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from rmdesk.base.text import _
from rmdesk.ui.kit import faces
from rmdesk.ui.kit.icons import pixmap
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, label, row


class DropZone(QWidget):
    """A dashed field that takes files and folders; calls `chosen` with the files."""

    told_as = faces.GROUP

    def __init__(self, chosen: Callable[[list[Path]], object]) -> None:
        super().__init__()
        self._chosen = chosen
        self._over = False
        self.setAcceptDrops(True)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = label(_("Drop the bank's files here"), "heading")
        note = label(
            _("All files of one hand-over together: clients, accounts, holdings, balances, transactions, contacts."),
            "soft",
            wrap=True,
        )
        forms = label(_("CSV, TXT, Excel, ODS, Parquet, vCard, also packed as .gz; any encoding"), "note", wrap=True)
        for part in (head, note, forms):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = Button(_("Choose files…"), self.ask, kind="primary", icon="folder")
        box = column(None, self._picture, head, note, 4, row(None, self.button, None), 2, forms, None, gap=8)
        box.setContentsMargins(24, 20, 24, 20)
        self.setLayout(box)
        self.setMinimumHeight(theme.px(230))
        self._tint()
        theme.changed.connect(self._tint)

    def take(self, paths: list[Path]) -> None:
        """Files and folders that came; folders stand for the files in them."""
        files: dict[Path, None] = {}
        for path in paths:
            inside = sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]
            files |= {file: None for file in inside if not file.name.startswith(".")}
        if files:
            self._chosen(list(files))

    def ask(self) -> None:
        """Let the user choose files."""
        names, _filter = QFileDialog.getOpenFileNames(self, _("Choose the files of one hand-over"))
        self.take([Path(name) for name in names])

    def _tint(self) -> None:
        self._picture.setPixmap(pixmap("import", "accent", 36, self.devicePixelRatioF()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        pen = QPen(theme.colour("accent" if self._over else "edge"), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.colour("accent_soft" if self._over else "card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._lift(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._lift(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._lift(False)
        event.acceptProposedAction()
        self.take([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _lift(self, over: bool) -> None:
        self._over = over
        self.update()
