"""The target list leaves the encrypted file: what for, in which form, locked how, put on record first."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from rmdesk.base import clock
from rmdesk.base.text import _, plural
from rmdesk.models.kinds import RecordId
from rmdesk.services.campaigns import list_file
from rmdesk.services.exports.rules import Wish
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.export_dialog import ExportDialog
from rmdesk.ui.kit.exporting import Exporting


def export(desk: Desk, over: QWidget, campaign: RecordId, count: int) -> ExportDialog:
    """Ask for reason and form, then for the place."""
    forms = {"xlsx": _("Excel workbook (.xlsx)"), "csv": _("CSV file, UTF-8 (.csv)")}
    title = plural("Export {count} client", "Export {count} clients", count)
    dialog = ExportDialog(desk, title, list_file.TARGETS, forms, rows=count)
    dialog.answered.connect(partial(_give_out, desk, over, campaign))
    dialog.open()
    return dialog


def _give_out(desk: Desk, over: QWidget, campaign: RecordId, wish: Wish) -> None:
    make = list_file.as_made(campaign, wish.form)
    Exporting(desk, make, name=f"{clock.today()}-" + _("target list")).choose(wish, over)
