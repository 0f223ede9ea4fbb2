"""The clock of a complaint is the same on the list, in the receipt, in the client's tab and on the command line."""

from __future__ import annotations

from datetime import date

import pytest

from rmdesk.models.kinds import ClientId, Lane
from rmdesk.services.care import details, owed, queries
from rmdesk.services.complaints.queries import complaints_of
from rmdesk.services.store.store import Store
from tests.services.care.arrange import TODAY, WAN, Book, book


@pytest.mark.parametrize(
    ("received", "day", "used", "due"),
    [
        (date(2026, 11, 20), date(2026, 11, 22), 0, date(2026, 12, 11)),  # a weekend takes no day
        (date(2026, 11, 2), date(2026, 11, 20), 14, date(2026, 11, 23)),
        (date(2026, 9, 30), date(2026, 10, 8), 1, date(2026, 10, 27)),  # 国庆, and 10 October is worked
    ],
)
def test_the_clock_counts_working_days(received: date, day: date, used: int, due: date) -> None:
    one = owed.complaint(received, 15, day)
    assert (one.used, one.due) == (used, due)


@pytest.mark.parametrize(("days", "lane"), [(17, Lane.PRIORITY), (18, Lane.MUST), (40, Lane.MUST)])
def test_the_list_and_the_tab_tell_the_same_days(store: Store, days: int, lane: Lane) -> None:
    def arrange(made: Book) -> int:
        client = made.client("投诉", 300 * WAN)
        made.visit(client, 1)
        made.complaint(client, days)
        return client

    client = ClientId(book(store, arrange))
    (row,) = store.read(complaints_of, client, TODAY)
    (known,) = store.read(details.details, TODAY, [client])[client].complaints
    assert (known.used, known.allowed, known.due) == (row.used, row.allowed, row.due_on)
    (item,) = store.read(queries.care_day).items
    assert item.lane is lane
    assert f"Complaint open: day {row.used} of {row.allowed}" in [str(reason.text) for reason in item.reasons]
    line = store.read(queries.receipt, client).lines[5]
    assert line.points == pytest.approx(10 * 0.3 * min(1.0, row.used / row.allowed))


def test_only_open_complaints_count(store: Store) -> None:
    def arrange(made: Book) -> int:
        client = made.client("投诉", 300 * WAN)
        made.visit(client, 1)
        made.complaint(client, 30, state="closed", closed_on=TODAY, verdict="fair")
        return client

    client = ClientId(book(store, arrange))
    assert store.read(queries.receipt, client).lines[5].points == 0
    assert store.read(details.details, TODAY, [client])[client].complaints == []
