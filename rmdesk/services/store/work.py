"""The unit of work: one transaction. It notes by itself which topics were touched and what changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.text import N_
from rmdesk.models.all import Model  # all of them: a flush follows foreign keys into tables no command has imported
from rmdesk.models.changes import Change
from rmdesk.models.kinds import Topic, new_id
from rmdesk.services.store import kept, others, sealed
from rmdesk.services.store.reads import PAGE, Params, Row

M = TypeVar("M", bound=Model)


class UnitOfWork:
    """Reads and writes of one command. Only `Store.perform` commits it; ORM objects never leave it."""

    def __init__(self, session: Session, who: str, command: str, label: str, progress: Progress | None = None) -> None:
        self._session = session
        self.who = who
        self.command = command
        self.label = label
        self.progress: Progress = progress or Silent()
        self.topics: set[Topic] = set()
        self.audit_end: tuple[int, str] | None = None  # the last entry of the audit log that this work wrote
        self._unit = new_id()
        self._changes: list[Change] = []
        event.listen(session, "after_flush", self._note)
        self._began = others.began(self)

    # Reading inside the transaction: the same protocol as the reader's.

    def rows(self, sql: str, params: Params = ()) -> list[Row]:
        self._session.flush()
        return [tuple(row) for row in self._driver(sql, params)]

    def pages(self, sql: str, params: Params = (), size: int = PAGE) -> Iterator[list[Row]]:
        self._session.flush()
        cursor = self._driver(sql, params)
        while page := cursor.fetchmany(size):
            yield [tuple(row) for row in page]

    def one(self, sql: str, params: Params = ()) -> Row | None:
        self._session.flush()
        row = self._driver(sql, params).fetchone()
        return None if row is None else tuple(row)

    def value(self, sql: str, params: Params = ()) -> Any:
        row = self.one(sql, params)
        return None if row is None else row[0]

    # Writing.

    def add(self, thing: Model) -> None:
        """Keep a new thing."""
        self._session.add(thing)

    def find(self, model: type[M], key: Any) -> M | None:
        """The thing with this primary key, or None."""
        return self._session.get(model, key)

    def get(self, model: type[M], key: Any) -> M:
        """The thing with this primary key; refused when it is gone."""
        found = self.find(model, key)
        if found is None:
            raise Refused(N_("This record no longer exists."), do=N_("Reload the page."), code="gone")
        return found

    def delete(self, thing: Model) -> None:
        """Remove a thing; its last state stays in the change records."""
        self._session.delete(thing)

    def flush(self) -> None:
        """Send what is pending, so that ids are known."""
        self._session.flush()

    def bulk(self, sql: str, params: Params | list[Any] = (), *, topics: Iterable[Topic]) -> int:
        """Run one statement for many rows (a list of tuples: once for each); the topics are named by hand.

        Returns the number of rows touched, -1 where the driver does not know. Leaves no change records: the
        caller keeps what is needed to undo.
        """
        self._session.flush()
        self.topics.update(topics)
        return int(self._driver(sql, params).rowcount)

    def note(self, entity: str, entity_id: str, client: int | None, after: dict[str, Any]) -> None:
        """Leave a change record of something that changes no row, such as a masked number shown."""
        self._add_change(entity, entity_id, client, None, after)

    def finish(self) -> None:
        """Flush, add the change records, forget what was made of the data before; called once, before the commit.

        Refused when what a team lead has approved would change (`sealed`), or a colleague's book (`others`).
        """
        self._session.flush()
        sealed.check(self, self._changes)
        others.check(self, self._began)
        changes, self._changes = self._changes, []
        self._session.add_all(changes)
        self._session.flush()
        self._driver(kept.FORGET, ())
        self._driver(kept.RENEW, (self._unit,))

    def _driver(self, sql: str, params: Params | list[Any]) -> Any:
        given: Any = list(params) if isinstance(params, list) else params
        if not given:
            return self._session.connection().exec_driver_sql(sql)
        return self._session.connection().exec_driver_sql(
            sql, given if isinstance(given, list | dict) else tuple(given)
        )

    def _note(self, session: Session, context: object) -> None:
        touched = {"new": session.new, "dirty": session.dirty, "deleted": session.deleted}
        for kind, thing in ((kind, thing) for kind, things in touched.items() for thing in things):
            if not isinstance(thing, Model) or isinstance(thing, Change):
                continue
            before, after = _difference(thing, kind)
            if kind == "dirty" and not after:
                continue
            self.topics.add(thing.topic)
            if thing.recorded:
                self._record(thing, before, after)

    def _record(self, thing: Model, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        keys = [getattr(thing, str(column.key)) for column in inspect(type(thing)).primary_key]
        client = getattr(thing, "id" if thing.__tablename__ == "client" else "client_id", None)
        self._add_change(thing.__tablename__, "/".join(str(key) for key in keys), client, before, after)

    def _add_change(
        self, entity: str, key: str, client: int | None, before: dict[str, Any] | None, after: dict[str, Any] | None
    ) -> None:
        self._changes.append(
            Change(
                unit=self._unit,
                at=clock.now(),
                who=self.who,
                command=self.command,
                label=self.label,
                entity=entity,
                entity_id=key,
                client_id=client,
                before=before,
                after=after,
            )
        )


def _difference(thing: Model, kind: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    state = inspect(thing)
    columns = [str(attribute.key) for attribute in state.mapper.column_attrs]
    if kind == "new":
        return None, {key: _plain(getattr(thing, key)) for key in columns if getattr(thing, key) is not None}
    if kind == "deleted":
        return {key: _plain(getattr(thing, key)) for key in columns if getattr(thing, key) is not None}, None
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for key in columns:
        history = state.attrs[key].history
        if history.has_changes():
            before[key] = _plain(history.deleted[0] if history.deleted else None)
            after[key] = _plain(history.added[0] if history.added else None)
    return before, after


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    json.dumps(value)  # fails here, not at the commit, when a field is not plain
    return value
