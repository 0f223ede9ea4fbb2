"""A report as a document in the window; what goes out is the report, as PDF or as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rmdesk.base.text import _
from rmdesk.services.documents import Document
from rmdesk.services.documents.writing import file_name
from rmdesk.services.exports.rules import PRINT, Mark, Wish
from rmdesk.services.reports.outgoing import REPORT, told
from rmdesk.services.reports.parts import Report
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.document import pdf
from rmdesk.ui.kit.document_view import PDF, DocumentView
from rmdesk.ui.kit.export_dialog import ExportDialog
from rmdesk.ui.kit.exporting import Exporting

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress
    from rmdesk.services.store.reads import Reads

XLSX = "xlsx"


class ReportView(DocumentView):
    """The same bar as any document has, with one button for PDF and workbook."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.report: Report | None = None
        self.save_button.setText(_("Export"))

    def show_report(self, report: Report, document: Document) -> None:
        """Show a report that was drawn up as a document."""
        self.report = report
        self.show_document(document)

    def save(self) -> None:
        """Ask as what, what for and where to, and give it out."""
        report, document = self.report, self.document
        if report is None or document is None:
            return
        dialog = self._question(PDF, _("Export {name}"))
        name = file_name(document.name, report.last)
        dialog.answered.connect(lambda wish: self._out_as(wish, name).choose(wish, self))
        dialog.open()

    def save_to(self, path: Path, wish: Wish) -> None:
        """Put on record that it goes out, and write it as the wish says."""
        self._out_as(wish, path.name).give_out(wish, path)

    def _question(self, form: str, title: str) -> ExportDialog:
        report, document = self.report, self.document
        assert report is not None
        assert document is not None
        forms = {PRINT: _("Print")} if form == PRINT else {PDF: _("PDF"), XLSX: _("Excel workbook (.xlsx)")}
        name = title.format(name=document.name.said)
        return ExportDialog(self.desk, name, REPORT, forms, rows=report.rows)

    def _out_as(self, wish: Wish, name: str) -> Exporting:
        report, document = self.report, self.document
        assert report is not None
        assert document is not None

        def make(_reads: Reads, mark: Mark, _progress: Progress) -> tuple[bytes, int]:
            if wish.form == XLSX:
                from rmdesk.services.reports.sheets import workbook

                return workbook(report, mark), report.rows
            return pdf(document, mark.line), report.rows

        def written(path: Path) -> None:
            self.saved.emit(path)
            self.desk.toast(_("Saved as {name}").format(name=path.name))

        return Exporting(self.desk, make, name=name, told=told(report, wish.form), written=written)
