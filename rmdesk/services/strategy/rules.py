"""Plain rules of Money, Authority and Need: what hints, and which question comes first. No I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rmdesk.base.record import record
from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import Answer

LETTERS = ("M", "A", "N")
FIRST = ("A", "N", "M")  # who decides, what is needed, what it is paid with


@record
class Known:
    """What the data tell of one client; amounts in units of the currency, None where unknown. Nothing of it is an
    answer: it is offered to be confirmed."""

    free: float | None  # demand balance
    maturing: float | None  # within the days of the rule
    elsewhere: float | None  # confirmed assets in other banks
    minimum: float  # of the product, or the common one
    idle_share: float | None  # of the AUM that lay idle for the months of the rule
    idle_least: float
    decides_for: tuple[str, ...]  # of whom the client is the named decider
    alone: str  # the words that say so
    life: tuple[Phrase, ...]  # events of the client's life
    needs: tuple[str, ...]  # stated, with a date


def hints(known: Known) -> dict[str, tuple[Phrase, ...]]:
    """What hints at a yes to each letter, as the field knows it (domain §8)."""
    return {"M": tuple(_money(known)), "A": tuple(_authority(known)), "N": tuple(_need(known))}


def next_question(answers: Mapping[str, Answer | None]) -> str | None:
    """The letter to ask for at the next visit; None when all three are answered."""
    return next((letter for letter in FIRST if answers.get(letter) is None), None)


def _money(known: Known) -> Sequence[Phrase]:
    found = []
    if (known.free or 0.0) + (known.maturing or 0.0) >= known.minimum:
        found.append(phrase("Free or maturing money reaches the minimum"))
    if (known.elsewhere or 0.0) > 0:
        found.append(phrase("Confirmed assets in other banks"))
    return found


def _authority(known: Known) -> Sequence[Phrase]:
    found = [phrase("Named decider for {name}", name=name) for name in known.decides_for]
    if known.alone:
        found.append(phrase("The KYC grid says “{words}”", words=known.alone))
    return found


def _need(known: Known) -> Sequence[Phrase]:
    found = []
    if (known.maturing or 0.0) > 0:
        found.append(phrase("Something matures within 30 days"))
    if known.idle_share is not None and known.idle_share > known.idle_least:
        found.append(phrase("Much of the AUM lies idle"))
    found += [phrase("Life event: {event}", event=event) for event in known.life]
    found += [phrase("Said: {need}", need=need) for need in known.needs]
    return found
