"""A logind that is none: it answers on a private bus, tells what it is asked to tell, and sees who holds sleep up."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

LOGIN, PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
SESSION = f"{PATH}/session/_31"
_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow own="*"/><allow receive_sender="*"/>
</policy></busconfig>"""


class FakeLogind:
    """`tell` sends a signal; `held` counts those who hold sleep up."""

    def __init__(self, address: str) -> None:
        from jeepney.bus_messages import message_bus
        from jeepney.io.blocking import open_dbus_connection

        self.address = address
        self.told: dict[str, tuple[str, Any]] = {}  # properties
        self._readers: list[int] = []
        self._bus = open_dbus_connection(address, enable_fds=True)
        for name in (LOGIN, "org.freedesktop.UPower"):
            self._bus.send_and_get_reply(message_bus.RequestName(name))
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def tell(self, path: str, interface: str, name: str, signature: str = "", *body: Any) -> None:
        """Send a signal."""
        from jeepney import DBusAddress, new_signal

        self._bus.send(new_signal(DBusAddress(path, interface=interface), name, signature or None, body))

    @property
    def held(self) -> int:
        """How many hold sleep up: whose end of the pipe is open."""
        return sum(not select.select([end], [], [], 0)[0] for end in self._readers)

    def stop(self) -> None:
        """Answer no more."""
        self._over.set()
        self._thread.join(5)
        self._bus.close()
        for end in self._readers:
            os.close(end)

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                message = self._bus.receive(timeout=0.05)
            except TimeoutError:
                continue
            if message.header.message_type.name == "method_call":
                self._answer(message)

    def _answer(self, message: Any) -> None:
        from jeepney import HeaderFields, new_error, new_method_return

        member = message.header.fields[HeaderFields.member]
        if member == "Get":
            told = self.told.get(message.body[1], ("s", "1"))
            self._bus.send(new_method_return(message, "v", (told,)))
        elif member == "GetSession":
            self._bus.send(new_method_return(message, "o", (SESSION,)))
        elif member == "Inhibit":
            mine, theirs = os.pipe()
            self._readers.append(mine)
            self._bus.send(new_method_return(message, "h", (theirs,)))
            os.close(theirs)
        else:
            self._bus.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))


@contextmanager
def running(folder: Path) -> Iterator[FakeLogind]:
    """A bus of its own with the fake on it; skips the test where there is no bus to be had."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("no dbus-daemon")
    config = folder / "bus.conf"
    config.write_text(_CONFIG.format(socket=folder / "bus"), encoding="utf-8")
    bus = subprocess.Popen(
        [daemon, f"--config-file={config}", "--nofork", "--print-address=1"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert bus.stdout is not None
        fake = FakeLogind(bus.stdout.readline().strip())
        try:
            yield fake
        finally:
            fake.stop()
    finally:
        bus.terminate()
        bus.wait()
        bus.stdout.close()  # type: ignore[union-attr]
