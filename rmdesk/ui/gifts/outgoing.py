"""The register leaves the encrypted file: what for, in which form, locked how, put on record first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rmdesk.base import clock
from rmdesk.base.text import _, plural
from rmdesk.services.exports.rules import Wish
from rmdesk.services.gifts import register_file
from rmdesk.services.gifts.queries import GiftFilter
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.export_dialog import ExportDialog
from rmdesk.ui.kit.exporting import Exporting


class Outgoing:
    """Writes what the register shows to a file."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        self._desk, self._over = desk, over

    def export(self, chosen: GiftFilter, count: int) -> None:
        """Ask for reason and form, then for the place."""
        if not count:
            return
        forms = {"xlsx": _("Excel workbook (.xlsx)"), "csv": _("CSV file, UTF-8 (.csv)")}
        title = plural("Export {count} gift", "Export {count} gifts", count)
        dialog = ExportDialog(self._desk, title, register_file.GIFTS, forms, rows=count)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.answered.connect(lambda wish: self._out(chosen, count, wish).choose(wish, self._over))
        dialog.open()

    def save(self, path: Path, wish: Wish, chosen: GiftFilter, count: int) -> None:
        """Write the gifts of a filter to a file."""
        self._out(chosen, count, wish).give_out(wish, path)

    def _out(self, chosen: GiftFilter, count: int, wish: Wish) -> Exporting:
        def written(_path: Path) -> None:
            self._desk.toast(plural("{count} gift exported", "{count} gifts exported", count))

        make = register_file.as_made(chosen, wish.form)
        return Exporting(self._desk, make, name=f"{clock.today()}-" + _("gifts"), written=written)
