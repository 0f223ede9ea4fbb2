"""Arranges clients with money, contacts and occasions for the tests of the care list."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from rmdesk.models.clients import Client
from rmdesk.models.complaints import Complaint
from rmdesk.models.holdings import Account, Holding
from rmdesk.models.kinds import new_id
from rmdesk.models.visits import Promise, Visit
from rmdesk.services.segments import figures
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.support.build import perform

TODAY = date(2026, 11, 21)
WAN = 1_000_000  # ten thousand yuan in fen


def ago(days: int) -> date:
    return TODAY - timedelta(days)


class Book:
    """A portfolio in the making: add clients and what belongs to them, then `done` refreshes the figures."""

    def __init__(self, work: UnitOfWork) -> None:
        self.work = work

    def client(self, name: str = "王小明", aum: int | None = None, **fields: Any) -> int:
        """A client with an account that holds `aum` fen; fields of Client may be given."""
        kept = Client(name=name, **fields)
        self.work.add(kept)
        self.work.flush()
        if aum is not None:
            self.work.add(
                Account(number=f"A{kept.id}", client_id=kept.id, currency="CNY", balance_minor=aum, as_of=ago(1))
            )
        return kept.id

    def visit(self, client: int, days: int, **fields: Any) -> None:
        """A contact `days` ago, entered on the same day."""
        on = ago(days)
        entered = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
        given = {"state": "held", "channel": "phone", "on": on, "entered_at": entered}
        self.work.add(Visit(id=new_id(), client_id=client, **given | fields))

    def matures(self, client: int, days: int, amount: int, **fields: Any) -> None:
        """A wealth product that matures in `days`."""
        given = {"name": "稳健一号", "kind": "wealth", "currency": "CNY", "as_of": ago(1)}
        self.work.add(
            Holding(key=new_id(), client_id=client, amount_minor=amount, matures_on=ago(-days), **given | fields)
        )

    def complaint(self, client: int, days: int, allowed: int = 15, severity: int = 300, **fields: Any) -> None:
        """A complaint received `days` ago."""
        self.work.add(
            Complaint(
                id=new_id(),
                client_id=client,
                text="x",
                severity=severity,
                received_on=ago(days),
                allowed_days=allowed,
                **fields,
            )
        )

    def promise(self, client: int, due: int, **fields: Any) -> None:
        """A promise due in `due` days."""
        self.work.add(Promise(id=new_id(), client_id=client, text="x", made_on=ago(20), due_on=ago(-due), **fields))


def book(store: Store, arrange: Any) -> Any:
    """Arrange a portfolio in one unit of work and refresh the figures; gives back what `arrange` gave."""

    def run(work: UnitOfWork) -> Any:
        made = arrange(Book(work))
        work.flush()
        figures.refresh(work)
        return made

    return perform(store, run)
