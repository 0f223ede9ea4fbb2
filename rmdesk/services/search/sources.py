"""Which texts can be searched, and where each stands. One line a source; the triggers of migration 0002 follow it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from rmdesk.models.kinds import ClientId
from rmdesk.services.store.reads import Reads


class Source(NamedTuple):
    """Texts of one table: the record's key, client, day and text as SQL over the table's alias `t`.

    `tab` is the tab of the client's file that shows it; without one, `page` is the page. `of` finds the records of
    some clients; empty where none belong to a client, or they tell what holds and not what happened.
    """

    entity: str
    key: str
    client: str
    day: str
    texts: tuple[str, ...]
    tab: str = ""
    page: str = ""
    of: str = "t.client_id IN ({marks})"


_LISTED = "(SELECT group_concat(json_extract(value, '$.text'), ' ') FROM json_each(t.{name}))"
_FIRST = "(SELECT min(client_id) FROM {table} WHERE {column} = t.id)"
_TIED = (
    "(SELECT coalesce(min(from_client_id), min(to_client_id)) FROM relationship"
    " WHERE t.id IN (from_person_id, to_person_id))"
)
_VERSIONS = "(SELECT group_concat(json_extract(value, '$.value'), char(10)) FROM json_each(t.conflicts))"
SOURCES = (
    Source(
        "visit", "t.id", "t.client_id", 't."on"',
        ("t.content", "t.purpose", "t.next_step", "t.participants", _LISTED.format(name="found")), tab="visits",
    ),
    Source("promise", "t.id", "t.client_id", "t.made_on", ("t.text", "t.outcome"), tab="visits"),
    Source("task", "t.id", "t.client_id", "t.made_on", ("t.text",), tab="visits"),
    Source(
        "journal", "t.id", _FIRST.format(table="journal_client", column="journal_id"), 't."on"',
        ("t.content", "t.insight", "t.reflection"), page="journals",
        of="t.id IN (SELECT journal_id FROM journal_client WHERE client_id IN ({marks}))",
    ),
    Source("playbook_card", "t.id", "NULL", "t.made_on", ("t.title", "t.text"), page="journals", of=""),
    Source("gift", "t.id", "t.client_id", "coalesce(t.given_on, t.planned_for)",
           ("t.title", "t.why", "t.reaction", "t.occasion"), tab="gifts"),
    Source("complaint", "t.id", "t.client_id", "t.received_on", ("t.text", "t.solution"), tab="complaints"),
    Source("feedback", "t.id", "t.client_id", "t.received_on", ("t.text", "t.reply"), tab="complaints"),
    Source("churn_case", "t.id", "t.client_id", "t.lost_on", ("t.note",), tab="churn"),
    Source("gathering", "t.id", "NULL", 't."on"', ("t.title", "t.place", "t.note", "t.lesson"),
           page="gatherings", of=""),
    Source("invitation", "t.id", "t.client_id", 't."on"', ("t.note",), tab="club"),
    Source("campaign", "t.id", "NULL", "t.made_on", ("t.name", "t.script", "t.note"), page="campaigns", of=""),
    Source("campaign_touch", "t.id", "t.client_id", 't."on"', ("t.note",), tab="strategy"),
    Source("specialist_request", "t.id", "t.client_id", "t.asked_on", ("t.question", "t.reply"), tab="strategy"),
    Source("renewal_plan", "t.id", "t.client_id", 't."on"', ("t.note",), tab="holdings"),
    Source("asset_elsewhere", "t.id", "t.client_id", "t.confirmed_on", ("t.place", "t.note"), tab="holdings"),
    Source("product_card", "t.id", "NULL", "t.written_on", ("t.code", "t.facts", "t.suits", "t.talk"), page="products",
           of=""),
    Source("group_client", "t.id", "NULL", "t.made_on", ("t.name", "t.note"), page="groups", of=""),
    Source("credit_party", "t.id", "t.client_id", "NULL", ("t.name", "t.note"), page="groups", of=""),
    Source("greeting", "t.id", "t.client_id", 't."on"', ("t.name", "t.text"), tab="occasions"),
    Source("preference", "t.id", "t.client_id", "t.noted_on", ("t.text",), tab="profile", of=""),
    Source("kyc_block", "t.client_id || '/' || t.area || '/' || t.tense", "t.client_id", "t.confirmed_on",
           ("t.text",), tab="profile", of=""),
    Source("person", "t.id", _TIED, "NULL", ("t.name", "t.employer", "t.note"), tab="relations"),
    Source("client", "t.id", "t.id", "NULL", ("t.note",), tab="overview"),
    # Versions that nobody has settled yet; noted by the triggers of a desk that follows a hub (services/sync/tracking).
    Source("sync_record", "coalesce(t.client_id, '') || '/' || t.entity || '/' || t.entity_id", "t.client_id",
           "substr(t.changed_at, 1, 10)", (_VERSIONS,), page="sync"),
)  # fmt: skip
BY_ENTITY = {source.entity: source for source in SOURCES}


class Entry(NamedTuple):
    """A text as it is now: its parts on lines of their own. `day` as YYYY-MM-DD, empty where unknown."""

    entity: str
    key: str
    client: ClientId | None
    name: str
    day: str
    text: str


def texts_of(reads: Reads, source: Source, keys: Sequence[str]) -> list[Entry]:
    """The texts of these records; empty ones and records that are gone are left out."""
    simple, wanted = source.key == "t.id", set(keys)
    # A key made of columns is no index of the table; the client in front of it is, or what follows where none is.
    bare = [] if simple else [key[1:] for key in keys if key.startswith("/")]
    asked: list[Any] = list(keys) if simple else sorted({int(key.partition("/")[0]) for key in keys if key[0] != "/"})
    where = f"{'t.id' if simple else 't.client_id'} IN ({_marks(asked)})"
    found = _entries(reads, source, where, asked)
    for key in bare:
        found += _entries(reads, source, "t.client_id IS NULL AND t.entity = ? AND t.entity_id = ?", key.split("/", 1))
    return [entry for entry in found if entry.key in wanted]


def newest_of(reads: Reads, source: Source, clients: Sequence[ClientId], limit: int) -> list[Entry]:
    """The newest texts of these clients out of one table; none where a text has no day."""
    if source.day == "NULL" or not source.of:
        return []
    where = source.of.format(marks=_marks(clients))
    return _entries(reads, source, f"{where} ORDER BY {source.day} DESC LIMIT {limit:d}", clients)


def _entries(reads: Reads, source: Source, where: str, params: Sequence[Any]) -> list[Entry]:
    text = " || char(10) || ".join(f"coalesce({part}, '')" for part in source.texts)
    rows = reads.rows(
        f"SELECT x.key, x.client, c.name, x.day, trim(x.text, char(10)) FROM (SELECT CAST({source.key} AS TEXT) AS key,"
        f" {source.client} AS client, {source.day} AS day, {text} AS text FROM {source.entity} t WHERE {where}) x"
        " LEFT JOIN client c ON c.id = x.client",
        tuple(params),
    )
    return [
        Entry(source.entity, key, None if client is None else ClientId(client), name or "", day or "", told)
        for key, client, name, day, told in rows
        if told
    ]


def _marks(some: Sequence[Any]) -> str:
    return ", ".join("?" * len(some))
