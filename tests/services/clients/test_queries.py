"""The header, the origin of values, and the look-alikes of a client."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.models.clients import Branch, Client
from rmdesk.models.imports import Batch, BatchFile
from rmdesk.models.kinds import ClientId
from rmdesk.services.clients import facts, queries
from rmdesk.services.clients.rules import Details
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.conftest import TODAY
from tests.support.build import perform


def arrange_client(work: UnitOfWork) -> ClientId:
    work.add(Branch(id=1, code="01", name="城中支行"))
    for number, day in ((1, TODAY - timedelta(60)), (2, TODAY - timedelta(20))):
        work.add(Batch(id=number, at=clock.now(), who="x", as_of=day))
    work.flush()
    work.add(BatchFile(batch_id=1, name="old.csv", sha256="", layout="", rows=1))
    client = Client(
        number="000123",
        name="周文敏",
        phone="13812346620",
        id_number="11010519491231002X",
        birth_date="1975-11-21",
        address="某路 1 号",
        status="active",
        marketing_consent=False,
        branch_id=1,
        as_of=TODAY - timedelta(20),
        batch_id=2,
        older={"address": 1},
        kept={"pinyin": TODAY.isoformat()},
        pinyin="Zhōu Wénmǐn",
    )
    work.add(client)
    work.flush()
    return ClientId(client.id)


def test_the_header_masks_numbers_and_knows_the_age(store: Store) -> None:
    client = perform(store, arrange_client)
    header = store.read(queries.header_of, client)
    assert (header.age, header.phone, header.document) == (51, "138 •••• 6620", "•••• 002X")
    assert (header.branch, header.consent, header.risk_level, header.stale) == ("城中支行", False, None, False)
    assert store.read(queries.header_of, client, TODAY + timedelta(16)).stale


def test_a_merged_client_shows_the_one_it_went_into(store: Store) -> None:
    client = perform(store, arrange_client)

    def merge(work: UnitOfWork) -> int:
        old = Client(name="周文敏", merged_into=client)
        work.add(old)
        work.flush()
        return old.id

    old = perform(store, merge)
    assert store.read(queries.header_of, ClientId(old)).id == client
    with pytest.raises(Refused):
        store.read(queries.header_of, ClientId(999))


def test_each_value_names_the_hand_over_that_told_it(store: Store) -> None:
    client = perform(store, arrange_client)
    found = {fact.field: fact for fact in store.read(facts.facts_of, client)}
    assert (found["address"].batch, found["address"].file, found["address"].stale) == (1, "old.csv", True)
    assert (found["number"].batch, found["number"].file, found["number"].stale) == (2, "", False)
    assert (found["pinyin"].kept, found["pinyin"].told, found["pinyin"].batch) == (True, TODAY, None)
    assert found["phone"].value == "138 •••• 6620"
    assert "employer" not in found


def test_look_alikes_say_why(store: Store) -> None:
    client = perform(store, arrange_client)
    by_phone = store.read(queries.look_alikes, Details("别人", phone="13812346620"))
    assert [(row.id, row.why.said) for row in by_phone] == [(client, "same phone number")]
    assert store.read(queries.look_alikes, Details("周文敏"))[0].why.said == "same name"
    assert store.read(queries.look_alikes, Details("周文敏"), client) == ()
    assert store.read(queries.look_alikes, Details("无人")) == ()
