"""A document in a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QWidget

from rmdesk.base.text import _
from rmdesk.services.documents import Document
from rmdesk.services.documents.blocks import said
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, row

if TYPE_CHECKING:
    pass
from rmdesk.ui.kit.document_view import WIDE, DocumentView


class DocumentDialog(QDialog):
    """A document in a window of its own, for what stands on no page."""

    def __init__(self, desk: Desk, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent or theme.window())
        self.setWindowTitle(said(document.name))
        self.view = DocumentView(desk, document)
        whole = column(self.view, row(None, Button(_("Close"), self.reject)), gap=12)
        whole.setContentsMargins(20, 20, 20, 20)
        self.setLayout(whole)
        over = self.parentWidget()
        room = over.window().size() if over is not None else QSize(1180, 720)
        self.resize(min(theme.px(WIDE) + 120, room.width() - 40), room.height() - 60)


def open_document(desk: Desk, document: Document, parent: QWidget | None = None) -> DocumentDialog:
    """Show a document over the window."""
    dialog = DocumentDialog(desk, document, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    dialog.view.sheet.setFocus()
    return dialog
