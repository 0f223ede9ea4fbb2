"""What is photographed of documents and files: the brief, the route of a day, the strip of files and the viewer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from rmdesk.app import App
from rmdesk.models.kinds import ClientId
from rmdesk.services.files import queries
from rmdesk.services.files.queries import FileRow
from rmdesk.services.store.reads import Reads
from rmdesk.ui.files.strip import AttachmentStrip
from rmdesk.ui.files.viewer import open_viewer
from rmdesk.ui.kit.document_view import DocumentView
from rmdesk.ui.kit.export_dialog import ExportDialog
from rmdesk.ui.kit.widgets import column, label


def brief(app: App) -> None:
    app.parts.desk.ask("brief", client=1)


def client_file(app: App) -> None:
    app.parts.desk.ask("client_file", client=1)


def care_list(app: App) -> None:
    app.parts.desk.ask("care_list")


def route(app: App) -> None:
    app.parts.desk.ask("route")


def strip(app: App) -> None:
    """The files of a visit, as a form shows them."""
    files = _files(app)
    if files:
        dialog = QDialog(app.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        whole = column(
            label("AttachmentStrip", "heading"),
            AttachmentStrip(app.parts.desk, files[0].entity, files[0].entity_id, files[0].client),
            AttachmentStrip(app.parts.desk, "visit", draft="shots"),
        )
        whole.setContentsMargins(20, 20, 20, 20)
        dialog.setLayout(whole)
        dialog.resize(620, 320)
        dialog.open()


def viewer(app: App) -> None:
    files = _files(app)
    if files:
        open_viewer(app.parts.desk, files, files[0].id, app.window)


def _files(app: App) -> list[FileRow]:
    store = app.parts.tasks.store
    return list(store.read(_of_the_first)) if store is not None else []


def _of_the_first(reads: Reads) -> tuple[FileRow, ...]:
    return tuple(reversed(queries.files_of_client(reads, ClientId(1))))


def ask_export(app: App) -> None:
    _view().save()


def ask_print(app: App) -> None:
    _view().print_out()


def suggest(app: App) -> None:
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ExportDialog) and one.isVisible())
    dialog.secret.suggest()
    dialog.form.fill(reason="11 月支行稽核用")


def refuse(app: App) -> None:
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ExportDialog) and one.isVisible())
    dialog.secret.form.fill(password="short")
    dialog.answer()


def _view() -> DocumentView:
    return next(
        one for top in QApplication.topLevelWidgets() if top.isVisible() for one in top.findChildren(DocumentView)
    )
