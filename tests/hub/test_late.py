"""What a former manager wrote offline about clients who had moved on, and about the persons who went with them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from rmdesk.base import clock
from rmdesk.hub.services.handing.aside import kept
from rmdesk.models.clients import Client
from rmdesk.models.kinds import RecordId
from rmdesk.models.relations import Person, Relationship
from rmdesk.services.store.store import Store
from rmdesk.services.sync import queries
from rmdesk.services.sync.late import AcceptLate
from rmdesk.wire.ids import scope_id
from tests.hub.desks import Desk, client_in, item
from tests.hub.test_handover import hand_over
from tests.support import build
from tests.support.hub import HubUnderTest
from tests.support.real_desks import desks, sync


@pytest.fixture
def client(hub: HubUnderTest) -> str:
    return client_in(hub.core.database, hub.people.wang.book)


def shown(desk: Desk) -> set[tuple[Any, ...]]:
    desk.pull()
    late = (row.fields for row in desk.rows.values() if row.type == "late_edit")
    return {(one["entity"], one["entity_id"], one["client_id"]) for one in late}


def aside(hub: HubUnderTest) -> list[tuple[str, str]]:
    """What the hub keeps of late edits in the book of the new manager: which, and why."""
    with hub.core.database.transaction([scope_id("book", hub.people.li.book)]) as connection:
        found = connection.execute("SELECT item ->> 'type', reason FROM quarantine ORDER BY id")
        return sorted((row[0], row[1]) for row in found)


def grace(hub: HubUnderTest, until: date) -> None:
    with hub.core.database.transaction() as connection:
        connection.execute("UPDATE handover SET grace_until = %s", (until,))


def test_after_the_time_for_late_edits_they_are_kept_but_no_longer_shown(
    hub: HubUnderTest, client: str, wang: Desk, li: Desk
) -> None:
    visit = item("visit", client, content="一")
    wang.push(visit)
    hand_over(hub, [client], hub.people.li)
    late, again = (item("visit", client, visit.id, base=1, content=text) for text in ("及时", "太迟"))
    grace(hub, clock.today())
    assert wang.one(late).status == "handed_over"
    grace(hub, clock.today() - timedelta(days=1))
    assert wang.one(again).status == "handed_over"
    assert wang.one(again).status == "handed_over"  # told twice, kept once
    assert shown(li) == {("visit", visit.id, client)}
    assert aside(hub) == [("visit", "grace_over"), ("visit", "handed_over")]


def test_a_person_who_went_along_and_what_hangs_on_them_is_kept_for_the_new_manager(
    hub: HubUnderTest, client: str, wang: Desk, li: Desk
) -> None:
    other = client_in(hub.core.database, hub.people.wang.book)
    daughter, home = item("person", name="女儿"), item("household", name="一家")
    ties = [
        item("gift", client, to_person_id=daughter.id, title="茶"),
        item("household_member", client, household_id=home.id),
    ]
    wang.push(daughter, home, *ties)
    hand_over(hub, [other], hub.people.li)  # somebody else left before: not with them
    hand_over(hub, [client], hub.people.li)
    member = item("household_member", household_id=home.id, person_id=daughter.id)
    told = wang.push(
        item("person", None, daughter.id, base=1, name="女儿（留学）"),
        item("household", None, home.id, base=1, note="搬家了"),
        member,
    )
    assert [one.status for one in told.results] == ["handed_over"] * 3
    assert shown(li) == {
        ("person", daughter.id, client), ("household", home.id, client), ("household_member", member.id, client)
    }  # fmt: skip
    stranger = Desk(hub, hub.people.zhao)
    assert stranger.one(item("person", None, daughter.id, base=1, name="别人")).code == "unknown_client"


def test_a_person_edited_offline_reaches_the_new_manager_from_desk_to_desk(
    hub: HubUnderTest, template: Path, tmp_path: Path
) -> None:
    def family(work: Any) -> None:
        work.add(Client(id=5, origin="desk", name="新客户", phone="13900000000"))
        work.add(Person(id="d" * 32, name="小明"))
        work.flush()
        work.add(
            Relationship(id="e" * 32, kind="child", from_client_id=5, to_person_id="d" * 32, noted_on=clock.today())
        )

    def employed(work: Any) -> None:
        work.bulk("UPDATE person SET employer = '复旦大学'", topics=())

    with desks(hub, template, tmp_path) as desk_of:
        old, new = desk_of(hub.people.wang, family), desk_of(hub.people.li)
        sync(hub, old)
        wire = old.read(lambda reads: reads.value("SELECT wire_id FROM sync_client"))
        hand_over(hub, [wire], hub.people.li)
        build.perform(old, employed)
        report = sync(hub, old)
        assert (report.refused, report.handed_over) == (0, 1)
        assert people(old) == []
        sync(hub, new)
        (late,) = new.read(queries.late_edits)
        assert (late.entity, late.name) == ("person", "新客户")
        new.perform(AcceptLate(RecordId(late.id)))
        assert people(new) == [("小明", "复旦大学")]
        assert sync(hub, new, old).mended == 0


def people(store: Store) -> list[tuple[str, str]]:
    return store.read(lambda reads: reads.rows("SELECT name, employer FROM person"))


def test_who_keeps_the_hub_finds_what_is_kept_aside(hub: HubUnderTest, client: str, wang: Desk) -> None:
    hand_over(hub, [client], hub.people.li)
    assert wang.one(item("task", client, text="离线写的")).status == "handed_over"
    (one,) = kept(hub.core)
    assert (one.type, one.by, one.reason) == ("task", "王一", "handed_over")
    assert one.item["patch"]["text"]["value"] == "离线写的"
