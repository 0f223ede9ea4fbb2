"""Case 16: after a client left, nothing of them is found on the desk, not in the last free page, nor in a backup."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from rmdesk.base import clock
from rmdesk.models.files import Attachment, AttachmentContent, Draft
from rmdesk.models.imports import Batch, BatchBefore
from rmdesk.models.kinds import new_id
from rmdesk.services.search.texts import IndexTexts
from rmdesk.services.store import access, backup, container, copying, restoring
from rmdesk.services.store.store import Store
from rmdesk.services.sync import state
from rmdesk.services.visits.tasks import AddTask, EditTask
from tests.services.sync.conftest import Make
from tests.services.sync.small_hub import Desk, Person, SmallHub
from tests.support import build
from tests.support.profiles import PASSPHRASE

PAGE, RESERVED, SALT = 4096, 80, 16
TOKENS = [f"zqx{name}planted" for name in ("task", "late", "old", "name", "draft", "file", "image", "change")]


def plain_pages(path: Path, key: bytes) -> bytes:
    """Every page of a SQLCipher file as it would lie there unencrypted, free pages too (AES-256-CBC, IV at the end)."""
    data, found = path.read_bytes(), bytearray()
    for at in range(0, len(data), PAGE):
        page = data[at : at + PAGE]
        begin = SALT if at == 0 else 0
        body, iv = page[begin : PAGE - RESERVED], page[PAGE - RESERVED : PAGE - RESERVED + 16]
        found += Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor().update(body)
    return bytes(found)


def in_file(store: Store, path: Path) -> list[str]:
    """Which of the planted words are anywhere in a data file."""
    content = plain_pages(path, store.key)
    assert b"CREATE TABLE" in content  # it was read rightly
    return [word for word in TOKENS if word.encode() in content]


def beside(folder: Path, store: Store) -> dict[str, list[str]]:
    """Which of them are in any other file of the profile, as it is or as a backup of it."""
    found = {}
    for path in folder.rglob("*"):
        if not path.is_file() or (path.parent == folder and path.name.startswith("rmdesk.db")):
            continue
        words = [word for word in TOKENS if word.encode() in path.read_bytes()]
        if path.suffix == backup.SUFFIX:
            copy, fresh = path.with_suffix(".copy"), path.with_suffix(".fresh")
            about = container.unpack(path, copy)
            copying.copy(copy, backup.key_of(path, about, store.key), fresh, target_key=store.key)
            words += in_file(store, fresh)
            copy.unlink(), fresh.unlink()
        elif path.name == "rmdesk.db":  # set aside when something was restored
            words += in_file(store, path)
        if words:
            found[path.name] = words
    return found


@pytest.fixture
def li(small_hub: SmallHub) -> Person:
    return small_hub.person("李二")


def plant(desk: Desk) -> str:
    """Words in every corner; gives the client's wire id."""
    store, client = desk.store, desk.at(1)
    task = store.perform(AddTask("zqxoldplanted", None, client)).result
    store.perform(EditTask(task, "zqxtaskplanted", None))
    attachment = new_id()

    def more(work) -> None:
        work.add(
            Draft(
                form="visit",
                subject="9",
                client_id=None,
                payload={"text": "客户1 zqxdraftplanted"},
                saved_at=clock.now(),
            )
        )
        work.add(
            Draft(form="gift", subject="1", client_id=client, payload={"text": "zqxdraftplanted"}, saved_at=clock.now())
        )
        work.add(
            Attachment(
                id=attachment, client_id=client, entity="task", entity_id=str(task), name="zqxfileplanted.pdf",
                media_type="application/pdf", size=9, sha256="0" * 64, added_at=clock.now(),
            )
        )  # fmt: skip
        work.add(Batch(id=1, at=clock.now(), who="x", as_of=clock.today()))
        work.flush()
        work.add(AttachmentContent(attachment_id=attachment, content=b"zqxfileplanted" * 900))
        work.add(BatchBefore(batch_id=1, kind="client", row_id=int(client), before={"note": "zqximageplanted"}))
        work.note("client", str(client), int(client), after={"shown": "zqxchangeplanted"})

    build.perform(store, more)
    while store.perform(IndexTexts()).result:
        pass
    return str(desk.value("SELECT wire_id FROM sync_client WHERE client_id = ?", client))


def test_case_16_nothing_is_left_of_a_client_who_went(
    desk_of: Make, small_hub: SmallHub, wang: Person, li: Person
) -> None:
    desk = desk_of(wang)
    client = plant(desk)
    other = desk.store.perform(AddTask("bleibt hier", None, desk.at(2))).result
    desk.sync()
    access.set_passphrase(desk.store, PASSPHRASE)
    made = backup.make(desk.store, keep=7)
    aside = desk.store.folder / restoring.ASIDE / "20260101-000000" / "rmdesk.db"
    aside.parent.mkdir(parents=True)
    copying.copy(desk.store.path, desk.store.key, aside)
    folder, store = desk.store.folder, desk.store
    assert set(in_file(store, store.path)) >= set(TOKENS) - {"zqxlateplanted", "zqxnameplanted"}
    assert set(beside(folder, store)) == {made.path.name, "rmdesk.db"}
    small_hub.hand_over(client, li.book)
    store.perform(AddTask("zqxlateplanted", None, desk.at(1)))  # offline, before the desk hears of it
    desk.sync()
    desk.sync()
    assert desk.rows("SELECT text FROM task") == [("bleibt hier",)]
    assert desk.rows("SELECT count(*) FROM client WHERE id = ?", desk.at(1)) == [(0,)]
    assert in_file(store, store.path) == []
    wal = store.path.with_name("rmdesk.db-wal")
    assert not wal.exists() or wal.stat().st_size == 0 or in_wal(store, wal) == []
    assert beside(folder, store) == {}
    assert len(backup.backups_of(folder)) == 1
    # That something was done stays on record, and what is of others is untouched.
    assert desk.value("SELECT count(*) FROM change WHERE entity = 'task'") >= 3
    assert desk.value("SELECT after IS NOT NULL FROM change WHERE entity_id = ?", other) == 1
    receipt = small_hub.receipts[-1]
    assert (receipt.client, receipt.counts["task"], receipt.counts["client"]) == (client, 1, 1)
    assert receipt.counts["traces"] == 3
    assert desk.store.read(lambda reads: state.get(reads, "traces")) is None


def in_wal(store: Store, wal: Path) -> list[str]:
    """Which of the planted words are in the frames of a WAL (24 bytes before each page, 32 before all)."""
    data, found = wal.read_bytes()[32:], bytearray()
    for at in range(0, len(data), PAGE + 24):
        page = data[at + 24 : at + 24 + PAGE]
        if len(page) == PAGE:
            for begin in (0, SALT):
                body, iv = page[begin : PAGE - RESERVED], page[PAGE - RESERVED : PAGE - RESERVED + 16]
                found += Cipher(algorithms.AES(store.key), modes.CBC(iv)).decryptor().update(body)
    return [word for word in TOKENS if word.encode() in found]
