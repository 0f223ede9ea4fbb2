"""Desks of other versions in one scope: what one does not know is not lost by it. Case 23."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rmdesk.base import clock
from rmdesk.hub.services import desks as greeting
from rmdesk.models.clients import Client
from rmdesk.models.kinds import Channel, ClientId
from rmdesk.services.store import profile
from rmdesk.services.store.store import Store
from rmdesk.services.sync import address
from rmdesk.services.sync.engine import Report, sync_round
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry
from rmdesk.services.visits.tasks import AddTask
from rmdesk.wire import shapes
from rmdesk.wire.messages import SCHEMA
from rmdesk.wire.registry import BY_NAME
from tests.hub.desks import Desk
from tests.hub.test_killed import joined
from tests.support import build
from tests.support.hub import HubUnderTest

ROOT = Path(__file__).parents[2]
OLDER = {"schema": SCHEMA - 1, "without": {"visit": ["mood", "district"], "task": []}}  # no moods, and no tasks at all
OLDEST = {"schema": SCHEMA - 2, "without": {"visit": ["mood", "district", "minutes"], "task": [], "promise": []}}
NEXT = {"schema": SCHEMA + 1, "more": {"visit": f"weather@{SCHEMA + 1}"}}
TOO_OLD = {"schema": SCHEMA - 3, "without": OLDEST["without"]}


@pytest.fixture(autouse=True)
def real_time() -> None:
    """Processes of their own know no other."""
    clock.fix(None)


def prospect(work: Any) -> None:
    work.add(Client(id=5, origin="desk", name="新客户", phone="13900000000"))


def other(folder: Path, version: dict[str, Any], *sql: str, read: tuple[str, ...] = ()) -> dict[str, Any]:
    """A round of a desk of another version."""
    told = json.dumps(version | {"sql": sql, "read": read})
    command = [sys.executable, "-m", "tests.support.other_version", str(folder)]
    done = subprocess.run(command, cwd=ROOT, input=told, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def sync(store: Store) -> Report:
    with address.connect(store) as client:
        return sync_round(store, client)


@pytest.mark.timeout(180)
def test_case_23_desks_of_five_versions_in_one_scope_lose_no_field(
    hub: HubUnderTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = {name: tmp_path / name for name in ("now", "older", "oldest", "next", "too_old")}
    monkeypatch.setattr(type(hub.core.settings), "most_devices", 9, raising=False)
    for folder in folders.values():
        with closing(profile.create(folder, who="王一", demo=True)) as store:
            if folder == folders["now"]:
                build.perform(store, prospect)
            joined(hub, hub.url, hub.people.wang, store)
    with closing(profile.open_demo(folders["now"])) as now:
        noted = Entry(ClientId(5), Channel.PHONE, "谈换汇", on=clock.today(), minutes=30, mood="calm", district="徐汇")
        visit = now.perform(LogVisit(noted)).result
        now.perform(AddTask("送资料", None, ClientId(5)))
        sync(now)

        edit = "UPDATE visit SET {} WHERE id = (SELECT id FROM visit LIMIT 1)".format
        assert other(folders["older"], OLDER, edit("content = '谈换汇五万'"))["refused"] == 0
        assert other(folders["oldest"], OLDEST, edit("purpose = '换汇'"))["refused"] == 0
        told = other(
            folders["next"], NEXT, edit("weather = '晴', next_step = '寄合同'"),
            read=("SELECT weather, sync_record.state FROM visit JOIN sync_record ON entity_id = visit.id",),
        )  # fmt: skip
        assert (told["refused"], told["mended"], told["found"]) == (0, 0, [[["晴", "dirty"]]])
        told = other(
            folders["too_old"], TOO_OLD, "INSERT INTO household (id, name) VALUES ('" + "a" * 32 + "', '王家')"
        )
        assert (told["push_only"], told["refused"]) == (True, 0)

        assert sync(now).mended == 0
        row = now.read(lambda reads: reads.one(f"SELECT {WHOLE} FROM visit"))
        assert row == ("谈换汇五万", "换汇", "calm", "徐汇", 30, "寄合同")
        assert now.read(lambda reads: reads.rows("SELECT text FROM task")) == [("送资料",)]
        assert now.read(lambda reads: reads.rows("SELECT name FROM household")) == [("王家",)]

    # The programs are renewed: what waited for that is there at once, without asking the hub for it again.
    with closing(profile.open_demo(folders["oldest"])) as renewed:
        assert sync(renewed).mended == 0
        assert renewed.read(lambda reads: reads.one(f"SELECT {WHOLE} FROM visit")) == row
        assert renewed.read(lambda reads: reads.rows("SELECT text FROM task")) == [("送资料",)]
    # And so is the hub: what the newest desk kept for itself until then is told.
    known = BY_NAME["visit"]
    monkeypatch.setitem(BY_NAME, "visit", replace(known, fields=known.fields + shapes.fields(NEXT["more"]["visit"])))  # type: ignore[index]
    monkeypatch.setattr(greeting, "SCHEMA", SCHEMA + 1)
    told = other(folders["next"], NEXT, read=("SELECT state FROM sync_record WHERE entity = 'visit'",))
    assert (told["refused"], told["found"]) == (0, [[["clean"]]])
    (kept,) = Desk(hub, hub.people.wang).fetch(visit)
    assert (kept.fields["weather"], kept.fields["content"]) == ("晴", "谈换汇五万")


WHOLE = "content, purpose, mood, district, minutes, next_step"
