"""One instance per profile: a lock that the system itself lets go of when its holder dies."""

from __future__ import annotations

import getpass
import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from rmdesk.base.errors import Trouble
from rmdesk.base.text import N_
from rmdesk.services.store.place import told_of_files

FILE = "rmdesk.lock"
_LOCKED_BYTE = 1 << 30  # on Windows a locked byte cannot be read by others, so it lies far behind the text


class Hold:
    """The lock of a profile, held until `release` or the end of the process, however it ends."""

    def __init__(self, folder: Path, file: str = FILE) -> None:
        self._path = folder / file
        with told_of_files(file):
            self._handle: int | None = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        if not _try_lock(self._handle):
            os.close(self._handle)
            self._handle = None
            raise _in_use(holder(folder))
        with suppress(OSError):  # the number only helps to tell who holds it; a full disk must not stop a start
            os.ftruncate(self._handle, 0)
            os.write(self._handle, f"{os.getpid()}\n".encode())

    def release(self) -> None:
        """Let go; may be called twice. The file stays: removing it would let two others hold it at once."""
        if self._handle is not None:
            with suppress(OSError):
                os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Hold:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def hold(folder: Path) -> Hold:
    """Hold the profile for this process; Trouble(code="in_use") while another one does.

    A lock left by a process that died is no obstacle: the system has let go of it.
    """
    return Hold(folder)


def holder(folder: Path) -> int | None:
    """The number of the process that holds the profile, as far as it is known and alive."""
    try:
        number = int((folder / FILE).read_bytes()[:12])
    except (OSError, ValueError):
        return None
    return number if number > 0 and _is_alive(number) else None


def channel(folder: Path) -> str:
    """The name of the local socket on which the first window of this profile listens: same user, same folder."""
    place = os.path.normcase(folder.resolve())
    return f"rmdesk-{hashlib.sha256(f'{getpass.getuser()}|{place}'.encode()).hexdigest()[:20]}"


def _in_use(number: int | None) -> Trouble:
    return Trouble(
        N_("This profile is open already."),
        do=N_("Use the window that is open, or close it first."),
        code="in_use",
        pid=number,
    )


def _is_alive(number: int) -> bool:
    if sys.platform == "win32":
        return True  # the lock itself tells; os.kill would end the process there
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True  # there, but of another user
    return True


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
