"""The log, the plan, coverage and what waits, over real rows; the clock of the care list agrees with the rule."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rmdesk.models.kinds import ClientId, Tier
from rmdesk.models.visits import Visit
from rmdesk.services.care import portfolio
from rmdesk.services.store.store import Store
from rmdesk.services.visits import queries, rules
from rmdesk.services.visits.commands import CancelVisit, LogVisit, PlanVisit
from rmdesk.services.visits.coverage import coverage
from rmdesk.services.visits.promises import AddPromise
from rmdesk.services.visits.queries import LogFilter
from rmdesk.services.visits.rules import Found
from rmdesk.services.visits.tasks import AddTask
from rmdesk.services.visits.timeline import events_of
from tests.conftest import TODAY
from tests.services.care.arrange import WAN, Book, book
from tests.services.visits.arrange import ago, client, entry
from tests.support.build import perform


def texts(store: Store, wanted: LogFilter) -> list[str]:
    rows = {row.number: row for row in store.read(queries.log_rows, store.read(queries.log_ids, wanted))}
    return [rows[number].content for number in store.read(queries.log_ids, wanted)]


def test_the_log_is_newest_first_and_filters(store: Store) -> None:
    one, two = client(store), client(store, "曾令海")
    store.perform(LogVisit(entry(one, content="收藏", on=ago(3), channel="branch")))
    store.perform(LogVisit(entry(two, content="换汇", on=ago(1), found=(Found("留学"),))))
    store.perform(LogVisit(entry(one, content="Fund", on=ago(0))))
    store.perform(PlanVisit(entry(two, content="", on=ago(-1))))
    assert texts(store, LogFilter()) == ["Fund", "换汇", "收藏"]
    assert texts(store, LogFilter(text="fund")) == ["Fund"]
    assert texts(store, LogFilter(text="留学")) == ["换汇"]
    assert texts(store, LogFilter(text="曾令")) == ["换汇"]
    assert texts(store, LogFilter(text="%")) == []
    assert texts(store, LogFilter(channel="branch")) == ["收藏"]
    assert texts(store, LogFilter(client=one)) == ["Fund", "收藏"]
    assert texts(store, LogFilter(late=True)) == ["收藏"]
    assert texts(store, LogFilter(first=ago(2), last=ago(1))) == ["换汇"]


def test_plans_that_have_passed_come_first_and_count_as_waiting(store: Store) -> None:
    who = client(store)
    for days, at in ((-2, None), (0, None), (0, "09:00")):
        store.perform(PlanVisit(entry(who, on=ago(days), at=at, content=str(days))))
    rows = store.read(queries.planned)
    assert [(row.on, row.at) for row in rows] == [(ago(0), "09:00"), (ago(0), ""), (ago(-2), "")]
    store.perform(AddPromise(who, "x", ago(0)))
    store.perform(AddTask("x", ago(-1)))
    told = store.read(queries.waiting)
    assert (told.visits, told.promises, told.tasks, told.all) == (2, 1, 0, 3)
    dead = client(store, "郑安", status="deceased")
    perform(store, lambda work: work.add(Visit(id="v", client_id=dead, state="planned", channel="phone", on=TODAY,
                                               entered_at=datetime(2026, 11, 1, tzinfo=UTC))))  # fmt: skip
    assert store.read(queries.waiting).visits == 2
    assert len(store.read(queries.planned)) == 3


VISITS = st.lists(
    st.tuples(st.integers(0, 300), st.sampled_from(("held", "cancelled", "postponed")), st.booleans(), st.booleans()),
    max_size=8,
)


@given(VISITS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_care_list_reads_the_same_contact_clock(store: Store, visits: list[tuple[int, str, bool, bool]]) -> None:
    def arrange(made: Book) -> int:
        who = made.client("周文敏", 100 * WAN)
        for days, state, two_way, inbound in visits:
            made.visit(who, days, state=state, two_way=two_way, inbound=inbound)
        return who

    who = ClientId(book(store, arrange))
    last = rules.last_contact([(ago(days), state, two_way) for days, state, two_way, _ in visits], TODAY)
    whole = store.read(portfolio.load, None, [who])
    gap = whole.gap[0]
    assert store.read(queries.last_contact_of, who) == last
    assert (None if np.isnan(gap) else TODAY - timedelta(int(gap))) == last


@given(st.integers(0, 90), st.one_of(st.none(), st.times()))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_filter_of_late_entries_says_what_the_rule_says(store: Store, hours: int, at: object) -> None:
    on = date(2026, 11, 10)
    entered = datetime(2026, 11, 10, tzinfo=UTC) + timedelta(hours=hours, minutes=30)

    def arrange(made: Book) -> None:
        made.visit(made.client(), (TODAY - on).days, at=None if at is None else f"{at:%H:%M}", entered_at=entered)

    book(store, arrange)
    numbers = store.read(queries.log_ids, LogFilter(first=on, last=on))
    late = {row.number for row in store.read(queries.log_rows, numbers) if row.late}
    assert set(store.read(queries.log_ids, LogFilter(late=True))) == late


def test_coverage_counts_who_was_due_and_who_was_met(store: Store) -> None:
    def arrange(made: Book) -> dict[str, int]:
        ids = {}
        for name, days in (("三天前", (3,)), ("四十天前", (40,)), ("半年前", (180,)), ("两次", (50, 10)), ("从未", ())):
            ids[name] = made.client(name, 300 * WAN)
            for day in days:
                made.visit(ids[name], day)
        dead = made.client("已故", 300 * WAN, status="deceased")
        made.visit(dead, 300)
        silent = made.client("未回", 300 * WAN)
        made.visit(silent, 2, two_way=False)
        return ids

    ids = book(store, arrange)
    told = store.read(coverage)
    (tier,) = told.tiers
    assert (tier.tier, tier.clients) == (Tier.T4, 6)
    month, quarter = tier.windows
    assert (month.days, quarter.days) == (30, 90)
    assert month.contacted == 2
    assert quarter.contacted == 3
    assert month.met <= month.due <= tier.clients
    assert tier.overdue == told.overdue_count == len(told.overdue)
    names = [row.name for row in told.overdue]
    assert set(names) >= {"半年前", "从未", "未回"}
    assert "三天前" not in names
    assert {row.client for row in told.overdue} <= set(ids.values()) | {row.client for row in told.overdue}
    assert next(row for row in told.overdue if row.name == "从未").gap is None


def test_an_empty_portfolio_is_covered(store: Store) -> None:
    told = store.read(coverage)
    assert (told.tiers, told.overdue, told.overdue_count) == ((), (), 0)


def test_two_meetings_called_off_count_at_once_even_before_their_day(store: Store) -> None:
    def arrange(made: Book) -> int:
        return made.client("周文敏", 300 * WAN)

    who = ClientId(book(store, arrange))
    for days in (1, 9):
        visit = store.perform(PlanVisit(entry(who, on=ago(-days)))).result
        store.perform(CancelVisit(visit, "客户没空"))
    whole = store.read(portfolio.load, None, [who])
    assert whole.measures["cancelled"][0] == 2
    assert whole.signals["cancelled"][0] == 1


def test_the_timeline_tells_visits_promises_and_tasks(store: Store) -> None:
    who = client(store)
    store.perform(LogVisit(entry(who, on=ago(5), next_step="回电", next_on=ago(1), content="换汇")))
    store.perform(AddPromise(who, "方案", ago(-2)))
    visit = store.perform(PlanVisit(entry(who, on=ago(-1), content=""))).result
    store.perform(CancelVisit(visit, "出差"))
    told = [(event.title.said, event.text, event.late, event.entity) for event in store.read(events_of, who, 10)]
    assert told == [
        ("Call, cancelled", "出差", False, "visit"),
        ("Promise until 2026-11-23", "方案", False, "promise"),
        ("Call, late entry", "换汇", True, "visit"),
        ("Task until 2026-11-20", "回电", True, "task"),
    ]
    assert [event.entity for event in store.read(events_of, who, 10, ago(5))] == ["visit", "task"]
