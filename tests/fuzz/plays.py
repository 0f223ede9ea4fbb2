"""Histories played step by step, for faults that dice would bring about too seldom."""

from __future__ import annotations

from collections.abc import Callable

from tests.fuzz.world import World


def other_bytes(world: World) -> None:
    """An older file is put in place of one whose batch waits, tells another batch under the same number, and the newer
    file comes back: its batch must not be answered by what the other one was answered.
    """
    desk, url = world.desks[0], world.proxy.url
    desk.keep_copy()
    desk.person.note()
    desk.sync(world.hubs.hub, url, cut=True)  # the batch is written down, and never arrives
    world.swap(desk)
    desk.person.note()
    desk.sync(world.hubs.hub, url)
    world.swap(desk)
    desk.sync(world.hubs.hub, url)


def hidden_by_typing(world: World) -> None:
    """A field is typed on just before a colleague's value for it arrives, and then the record is deleted: what the
    colleague wrote was never on screen, and is stronger than the deletion.
    """
    here, there = world.desks[:2]
    hub, url = world.hubs.hub, world.proxy.url
    here.person.note()
    for desk in (here, there):
        desk.sync(hub, url)
    there.person.change()
    there.sync(hub, url)
    here.sync(hub, url, meanwhile=here.person.change)
    here.person.delete()
    here.sync(hub, url)


PLAYS: dict[str, Callable[[World], None]] = {"nodigest": other_bytes, "freshdelete": hidden_by_typing}
