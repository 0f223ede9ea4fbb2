"""Conditions as chips: a press on one changes its values, turns it round or takes it away; + adds another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu, QSizePolicy, QWidget

from rmdesk.base.errors import Refused
from rmdesk.base.record import replace
from rmdesk.base.text import _
from rmdesk.services.campaigns.conditions import KINDS, Ask, Condition, checked
from rmdesk.ui.campaigns import words
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.widgets import Button, clear, column, label, restyle, row


class NumberDialog(QDialog):
    """The number of a condition, typed; what is no number leaves the dialog open."""

    def __init__(self, over: QWidget, one: Condition, take: Callable[[Condition], None]) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._one, self._take = one, take
        title = _(KINDS[one.what].name)
        self.setWindowTitle(title)
        self.field = QLineEdit(one.values[0])
        self.field.setAccessibleName(title)
        self.field.selectAll()
        self.wrong = label(_("This is not a number."), "error")
        self.wrong.hide()
        sure = Button(_("Use"), self.submit, kind="primary")
        sure.setDefault(True)
        buttons = row(None, Button(_("Cancel"), self.reject), sure)
        box = column(label(title, "title"), self.field, self.wrong, buttons, gap=12)
        box.setContentsMargins(24, 24, 24, 24)
        self.setLayout(box)

    def submit(self) -> None:
        """Take the number."""
        try:
            made = checked((replace(self._one, values=(self.field.text().strip().replace(",", ""),)),))
        except Refused:
            self.wrong.show()
            return
        self._take(made[0])
        self.accept()


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

    def _another(self, at: int, one: Condition) -> None:
        """Ask for a number that is not offered."""
        NumberDialog(self, one, partial(self.put, at)).open()

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
            if kind.ask is not Ask.SEVERAL:
                first = Condition(what, kind.values[:1])
                self._entry(sub, _("Another number…"), False, partial(self._another, len(self.conditions), first))

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
        if kind.ask is not Ask.SEVERAL:
            self._entry(menu, _("Another number…"), False, partial(self._another, at, one))
        menu.addSeparator()
        self._entry(menu, _("The opposite"), one.negated, partial(self.put, at, replace(one, negated=not one.negated)))
        self._entry(menu, _("Remove this condition"), False, partial(self.remove, at))

    def _entry(self, menu: QMenu, text: str, on: bool, press: Callable[[], None]) -> None:
        action = QAction(text, menu, checkable=on)
        action.setChecked(on)
        action.triggered.connect(lambda _on=False: press())
        menu.addAction(action)
