"""A small portfolio for the gates: one client for each way through or out."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmdesk.models.holdings import Product
from rmdesk.models.kinds import Answer, ClientId, ClientStatus, Familiarity
from rmdesk.models.segments import FamiliarityOverride, ManAnswer
from rmdesk.services.store.store import Store
from tests.services.care.arrange import TODAY, WAN, Book, ago, book

SAFE, RISKY = "P1", "P5"


class People(dict[str, ClientId]):
    """Clients by what is special about them."""

    def names(self, clients: tuple[int, ...]) -> set[str]:
        """Which of them these are."""
        by_id = {number: name for name, number in self.items()}
        return {by_id[ClientId(one)] for one in clients}


def people(store: Store) -> People:
    """Eleven clients: `easy`, `bold` and `sure` pass the gates of selling the risky product."""
    made: People = book(store, _people)
    return made


def _people(made: Book) -> People:
    made.work.add(Product(code=SAFE, name="云安一号", kind="wealth", risk=1))
    made.work.add(Product(code=RISKY, name="云进五号", kind="fund", risk=5, rate_bp=320, term_days=90))
    known = People()

    def add(name: str, man: str = "yyy", aum: int | None = 300, known_as: str = "familiar", **fields: Any) -> ClientId:
        told: dict[str, Any] = {"risk_level": 5, "marketing_consent": True, "phone": "13800138000", **fields}
        client = known[name] = ClientId(made.client(name, None if aum is None else aum * WAN, **told))
        made.work.add(
            FamiliarityOverride(client_id=client, familiarity=Familiarity(known_as).value, reason="x", set_on=TODAY)
        )
        for letter, answer in zip("MAN", man, strict=True):
            if answer != "-":
                said = Answer.YES if answer == "y" else Answer.NO
                made.work.add(ManAnswer(client_id=client, letter=letter, answer=said.value, answered_on=TODAY))
        made.visit(client, 40)
        return client

    for name in ("easy", "bold", "sure"):
        add(name)
    add("dead", status=ClientStatus.DECEASED)
    add("shy", status=ClientStatus.DO_NOT_CONTACT)
    add("withdrawn", marketing_consent=False)
    add("stranger", known_as="stranger")
    add("poor", aum=None)
    add("careful", risk_level=2)
    add("hard", man="nny")
    add("open", man="y--")
    made.complaint(add("angry"), 3)
    made.promise(add("waiting"), -4)
    touched = add("touched")
    for days in (2, 12):
        made.visit(touched, days, marketing=True)
    return known


def day(days: int) -> date:
    """So many days ago."""
    return ago(days)
