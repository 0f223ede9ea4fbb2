"""Kills a process with SIGKILL before each thing it does to files and keyring in turn, and looks at what it left.

Runs as a program of its own (`python -m tests.support.killed OPERATION FOLDER`): it forks, and no thread may be about.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rmdesk.base.errors import Known
from rmdesk.services import settings
from rmdesk.services.settings import general
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store import access, backup, container, daily, key_file, profile, recovery_code, rekey
from rmdesk.services.store.key_file import SlotKind
from tests.support import profiles

OLD_PIN, NEW_PIN = profiles.PIN, "280461"
OLD_CODE, NEW_CODE = recovery_code.make(), recovery_code.make()
BRANCH = "滨江支行"


class FileKeyring:
    """A keyring that outlives its process, as a system's does; each entry changes whole or not at all."""

    priority: float = 5

    def __init__(self, place: Path) -> None:
        self._place = place

    def get_password(self, service: str, username: str) -> str | None:
        found: str | None = self._kept().get(username)
        return found

    def set_password(self, service: str, username: str, password: str) -> None:
        self._keep({**self._kept(), username: password})

    def delete_password(self, service: str, username: str) -> None:
        self._keep({name: kept for name, kept in self._kept().items() if name != username})

    def _kept(self) -> dict[str, str]:
        return dict(json.loads(self._place.read_text())) if self._place.exists() else {}

    def _keep(self, kept: dict[str, str]) -> None:
        fresh = self._place.with_name("keyring.new")
        fresh.write_text(json.dumps(kept))
        os.replace(fresh, self._place)  # noqa: PTH105 - the call that is counted


def _set_pin(folder: Path) -> None:
    store = profile.open_with_code(folder, OLD_CODE)
    access.set_pin(store, NEW_PIN)
    store.close()


def _set_recovery(folder: Path) -> None:
    store = profile.open_with_pin(folder, OLD_PIN)
    access.set_recovery(store, NEW_CODE)
    store.close()


def _wrong_pin(folder: Path) -> None:
    try:
        profile.open_with_pin(folder, NEW_PIN)
    except Known:
        return


OPERATIONS: dict[str, Callable[[Path], None]] = {
    "change_pin": lambda folder: access.change_pin(folder, OLD_PIN, NEW_PIN),
    "wrap_again": _set_pin,
    "new_code": _set_recovery,
    "rekey": lambda folder: rekey.rekey(folder, code=NEW_CODE, pin=OLD_PIN),
    "wrong_pin": _wrong_pin,
}


def _killing_before(turn: int) -> None:
    """Make the call of this turn, counted from 0, the last that this process begins."""
    left = [turn]
    for name in ("fsync", "replace", "unlink", "open", "close", "ftruncate"):
        setattr(os, name, _counted(getattr(os, name), left))


def _counted(real: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        return real(*args, **kwargs)

    return call


def _forked(work: Callable[[], object]) -> int:
    """Run in a child; gives the signal that ended it, 0 when it went through, -1 when it failed."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else -os.WEXITSTATUS(status)


def _made(folder: Path) -> None:
    store = profile.create(folder / "profile", who="李慧", pin=OLD_PIN, code=OLD_CODE)
    store.perform(ChangeSetting("general.branch", BRANCH))
    backup.make(store)
    store.close()


def _look(folder: Path) -> dict[str, bool]:
    """Which of the four secrets open the data, all of it there; and that nothing is left half done."""
    opens = {}
    for name, way, secret in (
        ("old_pin", profile.open_with_pin, OLD_PIN),
        ("new_pin", profile.open_with_pin, NEW_PIN),
        ("old_code", profile.open_with_code, OLD_CODE),
        ("new_code", profile.open_with_code, NEW_CODE),
    ):
        try:
            store = way(folder, secret)
        except Known:
            opens[name] = False
            continue
        assert store.read(settings.value, general.BRANCH) == BRANCH
        kept = backup.backups_of(folder)[0].path
        assert backup.key_of(kept, container.about(kept), store.key)
        store.close()
        opens[name] = True
    file, from_spare = key_file.read(folder)
    assert not from_spare
    if any(opens.values()):
        assert file.slot(SlotKind.FORMER) is None
        assert not (folder / rekey.FRESH).exists() or not opens["new_code"]
    return opens


def main(operation: str, folder: Path) -> list[dict[str, int]]:
    """What opened after each kill, in order; the last is of the run that went through."""
    found, template = [], folder / "template"
    template.mkdir()
    with profiles.using(FileKeyring(template / "keyring.json")), profiles.cheap():
        _made(template)
    for turn in range(1000):
        here = folder / "here"
        shutil.rmtree(here, ignore_errors=True)
        shutil.copytree(template, here)
        with profiles.using(FileKeyring(here / "keyring.json")), profiles.cheap():

            def run(turn: int = turn, here: Path = here) -> None:
                _killing_before(turn)
                OPERATIONS[operation](here / "profile")

            ended = _forked(run)
            assert ended >= 0
            slot = key_file.read(here / "profile")[0].slot(SlotKind.DAILY)
            assert slot is not None
            tried = daily.tried(slot)
            found.append({**_look(here / "profile"), "tried": tried})
        if ended == 0:
            return found
    raise AssertionError("it never went through")


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]))))
