"""The card of the program's version, on an invented offer: nothing is fetched or opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from rmdesk.app import App
from rmdesk.base.errors import Refused
from rmdesk.services.updates.manifest import ASK, File, Offer
from rmdesk.services.updates.offers import Looked
from rmdesk.ui.settings.updates import UpdateCard
from tests.shots import moments, safe

NOTES = {"zh_CN": "首次使用有五步导览；日历按周查看更快。", "en": "A tour for who is new; the week opens faster."}
FILE = File("rmdesk_0.2.0_amd64.deb", "debian", 118 << 20, "0" * 64)
OFFER = Offer("0.2.0", date(2026, 11, 20), date(2027, 3, 31), "", NOTES, (FILE,))
FOUND = Looked("0.1.0", OFFER, FILE, True, "x", "5f2c 91ab 07de 44c3 a8e0 1b97 c25d 6f3e")


def on_card(do: Callable[[UpdateCard], object]) -> Callable[[App], None]:
    """Do something to the card, and go where it is."""

    def show(app: App) -> None:
        page = app.window.page()
        for one in page.findChildren(UpdateCard) if page is not None else []:
            do(one)
            one._arrange()
            page._area.verticalScrollBar().setValue(10**6)  # type: ignore[union-attr]

    return show


def _kept(card: UpdateCard) -> None:
    card._show(FOUND)
    card._keep(Path("Downloads") / FILE.name)


def _refused(card: UpdateCard) -> None:
    card._failed(Refused("The offer was not signed by the bank.", do=ASK, code="bad_signature"))


def _leave(app: App) -> None:
    app.parts.desk.rebuild()
    moments.today(app)


def scenes(scene: Any) -> list[Any]:
    """What is offered, what was fetched, what is refused."""
    doings = {"offered": lambda card: card._show(FOUND), "fetched": _kept, "refused": _refused}
    return [scene(f"update-{name}", (safe.card, on_card(do), on_card(do)), _leave) for name, do in doings.items()]
