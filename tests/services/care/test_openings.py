"""Which form a row opens, and what is filled in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rmdesk.base import clock
from rmdesk.base.record import replace
from rmdesk.models.gifts import Gift
from rmdesk.models.kinds import Channel, new_id
from rmdesk.services.care import queries
from rmdesk.services.care.openings import Opening, opening
from rmdesk.services.care.rows import CareItem, Step
from rmdesk.services.store.store import Store
from tests.services.care.arrange import WAN, Book, ago, book
from tests.support.build import perform


def only(store: Store) -> CareItem:
    (item,) = store.read(queries.care_day).items
    return item


def with_step(item: CareItem, step: Step) -> CareItem:
    return replace(item, action=replace(item.action, step=step))


def opened(store: Store, item: CareItem) -> Opening:
    return store.read(opening, item)


def test_a_complaint_is_settled_and_a_promise_kept(store: Store) -> None:
    def arrange(made: Book) -> None:
        client = made.client("投诉", 300 * WAN)
        made.visit(client, 60)
        made.complaint(client, 30)
        made.promise(client, 0)

    book(store, arrange)
    item = only(store)
    assert item.action.step is Step.RESOLVE
    assert opened(store, item) == Opening("settle")
    assert opened(store, with_step(item, Step.KEEP)) == Opening("keep")


def test_what_was_settled_meanwhile_becomes_a_contact(store: Store) -> None:
    def arrange(made: Book) -> None:
        made.visit(made.client("久违", 300 * WAN), 60)

    book(store, arrange)
    item = only(store)
    for step in (Step.RESOLVE, Step.KEEP):
        assert opened(store, with_step(item, step)).form == "visit"


@pytest.mark.parametrize(
    ("step", "channel"),
    [(Step.VISIT, Channel.AT_CLIENT), (Step.CALL, Channel.PHONE), (Step.MESSAGE, Channel.CHAT)],
)
def test_a_contact_comes_with_its_channel_and_purpose(store: Store, step: Step, channel: Channel) -> None:
    def arrange(made: Book) -> None:
        made.visit(made.client("久违", 300 * WAN), 60)

    book(store, arrange)
    made = opened(store, with_step(only(store), step))
    assert (made.form, made.channel, str(made.purpose)) == ("visit", channel, "Keep in touch")


def test_a_renewal_names_what_matures(store: Store) -> None:
    def arrange(made: Book) -> None:
        client = made.client("到期", 10 * WAN)
        made.visit(client, 1)
        made.matures(client, 5, 60 * WAN)

    book(store, arrange)
    made = opened(store, only(store))
    assert (made.form, made.channel) == ("visit", Channel.PHONE)
    assert str(made.purpose).startswith("Renewal: Wealth product 600")


def test_a_meeting_is_planned_and_a_planned_visit_logged(store: Store) -> None:
    def arrange(made: Book) -> int:
        client = made.client("久违", 300 * WAN)
        made.visit(client, 60)
        return client

    client = book(store, arrange)
    item = only(store)
    assert opened(store, with_step(item, Step.MEET)).form == "plan"

    def plan(work: Any) -> None:
        Book(work).visit(client, 0, state="planned", channel="at_client")
        Book(work).visit(client, -3, state="planned", channel="branch")

    perform(store, plan)
    sql = "SELECT id FROM visit WHERE state = 'planned' AND \"on\" = ?"
    visit = store.read(lambda reads: reads.value(sql, (f"{ago(0)}",)))
    assert opened(store, with_step(item, Step.VISIT)) == Opening("visit", visit=visit)


@pytest.mark.parametrize(("born", "form"), [("1975-12-01", "gift"), ("1975-11-24", "greet"), ("1975-11-20", "greet")])
def test_a_gift_while_there_is_time_then_the_greeting(store: Store, born: str, form: str) -> None:
    def arrange(made: Book) -> None:
        made.visit(made.client("寿星", 1240 * WAN, birth_date=born), 1)

    book(store, arrange)
    item = only(store)
    made = opened(store, with_step(item, Step.CARD))
    assert (made.form, made.key, made.kind) == (form, "birthday", "birthday")
    assert made.day == date(2026, int(born[5:7]), int(born[8:]))
    assert opened(store, with_step(item, Step.MESSAGE)).form == "greet"


def test_a_gift_on_its_way_leaves_the_greeting(store: Store) -> None:
    def arrange(made: Book) -> None:
        client = made.client("寿星", 1240 * WAN, birth_date="1975-12-01")
        made.visit(client, 1)
        made.work.add(Gift(id=new_id(), client_id=client, state="bought", title="书", entered_at=clock.now()))

    book(store, arrange)
    assert opened(store, with_step(only(store), Step.CARD)).form == "greet"
