"""A PostgreSQL of the hub's own: for trying it out, for small teams and for tests. No cluster of the system is touched.

It listens on a socket in a folder only, and ends with the program that started it, whatever becomes of that.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.text import N_

SERVICE_USERS = ("postgres", "nobody")  # who runs the server when root starts it: PostgreSQL refuses root
OWNER, APP = "rmdesk_owner", "rmdesk_app"
KEPT = ("max_connections=60", "shared_buffers=128MB", "random_page_cost=1.1")
THROWN_AWAY = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=60",
    "shared_buffers=64MB", "random_page_cost=1.1",
)  # fmt: skip
# Starts the server and waits on its input, which closes when the parent ends: then the server ends too.
GUARD = """
"$@" & server=$!
trap '' INT TERM HUP
read -r _ || true
kill -s $GUARD_SIGNAL $server 2>/dev/null
wait $server
[ -z "$GUARD_FOLDER" ] || rm -rf "$GUARD_FOLDER"
"""


def programs() -> Path:
    """The folder with initdb and postgres, the newest; refused when PostgreSQL is not installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    if found and shutil.which("postgres"):
        return Path(found).resolve().parent
    raise Refused(
        N_("PostgreSQL is not installed."),
        do=N_("Install it, on Debian with: apt-get install postgresql. Or name a database with --database-url."),
        code="no_postgresql",
    )


class Postgres:
    """A server that runs while this is entered. `folder` keeps its data; without one they are thrown away."""

    def __init__(self, folder: Path | None = None, *, settings: Sequence[str] = ()) -> None:
        self._folder = folder
        self._settings = (*(THROWN_AWAY if folder is None else KEPT), *settings)
        self._bin = programs()
        self._socket = Path()
        self._guard: subprocess.Popen[bytes] | None = None
        self._passwords: dict[str, str] = {}

    def __enter__(self) -> Postgres:
        if self._joined():
            return self
        self._socket = Path(tempfile.mkdtemp(prefix="rmpg"))  # short: the path of a socket holds 107 bytes
        self._own(self._socket, 0o755 if _is_root() else 0o700)  # root's clients reach the socket
        data = self._data()
        try:
            self._start(data)
            self._found()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.stop()

    def url(self, role: str = APP, database: str = "rmdesk") -> str:
        """The address of a database, as libpq takes it."""
        return f"host={self._socket} user={role} password={self._passwords[role]} dbname={database}"

    @property
    def admin_url(self) -> str:
        """As the server's own administrator."""
        return self.url("postgres", "postgres")

    def stop(self) -> None:
        """End the server; what is not kept is gone."""
        if self._guard is not None and self._guard.stdin is not None:
            self._guard.stdin.close()
            self._guard.wait(60)
            self._guard = None
            shutil.rmtree(self._socket, ignore_errors=True)

    def _joined(self) -> bool:
        """Whether a kept server runs already, started by another program: then this one only talks to it."""
        if self._folder is None:
            return False
        try:
            lines = (self._folder / "data" / "postmaster.pid").read_text().splitlines()
            self._passwords = json.loads((self._folder / "passwords.json").read_text())
            self._socket = Path(lines[4])
            psycopg.connect(self.admin_url, connect_timeout=5).close()
        except (OSError, IndexError, ValueError, psycopg.OperationalError):
            return False
        return True

    def _data(self) -> Path:
        """The folder of the data, made when it is not there."""
        base = self._socket if self._folder is None else self._folder
        secret = base / "passwords.json"
        data = base / "data"
        if self._folder is not None:
            base.mkdir(parents=True, exist_ok=True)
            self._own(base, 0o711 if _is_root() else 0o700)
        if not secret.exists():
            made = {role: secrets.token_urlsafe(24) for role in ("postgres", OWNER, APP)}
            secret.touch(mode=0o600)
            secret.write_text(json.dumps(made))
        self._passwords = json.loads(secret.read_text())
        if not (data / "PG_VERSION").exists():
            shutil.rmtree(data, ignore_errors=True)  # left half made
            data.mkdir(mode=0o700)
            self._own(data, 0o700)
            self._initdb(data)
        return data

    def _initdb(self, data: Path) -> None:
        told = Path(tempfile.mkdtemp(prefix="rmpw"))
        try:
            word = told / "word"
            word.touch(mode=0o600)
            word.write_text(self._passwords["postgres"])
            self._own(told, 0o700)
            self._own(word, 0o600)
            options = ["-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-A", "scram-sha-256", f"--pwfile={word}"]
            done = subprocess.run(
                [self._bin / "initdb", "-D", data, *options, *(["--no-sync"] if self._folder is None else [])],
                capture_output=True, text=True, check=False, **self._as_service(),
            )  # fmt: skip
        finally:
            shutil.rmtree(told, ignore_errors=True)
        if done.returncode:
            raise Trouble(
                N_("PostgreSQL could not make its data folder: {told}"),
                do=N_("See that the folder may be written and has space, then start again."),
                code="initdb",
                told=done.stderr.strip()[-300:],
            )

    def _start(self, data: Path) -> None:
        (data / "log").touch()
        options = [*self._settings, "listen_addresses=", f"unix_socket_directories={self._socket}"]
        command = [str(self._bin / "postgres"), "-D", str(data), *(word for one in options for word in ("-c", one))]
        service = self._as_service()
        service["env"] |= {
            "GUARD_SIGNAL": "QUIT" if self._folder is None else "INT",
            "GUARD_FOLDER": str(self._socket) if self._folder is None else "",
        }
        with (self._socket / "log").open("wb") as log:
            self._guard = subprocess.Popen(
                ["/bin/sh", "-c", GUARD, "guard", *command],
                stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True, **service,
            )  # fmt: skip
        end = time.monotonic() + 60
        while time.monotonic() < end and self._guard.poll() is None:
            try:
                psycopg.connect(self.admin_url, connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        told = (self._socket / "log").read_text(errors="replace").strip().splitlines()[-3:]
        raise Trouble(
            N_("PostgreSQL did not start: {told}"),
            do=N_("Start again; if it stays so, give this line to the administrator. No data were changed."),
            code="postgres",
            told=" ".join(told),
        )

    def _found(self) -> None:
        """The two roles and the database, when they are not there yet."""
        with psycopg.connect(self.admin_url, autocommit=True) as admin:
            for role in (OWNER, APP):
                if admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone() is None:
                    admin.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{self._passwords[role]}'")
            if admin.execute("SELECT 1 FROM pg_database WHERE datname = 'rmdesk'").fetchone() is None:
                admin.execute(f"CREATE DATABASE rmdesk OWNER {OWNER}")

    def _own(self, path: Path, mode: int) -> None:
        if _is_root():
            account = _service_account()
            os.chown(path, account.pw_uid, account.pw_gid)
        path.chmod(mode)

    def _as_service(self) -> dict[str, Any]:
        plain = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "HOME": "/tmp"}
        if not _is_root():
            return {"cwd": "/", "env": plain}
        account = _service_account()
        return {"cwd": "/", "env": plain, "user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _service_account() -> Any:
    import pwd

    for name in SERVICE_USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Refused(
        N_("There is no account that PostgreSQL could run under."),
        do=N_("Start the hub as an ordinary user, or install the system's PostgreSQL."),
        code="no_account",
    )
