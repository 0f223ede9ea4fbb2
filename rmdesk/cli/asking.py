"""Secrets at the terminal: asked without an echo, and the recovery code shown once and typed back."""

from __future__ import annotations

import errno
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rmdesk.base.errors import Known, Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.output import Output


def at_terminal(output: Output) -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and not output.as_json


def passphrase(*, twice: bool = False) -> str:
    """The passphrase as typed at the terminal, not echoed."""
    typed = _hidden(_("Passphrase: "))
    if twice and _hidden(_("Passphrase again: ")) != typed:
        raise Refused(N_("The two passphrases differ."), do=N_("Try again."), field="passphrase", code="differ")
    return typed


def pin(*, twice: bool = False) -> str:
    """The PIN as typed at the terminal, not echoed; with `twice` a new one."""
    typed = _hidden(_("New PIN: ") if twice else _("PIN: "))
    if twice and _hidden(_("New PIN again: ")) != typed:
        raise Refused(N_("The two PINs differ."), do=N_("Try again."), field="pin", code="differ")
    return typed


def words() -> str:
    """Recovery code, passphrase or PIN, whichever is at hand."""
    return _hidden(_("Recovery code, passphrase or PIN: "))


def code() -> str:
    """A recovery code as typed at the terminal; echoed, as it is long and on paper anyway."""
    return _answered(lambda: input(_("Recovery code: ")))


def recovery_option(parser: Any) -> None:
    """`--to`: where a new recovery code goes when nobody is at the terminal."""
    parser.add_argument(
        "--to", metavar="FILE", help=_("write the recovery code into a new file instead of showing it here")
    )


def give_code(to: str | None, output: Output) -> str:
    """A new recovery code, given to whoever runs the command: into a file, or shown and typed back in parts.

    Refused when there is neither; nothing is changed before this returns.
    """
    from rmdesk.services.store import recovery_code

    made = recovery_code.make()
    if to:
        _write(Path(to), recovery_code.shown(made))
    elif at_terminal(output):
        out = output.out
        out.write("\n".join(("", *_sheet(made), "")) + "\n")
        out.flush()
        for at in recovery_code.drill():
            recovery_code.check_drill(made, at, _group(at + 1))
    else:
        raise no_way_to_give_code()
    return made


@contextmanager
def given_code(to: str | None, output: Output, failures: type[Known] = Refused) -> Iterator[str]:
    """The same for what is done with the code; when that fails before anything changed (`failures`), the file is gone
    again: it holds a code that opens nothing, and would be in the way of the next try.
    """
    made = give_code(to, output)
    try:
        yield made
    except failures:
        if to:
            Path(to).unlink(missing_ok=True)
        raise


def no_way_to_give_code() -> Refused:
    """The refusal where nobody would see the recovery code."""
    return Refused(
        N_("A recovery code must be seen by somebody."),
        do=N_("Run this at a terminal, or name a new file for it with --to."),
        field="to",
        code="no_terminal",
    )


def _sheet(made: str) -> Iterator[str]:
    from rmdesk.services.store import recovery_code

    yield _("Recovery code. Write it down; it is shown only now:")
    for number, group in enumerate(recovery_code.groups(made), start=1):
        yield f"  {number}  {group}"


def _write(target: Path, text: str) -> None:
    from rmdesk.services.store.place import trouble_of_files

    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text + "\n")
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        if error.errno != errno.EEXIST:
            raise trouble_of_files(error, target.name) from error
        raise Refused(
            N_("There is a file {name} already; it is not overwritten."),
            do=N_("Name a new file."), field="to", code="exists", name=target.name,
        ) from error  # fmt: skip


def _group(number: int) -> str:
    return _answered(lambda: input(_("Type group {number} of the code: ").format(number=number)))


def _hidden(prompt: str) -> str:
    from getpass import GetPassWarning, getpass

    def ask() -> str:
        with warnings.catch_warnings():
            if not sys.stdin.isatty():  # a script that hands it over: nothing is echoed
                warnings.simplefilter("ignore", GetPassWarning)
            return getpass(prompt)

    return _answered(ask)


def _answered(ask: Callable[[], str]) -> str:
    """What somebody answers; refused where nobody is there to answer."""
    try:
        return ask()
    except EOFError as error:
        raise Refused(
            N_("Something must be typed here, and nobody is at the terminal."),
            do=N_("Run this at a terminal, or set RMDESK_PIN, RMDESK_NEW_PIN or RMDESK_RECOVERY."),
            code="no_terminal",
        ) from error
