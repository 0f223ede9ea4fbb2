"""What to do next: what is owed first, and nothing for a client who may not be contacted."""

from __future__ import annotations

from datetime import date, timedelta

from rmdesk.models.clients import Client
from rmdesk.models.holdings import Holding
from rmdesk.models.kinds import ClientId, ClientStatus
from rmdesk.models.visits import Promise, Task
from rmdesk.services.care.steps import next_steps
from rmdesk.services.clients.commands import SetStatus
from rmdesk.services.store.store import Store
from tests.conftest import TODAY
from tests.support.build import perform

ZHOU = ClientId(1)


def kinds(store: Store, limit: int = 9) -> list[str]:
    """What the steps rest on."""
    return [step.kind for step in store.read(next_steps, ZHOU, limit)]


def arrange(store: Store) -> None:
    """A client who is owed something, with money that matures and a birthday ahead."""
    soon = TODAY + timedelta(3)
    perform(store, lambda work: work.add(Client(id=1, name="周文敏", birth_date=f"1975-{soon:%m-%d}")))
    for thing in (
        Promise(id="p1", client_id=1, text="发测算", made_on=TODAY, due_on=soon),
        Promise(id="p2", client_id=1, text="以后", made_on=TODAY, due_on=date(2027, 5, 1)),
        Task(id="t1", client_id=1, text="约时间", made_on=TODAY, due_on=TODAY),
        Holding(
            id=1, client_id=1, key="1", name="定期", kind="time", amount_minor=5_000_000, currency="CNY",
            matures_on=TODAY + timedelta(10), as_of=TODAY,
        ),
    ):  # fmt: skip
        perform(store, lambda work, thing=thing: work.add(thing))


def test_what_is_owed_comes_first_and_a_question_last(store: Store) -> None:
    arrange(store)
    assert kinds(store) == ["promise", "task", "maturity", "occasion", "question"]
    assert kinds(store, 3) == ["promise", "task", "maturity"]
    said = [step.text.said for step in store.read(next_steps, ZHOU, 9)]
    assert said[0] == "Keep the promise by 11-24: 发测算"
    assert "12-01" in said[2]


def test_a_status_stops_every_step_until_it_is_taken_back(store: Store) -> None:
    arrange(store)
    for status in (ClientStatus.DECEASED, ClientStatus.DO_NOT_CONTACT):
        done = store.perform(SetStatus((ZHOU,), status))
        assert kinds(store) == []
        assert done.inverse is not None
        store.perform(done.inverse)
        assert len(kinds(store)) == 5


def test_nothing_known_is_a_question(store: Store) -> None:
    perform(store, lambda work: work.add(Client(id=1, name="周文敏")))
    assert kinds(store) == ["question"]
