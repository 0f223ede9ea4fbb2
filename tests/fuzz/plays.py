"""Histories played step by step, for faults that dice would bring about too seldom."""

from __future__ import annotations

from collections.abc import Callable

from rmdesk.models.kinds import Topic, new_id
from tests.fuzz.person import MADE, insert
from tests.fuzz.world import World, move_client
from tests.support import build


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


def typed_on(world: World) -> None:
    """A field is typed on while what was typed before is under way and has not arrived: nobody differs from himself."""
    desk, hub, url = world.desks[0], world.hubs.hub, world.proxy.url
    desk.person.note()
    desk.sync(hub, url)
    desk.person.change()
    desk.sync(hub, url, cut=True)
    desk.person.change()
    desk.sync(hub, url)


def emptied(world: World) -> None:
    """A field that a colleague has on screen is emptied: it is empty there, too."""
    here, there = world.desks[:2]
    hub, url = world.hubs.hub, world.proxy.url
    made = new_id()
    values = {**MADE["visit"], "id": made, "client_id": here.person.clients()[0], "content": "x", "place": "y"}
    build.perform(here.store, lambda work: insert(work, "visit", values))
    for desk in (here, there):
        desk.sync(hub, url)
    sql = "UPDATE visit SET place = NULL WHERE id = ?"
    build.perform(there.store, lambda work: work.bulk(sql, (made,), topics=set(Topic)))
    for desk in (there, here):
        desk.sync(hub, url)


def late_and_forgotten(world: World) -> None:
    """What came late is kept for the client's new manager; then the hub goes back to before, and the new manager's desk
    is the only one that has it.
    """
    old, new, hubs = world.desks[0], world.desks[-1], world.hubs
    old.person.note()
    for desk in (old, new):
        desk.sync(hubs.hub, world.proxy.url)
    client = next(one for one, book in hubs.clients().items() if book == old.member.book)
    move_client(hubs, client, new.member.book)
    old.person.change()
    hubs.keep()
    for desk in (old, new, old, new):
        desk.sync(hubs.hub, world.proxy.url)
    hubs.throw_back()
    world.proxy.upstream = hubs.hub.url
    for desk in (new, old):
        desk.sync(hubs.hub, world.proxy.url)


def crossing(world: World) -> None:
    """Two clients change places between the books that a lead follows: whichever book the lead's desk hears of first,
    one of them is told to leave after it came again from the other.
    """
    wang, li, lead = world.desks[0], world.desks[-2], world.desks[-1]
    hubs, url = world.hubs, world.proxy.url
    for desk in (wang, li):
        desk.person.note()
    for desk in (wang, li, lead):
        desk.sync(hubs.hub, url)
    books = hubs.clients()
    for client, book in books.items():
        move_client(hubs, client, li.member.book if book == wang.member.book else wang.member.book)
    for desk in (lead, wang, li):
        desk.sync(hubs.hub, url)


PLAYS: dict[str, Callable[[World], None]] = {
    "nodigest": other_bytes,
    "freshdelete": hidden_by_typing,
    "selfconflict": typed_on,
    "overlay": emptied,
    "exitall": crossing,
    "lateonce": late_and_forgotten,  # the last: the hub goes back
}
