"""The timeline of a client."""

from __future__ import annotations

from datetime import date, timedelta

from rmdesk.base import clock
from rmdesk.models.care import CareMark
from rmdesk.models.complaints import Complaint
from rmdesk.models.visits import Promise, Visit
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.timeline import queries as timeline
from tests.conftest import TODAY
from tests.support.build import perform


def test_the_timeline_is_newest_first_and_marks_what_is_late(store: Store) -> None:
    client = store.perform(AddProspect(Details("周文敏"))).result

    def arrange(work: UnitOfWork) -> None:
        def ago(days: int) -> date:
            return TODAY - timedelta(days)

        for key, days, state, answered in (
            ("a", 9, "held", True),
            ("b", 3, "held", False),
            ("c", 1, "cancelled", True),
        ):
            work.add(
                Visit(
                    id=key,
                    client_id=client,
                    state=state,
                    channel="phone",
                    on=ago(days),
                    two_way=answered,
                    entered_at=clock.now() - timedelta(days if key != "b" else 1),
                )
            )
        work.add(Promise(id="p", client_id=client, text="方案", made_on=ago(9), due_on=ago(2)))
        work.add(
            Complaint(id="k", client_id=client, text="电话过多", severity=300, received_on=ago(30), allowed_days=15)
        )
        work.add(
            CareMark(id="m", client_id=client, on=ago(0), kind="snoozed", until=TODAY + timedelta(7), reason="出差")
        )

    perform(store, arrange)
    events = store.read(timeline.timeline_of, client)
    assert [(event.title.said, event.late) for event in events] == [
        ("Put off until 2026-11-28", False),
        ("Call, cancelled", False),
        ("Call, no answer, late entry", True),
        ("Call", False),
        ("Promise until 2026-11-19", True),
        ("Complaint, open", True),
    ]
    assert len(store.read(timeline.timeline_of, client, limit=2)) == 2
