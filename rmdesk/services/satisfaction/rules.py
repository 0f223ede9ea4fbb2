"""What satisfaction says beside loyalty. Numbers: resources/rules/satisfaction.toml."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from rmdesk.base.text import Phrase, phrase
from rmdesk.services.rulebook import book


class Stance(StrEnum):
    """Where satisfaction and loyalty put a client (domain §8)."""

    APOSTLE = "apostle"
    MERCENARY = "mercenary"
    HOSTAGE = "hostage"
    DEFECTOR = "defector"


def stance(csat: int | None, loyalty: float | None) -> Stance | None:
    """Apostle, mercenary, hostage or defector; None while either side is unknown."""
    if csat is None or loyalty is None:
        return None
    rule = _satisfaction()
    content, loyal = csat >= rule["content"]["value"], loyalty >= rule["loyal"]["value"]
    if content:
        return Stance.APOSTLE if loyal else Stance.MERCENARY
    return Stance.HOSTAGE if loyal else Stance.DEFECTOR


def trap(csat: int | None, loyalty: float | None, churn: float | None) -> tuple[Phrase, ...]:
    """The two facts of the satisfaction trap (domain §8), the second once for each reason; empty: no trap."""
    rule = _satisfaction()
    if csat is None or csat < rule["content"]["value"]:
        return ()
    why = []
    if loyalty is not None and loyalty < rule["trap_loyalty"]["value"]:
        why.append(phrase("loyalty only {loyalty}", loyalty=f"{loyalty:.2f}"))
    if churn is not None and churn >= rule["trap_churn"]["value"]:
        why.append(phrase("churn risk {risk}", risk=f"{churn:.2f}"))
    return (phrase("says satisfied ({csat} of 5)", csat=csat), *why) if why else ()


def is_fresh(on: date, day: date) -> bool:
    """Whether an answer still says something about today."""
    days: int = _satisfaction()["fresh_days"]["value"]
    return (day - on).days <= days


def _satisfaction() -> dict[str, Any]:
    told: dict[str, Any] = book("satisfaction")
    return told
