"""What one desk settles is settled at the others; what is opened again there is open again everywhere."""

from __future__ import annotations

import pytest

from rmdesk.models.kinds import RecordId
from rmdesk.services.store.undo import UndoStack
from rmdesk.services.sync import queries
from rmdesk.services.sync.settling import RetryRefused, Settle, TakeTheirs
from tests.services.sync.conftest import Make
from tests.services.sync.small_hub import Desk, Person, SmallHub
from tests.services.sync.test_cases import add, differences, edit, meet, texts, unsent

Pair = tuple[Desk, Desk, RecordId]


@pytest.fixture
def differing(desk_of: Make, wang: Person) -> Pair:
    """Two desks that wrote different things unseen: the first one's is current."""
    one, two = desk_of(wang), desk_of(wang)
    meet(one, two)
    task = add(one, "原文")
    meet(one, two)
    edit(one, task, "一的版本")
    edit(two, task, "二的版本")
    meet(one, two)
    assert differences(one) == differences(two) == ["二的版本"]
    return one, two, task


def settle(desk: Desk, task: str, *, other: bool = False, text: str | None = None) -> UndoStack:
    (row,) = desk.store.read(queries.differences)
    choice = row.versions[1].conflict if other else ""
    stack = UndoStack(desk.store)
    stack.did(desk.store.perform(Settle("task", task, "text", choice, text)))
    return stack


@pytest.mark.parametrize(
    ("how", "holds"), [({}, "一的版本"), ({"other": True}, "二的版本"), ({"text": "合并后的版本"}, "合并后的版本")]
)
def test_settled_here_is_settled_there(differing: Pair, how: dict, holds: str) -> None:
    one, two, task = differing
    settle(two, task, **how)
    assert differences(two) == []
    meet(two, one)
    assert texts(one) == texts(two) == [holds]
    assert differences(one) == differences(two) == []
    assert unsent(one) == unsent(two) == 0


def test_undone_after_the_hub_heard_is_open_again_everywhere(differing: Pair) -> None:
    one, two, task = differing
    stack = settle(one, task, other=True)
    meet(one, two)
    assert texts(two) == ["二的版本"]
    stack.undo()
    meet(one, two)
    assert texts(one) == texts(two) == ["一的版本"]
    assert differences(one) == differences(two) == ["二的版本"]
    stack.redo()
    meet(one, two)
    assert texts(one) == texts(two) == ["二的版本"]
    assert differences(one) == differences(two) == []


def test_an_edit_meanwhile_is_not_lost_by_settling(differing: Pair) -> None:
    one, two, task = differing
    edit(two, task, "二的第三版")
    settle(one, task, text="一的决定")
    meet(one, two)
    assert texts(one) == texts(two)
    assert sorted((*texts(one), *differences(one))) == sorted(("一的决定", "二的第三版"))


def test_the_teams_version_comes_with_the_next_round(differing: Pair, small_hub: SmallHub) -> None:
    one, two, task = differing
    settle(one, task)
    meet(one, two)
    small_hub.refuse = lambda item: "too_long"
    edit(one, task, "太长的版本")
    one.sync()
    (row,) = one.store.read(queries.refused)
    assert (row.code, row.known) == ("too_long", True)
    one.store.perform(TakeTheirs("task", task))
    small_hub.refuse = lambda item: ""
    one.sync()
    assert texts(one) == ["一的版本"]
    assert unsent(one) == 0


def test_what_the_team_never_had_is_removed(differing: Pair, small_hub: SmallHub) -> None:
    one, _two, _task = differing
    small_hub.refuse = lambda item: "too_long"
    made = add(one, "不被接收")
    one.sync()
    assert [row.known for row in one.store.read(queries.refused)] == [False]
    one.store.perform(TakeTheirs("task", made))
    assert one.value("SELECT count(*) FROM task WHERE text = '不被接收'") == 0
    small_hub.refuse = lambda item: ""
    one.sync()
    assert unsent(one) == 0


def test_sent_once_more_it_is_taken(differing: Pair, small_hub: SmallHub) -> None:
    one, two, _task = differing
    small_hub.refuse = lambda item: "too_long"
    made = add(one, "起初不被接收")
    one.sync()
    small_hub.refuse = lambda item: ""
    one.store.perform(RetryRefused("task", made))
    meet(one, two)
    assert "起初不被接收" in texts(two)
