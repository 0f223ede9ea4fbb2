"""What is worked out is held against what it follows from, and made anew when asked to; each row says what was done."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rmdesk.base.errors import Cancelled
from rmdesk.base.progress import Stoppable
from rmdesk.models.kinds import ClientId
from rmdesk.services.files.commands import AddAttachment
from rmdesk.services.health import derived, examining, expected
from rmdesk.services.search import finding
from rmdesk.services.search.texts import IndexTexts
from rmdesk.services.store import doctor, engine, key_file
from rmdesk.services.store.doctor import CheckRow, State
from rmdesk.services.store.store import Store
from rmdesk.services.visits.tasks import AddTask
from tests.support import build, demo


@pytest.fixture(scope="module")
def full(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo portfolio, its texts in the index."""
    path = demo.template(template, tmp_path_factory.mktemp("full"), date(2026, 11, 21))
    store = Store(path, build.KEY, who="tester")
    while store.perform(IndexTexts(3000)).result:
        pass
    store.close()
    connection = engine.connect(path, build.KEY)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    return path


def examined(desk: Store, *, mend: bool = False) -> dict[str, CheckRow]:
    return {row.check: row for row in examining.examine(desk.folder, desk, mend=mend)}


def harm(desk: Store, *statements: str) -> None:
    """Change the file behind the program's back."""
    connection = engine.connect(desk.path, desk.key)
    connection.execute("PRAGMA foreign_keys=OFF").fetchall()
    for sql in statements:
        connection.execute(sql)
    connection.close()


def unwell(rows: dict[str, CheckRow]) -> dict[str, State]:
    return {
        name: row.state for name, row in rows.items() if row.state is not State.OK and name not in ("room", "keyring")
    }


def test_the_schema_of_a_new_file_is_as_the_scripts_say(store: Store) -> None:
    assert store.read(derived.missing_objects) == {}
    wanted = expected.made_by_scripts()
    assert len(wanted) > 100
    assert {"search_visit_insert", "search_visit_update"} <= wanted.keys()


def test_what_is_lost_is_found_and_made_anew(desk: Store) -> None:
    harm(
        desk,
        "DROP TRIGGER search_visit_insert",
        "DROP TRIGGER search_task_update",
        "CREATE TRIGGER search_task_update AFTER UPDATE ON task BEGIN SELECT 1; END",
        "DROP INDEX ix_attachment_entity",
        "UPDATE client_figures SET aum_minor = aum_minor + 1 WHERE client_id IN (SELECT client_id FROM client_figures "
        "WHERE aum_minor IS NOT NULL LIMIT 3)",
        "DELETE FROM search_text WHERE id IN (SELECT id FROM search_text LIMIT 5)",
        "DELETE FROM search_change",
    )
    found = examined(desk)
    assert found["triggers"].value == 3
    assert found["figures"].value == 6  # before and after of three
    assert found["search"].value >= 5
    assert unwell(found) == dict.fromkeys(("triggers", "figures", "search"), State.WARNING)
    assert found["figures"].do is not None
    mended = examined(desk, mend=True)
    assert unwell(mended) == dict.fromkeys(("triggers", "figures", "search"), State.MENDED)
    assert all(mended[name].done for name in ("triggers", "figures", "search"))
    assert unwell(examined(desk)) == {}


def test_words_that_changed_behind_the_index_are_found(desk: Store) -> None:
    harm(desk, "DROP TRIGGER search_client_update", "UPDATE client SET note = '白鹭洲公园' WHERE note <> ''")
    assert examined(desk)["search"].value >= 1
    examined(desk, mend=True)
    assert desk.read(finding.find, "白鹭洲")


def test_looking_changes_nothing(desk: Store) -> None:
    before = desk.read(lambda reads: reads.rows("SELECT * FROM client_figures ORDER BY client_id"))
    desk.close()
    store = Store(desk.path, build.KEY, "x")
    content = store.path.read_bytes()
    assert unwell(examined(store)) == {}
    assert store.read(lambda reads: reads.rows("SELECT * FROM client_figures ORDER BY client_id")) == before
    store.close()
    assert store.path.read_bytes() == content


def test_files_without_record_bytes_or_with_others(desk: Store) -> None:
    client = ClientId(desk.read(lambda reads: reads.value("SELECT min(id) FROM client")))
    ids = []
    for number in range(3):
        task = desk.perform(AddTask(f"task {number}", None, client)).result
        ids.append(desk.perform(AddAttachment("task", task, client, f"{number}.txt", b"text %d" % number)).result)
    harm(
        desk,
        f"DELETE FROM task WHERE id = (SELECT entity_id FROM attachment WHERE id = '{ids[0]}')",
        f"DELETE FROM attachment_content WHERE attachment_id = '{ids[1]}'",
        f"UPDATE attachment_content SET content = x'00' WHERE attachment_id = '{ids[2]}'",
        "DELETE FROM search_change",
        "DELETE FROM search_text WHERE entity = 'task'",
        "DELETE FROM task",
    )
    found = examined(desk)
    assert (found["missing_files"].state, found["files"].state) == (State.BAD, State.BAD)
    assert found["orphans"].value >= 1
    assert examined(desk, mend=True)["orphans"].state is State.MENDED
    kept = desk.read(lambda reads: reads.one("SELECT entity, entity_id FROM attachment WHERE id = ?", (ids[0],)))
    assert kept == ("client", str(client))


def test_a_damaged_file_is_not_mended(desk: Store) -> None:
    desk.close()
    content = bytearray(desk.path.read_bytes())
    content[len(content) // 2] ^= 1
    desk.path.write_bytes(content)
    store = Store(desk.path, build.KEY, "x")
    found = examined(store, mend=True)
    store.close()
    assert found["seals"].state is State.BAD
    assert "figures" not in found


def test_the_spare_of_the_key_file_takes_its_place_and_leftovers_go(desk: Store) -> None:
    (desk.folder / key_file.FILE).unlink()
    (desk.folder / "backup.db").write_bytes(b"cut off")
    found = examined(desk)
    assert (found["key_file"].state, found["leftovers"].state) == (State.WARNING, State.WARNING)
    mended = examined(desk, mend=True)
    assert (mended["key_file"].state, mended["leftovers"].state) == (State.MENDED, State.MENDED)
    assert unwell(examined(desk)) == {}


def test_it_can_be_stopped(desk: Store) -> None:
    stopped = Stoppable()
    stopped.stop()
    with pytest.raises(Cancelled):
        examining.examine(desk.folder, desk, stopped)


def test_every_row_is_plain(desk: Store) -> None:
    harm(desk, "DROP TRIGGER search_visit_insert")
    for row in examining.examine(desk.folder, desk, mend=True):
        assert set(doctor.plain(row)) == {"check", "state", "text", "do", "value", "done"}
