"""The portfolio in one line."""

from __future__ import annotations

from rmdesk.models.clients import Client
from rmdesk.models.kinds import Topic
from rmdesk.services.clients.total import Total, total
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.support import build


def test_an_empty_portfolio_has_no_assets(store: Store) -> None:
    assert store.read(total) == Total(0, None, "CNY")


def test_a_client_that_was_merged_into_another_is_not_counted(store: Store) -> None:
    def arrange(work: UnitOfWork) -> None:
        for name in ("甲", "乙", "丙"):
            work.add(Client(name=name, status="closed" if name == "乙" else "active"))
        work.flush()
        work.bulk("UPDATE client SET merged_into = 1 WHERE id = 3", topics={Topic.CLIENTS})

    build.perform(store, arrange)
    assert store.read(total) == Total(2, None, "CNY", None, (("active", 1), ("closed", 1)))
