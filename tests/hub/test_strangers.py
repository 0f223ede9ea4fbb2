"""A desk that had taken in clients of other books before it joined: they are named, and removed at a word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId
from rmdesk.services.sync import standing, strangers
from rmdesk.services.sync.parting import RemoveStrangers
from rmdesk.services.visits.tasks import AddTask
from tests.hub.desks import Desk
from tests.hub.services.test_bank_load import files, paths, take  # noqa: F401
from tests.support.hub import HubUnderTest
from tests.support.real_desks import desks, sync

CLIENTS = [("潜在客户",), ("周文敏",), ("王小明",)]  # the bank's names for the own ones, whatever the file here said


def taken_in(work: Any) -> None:
    work.add(Client(id=5, origin="desk", name="潜在客户", phone="13900000000"))
    for key, number, name in ((6, "0001", "自己的"), (7, "0003", "别人的"), (8, "0009", "谁也不认识")):
        work.add(Client(id=key, number=number, name=name))


def test_clients_of_other_books_are_named_and_go_at_a_word(
    hub: HubUnderTest,
    files: Path,  # noqa: F811
    template: Path,
    tmp_path: Path,
) -> None:
    take(hub, *paths(files))
    (tmp_path / "desks").mkdir()
    with desks(hub, template, tmp_path / "desks") as desk_of:
        desk = desk_of(hub.people.wang, taken_in)
        for client in (5, 6, 7):
            desk.perform(AddTask(f"事项{client}", None, ClientId(client)))
        assert desk.read(strangers.strangers) == ()  # what the books hold is not known yet
        sync(hub, desk)
        found = desk.read(strangers.strangers)
        assert {(one.name, one.number, one.records) for one in found} == {
            ("别人的", "0003", 1), ("谁也不认识", "0009", 0)
        }  # fmt: skip
        where = desk.read(standing.where)
        assert where is not None
        assert (where.strangers, where.strange_records) == (2, 1)
        assert desk.perform(RemoveStrangers()).result == 2
        assert desk.read(lambda reads: reads.rows("SELECT name FROM client ORDER BY id")) == CLIENTS
        assert desk.read(lambda reads: reads.rows("SELECT text FROM task ORDER BY text")) == [("事项5",), ("事项6",)]
        with pytest.raises(Refused):
            desk.perform(RemoveStrangers())
        report = sync(hub, desk)
        assert (report.mended, report.refused) == (0, 0)
        assert desk.read(lambda reads: reads.value("SELECT count(*) FROM sync_record WHERE state <> 'clean'")) == 0
        other = Desk(hub, hub.people.li)
        assert other.manifest().revs == {}  # nothing of it touched the other book
