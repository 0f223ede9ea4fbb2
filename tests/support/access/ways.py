"""What leads to the places: whom the forms are about, what they need, and the gates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from rmdesk.base import clock
from rmdesk.models.kinds import OccasionKind
from rmdesk.services.calendar.queries import entries
from rmdesk.services.care.queries import care_day
from rmdesk.services.specialists.queries import requests
from rmdesk.services.store.profile import ProfileInfo
from rmdesk.services.store.reads import Reads
from rmdesk.ui.unlock.first_run import FirstRunGate
from rmdesk.ui.unlock.new_secret import Secret
from rmdesk.ui.unlock.unlock import UnlockGate
from tests.support import team

ALONE = {"care_list", "cadences", "campaign", "gathering", "route", "specialist_edit", "templates"}
INFO = ProfileInfo(Path("x"), exists=True, who="李文静", has_pin=True, recovery_of="2026-11-22")


def asked(reads: Reads) -> dict[str, Any]:
    """Whom the forms are about: the client with the most points, and records that wait."""
    best = max(care_day(reads).items, key=lambda item: item.score)
    return {
        "client": int(best.client),
        "visit": reads.value("SELECT id FROM visit WHERE state = 'held' LIMIT 1"),
        "complaining": reads.value("SELECT client_id FROM complaint WHERE closed_on IS NULL ORDER BY id LIMIT 1"),
        "campaign": reads.value("SELECT id FROM campaign LIMIT 1"),
        "request": requests(reads)[0],
        "greeted": _greeted(reads),
    }


def _greeted(reads: Reads) -> Any:
    coming = entries(reads, clock.today(), clock.today() + timedelta(days=14))
    return next(one for one in coming if one.due is not None and one.due.kind is OccasionKind.BIRTHDAY)


def filled(form: str, about: dict[str, Any]) -> dict[str, Any]:
    """What a form is opened with."""
    if form in ("difference", "record"):
        return {"entity": "visit", "key": about["visit"]}
    if form == "specialist_reply":
        return {"request": about["request"]}
    if form == "greet":
        due = about["greeted"]
        return {"client": due.client, "occasion": due.due.occasion, "day": due.on, "key": due.due.key}
    if form == "guests":
        return {"clients": (about["client"],)}
    if form == "rule":
        return {"rule": "gifts"}
    if form in ALONE:
        return {}
    client = {"client": about["complaining" if form == "settle" else "client"]}
    return client | ({"campaign": about["campaign"]} if form == "touch" else {})


def differ(work: Any) -> None:
    """The hub has another version of a visit."""
    visit, client = work.one("SELECT id, client_id FROM visit WHERE state = 'held' LIMIT 1")
    team.told(work, "visit", visit, client)
    team.differ(work, "visit", visit, "content", "另一版")


def gates() -> Iterator[tuple[str, QWidget]]:
    """The first run with its steps, and unlocking."""
    yield "first run", FirstRunGate()
    asking = FirstRunGate()
    asking.ask(None)
    yield "first run: secret", asking
    showing = FirstRunGate()
    showing.show_code("李文静", Secret(pin="719304"))
    yield "first run: code", showing
    yield "unlock", UnlockGate(INFO)
    losing = UnlockGate(INFO)
    losing.recover(None)
    yield "unlock: recover", losing
