"""Exporting clients: which columns, which form, and a warning that data leave the encrypted file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QRadioButton

from rmdesk.base.text import _, plural
from rmdesk.services.clients.columns import COLUMNS
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, label, row


class ExportDialog(QDialog):
    """A question whose answer is `columns` and `ending`; phones stay masked."""

    def __init__(self, count: int, shown: Sequence[str]) -> None:

        super().__init__(theme.window())
        self.setWindowTitle(_("Export"))
        self.setMinimumWidth(520)
        self._boxes: dict[str, QCheckBox] = {}
        grid = QGridLayout()
        for at, one in enumerate(COLUMNS):
            box = self._boxes[one.key] = QCheckBox(_(one.title))
            box.setChecked(one.key in shown)
            box.toggled.connect(lambda _on: self._check())
            grid.addWidget(box, at // 3, at % 3)
        self.xlsx = QRadioButton(_("Excel workbook (.xlsx)"))
        self.csv = QRadioButton(_("CSV file, UTF-8 (.csv)"))
        self.xlsx.setChecked(True)
        warning = label(
            _(
                "The file is not encrypted: whoever has it can read it. Keep it only where the bank allows, "
                "and delete it when it has served its purpose. That it was made is kept in the change records."
            ),
            "soft",
            wrap=True,
        )
        self.ok = Button(_("Choose a file…"), self.accept, kind="primary")
        self.ok.setDefault(True)
        whole = column(
            label(plural("Export {count} client", "Export {count} clients", count), "title"),
            warning,
            label(_("Columns"), "strong"),
            grid,
            label(_("Phone numbers stay masked."), "note"),
            label(_("Form"), "strong"),
            row(self.xlsx, self.csv, None, gap=16),
            8,
            row(None, Button(_("Cancel"), self.reject), self.ok),
            gap=10,
        )
        whole.setContentsMargins(24, 24, 24, 24)
        self.setLayout(whole)

    @property
    def columns(self) -> tuple[str, ...]:
        """The keys of the columns wanted."""
        return tuple(key for key, box in self._boxes.items() if box.isChecked())

    @property
    def ending(self) -> str:
        """xlsx or csv."""
        return "xlsx" if self.xlsx.isChecked() else "csv"

    def _check(self) -> None:
        self.ok.setEnabled(bool(self.columns))
