"""The records of one book, from what the importer has of its clients."""

from __future__ import annotations

from collections.abc import Sequence

from rmdesk.hub.services.bank.writing import Told
from rmdesk.services.imports.aside import Aside, Person
from rmdesk.wire import bank
from rmdesk.wire.ids import client_id


def told_of(aside: Aside, book: str, people: Sequence[Person]) -> list[Told]:
    """What is to be in the book's scope. The book's day has the last number, so that a first load brings it first."""
    clients = [person.id for person in people]
    facts = aside.tell(clients)
    if not facts:
        return []
    day = bank.day_of(client.as_of for client, _ in facts)
    told = [
        Told(bank.MONEY, bank.money_record(money.number), client_id(money.number), bank.told_money(money, day))
        for _, money in facts
    ]
    told += [
        Told(bank.PRODUCT, bank.product_record(book, product[0]), "", bank.told_part(product))
        for product in aside.products(clients)
    ]
    told += [
        Told(bank.CLIENT, bank.client_record(one.number), client_id(one.number), bank.told_client(one, day))
        for one, _ in facts
    ]
    told.append(Told(bank.DAY, bank.day_record(book), "", bank.told_part((day,))))
    return told
