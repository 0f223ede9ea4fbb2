"""What a segment shows leaves the encrypted file: the guests of an event, or what a half-year proposes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rmdesk.base import clock
from rmdesk.base.text import _, plural
from rmdesk.services.clubs import proposal_file
from rmdesk.services.clubs.queries import Proposals
from rmdesk.services.exports.door import Make
from rmdesk.services.exports.rules import Wish
from rmdesk.services.gatherings import guest_file
from rmdesk.services.gatherings.queries import GatheringRow
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.export_dialog import ExportDialog
from rmdesk.ui.kit.exporting import Exporting

_Makes = Callable[[Wish], Make]


class Outgoing:
    """Asks what for and in which form, then writes the file."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        self._desk, self._over = desk, over

    def guests(self, event: GatheringRow) -> None:
        """The list of an event."""
        title = plural("Export {count} guest", "Export {count} guests", event.listed)
        self._ask(title, guest_file.GUESTS, event.listed, lambda wish: guest_file.as_made(event.id, wish.form),
                  f"{event.on}-" + _("guests"))  # fmt: skip

    def proposals(self, found: Proposals) -> None:
        """What the half-year proposes."""
        count = len(found.rows)
        title = plural("Export {count} proposal", "Export {count} proposals", count)
        self._ask(title, proposal_file.PROPOSED, count, lambda wish: proposal_file.as_made(wish.form),
                  f"{clock.today()}-{found.half.code}")  # fmt: skip

    def _ask(self, title: str, what: str, count: int, make: _Makes, name: str) -> None:
        if not count:
            return
        forms = {"xlsx": _("Excel workbook (.xlsx)"), "csv": _("CSV file, UTF-8 (.csv)")}
        dialog = ExportDialog(self._desk, title, what, forms, rows=count)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.answered.connect(lambda wish: Exporting(self._desk, make(wish), name=name).choose(wish, self._over))
        dialog.open()
