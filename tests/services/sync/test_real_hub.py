"""Desks against a real hub over a real PostgreSQL: signing in, approval, and rounds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rmdesk.base.errors import Known, Refused
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.store.store import Store
from rmdesk.services.sync import address, repair, state
from rmdesk.services.sync.pulling import scopes
from rmdesk.services.visits.tasks import AddTask, EditTask
from tests.support.hub import HubUnderTest
from tests.support.real_desks import Make, desks, sync


@pytest.fixture
def desk_of(hub: HubUnderTest, template: Path, tmp_path: Path) -> Iterator[Make]:
    with desks(hub, template, tmp_path) as make:
        yield make


def prospect(work) -> None:
    work.add(Client(id=5, origin="desk", name="新客户", phone="13900000000"))


def texts(store: Store) -> list[str]:
    return sorted(row[0] for row in store.read(lambda reads: reads.rows("SELECT text FROM task")))


def test_two_desks_of_a_manager_and_the_leads_are_in_step(hub: HubUnderTest, desk_of: Make) -> None:
    one = desk_of(hub.people.wang, prospect)
    task = one.perform(AddTask("送资料", None, ClientId(5))).result
    report = sync(hub, one)
    assert (report.pushed, report.refused) == (2, 0)
    two, lead, other = desk_of(hub.people.wang), desk_of(hub.people.chen), desk_of(hub.people.sun)
    for desk in (two, lead, other):
        sync(hub, desk)
    assert texts(two) == texts(lead) == ["送资料"]
    assert texts(other) == []
    assert other.read(lambda reads: reads.value("SELECT count(*) FROM client")) == 0
    two.perform(EditTask(RecordId(task), "送新资料", None))
    for desk in (two, one, lead):
        sync(hub, desk)
    assert texts(one) == texts(two) == texts(lead) == ["送新资料"]
    for desk in (one, two, lead):
        for scope in desk.read(scopes):
            assert desk.read(repair.digest, scope.id) == scope.digest
        assert desk.read(lambda reads: reads.value("SELECT count(*) FROM sync_record WHERE state <> 'clean'")) == 0
    assert sync(hub, one).mended == 0


def test_a_desk_that_is_shut_out_is_told(hub: HubUnderTest, desk_of: Make) -> None:
    one = desk_of(hub.people.wang)
    device = one.read(state.who).device  # type: ignore[union-attr]
    hub.client(hub.people.admin).post(f"/v1/devices/{device}/revoke")
    with pytest.raises(Known) as trouble:
        sync(hub, one)
    assert trouble.value.code in ("signed_out", "not_let_in", "revoked")
    assert one.read(state.reached).error == trouble.value.code


@pytest.mark.parametrize("url", ["hub.example", "http://hub.example", "ftp://hub.example", ""])
def test_an_address_that_cannot_be_is_refused(url: str) -> None:
    with pytest.raises(Refused) as refused:
        address.checked(url)
    assert refused.value.field == "url"


def test_on_this_computer_plain_http_will_do() -> None:
    assert address.checked(" http://127.0.0.1:8000/ ") == "http://127.0.0.1:8000"
