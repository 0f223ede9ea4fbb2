"""Money in the timeline: what began, matured and ended, and months in which the balance fell by a fifth."""

from __future__ import annotations

from datetime import date, timedelta
from struct import pack

from rmdesk.models.clients import Client
from rmdesk.models.holdings import ClientFigures, Holding
from rmdesk.models.kinds import ClientId
from rmdesk.services.events import EventKind
from rmdesk.services.holdings import queries, timeline
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.conftest import TODAY
from tests.support.build import perform


def arrange(work: UnitOfWork) -> ClientId:
    made = Client(name="周文敏")
    work.add(made)
    work.flush()
    for key, started, matures, ended in (
        ("ahead", TODAY - timedelta(40), TODAY + timedelta(90), None),
        ("over", None, TODAY - timedelta(9), TODAY - timedelta(9)),
        ("sold", None, TODAY + timedelta(9), TODAY - timedelta(2)),
    ):
        work.add(
            Holding(
                key=key, client_id=made.id, name=key, kind="wealth", amount_minor=123456, currency="CNY",
                started_on=started, matures_on=matures, ended_on=ended,
            )
        )  # fmt: skip
    ends = [queries.UNTOLD] * 20 + [100_000, 80_100, 80_000, 64_000]
    last = queries.month_of(date(2026, 10, 31))
    blob = pack("<24q", *ends)
    work.add(ClientFigures(client_id=made.id, currency="CNY", last_month=last, ends=blob, averages=blob))
    return ClientId(made.id)


def test_what_began_matured_and_ended_and_the_falls_of_a_fifth(store: Store) -> None:
    client = perform(store, arrange)
    told = store.read(timeline.events_of, client, 50)
    assert {event.kind for event in told} == {EventKind.MONEY}
    assert [(event.title.said, event.text.split()[0], event.on) for event in told] == [
        ("Holding ended", "sold", TODAY - timedelta(2)),
        ("Maturity reached", "over", TODAY - timedelta(9)),
        ("Balance fell", "160", date(2026, 10, 31)),
        ("Purchase", "ahead", TODAY - timedelta(40)),
    ]
    assert told[1].text == "over 1234.56 CNY"
    assert len(store.read(timeline.events_of, client, 2)) == 2
