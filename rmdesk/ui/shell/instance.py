"""One window for each profile: a second start brings the first window forward and ends."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rmdesk.base.errors import Trouble
from rmdesk.services.store import lock

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

WAIT_MS = 2000
ATTEMPTS, PAUSE_S = 20, 0.1
LONGEST = 1 << 20  # bytes of a list of files


def hold(folder: Path, files: Sequence[str] = ()) -> lock.Hold | None:
    """The profile's lock, or None when a window of it is open already.

    That window has then been called forward, and given these files to import.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        return lock.hold(folder)
    except Trouble as error:
        if error.code == "in_use" and call_forward(folder, files):
            return None
        raise


def call_forward(folder: Path, files: Sequence[str] = ()) -> bool:
    """Ask the window that is open to come forward; False when nobody answers.

    A window that has just been started listens only after its first page, so it is asked again for a while.
    """
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    for _attempt in range(ATTEMPTS):
        socket.connectToServer(lock.channel(folder))
        if socket.waitForConnected(WAIT_MS):
            break
        time.sleep(PAUSE_S)
    else:
        return False
    socket.write(json.dumps(list(files)).encode() + b"\n")
    socket.waitForBytesWritten(WAIT_MS)
    socket.disconnectFromServer()
    return True


class Listener(QObject):
    """Listens for later starts; `called` asks to come forward, `handed` brings the files of one."""

    called = Signal()
    handed = Signal(list)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        name = lock.channel(folder)
        QLocalServer.removeServer(name)  # the lock is ours, so what is left there is of a process that died
        self._server.listen(name)

    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(partial(self._read, socket))
            self.called.emit()

    def _read(self, socket: QLocalSocket) -> None:
        """One line: a list of paths. Anything else is not from one of us."""
        if not socket.canReadLine():
            return
        try:
            told = json.loads(bytes(socket.readLine(LONGEST).data()))
        except ValueError:
            return
        files = [one for one in told if isinstance(one, str)] if isinstance(told, list) else []
        if files:
            self.handed.emit(files)

    def close(self) -> None:
        """Listen no longer."""
        self._server.close()
