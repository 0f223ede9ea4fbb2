"""What every command is given: the profile, how to open it, and where to write."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Refused
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.record import record
from rmdesk.base.text import N_
from rmdesk.cli.output import Lines, Output

if TYPE_CHECKING:
    from rmdesk.services.store.store import Store

PASSPHRASE, PIN = "RMDESK_PASSPHRASE", "RMDESK_PIN"


@record
class Context:
    """One run of the command line."""

    folder: Path  # of the profile
    given: bool  # the profile was named with --profile
    language: str | None  # as asked for with --lang
    key_file: Path | None
    output: Output

    @property
    def json(self) -> bool:
        """Whether the answer is one JSON document."""
        return self.output.as_json

    def show(self, data: dict[str, Any], lines: Lines) -> None:
        """The answer: `data` with --json, else what `lines()` yields."""
        self.output.show(data, lines)

    @contextmanager
    def store(self, *, late: bool = False) -> Iterator[Store]:
        """The opened profile, closed afterwards; refused when there is none or it stays locked.

        Refused too while the desk has not reached its team hub for too long, unless `late`: for what mends that.
        """
        store = self.opened()
        try:
            if not late:
                check_lease(store)
            if self.language is None:
                _use_stored_language(store)
            _note_opened(store)
            _renew(store)
            yield store
        finally:
            store.close()

    def progress(self) -> Progress:
        """Shows how far long work is, on a terminal only."""
        return Silent() if self.json or not self.output.err.isatty() else _Line(self.output)

    def opened(self) -> Store:
        """The opened profile; the caller closes it."""
        from rmdesk.services.store import profile

        info = profile.describe(self.folder)
        if info.problem is not None and self.key_file is None:
            raise info.problem
        if not info.exists:
            raise Refused(
                N_("There is no profile in {folder}."),
                do=N_("Create one with rmdesk init, or try rmdesk demo."),
                code="no_profile",
                folder=self.folder,
            )
        if info.demo:
            return profile.open_demo(self.folder)
        if self.key_file is not None:
            return profile.open_with_key_file(self.folder, self.key_file)
        passphrase, pin = os.environ.get(PASSPHRASE), os.environ.get(PIN)
        if passphrase:
            return profile.open_with_passphrase(self.folder, passphrase)
        if pin:
            return profile.open_with_pin(self.folder, pin)
        if info.has_keyring:
            return profile.open_with_keyring(self.folder)
        from rmdesk.cli import asking

        if asking.at_terminal(self.output):
            if info.has_pin:
                return profile.open_with_pin(self.folder, asking.pin())
            if info.has_passphrase:
                return profile.open_with_passphrase(self.folder, asking.passphrase())
        raise Refused(
            N_("The profile is locked."),
            do=N_("Set RMDESK_PIN or RMDESK_PASSPHRASE, or name a key file with --key-file."),
            code="locked",
        )


def _note_opened(store: Store) -> None:
    """Put on record that the desk was opened; a disk that takes nothing more keeps nobody from reading."""
    from contextlib import suppress

    from rmdesk.base.errors import Trouble
    from rmdesk.services.audit.noting import opened

    with suppress(Trouble):
        opened(store, "command")


def check_lease(store: Store) -> None:
    """A desk that follows a hub opens only while its lease runs, whatever day was asked for."""
    from rmdesk.services.sync import state

    if not store.read(state.joined):
        return
    from rmdesk.base import clock
    from rmdesk.services.sync import lease

    why = store.read(lease.closed) or store.read(lease.closed, clock.unfixed())
    if why is not None:
        raise Refused("{why}", do=N_("Run rmdesk sync."), code="expired", why=why.said)


def _renew(store: Store) -> None:
    """Let a newer program note edits its own way, before the first one."""
    from contextlib import suppress

    from rmdesk.base.errors import Trouble
    from rmdesk.services.sync.renewal import renew

    with suppress(Trouble):  # a disk that takes nothing more keeps nobody from reading
        renew(store)


def _use_stored_language(store: Store) -> None:
    """A language chosen in the settings wins over the computer's locale."""
    from rmdesk.base import text
    from rmdesk.services import settings
    from rmdesk.services.settings.general import LANGUAGE

    chosen = store.read(settings.value, LANGUAGE)
    if chosen != LANGUAGE.default:
        text.use(chosen)


class _Line:
    """Progress as one line that is written over."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def at(self, done: int, total: int, text: str = "") -> None:
        share = f"{done * 100 // total} %" if total else str(done)
        self._output.err.write(f"\r\x1b[K{text} {share}" if done < total or not total else "\r\x1b[K")
        self._output.err.flush()
