"""Conditions as chips: a press on one changes its values, turns it round or takes it away; + adds another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from rmdesk.base.record import replace
from rmdesk.base.text import _
from rmdesk.services.campaigns.conditions import KINDS, Ask, Condition
from rmdesk.ui.campaigns import words
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.widgets import Button, clear, restyle


class ConditionBar(QWidget):
    """`changed` tells that the conditions are others now; `conditions` holds them."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.conditions: tuple[Condition, ...] = ()
        self._flow = Flow(6)
        self.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.take(())

    def answer(self) -> tuple[Condition, ...]:
        """The conditions chosen."""
        return self.conditions

    def take(self, conditions: tuple[Condition, ...] | None) -> None:
        """Show these conditions."""
        self.conditions = tuple(conditions or ())
        clear(self._flow)
        for at, one in enumerate(self.conditions):
            chip = Button(f"{words.condition(one)} ▾", kind="filter", name=words.condition(one))
            restyle(chip, active=True)
            chip.setMenu(self._menu(chip, partial(self._fill, at)))
            self._flow.addWidget(chip)
        more = Button(f"+ {_('Condition')}", kind="filter", name=_("Add a condition"))
        more.setMenu(self._menu(more, self._offer))
        self._flow.addWidget(more)
        self.updateGeometry()

    def put(self, at: int, one: Condition) -> None:
        """Put a condition in a place; at the end it is added."""
        self._set((*self.conditions[:at], one, *self.conditions[at + 1 :]))

    def remove(self, at: int) -> None:
        """Take a condition away."""
        self._set((*self.conditions[:at], *self.conditions[at + 1 :]))

    def _set(self, conditions: tuple[Condition, ...]) -> None:
        self.take(conditions)
        self.changed.emit()

    # Menus, filled when they are opened.

    def _menu(self, owner: QWidget, fill: Callable[[QMenu], None]) -> QMenu:
        menu = QMenu(owner)
        menu.setProperty("checks", True)
        menu.aboutToShow.connect(lambda: fill(menu))
        return menu

    def _offer(self, menu: QMenu) -> None:
        menu.clear()
        asked = {one.what for one in self.conditions}
        for what, kind in KINDS.items():
            if what in asked:
                continue
            sub = menu.addMenu(_(kind.name))
            for value in kind.values:
                made = Condition(what, (value,))
                self._entry(sub, words.value(what, value), False, partial(self.put, len(self.conditions), made))

    def _fill(self, at: int, menu: QMenu) -> None:
        menu.clear()
        one = self.conditions[at]
        kind = KINDS[one.what]
        for value in kind.values if set(one.values) <= set(kind.values) else (*kind.values, *one.values):
            on = value in one.values
            if kind.ask is Ask.SEVERAL:
                left = tuple(code for code in kind.values if (code in one.values) != (code == value))
                press = partial(self.put, at, replace(one, values=left)) if left else partial(self.remove, at)
            else:
                press = partial(self.put, at, replace(one, values=(value,)))
            self._entry(menu, words.value(one.what, value), on, press)
        menu.addSeparator()
        self._entry(menu, _("The opposite"), one.negated, partial(self.put, at, replace(one, negated=not one.negated)))
        self._entry(menu, _("Remove this condition"), False, partial(self.remove, at))

    def _entry(self, menu: QMenu, text: str, on: bool, press: Callable[[], None]) -> None:
        action = QAction(text, menu, checkable=on)
        action.setChecked(on)
        action.triggered.connect(lambda _on=False: press())
        menu.addAction(action)
