"""A streaming standby of a throw-away PostgreSQL, whose replay can be held back: a copy that follows behind."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg

from rmdesk.hub.embedded import Postgres


class Standby(Postgres):
    """Made from a running server; `held` stops it from taking in what the server does."""

    def __init__(self, of: Postgres) -> None:
        super().__init__()
        self._of = of

    def hold(self) -> None:
        """Take in nothing more until `follow`."""
        self._ask("SELECT pg_wal_replay_pause()")
        while self._ask("SELECT pg_get_wal_replay_pause_state()") != "paused":
            time.sleep(0.005)

    def follow(self) -> None:
        """Take in everything up to now."""
        with psycopg.connect(self._of.admin_url, autocommit=True) as admin:
            row = admin.execute("SELECT pg_current_wal_insert_lsn()::text").fetchone()
        assert row is not None
        self._ask("SELECT pg_wal_replay_resume()")
        while not self._ask("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", row[0]):
            time.sleep(0.005)

    def _ask(self, sql: str, *told: Any) -> Any:
        with psycopg.connect(self.admin_url, autocommit=True) as admin:
            row = admin.execute(sql, told).fetchone()
        return row and row[0]

    def _data(self) -> Path:
        self._passwords = self._of._passwords
        data = self._socket / "data"
        command = [
            self._bin / "pg_basebackup", "-D", data, "-d", self._of.admin_url, "--checkpoint=fast", "--no-sync",
            "--write-recovery-conf",
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, **self._as_service())
        data.chmod(0o700)
        return data

    def _found(self) -> None:
        """Everything is there already."""
