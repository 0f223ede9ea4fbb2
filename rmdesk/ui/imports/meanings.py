"""The header of the preview: over each column its title, and below it what it means, to be corrected."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from rmdesk.base.text import N_, _
from rmdesk.services.imports.layout import Column, Layout
from rmdesk.services.imports.targets import EXTRA, IGNORED, TARGETS, Kind
from rmdesk.ui.imports import words
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, restyle

HEIGHT = 68
UNSURE = 0.6  # guesses below this are marked
GROUPS = (
    ("client", N_("Client")),
    ("account", N_("Account")),
    ("holding", N_("Holding")),
    ("month", N_("Month")),
    ("transaction", N_("Transaction")),
    ("product", N_("Product")),
    ("branch", N_("Branch")),
    ("", N_("Row")),
)
ORDERS = (("ymd", N_("Year, month, day")), ("dmy", N_("Day, month, year")), ("mdy", N_("Month, day, year")))
UNITS = (
    ("1", N_("Whole units")),
    ("0.01", N_("Hundredths")),
    ("1000", N_("Thousands")),
    ("10000", N_("Ten thousands")),
)


class Meanings(QHeaderView):
    """`changed(column, target)` and `tuned(column, option, value)` tell corrections."""

    def __init__(
        self,
        parent: QWidget,
        changed: Callable[[int, str], object],
        tuned: Callable[[int, str, str], object],
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._changed, self._tuned = changed, tuned
        self._layout: Layout | None = None
        self._buttons: dict[int, Button] = {}
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(90)
        self.sectionResized.connect(lambda *_: self._place())
        self._dress()
        theme.changed.connect(self._dress)

    def show_layout(self, layout: Layout) -> None:
        """The columns and what they mean."""
        self._layout = layout
        for at in [at for at in self._buttons if at >= len(layout.columns)]:
            self._buttons.pop(at).deleteLater()
        for at, button in self._buttons.items():
            self._name(button, layout.columns[at])
        self._place()
        self.viewport().update()

    def scrolled(self) -> None:
        """The table was moved sideways."""
        self._place()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._place()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, theme.colour("card"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if self._layout is not None and section < len(self._layout.columns):
            font = theme.font(13, bold=True)
            painter.setFont(font)
            painter.setPen(theme.colour("ink"))
            box = rect.adjusted(10, 8, -8, 0)
            title = self._layout.columns[section].header.replace("\n", " ")
            text = QFontMetrics(font).elidedText(title, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), text)
        painter.restore()

    def _place(self) -> None:
        """Buttons exist only over columns that are seen: a table may have a thousand."""
        if self._layout is None:
            return
        for at, column in enumerate(self._layout.columns[: self.count()]):
            left, wide = self.sectionViewportPosition(at), self.sectionSize(at)
            seen = left + wide > 0 and left < self.viewport().width()
            button = self._buttons.get(at)
            if seen and button is None:
                button = self._buttons[at] = self._button(at, column)
            if button is not None:
                button.setVisible(seen)
                button.setGeometry(left + 6, theme.px(34), wide - 10, theme.px(26))

    def _button(self, at: int, column: Column) -> Button:
        made = Button("", kind="filter")
        made.setParent(self.viewport())
        made.clicked.connect(lambda: self._open(at))
        self._name(made, column)
        return made

    def _name(self, button: Button, column: Column) -> None:
        known = column.target in TARGETS
        text = words.meaning(column.target)
        unsure = known and column.confidence < UNSURE
        button.setText(f"{text}{' ?' if unsure else ''} ▾")
        restyle(button, active=known)
        hint = _("Guessed; please check") if unsure else _("What this column means")
        button.setToolTip(f"{column.header}: {text}\n{hint}")
        button.setAccessibleName(f"{column.header}: {text}")

    def _open(self, at: int) -> None:
        if self._layout is not None:
            button = self._buttons[at]
            self.menu(at).popup(button.mapToGlobal(button.rect().bottomLeft()))

    def menu(self, at: int) -> QMenu:
        """The menu of one column: all meanings in groups, and how its cells are written."""
        assert self._layout is not None
        column = self._layout.columns[at]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for prefix, name in GROUPS:
            targets = [t for t in TARGETS.values() if (t.name.partition(".")[0] if "." in t.name else "") == prefix]
            group = menu.addMenu(_(name))
            for target in targets:
                self._entry(group, _(target.label), target.name == column.target, at, target.name)
        menu.addSeparator()
        self._entry(menu, _("Keep beside the record"), column.target == EXTRA, at, EXTRA)
        self._entry(menu, _("Leave out"), column.target == IGNORED, at, IGNORED)
        known = TARGETS.get(column.target)
        if known is not None and known.kind in (Kind.DATE, Kind.BIRTH):
            self._options(menu, _("Order of dates"), at, "order", column.order, ORDERS)
        if known is not None and known.kind is Kind.MONEY:
            self._options(menu, _("Unit of amounts"), at, "times", column.times, UNITS)
        return menu

    def _entry(self, menu: QMenu, text: str, on: bool, at: int, target: str) -> None:
        action = QAction(text, menu, checkable=True)
        action.setChecked(on)
        action.triggered.connect(lambda: self._changed(at, target))
        menu.setProperty("checks", True)
        menu.addAction(action)

    def _options(
        self, menu: QMenu, text: str, at: int, option: str, current: str, choices: tuple[tuple[str, str], ...]
    ) -> None:
        menu.addSeparator()
        group = menu.addMenu(text)
        group.setProperty("checks", True)
        for told, name in choices:
            action = QAction(_(name), group, checkable=True)
            action.setChecked(told == current)
            action.triggered.connect(lambda _on=False, told=told: self._tuned(at, option, told))
            group.addAction(action)

    def _dress(self) -> None:
        self.setFixedHeight(theme.px(HEIGHT))
        self._place()
