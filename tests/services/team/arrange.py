"""Clients, records and teams for the tests of reviews."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmdesk.base import clock
from rmdesk.models.clients import Client
from rmdesk.models.complaints import Complaint
from rmdesk.models.gifts import Gift
from rmdesk.models.kinds import ClientId, RecordId, Word, new_id
from rmdesk.models.sync import Colleague, SyncClient, SyncControl, SyncScope, SyncState
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.store import Store
from rmdesk.services.team.commands import ReviewRecord
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry
from tests.conftest import TODAY
from tests.support.build import perform

LEAD, TEAM, OTHER = "1" * 32, "a" * 32, "b" * 32


def client(store: Store, name: str = "周文敏", book: str = "", **fields: Any) -> ClientId:
    """A client, in a book when one is named."""

    def make(work: Any) -> ClientId:
        made = Client(name=name, **fields)
        work.add(made)
        work.flush()
        if book:
            work.add(SyncClient(client_id=made.id, wire_id=new_id(), book=book))
        return ClientId(made.id)

    found: ClientId = perform(store, make)
    return found


def visit(store: Store, of: ClientId, content: str = "谈了换汇", on: date = TODAY, **fields: Any) -> RecordId:
    """A visit that was held."""
    return store.perform(LogVisit(Entry(of, "phone", content, on=on, **fields))).result


def gift(store: Store, of: ClientId, title: str = "刻字镇纸") -> RecordId:
    """A gift that was given."""
    made = Gift(
        id=new_id(), client_id=of, state="given", title=title, cost_minor=9_900, currency="CNY", given_on=TODAY,
        entered_at=clock.now(),
    )  # fmt: skip
    perform(store, lambda work: work.add(made))
    return RecordId(made.id)


def complaint(store: Store, of: ClientId, *, closed: bool = True) -> RecordId:
    """A complaint, settled or not."""
    made = Complaint(
        id=new_id(), client_id=of, text="等了一个小时", severity=300, received_on=TODAY, allowed_days=15,
        state="closed" if closed else "open", closed_on=TODAY if closed else None,
    )  # fmt: skip
    perform(store, lambda work: work.add(made))
    return RecordId(made.id)


def be_lead(store: Store) -> None:
    """Whoever sits here leads the team, by the settings."""
    store.perform(ChangeSetting("general.role", "lead"))


def look_at_all(store: Store) -> None:
    """The sample draws every visit."""
    store.perform(ChangeSetting("team.review_share", 100))


def review(store: Store, entity: str, key: str, word: Word = Word.APPROVED, comment: str = "请补充") -> RecordId:
    """A word on a record."""
    return store.perform(ReviewRecord(entity, key, word, comment)).result


def book(number: int) -> str:
    """The id of a book."""
    return f"{number:032x}"


def join(store: Store, *, role: str = "lead", own: str = "") -> None:
    """This desk follows a hub; a team of two managers with books 1 and 2, another team's with book 9."""

    def make(work: Any) -> None:
        work.get(SyncControl, 1).joined = True
        me = {"user": LEAD, "name": "钱立", "role": role, "team": TEAM, "book": own}
        work.add(SyncState(name="me", value=me))
        people = (
            (LEAD, "钱立", role, own or None, TEAM),
            ("2" * 32, "王涛", "manager", book(1), TEAM),
            ("3" * 32, "李文静", "manager", book(2), TEAM),
            ("9" * 32, "孙外", "manager", book(9), OTHER),
        )
        for key, name, part, keeps, team in people:
            work.add(Colleague(id=key, name=name, role=part, book=keeps, team=team))
        followed = {own} if role == "manager" else {book(1), book(2), book(9), own}
        for kept in followed:
            if kept:
                work.add(SyncScope(id=f"book:{kept}", kind="book", write=kept == own, phase="live"))

    perform(store, make)
