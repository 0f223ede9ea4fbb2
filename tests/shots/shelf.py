"""The Products page: its maturities and forms; a deal weighed for a group client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QScrollArea

from rmdesk.app import App
from rmdesk.ui.groups.page import GroupsPage
from rmdesk.ui.products import dialogs
from rmdesk.ui.products.page import ProductsPage
from tests.shots import moments


def scenes(scene: Callable[..., Any]) -> list[Any]:
    """All scenes of this page but the first, which is a page's picture."""
    return [
        scene("products-maturities", (_maturities,)),
        scene("products-plan", (_maturities, _second, _plan), moments.close_dialogs),
        scene("groups-deal", (_groups, _deal)),
        scene("groups-tree", (_groups, _down)),
        scene("products-card", (_cards, _card), moments.close_dialogs),
    ]


def _page(app: App) -> ProductsPage:
    page = app.window.page()
    assert isinstance(page, ProductsPage)
    return page


def _maturities(app: App) -> None:
    app.parts.desk.go("products", view="maturities")


def _cards(app: App) -> None:
    app.parts.desk.go("products", view="cards")


def _second(app: App) -> None:
    _page(app).maturities.chart.choose(1)


def _plan(app: App) -> None:
    found = _page(app).maturities.list.table
    found.select_id(found.rows.ids(0, 0)[0])
    row = _page(app).maturities.list.selected()
    assert row is not None
    dialogs.open_plan(app.parts.desk, row)


def _card(app: App) -> None:
    shown = _page(app).card.shown
    assert shown is not None
    dialogs.open_card(app.parts.desk, shown)


def _groups(app: App) -> None:
    app.parts.desk.go("groups")


def _deal(app: App) -> None:
    page = app.window.page()
    assert isinstance(page, GroupsPage)
    page.group.draft.amount.setText("6000万")


def _down(app: App) -> None:
    page = app.window.page()
    assert isinstance(page, GroupsPage)
    page.group.tree.select_id(page.group.tree.rows.ids(1, 1)[0])
    area = page.group.findChild(QScrollArea)
    assert area is not None
    bar = area.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
