"""The library of ideas: the manager's own, which can be changed, and those that ship."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from rmdesk.base.text import N_, _
from rmdesk.services.gifts import amounts, tables
from rmdesk.services.gifts.library import IdeaRow
from rmdesk.services.gifts.shown import Shown
from rmdesk.services.store.command import Command
from rmdesk.ui.gifts import words
from rmdesk.ui.kit.columns import CHIP, STRONG, Cell, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.widgets import Button, column, label, row

LINES = 64

COLUMNS: tuple[Column[IdeaRow], ...] = (
    Column("title", N_("Idea"), lambda one: Cell(one.title, after=one.note), 260, STRONG, sorts=False, fixed=True),
    Column("kind", N_("Kind"), lambda one: words.category(one.category), 130, sorts=False),
    Column(
        "cost",
        N_("Cost"),
        lambda one: "–" if one.cost_minor is None else str(Shown(one.cost_minor, one.currency)),
        90,
        right=True,
        sorts=False,
    ),
    Column("suits", N_("Goes with"), lambda one: one.suits, 240, sorts=False),
    Column(
        "own", N_("Source"), lambda one: Cell(_("Yours"), "value") if one.own else Cell(_("Library"), "plain"), 90,
        CHIP, sorts=False,
    ),
)  # fmt: skip


class IdeaDialog(FormDialog):
    """A new idea of one's own, or one to correct."""

    def __init__(self, desk: Desk, home: str, idea: IdeaRow | None = None) -> None:
        super().__init__(desk, _("New idea") if idea is None else _("Edit idea"), said=_("Idea saved"))
        self._idea, self._home = idea, home
        self.setMinimumWidth(560)
        form = self.form
        form.add("title", _("Idea"), QLineEdit(), needed=True)
        pairs = ((code, name.said) for code, name in tables.categories().items() if code not in ("cash", "card"))
        form.add("category", _("Kind"), choices(("", _("no kind")), *pairs))
        form.add("cost", _("Cost, about"), QLineEdit())
        form.side_by_side("category", "cost")
        form.add("suits", _("Goes with"), QLineEdit(), note=_("Likes it suits, as in tea, calligraphy, grandchildren."))
        note = QPlainTextEdit()
        note.setFixedHeight(LINES)
        note.setTabChangesFocus(True)
        form.add("note", _("Note"), note)
        if idea is not None:
            cost = amounts.written(idea.cost_minor, idea.currency, home)
            form.fill(title=idea.title, category=idea.category or "", cost=cost, suits=idea.suits, note=idea.note)
        form.fields["title"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.gifts.ideas import AddIdea, EditIdea, Idea

        cost = amounts.typed(self.form.value("cost"), self._home)
        category = self._category()
        idea = Idea(
            self.form.value("title"), category, cost.minor if cost else None, cost.currency if cost else None,
            self.form.value("suits"), self.form.value("note"),
        )  # fmt: skip
        return AddIdea(idea) if self._idea is None else EditIdea(self._idea.code, idea)

    def _category(self) -> str | None:
        value = str(self.form.value("category"))
        return value if value in tables.categories() else None


class LibraryView(QWidget):
    """`plan(title)` asks to plan a gift of an idea."""

    plan = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: tuple[IdeaRow, ...] = ()
        self.table: RowTable[IdeaRow] = RowTable(COLUMNS, key=lambda one: one.number, title=_("Ideas"))
        self.add = Button(_("New idea"), self._add, kind="small")
        self.use = Button(_("Plan it"), self._plan, kind="small")
        self.edit = Button(_("Edit"), self._edit, kind="small")
        self.retire = Button(_("Retire"), self._retire, kind="small")
        note = label(_("Your own ideas come first, and are offered wherever they fit."), "note", wrap=True)
        whole = column(note, self.table, row(self.add, self.use, self.edit, self.retire, None), gap=8)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.table.chosen.connect(lambda _ids: self._offer())
        self.table.opened.connect(lambda _id: self._plan())
        self._offer()

    def show_rows(self, rows: Sequence[IdeaRow]) -> None:
        """Show these ideas."""
        self._rows = tuple(rows)
        self.table.set_rows(self._rows)
        self._offer()

    @property
    def _home(self) -> str:
        """The portfolio's currency: that of the ideas that ship, which come last."""
        return self._rows[-1].currency if self._rows else "CNY"

    def selected(self) -> IdeaRow | None:
        """The idea that is selected."""
        picked = self.table.selected()
        return self.table.rows.known(picked[0]) if len(picked) == 1 else None

    def _offer(self) -> None:
        one = self.selected()
        self.use.setEnabled(one is not None)
        for button in (self.edit, self.retire):
            button.setEnabled(one is not None and one.own)

    def _add(self) -> None:
        self._open(IdeaDialog(self._desk, self._home))

    def _edit(self) -> None:
        one = self.selected()
        if one is not None and one.own:
            self._open(IdeaDialog(self._desk, self._home, one))

    def _retire(self) -> None:
        from rmdesk.services.gifts.ideas import RetireIdea

        one = self.selected()
        if one is not None and one.own:
            self._desk.perform(RetireIdea(one.code), _("Idea retired"))

    def _plan(self) -> None:
        one = self.selected()
        if one is not None:
            self.plan.emit(one.title)

    @staticmethod
    def _open(dialog: FormDialog) -> None:
        from PySide6.QtCore import Qt

        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
