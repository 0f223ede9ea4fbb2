"""Brings a data file to the schema of this program: a backup first, then one transaction."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from rmdesk.base import paths
from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.text import N_
from rmdesk.models.migrations import HEAD
from rmdesk.services.store.engine import Connection, connect, told
from rmdesk.services.store.writing import engine


def version_of(path: Path, key: bytes) -> str | None:
    """The schema revision of a file; None for an empty one."""
    connection = connect(path, key)
    try:
        with told(path):
            return version_in(connection)
    finally:
        connection.close()


def version_in(connection: Connection) -> str | None:
    """The same over a connection that is open."""
    known = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name='alembic_version'").fetchone()[0]
    if not known:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def bring_up(path: Path, key: bytes, *, head: str = HEAD, scripts: Path | None = None, backed_up: bool = True) -> None:
    """Create or upgrade the schema; does nothing (and loads nothing) when the file is at `head`.

    Refuses a file of a newer program. A backup is made and checked first. Whatever happens in between, the file has
    the old schema or the new one.
    `scripts` is the folder of the steps, the program's own when not given. Without `backed_up` there is no backup: for
    a file that is thrown away when this fails.
    """
    version = version_of(path, key)
    if version == head:
        return
    if version is not None and not _is_older(version, head):
        raise Refused(
            N_("This data file was written by a newer rmdesk ({theirs}; this one knows {ours})."),
            do=N_("Install the newer version. The file was not changed."),
            code="newer_file",
            theirs=version,
            ours=head,
        )
    if version is not None and backed_up:
        from rmdesk.services.store import backup

        backup.make_of(path, key, why="upgrade", schema=version)
    _upgrade(path, key, head, scripts or paths.package("models", "migrations"))
    if version is not None and backed_up:
        _drop_older_copies(path)


def _drop_older_copies(path: Path) -> None:
    """Older programs made copies under the same key, which hold clients that were erased since."""
    for old in path.parent.glob(f"{path.stem}-before-*.db"):
        with suppress(OSError):
            old.unlink()


def _is_older(version: str, head: str) -> bool:
    """Revisions are numbers of four digits; anything else was not written by an older rmdesk."""
    return len(version) == len(head) and version.isdigit() and version < head


def _upgrade(path: Path, key: bytes, head: str, scripts: Path) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    # Rebuilding a table drops it for a moment: with foreign keys enforced, that would delete what points to it.
    opened = engine(path, key, foreign_keys=False)
    try:
        with opened.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, head)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise Trouble(
                    N_("The data file could not be brought to the new version: {count} links would break."),
                    do=N_("Nothing was changed. Go on with the older version and report this."),
                    code="upgrade_failed",
                    count=len(broken),
                )
    except Exception as error:
        original = getattr(error, "orig", None)  # SQLAlchemy wraps the driver's errors
        if original is None:
            raise
        with told(path):
            raise original from error
    finally:
        opened.dispose()
