"""The catalogue of what goes wrong between desks and hub, at the desk: each case by its number."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from rmdesk.base.errors import Trouble
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId
from rmdesk.services.sync import state
from rmdesk.services.visits.tasks import AddTask, DoneTask
from tests.services.sync.conftest import Make
from tests.services.sync.doing import add, differences, drop, edit, meet, texts, unsent
from tests.services.sync.small_hub import Desk, Person, SmallHub
from tests.support import build


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
