"""Cases 32 and 33: single bits flipped in data, backups and their keys; a WAL that is damaged, cut off or gone.

How many bits is said by `--flips` (100; thousands by hand).
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rmdesk.base.errors import Known
from rmdesk.base.progress import Silent
from rmdesk.models.kinds import ClientId
from rmdesk.services.files.commands import AddAttachment
from rmdesk.services.store import backup, backup_keys, copying
from rmdesk.services.store.store import Store
from rmdesk.services.visits.tasks import AddTask
from tests.services.imports.handovers import client, take_in
from tests.services.sync.small_hub import Desk, SmallHub, joined
from tests.support import build
from tests.support.build import KEY


def bent(content: bytes, dice: random.Random) -> bytes:
    changed = bytearray(content)
    changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def with_file(store: Store) -> None:
    """A client with an attachment of many pages."""
    take_in(store, [client("C1", name="王小明")])
    key = ClientId(store.read(lambda reads: reads.value("SELECT id FROM client")))
    store.perform(AddAttachment("client", str(key), key, "long.txt", b"words of a file " * 20_000))


def test_case_32_each_bit_of_the_data_and_its_files_counts(store: Store, flips: int) -> None:
    with_file(store)
    store.close()
    whole, dice = store.path.read_bytes(), random.Random(32)
    for _turn in range(flips):
        store.path.write_bytes(bent(whole, dice))
        assert not copying.is_whole(store.path, KEY, None, Silent())
    store.path.write_bytes(whole)
    assert copying.is_whole(store.path, KEY, None, Silent())


def test_case_32_each_bit_of_a_backup_and_of_its_key_counts(store: Store, flips: int) -> None:
    with_file(store)
    made = backup.make(store)
    dice = random.Random(33)
    for path, times in ((made.path, flips), (backup_keys.file_of(made.path), flips // 4)):
        whole = path.read_bytes()
        sealed = len(whole) if path == made.path else whole.index(b'"checked"')  # what follows is a note, no key
        for _turn in range(times):
            path.write_bytes(bent(whole[:sealed], dice) + whole[sealed:])
            with pytest.raises(Known):
                backup.check(made.path, KEY, store.folder)
        path.write_bytes(whole)
    assert backup.check(made.path, KEY, store.folder).checked is not None


def cut(content: bytes, dice: random.Random) -> bytes:
    return content[: dice.randrange(len(content))]


def gone(content: bytes, dice: random.Random) -> bytes:
    return b""


@pytest.mark.parametrize("turn", [1, 2, 3])
@pytest.mark.parametrize("harm", [bent, cut, gone])
def test_case_33_what_a_damaged_wal_loses_comes_from_the_hub(
    template: Path, tmp_path: Path, harm: Callable[[bytes, random.Random], bytes], turn: int
) -> None:
    hub = SmallHub()
    person = hub.person("王一")
    (tmp_path / "one").mkdir()
    store = build.store_from(template, tmp_path / "one")
    one = joined(hub, person, store)
    heard, unheard = [f"heard {number}" for number in range(6)], [f"unheard {number}" for number in range(6)]
    reader = store.reader()  # as in the window: the WAL is not taken into the file at each close
    for word in heard:
        store.perform(AddTask(word, None, None))
    one.sync()
    for word in unheard:
        store.perform(AddTask(word, None, None))
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name in ("rmdesk.db", "rmdesk.db-wal"):
        shutil.copyfile(store.folder / name, crashed / name)
    reader.close()
    store.close()
    wal = crashed / "rmdesk.db-wal"
    wal.write_bytes(harm(wal.read_bytes(), random.Random(turn)))
    again = Store(crashed / "rmdesk.db", KEY, "x")
    here = Desk(hub, again, one.device)
    if not here.rows("SELECT 1 FROM sync_control WHERE joined = 1"):
        hub.devices.clear()  # not even that it follows a hub is left: it joins again
        here = joined(hub, person, again)
    for _turn in range(3):
        here.sync()
    words = sorted(row[0] for row in here.rows("SELECT text FROM task"))
    assert set(heard) <= set(words)
    assert words == heard + unheard[: len(words) - len(heard)]  # only an end that no hub had heard is lost
    assert copying.is_whole(again.path, KEY, None, Silent())
    again.close()
