"""Undo performs the inverse as an ordinary command, and what is seen afterwards is what was seen before."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from rmdesk.base.errors import Refused, Trouble
from rmdesk.services.settings import general
from rmdesk.services.settings import queries as settings
from rmdesk.services.settings.commands import ChangeSetting, DeleteView, RenameView, SaveView
from rmdesk.services.store.command import Command
from rmdesk.services.store.store import Store
from rmdesk.services.store.undo import UndoStack
from tests.support.build import Do


def seen(store: Store) -> tuple[Any, ...]:
    return store.read(settings.all_values), store.read(settings.views_of, "clients")


def do(store: Store, stack: UndoStack, command: Command[Any]) -> Any:
    outcome = store.perform(command)
    stack.did(outcome)
    return outcome.result


def test_undoing_everything_and_doing_it_again_restores_each_view(store: Store) -> None:
    stack, views = UndoStack(store), [seen(store)]
    view = do(store, stack, SaveView("clients", "重点客户", {"tier": ["T1"]}))
    views.append(seen(store))
    for command in (
        ChangeSetting("general.text_size", 120),
        ChangeSetting("general.text_size", 130),
        ChangeSetting("general.fx_rates", {"USD": "7.1"}),
        SaveView("clients", "重点客户", {"tier": ["T1", "T2"]}),
        RenameView(view, "名单"),
        DeleteView(view),
        ChangeSetting("general.text_size", 100),
    ):
        do(store, stack, command)
        views.append(seen(store))
    assert all(one != other for one, other in itertools.pairwise(views))
    for expected in reversed(views[:-1]):
        stack.undo()
        assert seen(store) == expected
    assert stack.undo() is None
    for expected in views[1:]:
        stack.redo()
        assert seen(store) == expected
    assert stack.redo() is None


def test_the_labels_are_those_of_the_commands(store: Store) -> None:
    stack = UndoStack(store)
    assert (stack.undo_label, stack.redo_label) == (None, None)
    do(store, stack, SaveView("clients", "a", {}))
    assert (stack.undo_label, stack.redo_label) == ("Save view", None)
    stack.undo()
    assert (stack.undo_label, stack.redo_label) == (None, "Save view")


def test_a_new_command_forgets_what_could_be_redone(store: Store) -> None:
    stack = UndoStack(store)
    do(store, stack, ChangeSetting("general.text_size", 120))
    stack.undo()
    do(store, stack, ChangeSetting("general.text_size", 130))
    assert stack.redo_label is None


def test_what_has_no_inverse_is_not_kept(store: Store) -> None:
    stack = UndoStack(store)
    do(store, stack, ChangeSetting("general.text_size", 100))  # changes nothing
    do(store, stack, Do(lambda work: None))
    assert stack.undo() is None


def test_it_is_bounded(store: Store) -> None:
    stack = UndoStack(store, kept=3)
    for size in (110, 120, 130, 140, 150):
        do(store, stack, ChangeSetting("general.text_size", size))
    while stack.undo():
        pass
    assert store.read(settings.value, general.TEXT_SIZE) == 120


def test_a_refused_step_is_dropped_and_the_one_before_it_can_be_undone(store: Store) -> None:
    stack = UndoStack(store)
    do(store, stack, ChangeSetting("general.text_size", 120))
    view = do(store, stack, SaveView("clients", "a", {}))
    store.perform(DeleteView(view))  # behind the stack's back
    with pytest.raises(Refused, match="no longer exists"):
        stack.undo()
    stack.undo()
    assert store.read(settings.value, general.TEXT_SIZE) == 100


def test_after_trouble_the_step_can_be_tried_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    stack = UndoStack(store)
    do(store, stack, ChangeSetting("general.text_size", 120))

    def full(*_arguments: object) -> None:
        raise Trouble("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(store, "perform", full)
        with pytest.raises(Trouble):
            stack.undo()
    stack.undo()
    assert store.read(settings.value, general.TEXT_SIZE) == 100


def test_a_locked_desk_forgets(store: Store) -> None:
    stack = UndoStack(store)
    do(store, stack, ChangeSetting("general.text_size", 120))
    stack.clear()
    assert stack.undo() is None
