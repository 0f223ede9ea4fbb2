"""From the first paint to the first page: look at the profile, ask for the key, open the store, lock it again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from rmdesk.base import clock, paths
from rmdesk.base.record import replace
from rmdesk.ui.kit.clipboard import clipboard
from rmdesk.ui.shell import rescue, routes, ways
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.idle import Idle
from rmdesk.ui.shell.leaving import PuttingBack, gather, leave
from rmdesk.ui.shell.session import Session
from rmdesk.ui.tasks import tidy
from rmdesk.ui.tasks.task import Task
from rmdesk.ui.unlock.gate import Gate, Locked
from rmdesk.ui.unlock.reasons import Reason

if TYPE_CHECKING:
    from rmdesk.services.store.profile import ProfileInfo
    from rmdesk.services.store.store import Store
    from rmdesk.ui.unlock.first_run import NewProfile

DATA = "rmdesk.db"
UNTOLD = "wiped.json"  # services/sync/wiping.py: the hub must still hear that this desk is empty


class Start(QObject):
    """Owns the way in, and locks. Nothing heavy is imported before `begin`, which the first paint calls.

    `shut`: the data file is closed and nothing of it is held any more.
    """

    shut = Signal()

    def __init__(self, desk: WindowDesk, session: Session, folder: Path, *, demo: bool = False, page: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.session = session
        self.folder = folder
        self._demo = demo
        self._page = page
        self._gate: Gate | None = None
        self.info: ProfileInfo | None = None
        self._locked: Locked | None = None  # since this program was started
        self._late: Reason | None = None  # asked to lock while the desk was being opened
        self._opening = False
        self._back = PuttingBack(desk)
        self.idle = Idle(self)
        self.idle.away.connect(lambda: session.lock(Reason.IDLE))
        self.idle.touched.connect(session.touring.touched)
        session.minutes.connect(self.idle.start)
        session.keeping.rested = lambda: self.idle.rested
        session.locking.connect(self._lock)
        session.leased.free.connect(self._let_in)
        session.leased.wiped.connect(self.wiped)
        desk.reopen_wanted.connect(self.reopen)

    def begin(self) -> None:
        """After the first paint: look at the profile on the worker."""
        if self._demo and not (self.folder / DATA).exists():
            self._make_demo()
            return
        self._call(_described, self.folder, then=self._described)
        self.desk.imports.begin(f"page {self._page or routes.first().name}")

    # What the profile turned out to be.

    def _described(self, info: ProfileInfo) -> None:
        from rmdesk.services.store import profile

        self.info = info
        if not info.exists and info.problem is None:
            self.first_run()
        elif info.demo:
            self._call(profile.open_demo, self.folder, then=self._opened)
        elif info.has_keyring and info.problem is None:
            self._call(profile.open_with_keyring, self.folder, then=self._opened, failed=self._ask)
        else:
            self._ask()

    def _opened(self, store: Store) -> None:
        self.desk.opened(store)
        self.session.began(store, demo=bool(self.info is not None and self.info.demo))

    def _let_in(self) -> None:
        """Nothing keeps the desk shut: take the gate away, and go where one was."""
        late, self._late, self._opening = self._late, None, False
        if late is not None:
            self.session.lock(late)
            return
        self._gate = None
        here, self._locked = self._locked is not None, None
        self._back.begin(here=here, otherwise=self._page or routes.first().name)

    # The gates.

    def _ask(self, error: BaseException | None = None) -> None:
        from rmdesk.ui.unlock.unlock import UnlockGate

        gate = UnlockGate(self.info)
        gate.phrase_given.connect(self._try_phrase)
        gate.keyring_wanted.connect(self._try_keyring)
        gate.file_given.connect(self._try_file)
        gate.demo_wanted.connect(self.begin)
        gate.keyring_asked.connect(lambda: self._call(ways.keyring_trouble, then=gate.recover))
        gate.recovery_given.connect(lambda answer: self._call(ways.recovered, self.folder, answer, then=self._made))
        self._show(gate)
        if error is not None:
            gate.fail(error)

    def _try_phrase(self, phrase: str) -> None:
        from rmdesk.services.store import profile

        self._call(profile.open_with_words, self.folder, phrase, then=self._opened)

    def _try_keyring(self) -> None:
        from rmdesk.services.store import profile

        self._call(profile.open_with_keyring, self.folder, then=self._opened)

    def _try_file(self, given: Path) -> None:
        from rmdesk.services.store import profile

        self._call(profile.open_with_key_file, self.folder, given, then=self._opened)

    def first_run(self) -> None:
        """Ask how to begin; may be shown before anything of the profile was read."""
        from rmdesk.ui.unlock.first_run import FirstRunGate

        if isinstance(self._gate, FirstRunGate):
            self._busy(False)
            return
        gate = FirstRunGate()
        gate.keyring_asked.connect(lambda: self._call(ways.keyring_trouble, then=gate.ask))
        gate.create_wanted.connect(self._create)
        gate.restore_wanted.connect(self._restore)
        gate.demo_wanted.connect(self._try_demo)
        self._show(gate)

    def _create(self, answers: NewProfile) -> None:
        self.session.touring.made_new()
        self._call(ways.created, self.folder, answers, then=self._made)

    def _made(self, store: Store) -> None:
        self._call(_described, self.folder, then=lambda info: self._made_known(info, store))

    def _made_known(self, info: ProfileInfo, store: Store) -> None:
        self.info = info
        self._opened(store)

    def _restore(self, backup: Path) -> None:
        self._call(ways.told_of, backup, then=lambda told: self._ask_for(backup, told))

    def _ask_for(self, backup: Path, info: ProfileInfo | Path) -> None:
        """The secret of the day of a backup; with it the desk opens at once. An archive makes a new profile."""
        from rmdesk.ui.unlock.first_run import FirstRunGate

        if isinstance(info, Path):
            if isinstance(self._gate, FirstRunGate):
                self._gate.read_archive(info)
            return
        if info.demo:
            self._call(_restored, backup, self.folder, "", then=self._described)
            return
        from rmdesk.ui.unlock.unlock import UnlockGate

        gate = UnlockGate(info)
        gate.phrase_given.connect(
            lambda phrase: self._call(
                _restored, backup, self.folder, phrase, then=lambda told: self._came_back(told, phrase)
            )
        )
        gate.file_given.connect(
            lambda given: self._call(
                _restored, backup, self.folder, given, then=lambda told: self._came_back(told, given)
            )
        )
        self._show(gate)

    def _came_back(self, info: ProfileInfo, secret: str | Path) -> None:
        self.info = info
        if isinstance(secret, str):
            self._try_phrase(secret)
        else:
            self._try_file(secret)

    def _try_demo(self) -> None:
        self.folder = paths.profile("demo")
        if (self.folder / DATA).exists():
            self.begin()
        else:
            self._make_demo()

    def _make_demo(self) -> None:
        self._call(_demo_made, self.folder, then=self._made)

    # Locking.

    def _lock(self, reason: Reason) -> None:
        """Keep what is half done, close everything and ask for the key again; a demo is opened by a button."""
        if self.desk.tasks.store is None:
            return
        found = gather(self.desk)
        self._locked = Locked(reason, clock.now(), round(self.idle.seconds / 60))
        self._ask()
        self._shut(partial(leave, found), reason.value)

    def reopen(self, work: Callable[[Path], Store]) -> None:
        """Shut the desk, do this with its folder, and open what it gives; after an error it asks for the key."""
        if self.desk.tasks.store is None:
            return
        self.session.lock(Reason.KEY)
        self._busy(True)
        task = self.desk.tasks.write(lambda _progress: work(self.folder))  # in turn: after the store was closed
        task.done.connect(self._made)
        task.failed.connect(self._failed)

    def lock(self, reason: Reason) -> None:
        """Lock as the system asks for; a desk that is just being opened is locked once it is open."""
        self._late = reason if self._opening else None
        self.session.lock(reason)

    def wiped(self, error: BaseException) -> None:
        """The data are gone on the hub's order: close what is left, and say so where one begins anew."""
        self.info, self._locked = None, None
        self.first_run()
        if self._gate is not None:
            self._gate.fail(error)
        self._shut(None, "wiped")

    def _shut(self, last: Callable[[Store], int] | None, why: str) -> None:
        """A gate covers the window: take everything behind it out of memory, and close the store."""
        self.idle.stop()
        self._back.ended()
        self.session.ended(why)
        self.desk.closed()
        clipboard.clear()
        self._busy(True)
        closing = self.desk.tasks.close(last)
        closing.done.connect(self._left)
        closing.ended.connect(self._shut_now)

    def _left(self, waiting: int | None) -> None:
        if self._locked is not None and waiting:
            self._locked = replace(self._locked, waiting=waiting)
            self._tell_locked()

    def _shut_now(self, _closing: Task[Any]) -> None:
        tidy.sweep()
        self._busy(False)
        self.shut.emit()

    def _tell_locked(self) -> None:
        if self._gate is not None and self._locked is not None:
            self._gate.tell_locked(self._locked)

    def retranslate(self) -> None:
        """Make the gate anew in the language in use."""
        if self._gate is None:
            return
        from rmdesk.ui.unlock.first_run import FirstRunGate

        was_first, self._gate = isinstance(self._gate, FirstRunGate), None
        if was_first:
            self.first_run()
        else:
            self._ask()

    # Inside.

    def _show(self, gate: Gate) -> None:
        self._gate, self._opening, self._late = gate, False, None
        self._tell_locked()
        gate.language_wanted.connect(self.session.switch_language)
        self.desk.window.show_gate(gate)

    def _busy(self, on: bool) -> None:
        busy = getattr(self._gate, "busy", None)
        if busy is not None:
            busy(on)

    def _call(
        self,
        function: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> Task[Any]:
        self._busy(True)
        self._opening = True
        task = self.desk.tasks.call(function, *args)
        task.done.connect(then)
        task.failed.connect(failed or self._failed)
        return task

    def do(self, work: Callable[[], Store]) -> None:
        """Do this on the worker and open what it gives; for gates."""
        self._call(work, then=self._made)

    def ask(self) -> None:
        """Back to the question for the key."""
        self._ask()

    def _failed(self, error: BaseException) -> None:
        self._late, self._opening = None, False
        gate = rescue.offered(self, error)
        if gate is not None:
            self._show(gate)
            return
        if self._gate is None:
            self._ask(error)
            return
        self._busy(False)
        self._gate.fail(error)


def _described(folder: Path) -> ProfileInfo:
    from rmdesk.services.store import profile

    if (folder / UNTOLD).exists():
        from rmdesk.services.sync import wiping

        wiping.tell(folder)
    return profile.describe(folder)


def _restored(backup: Path, folder: Path, secret: str | Path) -> ProfileInfo:
    from rmdesk.services.store import restoring

    opens = restoring.with_words(secret) if isinstance(secret, str) else restoring.with_key_file(secret)
    return restoring.restore(backup, folder, opens)


def _demo_made(folder: Path) -> Store:
    from rmdesk.services.demo import make

    return make(folder)
