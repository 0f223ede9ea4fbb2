"""What can be done from anywhere, declared once; pages declare their own in `offers`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from rmdesk.base.text import N_
from rmdesk.ui.kit.actions import EDIT, GO, PROGRAM, VIEW, Action
from rmdesk.ui.shell.routes import ROUTES, Route


class Shell(Protocol):
    """What the shell's own actions need; the desk of the window is one."""

    def go(self, page: str) -> None:
        """Show a page."""

    def leads(self) -> bool:
        """Whether a team lead sits here."""

    def ask(self, form: str) -> None:
        """Open a form."""

    def search(self) -> None:
        """Put the cursor into the search field."""

    def palette(self) -> None:
        """Show all commands."""

    def guide(self) -> None:
        """The help of the page that is shown."""

    def help(self) -> None:
        """Show all keys."""

    def undo(self) -> None:
        """Take the last command back."""

    def redo(self) -> None:
        """Do it again."""

    def back(self) -> None:
        """The page before."""

    def notices(self) -> None:
        """What was said in passing."""

    def reload(self) -> None:
        """Read the page again."""

    def lock(self) -> None:
        """Close the store and ask for the key."""

    def resize_text(self, step: int) -> None:
        """Larger or smaller text."""

    def switch_theme(self) -> None:
        """Light or dark."""

    def switch_language(self) -> None:
        """Chinese or English."""

    def quit(self) -> None:
        """Close the window."""


def _to(route: Route) -> Action:
    return Action(
        f"go.{route.name}", route.title, lambda desk: desk.go(route.name), route.shortcut, route.icon, GO,
        enabled=(lambda desk: desk.leads()) if route.lead else None,
    )  # fmt: skip


def everywhere() -> Iterator[Action]:
    """All actions of the shell; `run` gets a Shell."""
    for route in ROUTES:
        if route.listed:
            yield _to(route)
    yield from SHELL


SHELL: tuple[Action, ...] = (
    Action("search", N_("Search"), lambda desk: desk.search(), "Ctrl+K", "search", GO),
    Action("palette", N_("All commands"), lambda desk: desk.palette(), "Ctrl+Shift+P", "keyboard", GO),
    Action("log_visit", N_("Log a visit"), lambda desk: desk.ask("visit"), "Ctrl+N", "visit", EDIT),
    Action("back", N_("Back"), lambda desk: desk.back(), "Esc", "left", GO),
    Action("undo", N_("Undo"), lambda desk: desk.undo(), "Ctrl+Z", "undo", EDIT),
    Action("redo", N_("Redo"), lambda desk: desk.redo(), "Ctrl+Shift+Z", "refresh", EDIT),
    Action("reload", N_("Reload"), lambda desk: desk.reload(), "F5", "refresh", VIEW),
    Action("larger", N_("Larger text"), lambda desk: desk.resize_text(1), "Ctrl++", "plus", VIEW),
    Action("smaller", N_("Smaller text"), lambda desk: desk.resize_text(-1), "Ctrl+-", "", VIEW),
    Action("theme", N_("Light or dark"), lambda desk: desk.switch_theme(), "Ctrl+Shift+D", "moon", VIEW),
    Action("language", N_("中文 / English"), lambda desk: desk.switch_language(), "Ctrl+Shift+E", "chat", VIEW),
    Action("lock", N_("Lock now"), lambda desk: desk.lock(), "Ctrl+L", "lock", PROGRAM),
    Action("notices", N_("Notifications"), lambda desk: desk.notices(), "Ctrl+Shift+N", "bell", PROGRAM),
    Action("guide", N_("Help"), lambda desk: desk.guide(), "F1", "info", PROGRAM),
    Action("help", N_("Keyboard help"), lambda desk: desk.help(), "Ctrl+F1", "keyboard", PROGRAM),
    Action("quit", N_("Quit"), lambda desk: desk.quit(), "Ctrl+Q", "close", PROGRAM),
)
