"""Arranges clients, people and gifts for the tests of gifts."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, RecordId, RelationKind, new_id
from rmdesk.models.profile import Preference
from rmdesk.models.relations import Person, Relationship
from rmdesk.services.gifts.commands import BuyGift, GiveGift, PlanGift
from rmdesk.services.gifts.rules import Draft
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.store import Store
from tests.support.build import perform

TODAY = date(2026, 11, 21)
YUAN = 100


def client(store: Store, name: str = "王小明", **fields: Any) -> ClientId:
    """A client."""

    def make(work: Any) -> ClientId:
        made = Client(name=name, **fields)
        work.add(made)
        work.flush()
        return ClientId(made.id)

    found: ClientId = perform(store, make)
    return found


def person(store: Store, name: str = "小华", of: ClientId | None = None, **fields: Any) -> RecordId:
    """Somebody who is no client; `of` ties them to a client as their child."""
    number = new_id()

    def make(work: Any) -> None:
        work.add(Person(id=number, name=name, **fields))
        work.flush()
        if of is not None:
            tie(work, RelationKind.PARENT, from_client_id=of, to_person_id=number)

    perform(store, make)
    return number


def tie(work: Any, kind: RelationKind, **ends: Any) -> None:
    """A relationship."""
    work.add(Relationship(id=new_id(), kind=kind.value, noted_on=TODAY, **ends))


def taste(store: Store, of: ClientId, text: str, *, taboo: bool = True) -> None:
    """A taboo, or a like."""
    kept = Preference(id=new_id(), client_id=of, taste="taboo" if taboo else "like", text=text, noted_on=TODAY)
    perform(store, lambda work: work.add(kept))


def plan(store: Store, of: ClientId, title: str = "青瓷茶则", yuan: float | None = 100, **fields: Any) -> RecordId:
    """A planned gift; its cost in yuan."""
    cost = None if yuan is None else round(yuan * YUAN)
    return store.perform(PlanGift(Draft(client=of, title=title, cost_minor=cost, **fields))).result


def give(store: Store, of: ClientId, title: str, yuan: float, on: date = TODAY, **fields: Any) -> RecordId:
    """A gift bought and given on a day."""
    gift = plan(store, of, title, yuan, **fields)
    store.perform(BuyGift(gift, round(yuan * YUAN), on=on))
    store.perform(GiveGift(gift, on))
    return gift


def be_lead(store: Store) -> None:
    """The user of the desk leads the team."""
    store.perform(ChangeSetting("general.role", "lead"))


def row(store: Store, gift: str) -> dict[str, Any]:
    """A gift as it is kept."""
    names = [name for (name,) in store.read(lambda reads: reads.rows("SELECT name FROM pragma_table_info('gift')"))]
    kept = store.read(lambda reads: reads.one(f"SELECT {', '.join(names)} FROM gift WHERE id = ?", (gift,)))
    return {} if kept is None else dict(zip(names, kept, strict=True))
