"""A desk in a team goes back to a backup: the hub knows it again and gives back what it heard; nothing comes twice."""

from __future__ import annotations

from rmdesk.services.health import salvage
from rmdesk.services.store import backup, restoring
from rmdesk.services.store.store import Store
from tests.services.sync.doing import add, edit, meet, texts, unsent
from tests.services.sync.small_hub import Desk
from tests.support import pages
from tests.support.build import KEY


def again(desk: Desk) -> None:
    """Open the file anew, as after a restore."""
    desk.store = Store(desk.store.path, KEY, "tester")


def test_a_backup_takes_its_place_and_the_hub_fills_the_rest(pair: tuple[Desk, Desk]) -> None:
    one, two = pair
    task = add(one, "甲")
    one.sync()
    made = backup.make(one.store)
    edit(one, task, "甲二")
    add(one, "乙")
    one.sync()
    add(one, "not heard by anybody")
    one.store.close()
    aside = restoring.restore_over(made.path, one.store.folder, KEY)
    again(one)
    add(one, "丙")
    meet(one, two)
    assert texts(one) == texts(two) == ["丙", "乙", "甲二"]
    assert (unsent(one), unsent(two)) == (0, 0)
    assert aside is not None
    kept = Store(aside, KEY, "x")  # what no hub had heard is still there to be looked up
    assert kept.read(lambda reads: reads.value("SELECT count(*) FROM task WHERE text LIKE 'not heard%'")) == 1
    kept.close()
    one.store.close()


def test_what_was_saved_of_a_damaged_file_is_filled_by_the_hub(pair: tuple[Desk, Desk]) -> None:
    one, two = pair
    for number in range(40):
        add(one, f"{number:02} " + "长" * 300)
    meet(one, two)
    add(one, "not sent yet")
    one.store.close()
    found = pages.leaves(one.store.path, KEY, "task")
    pages.bend(one.store.path, found[len(found) // 2])
    saved = salvage.save(one.store.folder, KEY)
    assert set(saved.broken) == {"task"}
    again(one)
    assert len(texts(one)) < 41
    meet(one, two)
    assert len(texts(one)) == 41
    assert texts(one) == texts(two)
    one.store.close()
