"""The program as an assistive technology meets it: another process, on a screen and an accessibility bus of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pytest

from tools import system
from tools.screen import hidden_screen

T = TypeVar("T")
PATIENCE = 100  # seconds for what a loaded computer does in three
MOST = 4_000  # things of a tree; a table of all clients tells its rows only when asked
ACCESSIBLE, ACTION, TABLE = (f"org.a11y.atspi.{name}" for name in ("Accessible", "Action", "Table"))
# The program, which also tells of each class of Qt with an enumeration that is made on another thread than the first.
WATCHED = """
import enum, runpy, sys, threading
create = enum.EnumType._create_
def watched(cls, name, *args, **more):
    if more.get("module") is None and threading.current_thread() is not threading.main_thread():
        print("made on a thread:", name, file=sys.stderr, flush=True)
    return create(cls, name, *args, **more)
enum.EnumType._create_ = watched
runpy.run_module("rmdesk", run_name="__main__")
"""
LABELLED_BY = 2  # of the kinds of relations
PROPERTIES = "org.freedesktop.DBus.Properties"
STATES = {"checked": 4, "enabled": 8, "focusable": 11, "selected": 23, "sensitive": 24, "showing": 25, "visible": 30,
          "checkable": 41}  # fmt: skip


class Thing(NamedTuple):
    """One thing of the tree, as it was told; `at` is where it answers, `path` the roles and names above it."""

    at: tuple[str, str]
    role: str
    name: str
    states: int
    above: tuple[tuple[str, str], ...] = ()

    def has(self, state: str) -> bool:
        """Whether it is in a state."""
        return bool(self.states >> STATES[state] & 1)

    def within(self, role: str, name: str) -> bool:
        """Whether it lies in a thing of this role and name."""
        return (role, name) in self.above


class Reader:
    """What a screen reader does: walks the tree below a thing, and presses. All over the bus."""

    def __init__(self, address: str, program: subprocess.Popen[bytes], said: Path) -> None:
        from jeepney.io.blocking import open_dbus_connection

        self._program, self._said = program, said
        self._bus = open_dbus_connection(address)

    @property
    def said(self) -> str:
        """What the program told of trouble."""
        return self._said.read_text(encoding="utf-8")

    def close(self) -> None:
        """Listen no more."""
        self._bus.close()

    def root(self) -> Thing:
        """The program, as soon as it has told the registry of itself."""
        registry = Thing(("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root"), "", "", 0)
        return until(lambda: next(self.below(registry, deep=1), None), self._alive)

    def below(self, top: Thing, *, deep: int = 99) -> Iterator[Thing]:
        """All that is shown below a thing, level by level: a whole level is asked at once."""
        level, seen = [top], 0
        for _depth in range(deep):
            level = [thing for thing in level if thing.role != "table"]  # whose cells are as many as there are clients
            children = self._ask([(thing.at, ACCESSIBLE, "GetChildren", "", ()) for thing in level])
            found = [
                (tuple(at), (*parent.above, (parent.role, parent.name)))
                for parent, told in zip(level, children, strict=True)
                for at in told or ()
                if at[0]  # else it goes just now
            ]
            seen += len(found)
            if not found or seen > MOST:
                assert seen <= MOST, f"the tree has more than {MOST} things"
                return
            level = [thing for thing in self._read(found) if thing.has("visible")]
            yield from level

    def find(self, top: Thing, fits: Callable[[Thing], bool]) -> Thing:
        """The first thing below another that fits, once it is there."""
        return until(lambda: next((thing for thing in self.below(top) if fits(thing)), None), self._alive)

    def rows(self, table: Thing, most: int) -> list[list[Thing]]:
        """The cells of the first rows of a table."""
        high, wide = (self.value(table, TABLE, name) for name in ("NRows", "NColumns"))
        places = [(row, column) for row in range(min(high, most)) for column in range(wide)]
        at = self._ask([(table.at, TABLE, "GetAccessibleAt", "ii", place) for place in places])
        cells = list(self._read([(tuple(one), ()) for one in at if one and one[0]]))
        return [cells[first : first + wide] for first in range(0, len(cells), wide)]

    def press(self, thing: Thing) -> None:
        """What a click or Enter does, by the thing's own first action."""
        self._ask([(thing.at, ACTION, "DoAction", "i", (0,))])

    def labelled(self, thing: Thing) -> str:
        """The name of what a thing says it is labelled by; empty where it says nothing."""
        told = self._ask([(thing.at, ACCESSIBLE, "GetRelationSet", "", ())])[0] or ()
        labels = [(tuple(at), ()) for kind, places in told if kind == LABELLED_BY for at in places if at[0]]
        return " ".join(label.name for label in self._read(labels))

    def value(self, thing: Thing, interface: str, name: str) -> Any:
        """One property of a thing; None where it has none such."""
        told = self._ask([(thing.at, PROPERTIES, "Get", "ss", (interface, name))])[0]
        return told[1] if told is not None else None

    def _alive(self) -> None:
        ended = self._program.poll()
        assert ended is None, f"the program ended with {ended}: {self.said[-4000:]}"

    def _read(self, found: list[tuple[Any, Any]]) -> Iterator[Thing]:
        places = [at for at, _above in found]
        roles = self._ask([(at, ACCESSIBLE, "GetRoleName", "", ()) for at in places])
        names = self._ask([(at, PROPERTIES, "Get", "ss", (ACCESSIBLE, "Name")) for at in places])
        states = self._ask([(at, ACCESSIBLE, "GetState", "", ()) for at in places])
        for (at, above), role, name, state in zip(found, roles, names, states, strict=True):
            if role is not None and name is not None and state is not None:  # else it went meanwhile
                yield Thing(at, role, name[1].strip(), state[0] | state[1] << 32, above)

    def _ask(self, calls: Iterable[tuple[Any, str, str, str, tuple[Any, ...]]]) -> list[Any]:
        """Send all, then hear all; an answer is None where the thing is gone."""
        from jeepney import DBusAddress, HeaderFields, MessageType, new_method_call

        serials = []
        for (owner, path), interface, member, signature, body in calls:
            serial = next(self._bus.outgoing_serial)
            call = new_method_call(DBusAddress(path, owner, interface), member, signature or None, body)
            self._bus.send_message(call, serial=serial)
            serials.append(serial)
        answers: dict[int, Any] = {}
        while len(answers) < len(serials):
            message = self._bus.receive(timeout=PATIENCE)
            kind = message.header.message_type
            if kind in (MessageType.method_return, MessageType.error):
                serial = message.header.fields[HeaderFields.reply_serial]
                good = kind == MessageType.method_return
                answers[serial] = (message.body[0] if message.body else True) if good else None
        return [answers[serial] for serial in serials]


