"""What can be done from anywhere, declared once; pages declare their own in `offers`."""

from __future__ import annotations

from collections.abc import Iterator

from rmdesk.base.text import N_
from rmdesk.ui.kit.actions import EDIT, GO, PROGRAM, VIEW, Action
from rmdesk.ui.shell.routes import ROUTES, Route


def _to(route: Route) -> Action:
    return Action(
        f"go.{route.name}", route.title, lambda desk: desk.go(route.name), route.shortcut, route.icon, GO,
        enabled=(lambda desk: desk.leads()) if route.lead else None,
    )  # fmt: skip


def everywhere() -> Iterator[Action]:
    """All actions of the shell; `run` gets the desk of the window."""
    for route in ROUTES:
        if route.listed or route.shortcut:
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
    Action("notices", N_("Notifications"), lambda desk: desk.notices(), "Ctrl+Shift+B", "bell", PROGRAM),
    Action("guide", N_("Help"), lambda desk: desk.guide(), "F1", "info", PROGRAM),
    Action("tour", N_("Take the tour"), lambda desk: desk.tour(), "", "eye", PROGRAM),
    Action("help", N_("Keyboard help"), lambda desk: desk.help(), "Ctrl+F1", "keyboard", PROGRAM),
    Action("quit", N_("Quit"), lambda desk: desk.quit(), "Ctrl+Q", "close", PROGRAM),
)
