"""A field for several clients: each as a chip that can be taken away, and a field to find the next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.widgets import Button, clear, column


class ClientsField(QWidget):
    """`answer()` gives the ids of those chosen; `changed` tells each change."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._names: dict[ClientId, str] = {}
        self.field = ClientField(desk)
        self.field.known.connect(lambda _described: self._chosen())
        self._chips = QWidget()
        self._flow = Flow(6)
        self._chips.setLayout(self._flow)
        self._chips.hide()
        self.setLayout(column(self.field, self._chips, gap=6))
        self.setFocusProxy(self.field)

    def answer(self) -> tuple[ClientId, ...]:
        """Who is chosen, and who stands in the field."""
        last = (self.field.client,) if self.field.client is not None else ()
        return tuple(dict.fromkeys((*self._names, *last)))

    def take(self, value: Sequence[tuple[ClientId, str]] | None) -> None:
        """Show these clients: ids and names."""
        self._names = dict(value or ())
        self._draw()

    def _chosen(self) -> None:
        if self.field.client is not None:
            self._names[self.field.client] = self.field.name
            self.field.set_client(None)
            self._draw()

    def _drop(self, client: ClientId) -> None:
        del self._names[client]
        self._draw()
        self.field.setFocus()

    def _draw(self) -> None:
        clear(self._flow)
        for client, name in self._names.items():
            button = Button(f"{name} ×", partial(self._drop, client), kind="filter")
            button.setAccessibleName(_("Remove {name}").format(name=name))
            self._flow.addWidget(button)
        self._chips.setVisible(bool(self._names))
        self.changed.emit()
