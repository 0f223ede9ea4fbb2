"""What is done before a picture of gifts is taken."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from rmdesk.app import App
from rmdesk.ui.gifts.dialogs import open_gift, open_step
from rmdesk.ui.gifts.gift_dialog import GiftDialog
from rmdesk.ui.gifts.page import GiftsPage

CLIENT = 1


def page(app: App) -> GiftsPage:
    """The page, shown."""
    app.parts.desk.go("gifts")
    shown = app.window.page()
    assert isinstance(shown, GiftsPage)
    return shown


def value(app: App) -> None:
    """Cost against value."""
    page(app).show_view(1)


def library(app: App) -> None:
    """The ideas."""
    page(app).show_view(2)


def back(app: App) -> None:
    """The register again."""
    page(app).show_view(0)
    page(app).filters.show_view("all")


def select(app: App) -> None:
    """A gift that is awaited, with what can be done about it."""
    shown = page(app)
    awaited = [row for row in shown.rows if row.state == "awaiting"]
    if awaited or shown.rows:
        shown.register.select((awaited or shown.rows)[0].id)


def plan(app: App) -> None:
    """The form of a gift for the first of the cast."""
    page(app)
    open_gift(app.parts.desk, CLIENT)  # type: ignore[arg-type]


def fill(app: App) -> None:
    """A gift that costs too much."""
    dialog = _dialog()
    dialog.form.fill(title="名家紫砂壶", category="tea", cost="1680", why="喜欢喝茶，家里新添了茶室")


def cash(app: App) -> None:
    """One that the law blocks, and the refusal beside its field."""
    dialog = _dialog()
    dialog.form.fill(title="超市购物卡", category="card", cost="500")
    dialog.submit()


def decide(app: App) -> None:
    """The lead's question."""
    shown = page(app)
    row = next((row for row in shown.rows if row.state == "awaiting"), None)
    if row is not None:
        open_step(app.parts.desk, row, "decide")


def _dialog() -> GiftDialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, GiftDialog)
    return dialog
