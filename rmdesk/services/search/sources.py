"""Which texts can be searched, and where each stands. One line a source; the triggers of migration 0002 follow it."""

from __future__ import annotations

from typing import NamedTuple


class Source(NamedTuple):
    """Texts of one table: the record's key, client, day and text as SQL over the table's alias `t`.

    `tab` is the tab of the client's file that shows it; without one, `page` is the page.
    """

    entity: str
    key: str
    client: str
    day: str
    texts: tuple[str, ...]
    tab: str = ""
    page: str = ""


_LISTED = "(SELECT group_concat(json_extract(value, '$.text'), ' ') FROM json_each(t.{name}))"
_FIRST = "(SELECT min(client_id) FROM {table} WHERE {column} = t.id)"
_TIED = (
    "(SELECT coalesce(min(from_client_id), min(to_client_id)) FROM relationship"
    " WHERE t.id IN (from_person_id, to_person_id))"
)
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
    ),
    Source("playbook_card", "t.id", "NULL", "t.made_on", ("t.title", "t.text"), page="journals"),
    Source("gift", "t.id", "t.client_id", "coalesce(t.given_on, t.planned_for)",
           ("t.title", "t.why", "t.reaction", "t.occasion"), tab="gifts"),
    Source("complaint", "t.id", "t.client_id", "t.received_on", ("t.text", "t.solution"), tab="complaints"),
    Source("feedback", "t.id", "t.client_id", "t.received_on", ("t.text", "t.reply"), tab="complaints"),
    Source("greeting", "t.id", "t.client_id", 't."on"', ("t.name", "t.text"), tab="occasions"),
    Source("preference", "t.id", "t.client_id", "t.noted_on", ("t.text",), tab="profile"),
    Source("kyc_block", "t.client_id || '/' || t.area || '/' || t.tense", "t.client_id", "t.confirmed_on",
           ("t.text",), tab="profile"),
    Source("person", "t.id", _TIED, "NULL", ("t.name", "t.employer", "t.note"), tab="relations"),
    Source("client", "t.id", "t.id", "NULL", ("t.note",), tab="overview"),
)  # fmt: skip
BY_ENTITY = {source.entity: source for source in SOURCES}
