"""A day that nobody means is refused beside its field, by every command that keeps a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import ClientId, ConsentKind, FeedbackKind
from rmdesk.services.care.commands import Snooze
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details as Prospect
from rmdesk.services.complaints.commands import Details, RegisterComplaint
from rmdesk.services.complaints.feedback import NoteFeedback
from rmdesk.services.gifts.commands import GiveGift, PlanGift
from rmdesk.services.gifts.rules import Draft
from rmdesk.services.journals.commands import Entry, WriteJournal
from rmdesk.services.profile.commands import NoteConsent
from rmdesk.services.relations.commands import AddRelationship
from rmdesk.services.relations.referrals import AddReferral, Brought
from rmdesk.services.relations.rows import Details as Somebody
from rmdesk.services.satisfaction.commands import NoteSatisfaction
from rmdesk.services.store.command import Command
from rmdesk.services.store.store import Store

Make = Callable[[ClientId, date], Command[Any]]
CASES: list[tuple[str, Make]] = [
    ("received_on", lambda client, day: RegisterComplaint(client, Details("x", 300, day))),
    ("received_on", lambda client, day: NoteFeedback(client, FeedbackKind.PRAISE, "x", day)),
    ("on", lambda client, day: NoteSatisfaction(client, day, 4)),
    ("on", lambda client, day: WriteJournal(Entry(day, "x", "call", clients=(client,)))),
    ("on", lambda client, day: NoteConsent(client, ConsentKind.MARKETING, True, day)),
    ("on", lambda client, day: AddReferral(client, Brought("王小明", day))),
    ("noted_on", lambda client, day: AddRelationship(client, "friend", Somebody("王小明"), noted_on=day)),
    ("planned_for", lambda client, day: PlanGift(Draft(client, "相册", planned_for=day))),
    ("until", lambda client, day: Snooze(client, day)),
    ("birth_date", lambda client, day: AddProspect(Prospect("王小明", birth_date=day.isoformat()))),
    (
        "birth_date",
        lambda client, day: AddRelationship(client, "friend", Somebody("王小明", birth_date=day.isoformat())),
    ),
]


@pytest.mark.parametrize("day", [date.min, date(1626, 11, 21), date(9999, 12, 31)])
@pytest.mark.parametrize(("field", "make"), CASES)
def test_a_day_that_nobody_means_is_refused(store: Store, field: str, make: Make, day: date) -> None:
    client = store.perform(AddProspect(Prospect("周文敏"))).result
    with pytest.raises(Refused) as refused:
        store.perform(make(client, day))
    assert refused.value.field == field


def test_a_gift_was_not_given_in_the_year_one_and_does_not_cost_the_earth(store: Store) -> None:
    client = store.perform(AddProspect(Prospect("周文敏"))).result
    gift = store.perform(PlanGift(Draft(client, "相册", cost_minor=10_000))).result
    for command, field in (
        (GiveGift(gift, date.min), "on"),
        (PlanGift(Draft(client, "镇纸", cost_minor=2**63)), "cost"),
    ):
        with pytest.raises(Refused) as refused:
            store.perform(command)
        assert refused.value.field == field
