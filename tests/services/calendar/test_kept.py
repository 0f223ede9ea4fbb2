"""The days of one client as the file shows them."""

from __future__ import annotations

from datetime import date

from rmdesk.models.kinds import Channel
from rmdesk.services.calendar import greeting, kept
from rmdesk.services.occasions.commands import AddOccasion, Greet
from rmdesk.services.occasions.details import Details
from rmdesk.services.store.store import Store
from tests.services.occasions import arrange


def test_kept_and_told_days_with_the_next_one_first(store: Store) -> None:
    client = arrange.client(store, birth_date="1966-11-28", opened_on=date(2016, 5, 3))
    wedding = store.perform(AddOccasion(client, Details(kind="wedding", year=2001, month=11, day=22))).result
    store.perform(AddOccasion(client, Details(kind="relative_birthday", person="父亲", month=3)))
    store.perform(AddOccasion(client, Details(kind="child_event", title="高考", once=True, year=2020, month=6, day=7)))
    store.perform(Greet(client, "wedding", date(2026, 11, 22), Channel.PHONE, "", wedding))
    found = store.read(kept.days_of, client)
    assert [(one.details.kind, one.next, one.years) for one in found] == [
        ("wedding", date(2026, 11, 22), 25),
        ("birthday", date(2026, 11, 28), 60),
        ("opening", date(2027, 5, 3), 11),
        ("child_event", None, None),
        ("relative_birthday", None, None),
    ]
    assert [one.id is None for one in found] == [False, True, True, False, False]
    assert found[0].greeted == date(2026, 11, 21)
    assert found[1].round
    assert [one.hidden.said for one in found[3:] if one.hidden] == ["This day is over.", "The day is not known."]
    assert store.read(kept.details_of, wedding) == found[0].details
    sent = store.read(kept.greetings_of, client)
    assert [(one.said.said, one.for_day, one.channel) for one in sent] == [
        ("Wedding anniversary", date(2026, 11, 22), "phone")
    ]


def test_a_greeting_starts_from_the_day_it_is_for(store: Store) -> None:
    client = arrange.client(store, birth_date="1966-11-28", opened_on=date(2016, 11, 28))
    start = store.read(greeting.start_of, client, None, date(2026, 11, 28), "birthday")
    assert (start.name, start.years, start.key) == ("周文敏", 60, "birthday")
    assert start.draft.texts
    other = store.read(greeting.start_of, client, None, date(2026, 11, 28), "opening")
    assert other.years == 10
