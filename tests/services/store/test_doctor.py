"""The doctor says what is well and what is not, and never falls over what it finds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rmdesk.base import clock
from rmdesk.services.settings.commands import SaveView
from rmdesk.services.store import access, backup, doctor, engine, key_file, place, profile
from rmdesk.services.store.doctor import CheckRow, State
from rmdesk.services.store.store import Store
from tests.support import profiles
from tests.support.profiles import PASSPHRASE, MemoryKeyring, keyring_alone

DATA = {"schema", "seals", "structure", "links"}


def by_check(rows: tuple[CheckRow, ...]) -> dict[str, CheckRow]:
    assert len({row.check for row in rows}) == len(rows)
    return {row.check: row for row in rows}


def examined(folder: Path, store: Store | None = None) -> dict[str, CheckRow]:
    return by_check(doctor.examine(folder, store))


def test_a_healthy_desk_is_well_in_every_respect(folder: Path, memory_keyring: MemoryKeyring) -> None:
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    backup.make(store)
    rows = examined(folder, store)
    store.close()
    assert set(rows) == {"library", "place", "room", "key_file", "keyring", "backup"} | DATA
    assert [row for row in rows.values() if row.state is not State.OK and row.check != "room"] == []
    assert rows["keyring"].value == "tests.support.profiles.MemoryKeyring"
    assert rows["library"].value["sqlite"].startswith("3.")


def test_without_the_key_the_data_is_not_judged(folder: Path) -> None:
    assert not DATA & set(examined(folder))


def test_every_row_is_plain_json_with_texts(folder: Path) -> None:
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    rows = doctor.examine(folder, store)
    store.close()
    for row in json.loads(json.dumps([doctor.plain(row) for row in rows])):
        assert set(row) == {"check", "state", "text", "do", "value", "done"}
        assert row["text"]
        assert "{" not in row["text"] + row["do"]


def test_a_damaged_page_is_found_and_what_to_do_is_said(folder: Path) -> None:
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    store.perform(SaveView("clients", "x", ["滨江" * 40] * 2000))
    store.close()
    data = folder / profile.DATA
    bent = bytearray(data.read_bytes())
    bent[-(64 << 10)] ^= 1  # in what was written last: the schema is read when the file is opened
    data.write_bytes(bent)
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    rows = examined(folder, store)
    store.close()
    assert rows["seals"].state is State.BAD
    assert rows["seals"].value >= 1
    assert rows["seals"].do is not None
    assert rows["structure"].state is State.BAD


def test_a_broken_link_is_found(folder: Path) -> None:
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    connection = engine.connect(store.path, store.key)
    connection.execute("PRAGMA foreign_keys=OFF").fetchall()
    connection.execute("CREATE TABLE pet (id INTEGER, owner INTEGER REFERENCES client (id))")
    connection.execute("INSERT INTO pet VALUES (1, 999)")
    connection.close()
    rows = examined(folder, store)
    store.close()
    assert (rows["links"].state, rows["links"].value) == (State.BAD, 1)


def test_missing_and_spare_key_files_are_told(folder: Path) -> None:
    (folder / key_file.FILE).unlink()
    assert examined(folder)["key_file"].state is State.WARNING
    (folder / key_file.SPARE).unlink()
    row = examined(folder)["key_file"]
    assert (row.state, row.value) == (State.BAD, "no_key_file")


def test_a_keyring_as_the_only_way_in_is_warned_of(folder: Path, tmp_path: Path, memory_keyring: MemoryKeyring) -> None:
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    keyring_alone(folder, store)
    access.remove_passphrase(store)
    assert "only way" in examined(folder)["key_file"].text.said
    access.export_key(store, tmp_path / "desk.key")
    assert examined(folder)["key_file"].state is State.OK
    store.close()


def test_an_unsafe_keyring_is_a_warning(folder: Path) -> None:
    import keyring.backends.fail

    with profiles.using(keyring.backends.fail.Keyring()):
        assert examined(folder)["keyring"].state is State.WARNING


def test_old_and_missing_backups_are_warned_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no backup" in examined(folder)["backup"].text.said
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    backup.make(store)
    store.close()
    assert examined(folder)["backup"].state is State.OK
    clock.fix(clock.today().replace(month=12))
    assert examined(folder)["backup"].value == 30
    assert examined(folder)["backup"].state is State.WARNING


def test_an_old_library_a_network_drive_and_a_small_disk_are_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.dbapi2, "sqlite_version_info", (3, 51, 2))
    monkeypatch.setattr(doctor, "network_kind", lambda folder: "nfs4")
    monkeypatch.setattr(doctor.backup, "rule", lambda name: 1 << 42)
    rows = examined(folder)
    assert (rows["library"].state, rows["place"].state, rows["room"].state) == (State.BAD, State.BAD, State.WARNING)


def test_an_empty_folder_is_no_profile(tmp_path: Path) -> None:
    assert "no profile" in examined(tmp_path / "none")["key_file"].text.said
    assert place.network_kind(tmp_path / "none") is None
