"""Brings a data file to the schema of this program: a copy first, then one transaction."""

from __future__ import annotations

from pathlib import Path

from rmdesk.base import paths
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.migrations import HEAD
from rmdesk.services.store.engine import connect, engine, told


def version_of(path: Path, key: bytes) -> str | None:
    """The schema revision of a file; None for an empty one."""
    connection = connect(path, key)
    try:
        with told(path):
            known = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name='alembic_version'").fetchone()[0]
            if not known:
                return None
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            return None if row is None else str(row[0])
    finally:
        connection.close()


def bring_up(path: Path, key: bytes) -> None:
    """Create or upgrade the schema; does nothing (and loads nothing) when the file is at HEAD."""
    version = version_of(path, key)
    if version == HEAD:
        return
    if version is not None and version > HEAD:
        raise Refused(
            N_("This data file was written by a newer rmdesk ({theirs}; this one knows {ours})."),
            do=N_("Install the newer version. The file was not changed."),
            code="newer_file",
            theirs=version,
            ours=HEAD,
        )
    if version is not None:
        copy_aside(path, key, version)
    _upgrade(path, key)


def copy_aside(path: Path, key: bytes, version: str) -> Path:
    """An encrypted copy of the file as it is now, beside it, readable with the same key."""
    copy = path.with_name(f"{path.stem}-before-{version}-to-{HEAD}.db")
    copy.unlink(missing_ok=True)
    connection = connect(path, key)
    try:
        with told(path):
            connection.execute(f"ATTACH DATABASE ? AS aside KEY \"x'{key.hex()}'\"", (str(copy),))
            connection.execute("SELECT sqlcipher_export('aside')").fetchall()
            connection.execute("DETACH DATABASE aside")
    finally:
        connection.close()
    return copy


def _upgrade(path: Path, key: bytes) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(paths.package("models", "migrations")))
    opened = engine(path, key)
    try:
        with opened.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        opened.dispose()
