"""Saved views of the table: a filter and an order under a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu

from rmdesk.base.text import _
from rmdesk.services.clients.filters import ClientFilter, Order
from rmdesk.services.settings.queries import ViewRow
from rmdesk.services.store.command import Command
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.kit.widgets import Button

PAGE = "clients"


def spec_of(chosen: ClientFilter, order: Order) -> dict[str, Any]:
    """What a view keeps."""
    return {"filter": chosen.plain(), "order": [order.column, order.descending]}


def read_spec(spec: Any) -> tuple[ClientFilter, Order]:
    """Filter and order of a view; what is not understood is as if it were not there."""
    known = spec if isinstance(spec, dict) else {}
    order = known.get("order")
    chosen = ClientFilter.of(known.get("filter", {}))
    return chosen, Order(str(order[0]), bool(order[1])) if isinstance(order, list) and len(order) == 2 else Order()


class ViewButton(Button):
    """The menu of views: `chosen(view or None)`, `save`, `rename(view)`, `delete(view)`."""

    chosen = Signal(object)
    save = Signal()
    rename = Signal(object)
    delete = Signal(object)

    def __init__(self) -> None:
        super().__init__("", kind="filter")
        self.views: tuple[ViewRow, ...] = ()
        self.current: ViewRow | None = None
        self._menu = QMenu(self)
        self._menu.setProperty("checks", True)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self.show_views((), None)

    def show_views(self, views: Sequence[ViewRow], current: ViewRow | None) -> None:
        """The views there are, and the one in use."""
        self.views, self.current = tuple(views), current
        name = current.name if current else _("all")
        text = _("View: {name}").format(name=name)
        self.setText(f"{text} ▾")
        self.setAccessibleName(text)

    def _fill(self) -> None:
        self._menu.clear()
        self._entry(_("All clients"), self.current is None, None)
        for view in self.views:
            self._entry(view.name, self.current is not None and view.id == self.current.id, view)
        self._menu.addSeparator()
        self._menu.addAction(_("Save this view…")).triggered.connect(lambda: self.save.emit())
        if self.current is not None:
            text = _("Rename the view “{name}”…").format(name=self.current.name)
            self._menu.addAction(text).triggered.connect(lambda: self.rename.emit(self.current))
            gone = self._menu.addAction(_("Delete the view “{name}”").format(name=self.current.name))
            gone.triggered.connect(lambda: self.delete.emit(self.current))

    def _entry(self, text: str, on: bool, view: ViewRow | None) -> None:
        action = QAction(text, self._menu, checkable=True)
        action.setChecked(on)
        action.triggered.connect(lambda _on=False: self.chosen.emit(view))
        self._menu.addAction(action)


class SaveViewDialog(FormDialog):
    """Asks for a name; a view of the same name is replaced."""

    def __init__(self, desk: Desk, spec: dict[str, Any], name: str = "") -> None:
        super().__init__(desk, _("Save this view"), said=_("View saved"))
        self._spec = spec
        field = QLineEdit(name)
        self.form.add(
            "name", _("Name"), field, needed=True, note=_("Keeps filters and order. The same name replaces the view.")
        )
        field.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.settings.commands import SaveView

        return SaveView(PAGE, self.form.value("name"), self._spec)


class RenameViewDialog(FormDialog):
    """Asks what a view is to be called from now on."""

    def __init__(self, desk: Desk, view: ViewRow) -> None:
        super().__init__(desk, _("Rename view"), said=_("View renamed"))
        self._view = view
        field = QLineEdit(view.name)
        self.form.add("name", _("Name"), field, needed=True)
        field.selectAll()
        field.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.settings.commands import RenameView

        return RenameView(self._view.id, self.form.value("name"))
