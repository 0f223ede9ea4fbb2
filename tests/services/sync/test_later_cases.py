"""The catalogue of what goes wrong between desks and hub, at the desk: from poison to drift."""

from __future__ import annotations

import httpx
import pytest

from rmdesk.base.errors import Cancelled, Known, Trouble
from rmdesk.base.progress import Stoppable
from rmdesk.services.sync import guards, state
from rmdesk.services.sync.engine import sync_round
from rmdesk.services.sync.guards import AllowDeletions
from rmdesk.wire import messages as say
from tests.services.sync.conftest import Make
from tests.services.sync.doing import add, differences, edit, meet, texts, unsent
from tests.services.sync.small_hub import Person, SmallHub, answer
from tests.support import build


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