def until(look: Callable[[], T | None], alive: Callable[[], object] = lambda: None) -> T:
    """What `look` finds, as soon as it finds something."""
    end = time.monotonic() + PATIENCE
    while not (found := look()):
        alive()
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.1)  # the one who looks must not keep the one looked at from working
    return found


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[Reader]:
    """The program with its window, and who listens to it; skips the test where that is not possible."""
    if not (sys.platform.startswith("linux") and shutil.which("Xvfb") and system.has_accessibility()):
        pytest.skip("an accessibility bus needs Linux with Xvfb, dbus-daemon and at-spi2-core")
    with ExitStack() as stack:
        screen = stack.enter_context(hidden_screen())
        if "DISPLAY" not in screen:
            pytest.skip("Xvfb does not start here")
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "AT_SPI_"))},
            **screen,
            "XDG_RUNTIME_DIR": str(folder),
            "HOME": str(folder),
            "GSETTINGS_BACKEND": "memory",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
        daemon = stack.enter_context(_process(command, environment, folder / "bus said"))
        session = environment["DBUS_SESSION_BUS_ADDRESS"] = daemon.stdout.readline().decode().strip()  # type: ignore[union-attr]
        if not session:
            pytest.skip(f"dbus-daemon does not start here: {(folder / 'bus said').read_text(encoding='utf-8')}")
        address = _accessibility_bus(session)
        said = folder / "said"
        command = [sys.executable, "-X", "faulthandler", "-c", WATCHED, *arguments]
        program = stack.enter_context(_process(command, environment, said))
        yield stack.enter_context(closing(Reader(address, program, said)))


def _accessibility_bus(session: str) -> str:
    """The address of the other bus, which the first who asks for it starts."""
    from jeepney import DBusAddress, MessageType, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    with closing(open_dbus_connection(session)) as bus:
        place = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        answer = bus.send_and_get_reply(new_method_call(place, "GetAddress"), timeout=PATIENCE)
    if answer.header.message_type != MessageType.method_return:
        pytest.skip(f"no accessibility bus starts here: {answer.body}")
    return str(answer.body[0])


@contextmanager
def _process(command: list[str], environment: dict[str, str], said: Path) -> Iterator[subprocess.Popen[bytes]]:
    with said.open("wb") as errors:
        running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=errors)
    try:
        yield running
    finally:
        running.terminate()
        with suppress(subprocess.TimeoutExpired):
            running.wait(PATIENCE)
        running.kill()
        running.wait()
        running.stdout.close()  # type: ignore[union-attr]
