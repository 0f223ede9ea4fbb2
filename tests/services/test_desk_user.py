"""Who sits at the desk: by the hub once one is joined, else by the settings."""

from __future__ import annotations

from typing import Any

from rmdesk.services.desk_user import DeskUser, desk_user, named
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.store import Store
from rmdesk.services.sync import state
from tests.services.team import arrange
from tests.support.build import perform


def test_without_a_hub_the_settings_say_it(store: Store) -> None:
    assert store.read(desk_user) == DeskUser("", lead=False)
    store.perform(ChangeSetting("general.role", "lead"))
    store.perform(ChangeSetting("general.user_name", "钱立"))
    assert store.read(desk_user) == DeskUser("钱立", lead=True)


def test_with_a_hub_the_hub_says_it(store: Store) -> None:
    """As services/sync/state keeps it, which this must not import."""
    store.perform(ChangeSetting("general.role", "lead"))
    me = {"user": "1" * 32, "name": "李文静", "role": "manager", "team": "a" * 32, "book": "b" * 32}

    def join(work: Any) -> None:
        state.put(work, "me", me)

    perform(store, join)
    found, told = store.read(desk_user), store.read(state.who)
    assert told is not None
    assert found == DeskUser(told.name, False, True, told.user, told.team, told.book)
    assert not found.lead


def test_who_signed_is_named(store: Store) -> None:
    arrange.join(store)
    assert store.read(named, "2" * 32) == "王涛"
    assert store.read(named, "钱立") == "钱立"
