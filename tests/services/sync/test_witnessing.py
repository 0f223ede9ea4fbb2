"""Case 43, with a hub: who has the key and rewrites a desk's log and its signed end is found out there and here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rmdesk.base.record import replace
from rmdesk.hub import inspecting
from rmdesk.services.audit import queries, words
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.chain import Broken, Fault, Verdict, hash_of
from rmdesk.services.audit.noting import noted, opened
from rmdesk.services.store import backup, restoring, witness
from rmdesk.services.store.engine import connect
from rmdesk.services.store.store import Store
from rmdesk.services.sync import address, login, state
from rmdesk.services.sync.engine import sync_round
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.sync.login import OneToken
from tests.services.sync.small_hub import Desk as SmallDesk
from tests.services.sync.small_hub import Person as SmallPerson
from tests.support.build import KEY
from tests.support.hub import HubUnderTest
from tests.support.real_desks import URL, Make, desks, entered, sync


@pytest.fixture
def desk_here(hub: HubUnderTest, template: Path, tmp_path: Path) -> Iterator[Make]:
    with desks(hub, template, tmp_path) as make:
        yield make


@pytest.fixture
def wang(hub: HubUnderTest, desk_here: Make) -> Store:
    """A desk with some entries, all of them told."""
    store = desk_here(hub.people.wang)
    for _ in range(5):
        noted(store, Act.VIEW, entity="client", entity_id=7)
    sync(hub, store)
    return store


def looked_at(store: Store) -> Verdict:
    return store.read(queries.verify, queries.end_of(store.folder, store.key))


def last(store: Store) -> int:
    return int(store.read(lambda reads: reads.value("SELECT max(seq) FROM audit_entry")))


def found(hub: HubUnderTest) -> list[tuple[str, int, str]]:
    return [(one.action, one.seq, one.why) for one in inspecting.desk_breaks(hub.core)]


def forged(store: Store, seq: int, *, cut: bool = False) -> None:
    """What somebody with the key can do: another entry, or none from there on, and all that would tell."""
    whole = store.read(lambda reads: list(queries.entries(reads)))
    kept, before = whole[: seq - 1], whole[seq - 2].hash
    for one in [] if cut else whole[seq - 1 :]:
        entity = "8" if one.seq == seq else one.entity_id
        new = replace(one, entity_id=entity, prev=before)
        kept.append(replace(new, hash=hash_of(new)))
        before = kept[-1].hash
    connection = connect(store.path, store.key)
    for trigger in ("audit_entry_stays", "audit_entry_remains"):
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute("DELETE FROM audit_entry")
    for one in kept:
        row = (one.seq, one.at, one.who, one.act, one.entity, one.entity_id, one.facts, one.prev, one.hash)
        connection.execute("INSERT INTO audit_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    connection.close()
    witness.keep(store.folder, store.key, kept[-1].seq, kept[-1].hash)


def test_the_hub_has_the_log_with_each_round(hub: HubUnderTest, wang: Store) -> None:
    assert looked_at(wang).hub == last(wang)
    noted(wang, Act.EXPORT)
    assert looked_at(wang).hub == last(wang) - 1
    sync(hub, wang)
    told = looked_at(wang)
    assert (told.broken, told.hub) == (None, last(wang))
    assert words.verdict_said(told).endswith(f"The hub has it up to entry {last(wang)}.")
    assert found(hub) == []


def test_case_43_a_log_rewritten_with_its_end_is_found_out(hub: HubUnderTest, wang: Store) -> None:
    forged(wang, 3)
    assert looked_at(wang).broken == Broken(last(wang), Fault.DIFFERS)  # even before the hub is asked
    connection = connect(wang.path, wang.key)
    connection.execute("DELETE FROM sync_state WHERE name = 'log'")
    connection.close()
    assert looked_at(wang).broken is None  # who has the key takes that away, too
    noted(wang, Act.LOCK)
    sync(hub, wang)
    assert looked_at(wang).broken == Broken(3, Fault.DIFFERS)
    assert "entry 3" in words.verdict_said(looked_at(wang))
    assert found(hub) == [("desk_log_broken", 3, "changed")]


def test_case_43_a_log_cut_off_with_its_end_is_found_out(hub: HubUnderTest, wang: Store) -> None:
    end = last(wang)
    forged(wang, end - 1, cut=True)
    sync(hub, wang)
    assert looked_at(wang).broken == Broken(end - 1, Fault.CUT)
    for _ in range(3):
        noted(wang, Act.LOCK)
    sync(hub, wang)
    assert looked_at(wang).broken == Broken(end - 1, Fault.DIFFERS)
    assert found(hub) == [("desk_log_broken", end - 1, "cut"), ("desk_log_broken", end, "changed")]


def test_a_restored_desk_goes_on_and_raises_no_alarm(hub: HubUnderTest, wang: Store) -> None:
    made = backup.make(wang)
    for _ in range(3):
        noted(wang, Act.VIEW)
    sync(hub, wang)
    wang.close()
    restoring.restore_over(made.path, wang.folder, KEY)
    again = Store(wang.path, KEY, "tester")
    opened(again, "window")
    for _ in range(2):
        sync(hub, again)
        noted(again, Act.VIEW)
        told = looked_at(again)
        assert (told.broken, told.hub) == (None, last(again) - 1)
    assert [one[0] for one in found(hub)] == ["desk_log_restored"]
    again.close()


def test_a_desk_that_joins_anew_tells_its_whole_log(hub: HubUnderTest, wang: Store) -> None:
    from rmdesk.services.sync.joining import LeaveHub

    wang.perform(LeaveHub(anyway=True))
    assert looked_at(wang).hub is None
    login.register(wang, URL, entered(hub, hub.people.wang), "laptop", hub.transport)
    enrolment = wang.read(lambda reads: state.get(reads, "enrolment"))
    hub.client(hub.people.admin).post(f"/v1/devices/{enrolment['device']}/approve")
    login.join(wang, hub.transport)
    sync(hub, wang)
    told = looked_at(wang)
    assert (told.broken, told.hub) == (None, last(wang))
    assert found(hub) == []


def test_an_older_hub_says_nothing_of_the_log(desk_of: Callable[..., SmallDesk], small_hub) -> None:
    person: SmallPerson = small_hub.person("王一")
    desk = desk_of(person)
    noted(desk.store, Act.VIEW)
    desk.sync()
    told = looked_at(desk.store)
    assert (told.broken, told.hub) == (None, None)


def test_a_round_without_news_is_one_request_of_less_than_a_thousand_bytes(
    hub: HubUnderTest, wang: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(hub, wang)
    asked: list[str] = []
    real = HubClient._send

    def send(client: HubClient, method: str, path: str, *more: Any) -> Any:
        asked.append(path)
        return real(client, method, path, *more)

    monkeypatch.setattr(HubClient, "_send", send)
    with HubClient(URL, OneToken(address.connect(wang, hub.transport).tokens.access()), hub.transport) as client:
        asked.clear()
        told = sync_round(wang, client)
    assert asked == ["/v1/hello"]
    assert told.sent_bytes + told.received_bytes <= 1000
    assert (looked_at(wang).hub, found(hub)) == (last(wang), [])
