"""The filters above the table: a field, and a button with a menu for each question; what narrows is tinted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from rmdesk.base.text import _, plural
from rmdesk.models.kinds import ClientStatus, Familiarity, Tier
from rmdesk.services.clients.filters import ClientFilter
from rmdesk.ui.care import words
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, clearable, restyle

QUIET = (30, 60, 90, 180)
MATURES = (7, 30, 90)
TYPING_MS = 180  # the table follows when one stops typing


@dataclass(frozen=True, slots=True)
class Question:
    """One field of the filter with the values to choose from; `several` may be chosen at once."""

    name: str
    pairs: list[tuple[Any, str]]
    several: bool = False

    def said(self, chosen: ClientFilter) -> str:
        """The choice in words, empty when there is none."""
        held = getattr(chosen, self.name)
        return _list([text for value, text in self.pairs if (value in held if self.several else value == held)])


class FilterButton(Button):
    """Says what it filters by and what is chosen."""

    def __init__(self, question: str) -> None:
        super().__init__("", kind="filter")
        self._question = question
        self.usual = _("all")  # what is said when nothing is chosen
        self.choices = QMenu(self)
        self.choices.setProperty("checks", True)
        self.setMenu(self.choices)

    def say(self, chosen: str) -> None:
        """Show the choice; an empty one is "all"."""
        text = _("{question}: {chosen}").format(question=self._question, chosen=chosen or self.usual)
        self.setText(f"{text} ▾")
        self.setAccessibleName(text)
        restyle(self, active=bool(chosen))


class FilterBar(QWidget):
    """`changed(filter)` tells each new filter; `show_filter` sets one without telling."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.chosen = ClientFilter()
        self._branches: tuple[tuple[int, str], ...] = ()
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Name, number, phone"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.field.textChanged.connect(lambda _text: clearable(self.field))  # 5 ms, so not before
        self.field.setFixedWidth(theme.px(210))
        self.field.setProperty("role", "small")
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(lambda: self._set(text=self.field.text().strip()))
        self.field.textEdited.connect(lambda _text: self._typing.start())
        self.tier = FilterButton(_("Tier"))
        self.familiarity = FilterButton(_("Familiarity"))
        self.quiet = FilterButton(_("No contact"))
        self.matures = FilterButton(_("Maturity"))
        self.branch = FilterButton(_("Branch"))
        self.status = FilterButton(_("Status"))
        self.among = Button("", lambda: self._set(among=None, among_name=""), kind="filter", icon="close")
        self.among.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross after the words
        self.clear = Button(_("Clear filters"), lambda: self._replace(ClientFilter()), kind="link")
        self._questions = self._ask()
        for button in (*self._questions, self.status):
            button.choices.aboutToShow.connect(partial(self._fill, button))
        self.status.usual = words.status(ClientStatus.ACTIVE)
        flow = Flow()
        for part in (
            self.among,
            self.field,
            self.tier,
            self.familiarity,
            self.quiet,
            self.matures,
            self.branch,
            self.status,
            self.clear,
        ):
            flow.addWidget(part)
        self.setLayout(flow)
        self.show_filter(self.chosen)

    def show_branches(self, branches: Sequence[tuple[int, str]]) -> None:
        """The branches to choose from; none or one needs no button."""
        self._branches = tuple(branches)
        self._questions = self._ask()
        self.show_filter(self.chosen)

    def show_filter(self, chosen: ClientFilter) -> None:
        """Show what is asked for."""
        self.chosen = chosen
        if self.field.text().strip() != chosen.text:
            self.field.setText(chosen.text)
        for button, question in self._questions.items():
            button.say(question.said(chosen))
        self.status.say(self._status_said())
        self.branch.setVisible(len(self._branches) > 1)
        self.among.setVisible(chosen.among is not None)
        self.among.setText(chosen.among_name)
        self.among.setAccessibleName(_("Show all clients again, not only {name}").format(name=chosen.among_name))
        restyle(self.among, active=True)
        self.clear.setVisible(chosen.narrows)
        self.updateGeometry()

    def _ask(self) -> dict[FilterButton, Question]:
        """What each button asks; the menus are filled when they are opened."""
        return {
            self.tier: Question("tiers", [(tier, words.tier_whole(tier)) for tier in reversed(Tier)], several=True),
            self.familiarity: Question(
                "familiarities", [(known, words.familiarity(known)) for known in Familiarity], several=True
            ),
            self.quiet: Question("quiet_days", [(days, _days_at_least(days)) for days in QUIET]),
            self.matures: Question("matures_days", [(days, _days_ahead(days)) for days in MATURES]),
            self.branch: Question("branches", list(self._branches), several=True),
        }

    def _fill(self, button: FilterButton) -> None:
        menu = button.choices
        menu.clear()
        if button is self.status:
            self._fill_statuses(menu)
            return
        question = self._questions[button]
        chosen = getattr(self.chosen, question.name)
        for value, text in question.pairs:
            on = value in chosen if question.several else value == chosen
            self._entry(menu, text, on, partial(self._choose, question, value))
        menu.addSeparator()
        usual = getattr(ClientFilter(), question.name)
        self._entry(menu, _("All"), chosen == usual, lambda _on: self._set(**{question.name: usual}))

    def _fill_statuses(self, menu: QMenu) -> None:
        pairs: list[tuple[tuple[ClientStatus, ...], str]] = [
            ((status,), words.status(status)) for status in ClientStatus
        ]
        for statuses, text in [*pairs, ((), _("Any status"))]:
            self._entry(menu, text, statuses == self.chosen.statuses, partial(self._choose_statuses, statuses))
        menu.addSeparator()
        self._entry(menu, _("Prospects only"), self.chosen.prospects_only, lambda on: self._set(prospects_only=on))

    def _entry(self, menu: QMenu, text: str, on: bool, press: Callable[[bool], None]) -> None:
        action = QAction(text, menu, checkable=True)
        action.setChecked(on)
        action.triggered.connect(lambda: press(action.isChecked()))
        menu.addAction(action)

    def _choose_statuses(self, statuses: tuple[ClientStatus, ...], on: bool) -> None:
        self._set(statuses=statuses)

    def _choose(self, question: Question, value: Any, on: bool) -> None:
        chosen = getattr(self.chosen, question.name)
        if not question.several:
            self._set(**{question.name: value if on else None})
        elif on:
            self._set(**{question.name: (*chosen, value)})
        else:
            self._set(**{question.name: tuple(other for other in chosen if other != value)})

    def _status_said(self) -> str:
        said = [words.status(status) for status in self.chosen.statuses] or [_("Any status")]
        if self.chosen.statuses == ClientFilter().statuses:
            said = []
        if self.chosen.prospects_only:
            said.append(_("Prospects only"))
        return _list(said)

    def _set(self, **changes: Any) -> None:
        self._replace(replace(self.chosen, **changes))

    def _replace(self, chosen: ClientFilter) -> None:
        if chosen != self.chosen:
            self.show_filter(chosen)
            self.changed.emit(chosen)


FEW = 2


def _list(names: list[str]) -> str:
    if len(names) <= FEW:
        return _(", ").join(names)
    return _("{first} and {count} more").format(first=names[0], count=len(names) - 1)


def _days_at_least(days: int) -> str:
    return plural("{count} day or more", "{count} days or more", days)


def _days_ahead(days: int) -> str:
    return plural("within {count} day", "within {count} days", days)
