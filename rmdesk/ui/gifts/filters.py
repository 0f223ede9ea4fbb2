"""The filters above the register: what is looked for, a year, a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QMenu, QWidget

from rmdesk.base import clock
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import GiftState
from rmdesk.services.gifts.queries import GiftFilter
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, clearable, restyle

TYPING_MS = 180
S = GiftState
# The views of the register, each a part of the filter.
VIEWS: dict[str, tuple[str, GiftFilter]] = {
    "all": (N_("All"), GiftFilter()),
    "open": (N_("To do"), GiftFilter(states=(S.PLANNED, S.AWAITING, S.APPROVED, S.BOUGHT))),
    "ideas": (N_("Ideas"), GiftFilter(states=(S.IDEA,))),
    "given": (N_("Given"), GiftFilter(states=(S.GIVEN, S.NOTED))),
    "over": (N_("Returned, dropped"), GiftFilter(states=(S.RETURNED, S.DROPPED))),
    "breaches": (N_("Breaches"), GiftFilter(breaches=True)),
    "thanks": (N_("Thanks"), GiftFilter(thanks=True)),
}


class GiftFilters(QWidget):
    """`changed(filter)` tells each new filter."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.view = "all"
        self._year: int | None = clock.today().year
        self._years: tuple[int, ...] = (clock.today().year,)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Gift, client, occasion"))
        self.field.setAccessibleName(self.field.placeholderText())
        clearable(self.field)
        self.field.setFixedWidth(theme.px(210))
        self.field.setProperty("role", "small")
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._tell)
        self.field.textChanged.connect(lambda _text: self._typing.start())
        self.year = Button("", kind="filter")
        self._menu = QMenu(self.year)
        self._menu.setProperty("checks", True)
        self._menu.aboutToShow.connect(self._fill)
        self.year.setMenu(self._menu)
        self._views = QButtonGroup(self)
        flow = Flow()
        flow.addWidget(self.field)
        flow.addWidget(self.year)
        for at, (name, (text, _filter)) in enumerate(VIEWS.items()):
            button = Button(_(text), kind="filter")
            button.setCheckable(True)
            button.setChecked(name == self.view)
            self._views.addButton(button, at)
            flow.addWidget(button)
        self._views.idClicked.connect(lambda at: self.show_view(list(VIEWS)[at]))
        self.setLayout(flow)
        self._say()

    @property
    def chosen(self) -> GiftFilter:
        """What is asked for."""
        return replace(VIEWS[self.view][1], year=self._year, text=self.field.text().strip())

    def show_years(self, years: Sequence[int]) -> None:
        """The years to choose from."""
        self._years = tuple(years)

    def show_view(self, name: str) -> None:
        """Look at a view by its name."""
        self.view = name
        self._views.button(list(VIEWS).index(name)).setChecked(True)
        self._tell()

    def choose_year(self, year: int | None) -> None:
        """Look at a year, or at all."""
        self._year = year
        self._say()
        self._tell()

    def _fill(self) -> None:
        self._menu.clear()
        for year in (*self._years, None):
            action = QAction(_("All years") if year is None else str(year), self._menu, checkable=True)
            action.setChecked(year == self._year)
            action.triggered.connect(lambda _on=False, year=year: self.choose_year(year))
            self._menu.addAction(action)

    def _say(self) -> None:
        text = _("Year: {year}").format(year=_("all") if self._year is None else self._year)
        self.year.setText(f"{text} ▾")
        self.year.setAccessibleName(text)
        restyle(self.year, active=self._year is not None)

    def _tell(self) -> None:
        self._typing.stop()
        self.changed.emit(self.chosen)
