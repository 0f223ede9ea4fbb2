"""Moments of the page of events and clubs, and of its forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from rmdesk.app import App
from rmdesk.ui.gatherings import club_dialogs, dialogs
from rmdesk.ui.gatherings.guests_dialog import GuestsDialog
from rmdesk.ui.gatherings.page import GatheringsPage
from rmdesk.ui.kit.opening import opened
from tests.shots import moments

S = TypeVar("S")


def scenes(scene: Callable[..., S], client: int) -> list[S]:
    """Pictures of the segments and forms; `client` is whose tab is shown."""
    return [
        scene("gatherings-held", (_view("events"), _held)),
        scene("gatherings-clubs", (_view("clubs"),)),
        scene("gatherings-benefits", (_view("benefits"),)),
        scene("gatherings-points", (_view("points"),), _view("events")),
        scene("gatherings-plan", (_view("events"), _plan), moments.close_dialogs),
        scene("gatherings-guests", (_view("events"), _guests), moments.close_dialogs),
        scene("gatherings-decide", (_view("clubs"), _decide), moments.close_dialogs),
        scene("gatherings-use", (_view("benefits"), _use), moments.close_dialogs),
        scene("gatherings-tab", (lambda app: app.parts.desk.go("client", client=client, tab="club"),)),
    ]


def _page(app: App) -> GatheringsPage:
    page = app.window.page()
    assert isinstance(page, GatheringsPage)
    return page


def _view(name: str) -> Callable[[App], object]:
    return lambda app: app.parts.desk.go("gatherings", view=name)


def _held(app: App) -> None:
    events = _page(app).events
    held = next(row for row in events.rows if row.came)
    events.table.select_id(held.number)
    guests = events.card.table
    guests.select_id(events.card.guests[0].number if events.card.guests else 0)


def _plan(app: App) -> None:
    dialogs.open_gathering(app.parts.desk)


def _guests(app: App) -> None:
    shown = _page(app).events.card.shown
    assert shown is not None
    opened(GuestsDialog(app.parts.desk, shown))


def _decide(app: App) -> None:
    found = _page(app).clubs.found
    assert found is not None
    opened(club_dialogs.DecideDialog(app.parts.desk, found.rows[0]))


def _use(app: App) -> None:
    table = _page(app).benefits.table
    table.selectRow(0)
    use = table.rows.known(table.selected()[0])
    assert use is not None
    club_dialogs.open_use(app.parts.desk, use)
