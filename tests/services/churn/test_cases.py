"""Churn cases open by themselves, tell the year before, and close with a cause."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.models.clients import Client
from rmdesk.models.complaints import Complaint
from rmdesk.models.kinds import Channel, ClientId, ClientStatus, Loss, RecordId, Topic, WinBack, new_id
from rmdesk.models.visits import Visit
from rmdesk.services.churn import at_risk, cases, lessons, lost
from rmdesk.services.churn.commands import CloseCase, NoteCause, NoteWinBack, OpenCase, OpenDueCases, ReopenCase
from rmdesk.services.imports.commands import UndoImport
from rmdesk.services.segments import figures
from rmdesk.services.store.store import Store
from rmdesk.services.timeline.queries import timeline_of
from tests.services.imports.handovers import Told, account, client, holding, month, take_in
from tests.support.build import perform

TODAY = date(2026, 11, 21)
FULL, GONE = 50_000_000, 1_000_000


def months(number: str, ends: list[int], last: int = 2026 * 12 + 9, **more: Any) -> list[Told]:
    first = last - len(ends) + 1
    return [month(account_number=number, month=first + at, end_minor=end, **more) for at, end in enumerate(ends)]


@pytest.fixture
def portfolio(store: Store) -> Store:
    told = [
        client("A", name="周文敏", opened_on="2015-01-05"),
        account("1", "A", balance_minor=GONE, currency="CNY"),
        *months("1", [FULL] * 11 + [GONE] * 3),
        client("B", name="王小明"),
        account("2", "B", balance_minor=FULL, currency="CNY"),
        *months("2", [FULL] * 14),
    ]
    take_in(store, told, as_of=TODAY)
    return store


def client_of(store: Store, number: str) -> ClientId:
    return ClientId(store.read(lambda reads: reads.value("SELECT id FROM client WHERE number = ?", (number,))))


def opened(store: Store) -> RecordId:
    [case] = store.perform(OpenDueCases()).result
    return case


def test_a_case_opens_by_itself_once(portfolio: Store) -> None:
    outcome = portfolio.perform(OpenDueCases())
    assert outcome.topics >= {Topic.CHURN}
    [case] = portfolio.read(cases.cases)
    assert outcome.result == (case.id,)
    assert (case.number, case.name, case.reason, case.open) == ("A", "周文敏", Loss.FALL, True)
    assert case.lost_on == date(2026, 8, 31) + timedelta(60)
    assert (case.peak_minor, case.left_minor, case.currency) == (FULL, GONE, "CNY")
    again = portfolio.perform(OpenDueCases())
    assert (again.result, again.inverse) == ((), None)
    assert portfolio.read(lambda reads: reads.value("SELECT count(*) FROM change WHERE entity = 'churn_case'")) == 1


def test_opening_is_taken_back_and_done_again(portfolio: Store) -> None:
    inverse = portfolio.perform(OpenDueCases()).inverse
    assert inverse is not None
    back = portfolio.perform(inverse)
    assert portfolio.read(cases.cases) == ()
    assert back.inverse is not None
    portfolio.perform(back.inverse)
    assert len(portfolio.read(cases.cases)) == 1


def end_all(number: str) -> Callable[[Any], None]:
    def do(work: Any) -> None:
        work.bulk("UPDATE account SET closed_on = '2026-10-01' WHERE number = ?", (number,), topics=())
        figures.refresh(work)

    return do


def test_closed_accounts_and_nothing_held_are_losses(portfolio: Store) -> None:
    opened(portfolio)
    perform(portfolio, end_all("2"))
    [case] = portfolio.read(lost.due)
    assert (case.reason, case.on, case.peak_minor) == (Loss.CLOSED, date(2026, 10, 1), FULL)
    ended = [client("C"), holding(key="H", client_number="C", kind="wealth", amount_minor=1, ended_on="2026-11-01")]
    take_in(portfolio, ended, as_of=TODAY)
    assert {one.reason for one in portfolio.read(lost.due)} == {Loss.CLOSED, Loss.NO_PRODUCT}


def test_prospects_the_dead_and_old_losses_open_no_case(portfolio: Store) -> None:
    take_in(portfolio, [client("P", name="解晓东")], as_of=TODAY)
    perform(
        portfolio,
        lambda work: setattr(work.get(Client, client_of(portfolio, "A")), "status", ClientStatus.DECEASED.value),
    )
    assert portfolio.read(lost.due) == ()
    perform(portfolio, end_all("2"))
    clock.fix(date(2027, 11, 21))
    assert portfolio.read(lost.due) == ()


def test_a_client_marked_closed_is_lost(portfolio: Store) -> None:
    perform(
        portfolio,
        lambda work: setattr(work.get(Client, client_of(portfolio, "B")), "status", ClientStatus.CLOSED.value),
    )
    assert Loss.CLOSED in {one.reason for one in portfolio.read(lost.due)}


def visit(who: ClientId, on: date, **more: Any) -> Visit:
    given = {
        "state": "held",
        "channel": Channel.PHONE.value,
        "two_way": True,
        "entered_at": clock.now(),
        "content": "问候",
    }
    return Visit(id=new_id(), client_id=who, on=on, **given | more)


def test_the_file_of_a_case_tells_the_year_before(portfolio: Store) -> None:
    who = client_of(portfolio, "A")

    def add(work: Any) -> None:
        work.add(visit(who, date(2026, 3, 2)))
        work.add(visit(who, date(2026, 9, 20)))
        work.add(visit(who, date(2024, 3, 2)))
        work.add(
            Complaint(
                id=new_id(), client_id=who, text="排队", severity=300, received_on=date(2026, 4, 1), allowed_days=15,
                state="closed", closed_on=date(2026, 4, 20), verdict="unfavourable",
            )
        )  # fmt: skip
        work.get(Client, who).manager_since = date(2026, 2, 1)

    perform(portfolio, add)
    found = portfolio.read(cases.case_of, opened(portfolio))
    assert found is not None
    assert [one.minor for one in found.months][-4:] == [FULL, GONE, GONE, GONE]
    assert date(2024, 3, 2) not in {event.on for event in found.events}
    assert {date(2026, 3, 2), date(2026, 4, 20) - timedelta(19), date(2026, 2, 1)} <= {
        event.on for event in found.events
    }
    seen = {one.signal: one for one in found.seen}
    assert {"fall", "complaint", "manager"} <= set(seen)
    assert seen["manager"].answered_on == date(2026, 3, 2)
    assert seen["fall"].on == date(2026, 8, 31)
    assert found.missed is not None
    assert found.missed.signal == "complaint"


def test_a_case_is_closed_with_its_cause_and_opened_again(portfolio: Store) -> None:
    case = opened(portfolio)
    with pytest.raises(Refused) as refused:
        portfolio.perform(CloseCase(case, WinBack.LOST))
    assert refused.value.field == "cause"
    portfolio.perform(NoteCause(case, "contact", "complaint", date(2026, 4, 20), "半年没有联系"))
    portfolio.perform(NoteWinBack(case, "与主管一同上门"))
    closed = portfolio.perform(CloseCase(case, WinBack.PARTLY))
    found = portfolio.read(cases.case_of, case)
    assert found is not None
    assert (found.case.cause, found.case.signal, found.case.outcome) == ("contact", "complaint", WinBack.PARTLY)
    assert found.case.days_before == (found.case.lost_on - date(2026, 4, 20)).days
    assert [step.text for step in found.steps] == ["与主管一同上门"]
    with pytest.raises(Refused):
        portfolio.perform(NoteWinBack(case, "再次致电"))
    assert closed.inverse is not None
    portfolio.perform(closed.inverse)
    portfolio.perform(CloseCase(case, WinBack.LOST))
    portfolio.perform(ReopenCase(case))
    [row] = portfolio.read(cases.cases)
    assert (row.open, row.outcome, row.closed_on) == (True, None, None)


def test_a_case_opened_by_mistake_closes_without_a_cause(portfolio: Store) -> None:
    portfolio.perform(CloseCase(opened(portfolio), WinBack.MISTAKEN))
    assert portfolio.read(lessons.lead_times) == ()
    assert portfolio.perform(OpenDueCases()).result == ()


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (lambda case: NoteCause(case, "bad luck"), "cause"),
        (lambda case: NoteCause(case, "price", "horoscope"), "signal"),
        (lambda case: NoteCause(case, "price", "fall", TODAY), "signal_on"),
        (lambda case: NoteWinBack(case, "  "), "text"),
        (lambda case: NoteWinBack(case, "致电", TODAY + timedelta(1)), "on"),
        (lambda case: CloseCase(case, WinBack.MISTAKEN, date(2026, 1, 1)), "on"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(portfolio: Store, command: Any, field: str) -> None:
    case = opened(portfolio)
    with pytest.raises(Refused) as refused:
        portfolio.perform(command(case))
    assert refused.value.field == field


def test_a_case_is_opened_by_hand_once(portfolio: Store) -> None:
    who = client_of(portfolio, "B")
    portfolio.perform(OpenCase(who))
    with pytest.raises(Refused):
        portfolio.perform(OpenCase(who))
    assert {event.title.said for event in portfolio.read(timeline_of, who)} >= {"Client lost"}


def test_lead_times_tell_how_long_before_each_signal_was_visible(portfolio: Store) -> None:
    case = opened(portfolio)
    portfolio.perform(NoteCause(case, "contact", "fall", date(2026, 8, 31)))
    told = {one.signal: one for one in portfolio.read(lessons.lead_times)}
    assert (told["fall"].cases, told["fall"].missed, told["fall"].first, told["fall"].middle) == (1, 1, 1, 60)


def test_warnings_come_from_r_and_leave_out_who_has_a_case(portfolio: Store) -> None:
    take_in(portfolio, months("2", [FULL, FULL * 9 // 10, FULL * 8 // 10, FULL * 5 // 10]), as_of=TODAY)
    take_in(portfolio, [account("2", "B", balance_minor=FULL // 4, currency="CNY")], as_of=TODAY)
    warned = portfolio.read(at_risk.warnings, TODAY)
    assert ([row.number for row in warned.rows], warned.count) == (["B"], 1)
    assert all(row.risk >= 0.5 and row.reasons for row in warned.rows)
    portfolio.perform(OpenCase(client_of(portfolio, "B")))
    assert portfolio.read(at_risk.warnings, TODAY) == at_risk.Warned((), 0)


def test_an_untouched_case_does_not_hold_an_import(portfolio: Store) -> None:
    case = opened(portfolio)
    batch = portfolio.read(lambda reads: reads.value("SELECT max(id) FROM batch"))
    portfolio.perform(NoteWinBack(case, "致电"))
    with pytest.raises(Refused):
        portfolio.perform(UndoImport(batch))
    perform(portfolio, lambda work: work.bulk("DELETE FROM churn_step", topics=()))
    portfolio.perform(UndoImport(batch))
    assert portfolio.read(cases.cases) == ()
