"""The catalogue of what goes wrong between desks and hub, at the desk: each case by its number."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from rmdesk.base.errors import Cancelled, Known, Trouble
from rmdesk.base.progress import Stoppable
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.sync import guards, state
from rmdesk.services.sync.engine import sync_round
from rmdesk.services.sync.guards import AllowDeletions
from rmdesk.services.visits.tasks import AddTask, DoneTask, EditTask
from rmdesk.wire import messages as say
from tests.services.sync.conftest import Make
from tests.services.sync.small_hub import Desk, Person, SmallHub, answer
from tests.support import build


def add(desk: Desk, text: str, client: int | None = 1) -> RecordId:
    return desk.store.perform(AddTask(text, None, None if client is None else desk.at(client))).result


def edit(desk: Desk, task: str, text: str) -> None:
    desk.store.perform(EditTask(RecordId(task), text, None))


def drop(desk: Desk, task: str) -> None:
    build.perform(desk.store, lambda work: work.bulk("DELETE FROM task WHERE id = ?", (task,), topics=()))


def texts(desk: Desk) -> list[str]:
    return sorted(row[0] for row in desk.rows("SELECT text FROM task"))


def unsent(desk: Desk) -> int:
    return desk.value("SELECT count(*) FROM sync_record WHERE state <> 'clean'")


def differences(desk: Desk) -> list[str]:
    sql = "SELECT json_extract(d.value, '$.value') FROM sync_record, json_each(conflicts) d"
    return sorted(row[0] for row in desk.rows(sql))


def meet(*desks: Desk) -> None:
    for _turn in range(2):
        for desk in desks:
            desk.sync()


@pytest.fixture
def pair(desk_of: Make, wang: Person) -> tuple[Desk, Desk]:
    one, two = desk_of(wang), desk_of(wang)
    meet(one, two)
    return one, two


def cut(path: str, *, times: int = 1) -> Callable[[str, bytes], httpx.Response | None]:
    """Loses what belongs to the first requests of a path."""
    left = [times]

    def lose(asked: str, body: bytes) -> httpx.Response | None:
        if asked == path and left[0]:
            left[0] -= 1
            raise httpx.ReadTimeout("lost")
        return None

    return lose


@pytest.mark.parametrize("lost", ["before", "after"])
def test_cases_1_and_2_request_or_answer_lost(pair, small_hub: SmallHub, lost: str) -> None:
    one, two = pair
    add(one, "送资料")
    setattr(small_hub, lost, cut("/v1/sync/push"))
    with pytest.raises(Trouble) as trouble:
        one.sync()
    assert trouble.value.code == "hub_unreachable"
    assert one.store.read(state.reached).error == "hub_unreachable"
    first = [body for path, body in small_hub.asked if path == "/v1/sync/push"][-1]
    edit(one, one.value("SELECT id FROM task"), "送新资料")
    one.sync()
    again = [body for path, body in small_hub.asked if path == "/v1/sync/push"]
    assert again[-2] == first  # the very same bytes, whatever was typed meanwhile
    two.sync()
    assert texts(one) == texts(two) == ["送新资料"]
    assert differences(one) == []
    assert one.store.read(state.reached).error == ""


def test_cases_3_and_4_answers_and_pushes_told_again(pair, small_hub: SmallHub) -> None:
    one, two = pair
    add(one, "甲")
    one.sync()
    old = next(body for path, body in small_hub.asked if path == "/v1/sync/push")
    add(one, "乙")
    one.sync()
    with one.client() as client, pytest.raises(Exception, match="restored"):
        client.push(old)
    meet(one, two)
    assert texts(one) == texts(two) == ["乙", "甲"]


def test_case_5_a_restored_file_goes_on_and_loses_nothing(pair, small_hub: SmallHub, tmp_path) -> None:
    one, two = pair
    task = add(one, "甲")
    one.sync()
    backup = tmp_path / "copy.db"
    one.value("PRAGMA wal_checkpoint(TRUNCATE)")
    backup.write_bytes(one.store.path.read_bytes())
    edit(one, task, "甲二")
    one.sync()
    add(one, "乙")
    one.sync()
    one.store.close()
    one.store.path.write_bytes(backup.read_bytes())
    for suffix in ("-wal", "-shm"):
        one.store.path.with_name(one.store.path.name + suffix).unlink(missing_ok=True)
    one.store = type(one.store)(one.store.path, build.KEY, "tester")
    add(one, "丙")
    meet(one, two)
    assert texts(one) == texts(two) == ["丙", "乙", "甲二"]
    one.store.close()


@pytest.mark.parametrize("first", [0, 1])
def test_case_6_the_same_field_at_two_desks(pair, first: int) -> None:
    one, two = pair
    task = add(one, "甲")
    meet(one, two)
    edit(one, task, "一")
    edit(two, task, "二")
    meet(pair[first], pair[1 - first])
    assert texts(one) == texts(two)
    assert differences(one) == differences(two)
    assert sorted([*texts(one), *differences(one)]) == ["一", "二"]


def test_case_7_different_fields_at_two_desks(pair) -> None:
    one, two = pair
    task = add(one, "甲")
    meet(one, two)
    edit(one, task, "一")
    two.store.perform(DoneTask(task))
    meet(one, two)
    assert one.rows("SELECT text, state FROM task") == two.rows("SELECT text, state FROM task") == [("一", "done")]
    assert differences(one) == differences(two) == []


@pytest.mark.parametrize("first", [0, 1])
def test_case_8_an_edit_is_stronger_than_a_deletion(pair, first: int) -> None:
    one, two = pair
    task = add(one, "甲")
    meet(one, two)
    edit(one, task, "一")
    drop(two, task)
    meet(pair[first], pair[1 - first])
    assert texts(one) == texts(two) == ["一"]


def test_case_9_what_is_deleted_does_not_come_back(pair, desk_of: Make, wang: Person) -> None:
    one, two = pair
    task = add(one, "甲")
    meet(one, two)
    drop(one, task)
    meet(one, two)
    assert texts(one) == texts(two) == texts_after_first(desk_of(wang)) == []
    assert two.rows("SELECT * FROM sync_record WHERE entity = 'task'") == []


def texts_after_first(desk: Desk) -> list[str]:
    desk.sync()
    return texts(desk)


def test_case_10_typing_while_a_push_is_under_way(pair, small_hub: SmallHub) -> None:
    one, two = pair
    task = add(one, "甲")
    meet(one, two)
    edit(one, task, "甲二")

    def type_on(path: str, body: bytes) -> None:
        if path == "/v1/sync/push":
            small_hub.after = lambda *_: None
            edit(one, task, "甲三")

    small_hub.after = type_on
    one.sync()
    meet(one, two)
    assert texts(one) == texts(two) == ["甲三"]
    assert differences(one) == []


def test_case_10_typing_while_the_sent_value_becomes_a_difference(pair, small_hub: SmallHub) -> None:
    one, two = pair
    task = add(one, "甲")
    meet(one, two)
    edit(two, task, "别人")
    two.sync()
    edit(one, task, "我")

    def type_on(path: str, body: bytes) -> None:
        if path == "/v1/sync/push":
            small_hub.after = lambda *_: None
            edit(one, task, "我又")

    small_hub.after = type_on
    meet(one, two)
    assert texts(one) == texts(two) == ["别人"]
    assert set(differences(one)) == {"我", "我又"}


@pytest.mark.parametrize("page", [1, 2, 500])
def test_case_12_pages_of_any_size_miss_nothing(desk_of: Make, wang: Person, small_hub: SmallHub, page: int) -> None:
    one = desk_of(wang)
    for number in range(7):
        add(one, f"{number}")
    one.sync()
    small_hub.shown = page
    two = desk_of(wang)
    turns = [0]

    def change(path: str, body: bytes) -> None:
        turns[0] += 1
        if turns[0] == 4:  # somebody writes between two pages
            edit(one, one.value("SELECT id FROM task WHERE text = '0'"), "neu")
            one.sync()

    small_hub.after = change
    two.sync()
    small_hub.after = lambda *_: None
    two.sync()
    assert texts(two) == texts(one) == ["1", "2", "3", "4", "5", "6", "neu"]


def test_case_15_a_client_goes_and_comes_back(desk_of: Make, small_hub: SmallHub, wang: Person) -> None:
    li = small_hub.person("李二")
    one, other = prospect_desk(desk_of, wang), desk_of(li)
    client = one.value("SELECT wire_id FROM sync_client JOIN client c ON c.id = client_id WHERE c.origin = 'desk'")
    meet(one, other)
    small_hub.hand_over(client, li.book)
    small_hub.hand_over(client, wang.book)
    meet(one, other)
    assert texts(one) == ["给新客户"]
    assert texts(other) == []
    small_hub.hand_over(client, li.book)
    meet(one, other)
    assert texts(one) == []
    assert texts(other) == ["给新客户"]
    assert one.rows("SELECT id FROM client WHERE origin = 'desk'") == []
    assert [receipt.client for receipt in small_hub.receipts] == [client] * len(small_hub.receipts)
    assert small_hub.receipts[-1].counts["task"] == 1


def prospect_desk(desk_of: Make, person: Person) -> Desk:
    def prospect(work) -> None:
        work.add(Client(id=77, origin="desk", name="新客户", phone="13900000000"))

    desk = desk_of(person, fill=prospect)
    desk.store.perform(AddTask("给新客户", None, ClientId(77)))
    return desk


def test_case_14_edits_made_offline_before_a_hand_over_are_kept_aside(
    desk_of: Make, small_hub: SmallHub, wang: Person
) -> None:
    li = small_hub.person("李二")
    one, other, lead = prospect_desk(desk_of, wang), desk_of(li), desk_of(small_hub.person("韩", "lead", book=False))
    client = one.value("SELECT wire_id FROM sync_client WHERE client_id = 77")
    meet(one, other, lead)
    assert texts(lead) == ["给新客户"]
    small_hub.hand_over(client, li.book)
    edit(one, one.value("SELECT id FROM task"), "离线写的")
    add(one, "离线新写", None)
    meet(one, other, lead)
    assert [item.patch["text"].value for item in small_hub.aside] == ["离线写的"]
    assert texts(one) == ["离线新写"]
    assert texts(other) == ["给新客户"]
    assert texts(lead) == ["离线新写", "给新客户"]
    assert lead.rows("SELECT count(*) FROM client WHERE origin = 'desk'") == [(1,)]
    assert unsent(one) == 0


def test_case_19_a_poisoned_record_holds_up_no_other(pair, small_hub: SmallHub) -> None:
    one, two = pair
    small_hub.refuse = lambda item: "kind" if item.patch.get("text", say.Edit("")).value == "毒" else ""
    bad = add(one, "毒")
    for number in range(4):
        add(one, f"{number}")
    report = one.sync()
    assert (report.pushed, report.refused) == (4, 1)
    assert one.rows("SELECT entity_id, state FROM sync_record WHERE state <> 'clean'") == [(bad, "refused")]
    assert one.sync().refused == 0  # not asked again and again
    edit(one, bad, "好")
    meet(one, two)
    assert texts(two) == ["0", "1", "2", "3", "好"]


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (answer(500, b"oops", {}), "hub_failed"),
        (answer(503, b"{}", {"retry-after": "7"}), "hub_busy"),
        (answer(429, b"", {"retry-after": "7"}), "hub_busy"),
        (answer(200, b"<html>Welcome to the hotel</html>", {"content-type": "text/html"}), "not_a_hub"),
        (answer(302, b"", {"location": "http://hotel"}), "not_a_hub"),
        (answer(200, b'{"push_no": "x"}', {"content-type": "application/json"}), "not_a_hub"),
        (answer(200, b"\x28\xb5\x2f\xfdxxxx", {"content-encoding": "zstd"}), "not_a_hub"),
        (answer(401, b"{}", {}), "signed_out"),
        (answer(403, b'{"code": "device"}', {}), "not_let_in"),
        (answer(426, b'{"code": "too_old"}', {}), "too_old"),
        (answer(422, b'{"code": "message"}', {}), "hub_refused"),
    ],
)  # fmt: skip
def test_case_20_what_is_not_an_answer_changes_nothing(
    desk_of: Make, wang: Person, small_hub: SmallHub, reply: httpx.Response, code: str
) -> None:
    one = desk_of(wang)
    add(one, "甲")
    before = one.rows("SELECT entity_id, dirty ->> 'text', state FROM sync_record")
    body = reply.stream
    for path in ("/v1/hello", "/v1/sync/push"):
        small_hub.before = lambda asked, _, at=path: (
            httpx.Response(reply.status_code, headers=reply.headers, stream=body) if asked == at else None
        )
        with pytest.raises(Known) as trouble:
            one.sync()
        assert trouble.value.code == code
        assert one.store.read(state.reached).error == code
        assert one.rows("SELECT entity_id, dirty ->> 'text', state FROM sync_record") == before
    small_hub.before = lambda *_: None
    one.sync()
    assert unsent(one) == 0


def test_case_21_the_hub_went_back_to_a_copy(pair, small_hub: SmallHub) -> None:
    one, two = pair
    kept = add(one, "甲")
    meet(one, two)
    small_hub.backup()
    edit(one, kept, "甲二")
    later = add(two, "乙")
    meet(one, two)
    small_hub.restore()
    edit(two, later, "乙二")
    meet(one, two)
    assert texts(one) == texts(two)
    # What one desk told again stood there when the other told what was written on it since: both are kept.
    assert (
        sorted([*texts(one), *differences(one)]) == sorted([*texts(two), *differences(two)]) == ["乙", "乙二", "甲二"]
    )
    assert one.store.read(state.epoch) == 2
    assert unsent(one) == unsent(two) == 0


def test_case_23_what_a_newer_program_says_is_kept(pair, small_hub: SmallHub, monkeypatch) -> None:
    one, two = pair
    task = add(one, "甲")
    meet(one, two)
    feed = small_hub.feed(f"book:{small_hub.people[next(iter(small_hub.people))].book}")
    row = feed.rows[task]
    row.fields["colour"] = "blau"
    row.rev += 1
    feed.put(row)
    strange = say.Row("horoscope", "5" * 32, row.scope, 1, fields={"sign": "鼠"})
    feed.put(strange)
    two.sync()
    waiting = two.rows("SELECT entity, json_extract(row, '$.fields.colour') FROM sync_waiting ORDER BY entity")
    assert waiting == [("horoscope", None), ("task", "blau")]
    assert two.sync().mended == 0  # it counts as held
    edit(two, task, "乙")
    two.sync()
    assert feed.rows[task].fields["colour"] == "blau"
    assert feed.rows[task].fields["text"] == "乙"


class StopAt(Stoppable):
    """Asks the work to stop at its n-th step."""

    def __init__(self, step: int) -> None:
        super().__init__()
        self.left = step

    def show(self, done: int, total: int, text: str) -> None:
        self.left -= 1
        if self.left <= 0:
            self.stop()


def test_case_24_a_first_load_cut_off_at_every_page_goes_on(desk_of: Make, wang: Person, small_hub: SmallHub) -> None:
    one = desk_of(wang)
    for number in range(9):
        add(one, f"{number}")
    one.sync()
    small_hub.shown = 2
    two = desk_of(wang)
    small_hub.asked.clear()
    for _try in range(12):
        try:
            with two.client() as client:
                sync_round(two.store, client, StopAt(5))
        except Cancelled:
            continue
        break
    pages = [body for path, body in small_hub.asked if path == "/v1/sync/first"]
    assert len(pages) == len(set(pages))  # no page was asked for twice
    assert len(texts(two)) == 9


def test_case_25_many_deletions_wait_for_a_word(pair, small_hub: SmallHub) -> None:
    one, two = pair
    for number in range(guards.FEW + 10):
        add(one, f"{number}")
    meet(one, two)
    build.perform(one.store, lambda work: work.bulk("DELETE FROM task", topics=()))
    assert one.sync().pushed == 0
    assert one.store.read(guards.asked).outgoing == guards.FEW + 10
    add(one, "still told")
    assert one.sync().pushed == 1
    one.store.perform(AllowDeletions())
    one.sync()
    assert unsent(one) == 0
    assert two.sync().asks
    assert len(texts(two)) == guards.FEW + 10
    assert two.store.read(guards.asked).incoming == guards.FEW + 10
    two.store.perform(AllowDeletions())
    two.sync()
    assert texts(two) == ["still told"]
    assert two.store.read(guards.asked) == guards.Asked()


def test_case_29_what_was_changed_behind_the_engine_is_found_and_mended(pair, small_hub: SmallHub) -> None:
    one, two = pair
    first, second, third = add(one, "甲"), add(one, "乙"), add(one, "丙")
    meet(one, two)

    def plant(work) -> None:
        work.bulk("UPDATE sync_control SET applying = 1", topics=())
        work.bulk("DELETE FROM task WHERE id = ?", (first,), topics=())
        work.bulk("DELETE FROM task WHERE id = ?", (second,), topics=())
        work.bulk("DELETE FROM sync_record WHERE entity_id = ?", (second,), topics=())
        work.bulk("UPDATE sync_record SET rev = rev - 1 WHERE entity_id = ?", (third,), topics=())
        work.bulk("UPDATE sync_control SET applying = 0", topics=())

    build.perform(two.store, plant)
    fresh = add(two, "丁")
    report = two.sync()
    assert report.mended == 3
    assert texts(two) == sorted(["甲", "乙", "丙", "丁"])
    assert two.sync().mended == 0
    assert small_hub.feed(f"book:{next(iter(small_hub.people.values())).book}").rows[fresh].fields["text"] == "丁"


def test_two_rounds_at_once_are_one(pair) -> None:
    one, _two = pair
    caught = []

    def again(path: str, body: bytes) -> None:
        if path == "/v1/hello":
            try:
                with one.client() as client:
                    sync_round(one.store, client)
            except Trouble as trouble:
                caught.append(trouble.code)

    one.hub.before = again
    one.sync()
    assert caught == ["syncing"]
