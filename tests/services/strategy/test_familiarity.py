"""How well a client is known: the figures, and the manager's word until it lapses."""

from __future__ import annotations

from datetime import timedelta

from rmdesk.models.kinds import ClientId, Familiarity
from rmdesk.services.segments.commands import OverrideFamiliarity
from rmdesk.services.store.store import Store
from rmdesk.services.strategy.familiarity import known_of, lasting
from tests.services.care.arrange import TODAY, WAN, Book, book


def test_the_managers_word_holds_until_it_lapses_and_the_computed_class_stays(store: Store) -> None:
    def arrange(made: Book) -> int:
        client = made.client("周文敏", 300 * WAN)
        made.visit(client, 9)
        return client

    client = ClientId(book(store, arrange))
    told = store.read(known_of, client)
    assert told is not None
    assert (told.used, told.by_hand, told.set_on) == (told.computed, False, None)
    assert (told.contacts, told.blocks) == (1, 0)
    store.perform(OverrideFamiliarity(client, Familiarity.FAMILIAR, "老同学", TODAY))
    told = store.read(known_of, client)
    assert told is not None
    assert (told.used, told.computed, told.by_hand) == (Familiarity.FAMILIAR, Familiarity.STRANGER, True)
    last = TODAY + timedelta(lasting())
    assert (told.reason, told.set_on, told.until) == ("老同学", TODAY, last)
    for day, holds in ((last, True), (last + timedelta(1), False)):
        told = store.read(known_of, client, day)
        assert told is not None
        assert (told.by_hand, told.reason) == (holds, "老同学")
    assert told.used is told.computed


def test_somebody_who_is_no_client_has_no_class(store: Store) -> None:
    assert store.read(known_of, ClientId(999)) is None
