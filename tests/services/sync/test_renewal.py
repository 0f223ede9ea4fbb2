"""A newer program over a file that follows a hub: edits are noted its way from the first one on."""

from __future__ import annotations

from rmdesk.services.store.store import Store
from rmdesk.services.sync import state
from rmdesk.services.sync.renewal import renew
from rmdesk.services.visits.tasks import AddTask
from tests.support import build, team


def marked(store: Store) -> int:
    sql = "SELECT count(*) FROM sync_record WHERE entity = 'task' AND state = 'dirty'"
    return int(store.read(lambda reads: reads.value(sql)))


def older(work) -> None:
    """As an older program left it, which knew of no tasks."""
    for what in ("insert", "update", "delete"):
        work.bulk(f"DROP TRIGGER sync_task_{what}", topics=())
    state.put(work, "tracking", "older")


def test_what_an_older_program_did_not_note_is_noted_from_the_first_edit_on(store: Store) -> None:
    assert not renew(store)  # no hub
    team.join(store)
    build.perform(store, older)
    store.perform(AddTask("不会上传", None))
    assert marked(store) == 0
    assert renew(store)
    assert not renew(store)
    store.perform(AddTask("会上传", None))
    assert marked(store) == 1
