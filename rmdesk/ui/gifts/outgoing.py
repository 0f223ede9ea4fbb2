"""The register leaves the encrypted file: an explicit choice of form and place, kept in the change records first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QRadioButton, QWidget

from rmdesk.base import clock
from rmdesk.base.text import _, plural
from rmdesk.services.gifts import register_file
from rmdesk.services.gifts.queries import GiftFilter
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.widgets import Button, column, label, row


class ExportDialog(QDialog):
    """A question whose answer is `ending`."""

    def __init__(self, count: int) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle(_("Export"))
        self.setMinimumWidth(480)
        self.xlsx = QRadioButton(_("Excel workbook (.xlsx)"))
        self.csv = QRadioButton(_("CSV file, UTF-8 (.csv)"))
        self.xlsx.setChecked(True)
        warning = _(
            "The file is not encrypted: whoever has it can read it. Keep it only where the bank allows, "
            "and delete it when it has served its purpose. That it was made is kept in the change records."
        )
        ok = Button(_("Choose a file…"), self.accept, kind="primary")
        ok.setDefault(True)
        whole = column(
            label(plural("Export {count} gift", "Export {count} gifts", count), "title"),
            label(warning, "soft", wrap=True),
            row(self.xlsx, self.csv, None, gap=16),
            row(None, Button(_("Cancel"), self.reject), ok),
            gap=14,
        )
        whole.setContentsMargins(24, 24, 24, 24)
        self.setLayout(whole)

    @property
    def ending(self) -> str:
        """xlsx or csv."""
        return "xlsx" if self.xlsx.isChecked() else "csv"


class Outgoing:
    """Writes what the register shows to a file."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        self._desk, self._over = desk, over

    def export(self, chosen: GiftFilter, count: int) -> None:
        """Ask for the form, then for the place."""
        if not count:
            return
        dialog = ExportDialog(count)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._ask_file(chosen, count, dialog.ending))
        dialog.open()

    def save(self, path: Path, chosen: GiftFilter, count: int) -> None:
        """Note it, then write."""
        task = self._desk.tasks.perform(register_file.NoteRegisterExport(count, path.suffix.lstrip(".")))
        task.done.connect(lambda _outcome: self._write(path, chosen))

    def _ask_file(self, chosen: GiftFilter, count: int, ending: str) -> None:
        proposed = f"{clock.today()}-" + _("gifts") + f".{ending}"
        name, _kind = QFileDialog.getSaveFileName(self._over, _("Export"), proposed, f"*.{ending}")
        if name:
            path = Path(name)
            self.save(path if path.suffix.lower() == f".{ending}" else path.with_suffix(f".{ending}"), chosen, count)

    def _write(self, path: Path, chosen: GiftFilter) -> None:
        task = self._desk.tasks.study(register_file.write_file, path, chosen, label=_("Export gift register"))
        task.done.connect(
            lambda count: self._desk.toast(plural("{count} gift exported", "{count} gifts exported", count))
        )
