"""Friday: promises kept, the journal and the week's close, the playbook, coverage, search, and one key back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from PySide6.QtCore import Qt

from rmdesk.base import clock
from rmdesk.services.documents.plain import lines
from rmdesk.services.journals import facts, rules
from rmdesk.services.journals import queries as journals
from rmdesk.services.journals.cards import MakeCard
from rmdesk.services.journals.commands import CloseWeek, Entry, WriteJournal
from rmdesk.services.journals.rollup import Span, roll_up
from rmdesk.services.search import finding
from rmdesk.services.search.texts import IndexTexts
from rmdesk.services.visits import ledger
from rmdesk.services.visits.coverage import coverage
from rmdesk.services.visits.promises import KeepPromise
from tests.walk.hands import CONTROL
from tests.walk.telling import step
from tests.walk.week import Week, name_of

INSIGHT = "先谈家人再谈产品，汇率的担心才说得出口"


@step("I keep Monday's promise, with what came of it")
def keep_promise(week: Week) -> Iterator[object]:
    week.hands.do(KeepPromise(week.promise, "已发到期安排表，客户当天确认"))
    rows = week.hands.read(ledger.promises, week.first, closed=True)
    row = next(one for one in rows if one.id == week.promise)
    assert row.state == "kept"
    yield f"{row.text}: {row.state} on {row.closed_on}, {row.outcome}"


@step("I write the journal of Monday's visit, and rmdesk asks for insight and reflection at the week's close")
def write_journal(week: Week) -> Iterator[object]:
    monday = clock.today() - timedelta(days=4)
    name = week.hands.read(name_of, week.first)
    entry = Entry(monday, f"上门拜访{name}，谈美元存款 120 万元", "visit", clients=(week.first,), visits=(week.visit,))
    week.journal = week.hands.do(WriteJournal(entry))
    asked = week.hands.read(journals.week)
    assert asked.closes
    assert week.journal in {one.id for one in asked.unfinished}
    yield f"{len(asked.unfinished)} journals of this week lack insight or reflection, {asked.visits} visits a journal"
    week.hands.do(CloseWeek(week.journal, INSIGHT, "资料准备得不够细"))
    assert week.journal not in {one.id for one in week.hands.read(journals.week).unfinished}
    yield f"insight: {INSIGHT}"


@step("A playbook card is made of it, without name, phone, number or amount")
def make_card(week: Week) -> Iterator[object]:
    name = week.hands.read(name_of, week.first)
    told = f"{INSIGHT}（{name}，13812345678，美元 120 万元）"
    card = week.hands.do(MakeCard(week.journal, f"和{name}谈外币", told))
    row = next(one for one in week.hands.read(journals.cards) if one.id == card)
    known = week.hands.read(facts.of_journal, week.journal)
    assert not rules.tells(row.title + row.text, known)
    assert not any(secret in row.title + row.text for secret in (name, "13812345678", "120"))
    yield f"{row.title}: {row.text}"


@step("The roll-up of the week is one document")
def roll(week: Week) -> Iterator[object]:
    said = list(lines(week.hands.read(roll_up, clock.today(), Span.WEEK)))
    assert any(INSIGHT in line for line in said)
    yield from said[:12]


@step("Coverage per tier shows Monday's visit")
def cover(week: Week) -> Iterator[object]:
    now = week.hands.read(coverage)
    assert week.first not in {row.client for row in now.overdue}
    assert now.tiers
    for row in now.tiers:
        windows = ", ".join(f"{one.days} days {one.met}/{one.due}" for one in row.windows)
        yield f"{row.tier}: {row.clients} clients, {windows}, {row.overdue} overdue"


@step("Texts are found by two characters")
def search(week: Week) -> Iterator[object]:
    while week.hands.store.perform(IndexTexts()).result:
        pass
    hits = week.hands.read(finding.find, "汇率")
    assert {"visit", "journal"} <= {hit.entity for hit in hits}
    yield from (f"{hit.entity}: {hit.snippet}" for hit in hits[:4])


@step("I take the last step back with one key")
def undo(week: Week) -> Iterator[object]:
    before = {one.id for one in week.hands.read(journals.cards)}
    week.hands.press(Qt.Key.Key_Z, CONTROL)
    week.hands.settle()
    taken = before - {one.id for one in week.hands.read(journals.cards)}
    assert len(taken) == 1
    yield f"the window says: {week.hands.app.window.toast.text.text()}"
