"""Answers on satisfaction are noted within their scales, read newest first, and taken back."""

from __future__ import annotations

from datetime import date

import pytest

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.models.kinds import Channel, ClientId, Topic
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details
from rmdesk.services.satisfaction import queries, timeline
from rmdesk.services.satisfaction.commands import NoteSatisfaction, RemoveSatisfaction
from rmdesk.services.segments import figures
from rmdesk.services.store.store import Store
from tests.support.build import perform

TODAY = date(2026, 11, 20)


@pytest.fixture
def client(store: Store, monkeypatch: pytest.MonkeyPatch) -> ClientId:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return store.perform(AddProspect(Details("测试甲"))).result


def test_answers_are_noted_removed_and_brought_back(store: Store, client: ClientId) -> None:
    noted = store.perform(NoteSatisfaction(client, TODAY, 4, 9, Channel.PHONE, "很快"))
    assert noted.topics == {Topic.COMPLAINTS}
    store.perform(NoteSatisfaction(client, date(2026, 1, 5), nps=3))
    told = store.read(queries.answers_of, client)
    assert [(one.csat, one.nps) for one in told] == [(4, 9), (None, 3)]
    removed = store.perform(RemoveSatisfaction(noted.result))
    assert len(store.read(queries.answers_of, client)) == 1
    assert removed.inverse is not None
    store.perform(removed.inverse)
    assert store.read(queries.answers_of, client) == told
    titles = [event.title.said for event in store.read(timeline.events_of, client, 10)]
    assert titles == ["Satisfaction 4 of 5, recommends us 9 of 10", "Recommends us: 3 of 10"]


@pytest.mark.parametrize(
    ("csat", "nps", "field"),
    [(None, None, "csat"), (0, None, "csat"), (6, 1, "csat"), (None, -1, "nps"), (5, 11, "nps")],
)
def test_answers_outside_the_scale_are_refused(
    store: Store, client: ClientId, csat: int | None, nps: int | None, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        store.perform(NoteSatisfaction(client, TODAY, csat, nps))
    assert refused.value.field == field


def test_an_old_answer_says_nothing_of_today(store: Store, client: ClientId) -> None:
    store.perform(NoteSatisfaction(client, date(2024, 1, 5), 5))
    perform(store, figures.refresh)
    found = store.read(queries.satisfied, client)
    assert (found.csat, found.stance, found.trap) == (None, None, ())
    assert len(found.answers) == 1
