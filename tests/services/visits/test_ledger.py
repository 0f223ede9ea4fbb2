"""Promises and tasks: added, closed once, edited; each taken back by its inverse."""

from __future__ import annotations

from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import ClientStatus
from rmdesk.services.clients.commands import SetStatus
from rmdesk.services.store.store import Store
from rmdesk.services.visits import ledger
from rmdesk.services.visits.promises import AddPromise, EditPromise, HandOverPromise, KeepPromise, WithdrawPromise
from rmdesk.services.visits.tasks import AddTask, DoneTask, DropTask, EditTask
from tests.services.visits.arrange import ago, client
from tests.services.visits.test_commands import undone_and_redone, value


@pytest.mark.parametrize(
    ("make", "state", "outcome"),
    [
        (lambda key: KeepPromise(key, "已发"), "kept", "已发"),
        (lambda key: WithdrawPromise(key, "客户不再需要"), "withdrawn", "客户不再需要"),
        (lambda key: HandOverPromise(key, "王强"), "handed_over", "王强"),
    ],
)
def test_a_promise_is_closed_once_and_says_how(store: Store, make: Any, state: str, outcome: str) -> None:
    who = client(store)
    key = undone_and_redone(store, AddPromise(who, "发方案", ago(-3)))
    undone_and_redone(store, make(key))
    (row,) = store.read(ledger.promises, who, closed=True)
    assert (row.state, row.outcome, row.closed_on) == (state, outcome, ago(0))
    assert store.read(ledger.promises, who) == ()
    with pytest.raises(Refused) as refused:
        store.perform(KeepPromise(key))
    assert refused.value.code == "closed"


def test_withdrawing_needs_a_reason_and_handing_over_a_name(store: Store) -> None:
    key = store.perform(AddPromise(client(store), "发方案", ago(-3))).result
    for command, field in ((WithdrawPromise(key, " "), "reason"), (HandOverPromise(key, ""), "to")):
        with pytest.raises(Refused) as refused:
            store.perform(command)
        assert refused.value.field == field


def test_promises_stand_by_their_day_and_overdue_ones_first(store: Store) -> None:
    who = client(store)
    for text, days in (("后天", 2), ("今天", 0), ("下周", 8)):
        store.perform(AddPromise(who, text, ago(-days)))
    key = store.perform(AddPromise(who, "改期", ago(-5))).result
    undone_and_redone(store, EditPromise(key, "改期了", ago(-1)))
    rows = store.read(ledger.promises, day=ago(-1))
    assert [(row.text, row.days, row.overdue) for row in rows] == [
        ("今天", -1, True), ("改期了", 0, False), ("后天", 1, False), ("下周", 7, False),
    ]  # fmt: skip


@pytest.mark.parametrize(("due", "code"), [(ago(1), "past"), (ago(-2000), "too_far")])
def test_days_of_promises_and_tasks_lie_ahead(store: Store, due: Any, code: str) -> None:
    who = client(store)
    for command in (AddPromise(who, "x", due), AddTask("x", due, who)):
        with pytest.raises(Refused) as refused:
            store.perform(command)
        assert (refused.value.field, refused.value.code) == ("due", code)


def test_tasks_with_and_without_client_and_day(store: Store) -> None:
    who = client(store)
    mine = undone_and_redone(store, AddTask("填周报"))
    theirs = undone_and_redone(store, AddTask("回电", ago(-1), who))
    assert [row.text for row in store.read(ledger.tasks)] == ["回电", "填周报"]
    undone_and_redone(store, EditTask(mine, "填月报", ago(0)))
    assert [row.text for row in store.read(ledger.tasks)] == ["填月报", "回电"]
    undone_and_redone(store, DoneTask(mine))
    undone_and_redone(store, DropTask(theirs))
    assert store.read(ledger.tasks) == ()
    assert {row.state for row in store.read(ledger.tasks, closed=True)} == {"done", "dropped"}
    for command in (DoneTask(mine), EditTask(mine, "x", None)):
        with pytest.raises(Refused, match="closed already"):
            store.perform(command)


def test_tasks_of_who_may_not_be_contacted_are_neither_made_nor_shown(store: Store) -> None:
    who = client(store)
    store.perform(AddTask("回电", ago(-1), who))
    store.perform(SetStatus((who,), ClientStatus.DO_NOT_CONTACT))
    assert store.read(ledger.tasks) == ()
    for command in (AddTask("回电", ago(-1), who), AddPromise(who, "x", ago(-1))):
        with pytest.raises(Refused) as refused:
            store.perform(command)
        assert refused.value.code == "do_not_contact"
    assert value(store, "SELECT count(*) FROM task") == 1
