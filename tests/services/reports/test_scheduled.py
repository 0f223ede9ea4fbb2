"""When reports make themselves, and how they wait to be read."""

from __future__ import annotations

from datetime import date

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import RecordId
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details
from rmdesk.services.privacy.erasing import EraseClient
from rmdesk.services.reports import queries
from rmdesk.services.reports.commands import KeepReport, ReadReport, RemoveReport
from rmdesk.services.reports.making import report
from rmdesk.services.reports.packing import packed, unpacked
from rmdesk.services.reports.parts import Kind
from rmdesk.services.reports.scheduled import due, is_due
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.store import Store
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry
from tests.conftest import TODAY


@pytest.mark.parametrize(
    ("kind", "day", "latest", "expected"),
    [
        (Kind.WEEKLY, date(2026, 11, 22), date(2026, 11, 15), False),  # the week ends today
        (Kind.WEEKLY, date(2026, 11, 23), date(2026, 11, 15), True),  # Monday
        (Kind.WEEKLY, date(2026, 11, 25), date(2026, 11, 15), True),  # the desk was shut on Monday
        (Kind.WEEKLY, date(2026, 11, 25), date(2026, 11, 22), False),  # made already
        (Kind.WEEKLY, date(2026, 11, 23), None, True),
        (Kind.MONTHLY, date(2026, 11, 1), date(2026, 9, 30), False),  # Sunday
        (Kind.MONTHLY, date(2026, 11, 2), date(2026, 9, 30), True),
        (Kind.MONTHLY, date(2026, 10, 1), date(2026, 8, 31), False),  # National Day
        (Kind.MONTHLY, date(2026, 11, 30), date(2026, 10, 31), False),  # not over before midnight
    ],
)
def test_weekly_on_monday_and_monthly_on_the_first_working_day_missed_days_made_up_for(
    kind: Kind, day: date, latest: date | None, expected: bool
) -> None:
    assert is_due(kind, day, latest) is expected


def test_only_what_is_switched_on_is_due(store: Store) -> None:
    monday = date(2026, 11, 23)
    assert store.read(due, monday) == ()
    store.perform(ChangeSetting("reports.weekly", True))
    store.perform(ChangeSetting("reports.monthly", True))
    assert store.read(due, monday) == (Kind.WEEKLY, Kind.MONTHLY)
    store.perform(KeepReport(store.read(report, Kind.WEEKLY, date(2026, 11, 16), date(2026, 11, 22))))
    assert store.read(due, monday) == (Kind.MONTHLY,)


def test_a_kept_report_is_the_same_report_in_any_language(store: Store) -> None:
    client = store.perform(AddProspect(Details("王一"))).result
    store.perform(LogVisit(Entry(client, "phone", content="问候", on=TODAY)))
    for kind in (Kind.WEEKLY, Kind.MONTHLY):
        made = store.read(report, kind, TODAY.replace(day=1), TODAY)
        assert unpacked(packed(made)) == made


def test_it_waits_until_it_is_read_and_can_be_thrown_away_and_taken_back(store: Store) -> None:
    made = store.read(report, Kind.WEEKLY, date(2026, 11, 9), date(2026, 11, 15))
    kept: RecordId = store.perform(KeepReport(made)).result
    assert [row.seen for row in store.read(queries.unread)] == [False]
    with pytest.raises(Refused, match="already"):
        store.perform(KeepReport(made))
    store.perform(ReadReport(kept))
    assert store.read(queries.unread) == ()
    gone = store.perform(RemoveReport(kept))
    assert store.read(queries.content, kept) is None
    assert gone.inverse is not None
    store.perform(gone.inverse)
    assert unpacked(store.read(queries.content, kept) or "") == made


def test_a_report_that_names_an_erased_client_goes(store: Store) -> None:
    client = store.perform(AddProspect(Details('诸葛“青”"云"'))).result
    store.perform(LogVisit(Entry(client, "phone", content="问候", on=TODAY)))
    store.perform(KeepReport(store.read(report, Kind.WEEKLY, date(2026, 11, 9), date(2026, 11, 15))))
    store.perform(KeepReport(store.read(report, Kind.WEEKLY, date(2026, 11, 16), date(2026, 11, 22))))
    store.perform(EraseClient(client, '诸葛“青”"云"'))
    assert [row.last for row in store.read(queries.made)] == [date(2026, 11, 15)]
