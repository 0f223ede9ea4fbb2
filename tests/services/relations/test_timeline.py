"""Referrals stand in the timeline of both: of who brought, and of who was brought."""

from __future__ import annotations

from datetime import date

from rmdesk.services.events import EventKind
from rmdesk.services.relations.referrals import AddReferral, Brought
from rmdesk.services.store.store import Store
from rmdesk.services.timeline.queries import timeline_of
from tests.services.relations.circle import client


def test_both_sides_of_a_referral(store: Store) -> None:
    by, new = client(store, "王芳"), client(store, "李雷")
    store.perform(AddReferral(by, Brought("老李", date(2026, 5, 1), confirmed=True, new=new, note="广场舞认识")))
    store.perform(AddReferral(by, Brought("邻居", date(2026, 5, 2))))
    told = [(event.on.day, event.kind, event.title.said, event.text) for event in store.read(timeline_of, by)]
    assert told == [
        (2, EventKind.RELATION, "Referral, not confirmed yet", "邻居"),
        (1, EventKind.RELATION, "Referral, confirmed", "老李 · 广场舞认识"),
    ]
    (event,) = store.read(timeline_of, new)
    assert (event.title.said, event.text, event.entity) == ("Brought by 王芳", "广场舞认识", "referral")
