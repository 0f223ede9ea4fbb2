"""What the weekly report tells, and from which records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from rmdesk.models.kinds import Channel, ClientId
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details
from rmdesk.services.reports import words
from rmdesk.services.reports.document import document_of
from rmdesk.services.reports.done import outcome
from rmdesk.services.reports.parts import Report, Who
from rmdesk.services.reports.weekly import weekly
from rmdesk.services.store.store import Store
from rmdesk.services.visits.commands import LogVisit, PlanVisit
from rmdesk.services.visits.entry import Entry
from tests.conftest import TODAY
from tests.support import build, demo

FIRST, LAST = date(2026, 11, 9), date(2026, 11, 15)


@pytest.fixture(scope="module")
def report(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Report]:
    """The week before the last of the demo portfolio, in which more happened."""
    made = demo.template(template, tmp_path_factory.mktemp("weekly"), TODAY)
    store = Store(made, build.KEY, who="tester")
    yield store.read(weekly, FIRST, LAST, TODAY)
    store.close()


def figure(report: Report, name: str) -> Any:
    """A figure by its English name."""
    return next(one.value for one in report.figures if one.label.message == name)


def test_what_was_done_is_of_these_days_alone(report: Report) -> None:
    for name in ("contacts", "gifts", "journals"):
        days = [row[0] for row in report.part(name).rows]
        assert days == sorted(days)
        assert all(FIRST <= day <= LAST for day in days)
    assert figure(report, "Contacts") == sum(row[5].message == "Held" for row in report.part("contacts").rows)
    assert figure(report, "Contacts") > 0


def test_what_is_due_is_of_the_seven_days_after(report: Report) -> None:
    rows = report.part("due").rows
    assert rows
    assert all(LAST < row[0] <= LAST + timedelta(7) for row in rows)


def test_who_slips_is_told_with_the_reasons_and_the_day(report: Report) -> None:
    warned = report.part("warnings")
    assert all(isinstance(row[0], Who) and 0 < row[1] <= 1 and row[3] for row in warned.rows)
    assert [row[1] for row in warned.rows] == sorted((row[1] for row in warned.rows), reverse=True)
    assert LAST.isoformat() in warned.note.said
    late = report.part("overdue")
    assert late.count == figure(report, "Overdue clients") >= len(late.rows) > 0


def test_the_tables_read_whole_on_paper_and_say_what_is_cut(report: Report) -> None:
    from rmdesk.services.documents.plain import lines

    told = "\n".join(lines(document_of(report)))
    for part in report.parts:
        assert part.title.said in told
    assert "more line" in told  # overdue clients beyond what is read on paper
    assert "A dash stands for what is not known." in told


@pytest.mark.parametrize(
    ("state", "closed", "told"),
    [
        ("kept", date(2026, 11, 10), words.KEPT),
        ("kept", date(2026, 11, 12), words.LATE),
        ("kept", date(2026, 11, 16), words.BROKEN),  # only after the report's last day
        ("open", None, words.BROKEN),
        ("withdrawn", date(2026, 11, 9), "Withdrawn"),
    ],
)
def test_a_promise_counts_as_what_it_was_on_the_last_day(state: str, closed: date | None, told: str) -> None:
    assert outcome(state, date(2026, 11, 10), closed, LAST) == told


def test_an_unanswered_message_is_listed_and_is_no_contact(store: Store) -> None:
    client: ClientId = store.perform(AddProspect(Details("王一"))).result
    store.perform(LogVisit(Entry(client, Channel.CHAT, content="问候", on=TODAY, two_way=False)))
    store.perform(LogVisit(Entry(client, Channel.PHONE, content="谈理财", on=TODAY)))
    store.perform(PlanVisit(Entry(client, Channel.AT_CLIENT, on=TODAY + timedelta(2), purpose="面谈")))
    made = store.read(weekly, TODAY - timedelta(6), TODAY)
    assert [row[5].message for row in made.part("contacts").rows] in (["No answer", "Held"], ["Held", "No answer"])
    assert (figure(made, "Contacts"), figure(made, "Clients reached")) == (1, 1)
    assert [row[1].message for row in made.part("due").rows] == ["Planned visit"]


def test_unknown_assets_are_unknown_and_never_zero(store: Store) -> None:
    store.perform(AddProspect(Details("王一")))
    made = store.read(weekly, TODAY - timedelta(6), TODAY)
    assert (figure(made, "AUM"), figure(made, "AUM as of")) == (None, None)
    assert any("unknown" in note.said for note in made.notes)
