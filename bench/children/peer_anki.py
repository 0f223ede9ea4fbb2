"""Anki's library and its sync server at the work that it shares with rmdesk. Runs in an environment of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from bench.told import forget_peak, memory, spent, tell, timed

PORT = 28123
FIELDS = ("number", "name", "sex", "born", "document", "phone", "district", "risk", "since")
USER, WORD = "bench", "bench"
CHANGES = 1000


def main(clients: Path) -> None:
    """Measure and tell."""
    library: Any = import_module("anki.collection")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        before = memory()
        forget_peak()
        col = library.Collection(str(folder / "one.anki2"))
        request = _request(library, col, clients)
        taken: list[float] = []
        cpu = spent(lambda: taken.append(timed(lambda: col.import_csv(request))))
        peak = memory().get("peak", 0) - before.get("pss", 0)
        found = {"import": taken[0], "import_cpu": cpu, "peak": peak, **_asked(col)}
        found["notes"] = col.note_count()
        with _server(folder / "server"):
            tell(**found, **_synced(library, col, folder))


def _request(library: Any, col: Any, clients: Path) -> Any:
    kind = col.models.new("client")
    for field in FIELDS:
        col.models.add_field(kind, col.models.new_field(field))
    template = col.models.new_template("card")
    template["qfmt"], template["afmt"] = "{{number}}", "{{name}}"
    col.models.add_template(kind, template)
    number = col.models.add_dict(kind).id
    told = col.get_csv_metadata(str(clients), None)
    told.global_notetype.id = number
    told.global_notetype.field_columns[:] = range(1, len(FIELDS) + 1)
    return library.ImportCsvRequest(path=str(clients), metadata=told)


def _asked(col: Any) -> dict[str, float]:
    words = [
        word[:end] for word in ("王伟", "张丽", "1391", "陈浩然", "10000", "李") for end in range(1, len(word) + 1)
    ]
    keys = sorted(timed(lambda word=word: col.find_notes(f"*{word}*")) for word in words)  # type: ignore[misc]
    ids = col.find_notes("")
    saves = []
    for number in ids[:20]:
        note = col.get_note(number)
        note.fields[6] += "改"
        saves.append(timed(lambda note=note: col.update_note(note)))  # type: ignore[misc]
    return {
        "search": median(keys), "search_95": keys[int(len(keys) * 0.95)], "save": median(saves),
        "sort": median(timed(lambda: col.find_notes("", order="n.sfld collate nocase asc")) for _ in range(3)),
    }  # fmt: skip


class _server:  # noqa: N801
    """Anki's own sync server on this machine."""

    def __init__(self, folder: Path) -> None:
        own = {**os.environ, "SYNC_USER1": f"{USER}:{WORD}", "SYNC_BASE": str(folder), "SYNC_PORT": str(PORT),
               "SYNC_HOST": "127.0.0.1", "RUST_LOG": "error"}  # fmt: skip
        self.process = subprocess.Popen([sys.executable, "-m", "anki.syncserver"], env=own)

    def __enter__(self) -> None:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", PORT), 1):
                return
            time.sleep(0.1)

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(20)


def _synced(library: Any, col: Any, folder: Path) -> dict[str, float]:
    auth = col.sync_login(USER, WORD, f"http://127.0.0.1:{PORT}/")

    def whole(one: Any, *, upload: bool) -> None:
        one.sync_collection(auth, False)
        one.close_for_full_sync()
        one.full_upload_or_download(auth=auth, server_usn=None, upload=upload)
        one.reopen(after_full_sync=True)

    up = timed(lambda: whole(col, upload=True))
    other = library.Collection(str(folder / "two.anki2"))
    down = timed(lambda: whole(other, upload=False))
    none = [timed(lambda: col.sync_collection(auth, False)) for _ in range(20)]
    notes = [col.get_note(number) for number in col.find_notes("")[:CHANGES]]
    for note in notes:
        note.fields[6] += "改"
    col.update_notes(notes)
    many = timed(lambda: col.sync_collection(auth, False))
    return {"up": up, "down": down, "none": median(none), "many": many}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
