"""Giving something out of the encrypted file: the question, the place, then the work on its threads."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from rmdesk.base.text import _
from rmdesk.services.exports import protecting
from rmdesk.services.exports.door import Make, Ready, ready
from rmdesk.services.exports.rules import Wish
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.export_dialog import ExportDialog

if TYPE_CHECKING:
    from collections.abc import Callable


class Exporting:
    """One thing to give out. `make` makes its content on a reading thread; `told`: what the change record says.

    `written` is called with the path, once the file lies there; else a toast says so.
    """

    def __init__(
        self,
        desk: Desk,
        make: Make,
        *,
        name: str = "",
        told: Mapping[str, Any] | None = None,
        written: Callable[[Path], object] | None = None,
    ) -> None:
        self.desk, self.make, self.name, self.told = desk, make, name, dict(told or {})
        self._written = written or self._toast

    def ask(self, dialog: ExportDialog, over: QWidget) -> None:
        """Show the question; when it is answered, ask where to."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.answered.connect(lambda wish: self.choose(wish, over))
        dialog.open()

    def choose(self, wish: Wish, over: QWidget) -> None:
        """Ask where to, and give it out."""
        ending = f".{wish.form}" if wish.form != "file" else Path(self.name).suffix
        proposed = protecting.file_of(Path(Path(self.name).stem + ending), wish.form, locked=bool(wish.password))
        name, _kind = QFileDialog.getSaveFileName(over, _("Export"), proposed.name, f"*{proposed.suffix}")
        if name:
            path = Path(name)
            self.give_out(wish, path if path.suffix.lower() == proposed.suffix else Path(f"{name}{proposed.suffix}"))

    def give_out(self, wish: Wish, path: Path) -> None:
        """Make it, put it on record, write it."""
        store = self.desk.tasks.store
        who = store.who if store is not None else ""
        task = self.desk.tasks.study(ready, wish, who, path, self.make, label=_("Export"))
        task.done.connect(self._record)

    def _record(self, made: Ready) -> None:
        task = self.desk.tasks.perform(made.recorded(self.told))
        task.done.connect(lambda _outcome: self._write(made))

    def _write(self, made: Ready) -> None:
        self.desk.tasks.call(made.write).done.connect(self._written)

    def _toast(self, path: Path) -> None:
        self.desk.toast(_("Saved as {name}").format(name=path.name))
