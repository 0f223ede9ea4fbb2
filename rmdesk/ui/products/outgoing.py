"""What matures leaves the encrypted file: what for, in which form, locked how, put on record first."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from rmdesk.base import clock
from rmdesk.base.text import _, plural
from rmdesk.services.exports.rules import Wish
from rmdesk.services.products import maturity_file
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.export_dialog import ExportDialog
from rmdesk.ui.kit.exporting import Exporting


def export(desk: Desk, over: QWidget, start: date, end: date, count: int) -> ExportDialog:
    """Ask for reason and form, then for the place."""
    forms = {"xlsx": _("Excel workbook (.xlsx)"), "csv": _("CSV file, UTF-8 (.csv)")}
    title = plural("Export {count} holding", "Export {count} holdings", count)
    dialog = ExportDialog(desk, title, maturity_file.MATURITIES, forms, rows=count)
    dialog.answered.connect(partial(_give_out, desk, over, start, end))
    dialog.open()
    return dialog


def _give_out(desk: Desk, over: QWidget, start: date, end: date, wish: Wish) -> None:
    make = maturity_file.as_made(start, end, wish.form)
    Exporting(desk, make, name=f"{clock.today()}-" + _("maturities")).choose(wish, over)
