"""`backup` makes, lists, checks and restores backups."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli import asking
from rmdesk.cli.context import PASSPHRASE, PIN, Context

if TYPE_CHECKING:
    from rmdesk.services.store.backup import BackupRow
    from rmdesk.services.store.key_file import KeyFile

WHAT = ("now", "list", "check", "restore")


def register(subparsers: Any) -> None:
    """Add the command of this group."""
    backup = subparsers.add_parser("backup", help=_("make, list, check or restore backups"))
    backup.add_argument("what", nargs="?", choices=WHAT, default="now", help=_("what to do (now)"))
    backup.add_argument("name", nargs="?", help=_("a backup as `list` names it, its number there, or a file"))
    backup.add_argument("--to", metavar="FOLDER", help=_("now: make it in this folder, to be carried elsewhere"))
    backup.add_argument("--into", metavar="FOLDER", help=_("restore: as a new profile in this empty folder"))
    backup.add_argument("--yes", action="store_true", help=_("restore: put it in place of the present data"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run the command."""
    what = {"now": _now, "list": _list, "check": _check, "restore": _restore}
    return what[args.what](args, context)


def _now(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.health import keeping

    if args.to and not Path(args.to).is_dir():
        raise Refused(
            N_("There is no folder {name}."), do=N_("Make it first, or check the path."), field="to", code="no_folder",
            name=args.to,
        )  # fmt: skip
    with context.store() as store:
        made = keeping.back_up(store, Path(args.to) if args.to else None, context.progress())
    context.show(_plain(made), lambda: [_("Backed up and checked: {path}").format(path=made.path)])
    return 0


def _list(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.store import backup

    found = backup.backups_of(context.folder)
    context.show({"backups": [_plain(row) for row in found]}, lambda: _lines(found))
    return 0


def _check(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.store import backup

    found = [_named(args.name, context)] if args.name else [row.path for row in backup.backups_of(context.folder)]
    with context.store() as store:
        checked = [backup.check(path, store.key, store.folder, context.progress()) for path in found]
    context.show(
        {"backups": [_plain(row) for row in checked]},
        lambda: [_("Whole: {name}").format(name=row.path.name) for row in checked] or [_("There is no backup yet.")],
    )
    return 0


def _restore(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.store import restoring

    path = _named(args.name, context)
    if args.into:
        info = restoring.restore(path, Path(args.into), _opener(context), context.progress())
        data = {"profile": str(info.folder.absolute()), "aside": None}
        context.show(data, lambda: [_("Restored into {folder}.").format(folder=info.folder)])
        return 0
    return _over(path, args, context)


def _over(path: Path, args: argparse.Namespace, context: Context) -> int:
    """In place of the present data, which need not open any more."""
    from rmdesk.services.store import key_file, lock, profile, restoring

    info = profile.describe(context.folder)
    if not info.exists and (info.problem is None or info.problem.code != "no_data_file"):
        raise Refused(
            N_("There is no profile in {folder}."),
            do=N_("Name a folder with --into: the backup becomes a profile there."),
            code="no_profile",
            folder=context.folder,
        )
    if not args.yes:
        raise Refused(
            N_("This puts the backup in place of the present data, which is kept aside."),
            do=N_("Add --yes, or restore into a folder of its own with --into."),
            code="not_confirmed",
        )
    key = _opener(context)(key_file.read(context.folder)[0])
    with lock.hold(context.folder):
        aside = restoring.restore_over(path, context.folder, key, context.progress())
    data = {"profile": str(context.folder.absolute()), "aside": None if aside is None else str(aside)}
    context.show(data, lambda: _restored(path, aside))
    return 0


def _restored(path: Path, aside: Path | None) -> Iterator[str]:
    yield _("Restored: {name}").format(name=path.name)
    if aside is not None:
        yield _("What was there before is kept as {path}.").format(path=aside)


def _opener(context: Context) -> Any:
    """Finds the profile's key as the command line is told to."""

    def opened(file: KeyFile) -> bytes:
        from rmdesk.services.store import restoring

        if file.demo_key is not None:
            return file.demo_key
        if context.key_file is not None:
            return restoring.with_key_file(context.key_file)(file)
        words = os.environ.get(PASSPHRASE) or os.environ.get(PIN)
        if not words and asking.at_terminal(context.output):
            words = asking.words()
        if not words:
            raise Refused(
                N_("The profile is locked."),
                do=N_("Set RMDESK_PIN or RMDESK_PASSPHRASE, or name a key file with --key-file."),
                code="locked",
            )
        return restoring.with_words(words)(file)

    return opened


def _named(name: str | None, context: Context) -> Path:
    """A backup by its file, its name in the list, or its number there."""
    from rmdesk.services.store import backup

    if not name:
        raise Refused(
            N_("Which backup is to be restored?"),
            do=N_("Name it or its number: rmdesk backup list shows both."),
            code="no_backup",
        )
    if Path(name).is_file():
        return Path(name)
    found = backup.backups_of(context.folder)
    for number, row in enumerate(found, 1):
        if name in (str(number), row.path.name, row.path.stem):
            return row.path
    raise Refused(
        N_("There is no backup {name}."),
        do=N_("See rmdesk backup list; a file is named with its path."),
        code="no_backup",
        name=name,
    )


def _plain(row: BackupRow) -> dict[str, Any]:
    return {
        "path": str(row.path.absolute()),
        "made": row.made.isoformat(),
        "size": row.size,
        "checked": None if row.checked is None else row.checked.isoformat(),
        "readable": row.readable,
    }


def _lines(found: tuple[BackupRow, ...]) -> Iterator[str]:
    if not found:
        yield _("There is no backup yet.")
    for number, row in enumerate(found, 1):
        size = f"{row.size / (1 << 20):.1f} MB"
        state = _("checked") if row.checked else _("not checked")
        yield f"{number:2}  {row.path.name}  {size:>10}  {state if row.readable else _('its key is gone')}"
