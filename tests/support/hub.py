"""A real hub over a real PostgreSQL: one server for all tests of a process, a database of its own for each test."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

if TYPE_CHECKING:
    import httpx
    from fastapi import FastAPI

    from rmdesk.hub.core import Hub
    from rmdesk.hub.embedded import Postgres
    from rmdesk.hub.settings import Settings

SECRET = "b7Qz0mX4-vT9kLr2Wc8yNf5Hs1Jd6Ag3"
PARTITIONS = 4


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the invented teams, with a desk that may sync, and a book if they keep one."""

    id: str
    name: str
    role: str
    team: str
    device: str
    book: str = ""
    login: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """Two managers with books, their lead, an administrator; a second team with a manager and a lead."""

    wang: Person  # manager
    li: Person  # manager
    chen: Person  # lead of both
    admin: Person
    zhao: Person  # manager of the other team
    sun: Person  # lead of the other team


@dataclass
class HubUnderTest:
    """A hub, the people in it, and the ways to talk to it."""

    settings: Settings
    owner_dsn: str
    app_dsn: str
    people: People
    core: Hub
    app: FastAPI
    _loops: list[Any] = field(default_factory=list)
    _servers: list[Any] = field(default_factory=list)

    def token(self, user: str, device: str = "") -> str:
        """An access token of a person at a desk."""
        from rmdesk.base import clock
        from rmdesk.hub.gate.tokens import ACCESS

        return self.core.gate.mint.word("access", clock.now() + ACCESS, user=user, device=device)

    def client(self, person: Person | None = None) -> httpx.Client:
        """Talks to the application in this process, signed in as `person` at their desk."""
        import httpx

        headers = {"Authorization": f"Bearer {self.token(person.id, person.device)}"} if person else {}
        return httpx.Client(transport=self.transport, base_url="http://hub", headers=headers)

    @property
    def transport(self) -> httpx.BaseTransport:
        """For an httpx client of one's own: no network, the whole application."""
        from tests.support.in_process import InProcess

        if not self._loops:
            self._loops.append(InProcess(self.app))
        return self._loops[0]  # type: ignore[no-any-return]

    @property
    def url(self) -> str:
        """The address of a real server of this hub on the loopback, started when first asked for."""
        if not self._servers:
            self._servers.append(_Server(self.app))
        return str(self._servers[0].url)

    def close(self) -> None:
        """End servers and connections."""
        for server in self._servers:
            server.stop()
        for loop in self._loops:
            loop.stop()
        self.core.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A throw-away PostgreSQL; without an installed one the test fails with what to install."""
    from rmdesk.hub.embedded import Postgres

    with Postgres() as server:
        yield server


@pytest.fixture(scope="session")
def hub_template(postgres: Postgres) -> tuple[str, People]:
    """A database with the schema and the people, to copy from."""
    import psycopg

    from rmdesk.hub import core, migrate
    from rmdesk.hub.embedded import OWNER

    with psycopg.connect(postgres.admin_url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE hub_template OWNER {OWNER}")
    made = settings(postgres.url(database="hub_template"))
    migrate.bring_up(postgres.url(OWNER, "hub_template"), made.key("signing key"), partitions=PARTITIONS)
    hub = core.opened(made)
    people = found(hub)
    hub.close()
    return "hub_template", people


@pytest.fixture
def hub(postgres: Postgres, hub_template: tuple[str, People]) -> Iterator[HubUnderTest]:
    """A hub of its own, with people and no records."""
    with hub_from(postgres, *hub_template) as made:
        yield made


@contextmanager
def hub_from(
    postgres: Postgres, template: str, people: People, standby: Postgres | None = None, **more: Any
) -> Iterator[HubUnderTest]:
    """A hub over a copy of a database, and a standby where there is one; `more` are settings."""
    import psycopg

    from rmdesk.hub import core
    from rmdesk.hub.app import application
    from rmdesk.hub.embedded import OWNER

    name = f"hub_{uuid4().hex[:12]}"
    with psycopg.connect(postgres.admin_url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} OWNER {OWNER}")
    if standby is not None:
        more["replica_url"] = standby.url(database=name)
    told = settings(postgres.url(database=name), **more)
    opened = core.opened(told)
    made = HubUnderTest(
        told, postgres.url(OWNER, name), postgres.url(database=name), people, opened, application(opened)
    )
    try:
        yield made
    finally:
        made.close()
        with psycopg.connect(postgres.admin_url, autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def settings(url: str, **more: Any) -> Settings:
    """The settings of a hub under test."""
    from rmdesk.hub.settings import Settings

    return Settings(**{"database_url": url, "secret": SECRET, "partitions": PARTITIONS, "log": "off", **more})


def found(hub: Hub) -> People:
    """The invented teams."""
    from rmdesk.hub.services import founding

    base = hub.database
    first, second = founding.add_team(base, "一组"), founding.add_team(base, "二组")

    def somebody(login: str, name: str, role: str, team: str | None, *, book: bool = False) -> Person:
        user = founding.add_user(base, login, name, role, team)
        device = founding.add_device(base, user, f"{login}-desk")
        kept = founding.add_book(base, team or "", user, name, f"RM-{login}") if book else ""
        return Person(user, name, role, team or "", device, kept, login)

    return People(
        wang=somebody("wang", "王一", "manager", first, book=True),
        li=somebody("li", "李二", "manager", first, book=True),
        chen=somebody("chen", "陈三", "lead", first),
        admin=somebody("admin", "管四", "administrator", None),
        zhao=somebody("zhao", "赵五", "manager", second, book=True),
        sun=somebody("sun", "孙六", "lead", second),
    )


class _Server:
    """Uvicorn on a free port of the loopback, in a thread."""

    def __init__(self, app: FastAPI) -> None:
        import uvicorn

        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        end = time.monotonic() + 20
        while not self._server.started and time.monotonic() < end:
            time.sleep(0.01)
        self.url = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(20)
