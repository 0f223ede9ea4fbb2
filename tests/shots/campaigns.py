"""Campaigns with their gates and script, the visual filter, specialists, and the strategy of a client."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from rmdesk.app import App
from rmdesk.models.kinds import ClientId
from rmdesk.ui.campaigns import dialogs
from rmdesk.ui.campaigns.page import CampaignsPage
from rmdesk.ui.campaigns.touch_dialog import open_touch
from rmdesk.ui.clients.file_page import ClientPage
from rmdesk.ui.specialists import dialogs as specialists
from rmdesk.ui.strategy.tab import StrategyTab
from tests.shots import moments


def scenes(scene: Callable[..., Any], client: int) -> list[Any]:
    """All scenes of campaigns but the first, which is a page's picture."""
    who = ClientId(client)
    return [
        scene("campaigns-gates", (_campaigns, partial(_choose, 0), partial(_view, 1)), partial(_view, 0)),
        scene("campaigns-draft", (_campaigns, partial(_choose, 1))),
        scene("campaigns-filter", (_campaigns, partial(_choose, 0), _edit), moments.close_dialogs),
        scene("campaigns-touch", (_campaigns, partial(_choose, 0), _touch), moments.close_dialogs),
        scene("specialists", (lambda app: app.parts.desk.go("specialists"),)),
        scene("specialist-ask", (lambda app: _ask(app, who),), moments.close_dialogs),
        scene("client-strategy-open", (_campaigns, partial(_choose, 0), _asked)),
        scene("client-strategy", (partial(_strategy, who),)),
        scene("client-familiarity", (partial(_strategy, who), _familiarity), moments.close_dialogs),
    ]


def _strategy(client: ClientId, app: App) -> None:
    app.parts.desk.go("client", client=client, tab="strategy")


def _familiarity(app: App) -> None:
    page = app.window.page()
    assert isinstance(page, ClientPage)
    tab = page.tab("strategy")
    assert isinstance(tab, StrategyTab)
    tab.set_familiarity()


def _campaigns(app: App) -> None:
    app.parts.desk.go("campaigns")


def _page(app: App) -> CampaignsPage:
    page = app.window.page()
    assert isinstance(page, CampaignsPage)
    return page


def _view(at: int, app: App) -> None:
    _page(app).view.show_view(at)


def _choose(at: int, app: App) -> None:
    table = _page(app).table
    table.selectRow(at)


def _edit(app: App) -> None:
    one = _page(app).view.campaign
    assert one is not None
    dialogs.open_campaign(app.parts.desk, one)


def _touch(app: App) -> None:
    one, row = _page(app).view.campaign, _page(app).view.touch.row
    assert one is not None
    assert row is not None
    open_touch(app.parts.desk, one.id, row.client)


def _asked(app: App) -> None:
    found = _page(app).view.pipeline
    assert found is not None
    app.parts.desk.go("client", client=ClientId(found.asking[0]), tab="strategy")


def _ask(app: App, client: ClientId) -> None:
    specialists.open_ask(app.parts.desk, client)
