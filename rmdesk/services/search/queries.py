"""Fills the search index, and finds the one client that a word on the command line means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId
from rmdesk.services.search.block import Block, Entry
from rmdesk.services.search.index import SearchIndex
from rmdesk.services.store.reads import Reads

CANDIDATES = 8  # named when a word means several clients
MOST_PATCHED = 2000  # changed clients from which on the index is better made anew
SHORTEST_TAIL = 4  # digits that name the end of a phone number; fewer end too many
_AT_ONCE = 500

_COLUMNS = """
SELECT c.id, c.name, c.pinyin, c.initials, coalesce(c.pinyin_also, ''), coalesce(c.number, ''),
       coalesce(c.phone, '') || char(10) || coalesce(c.other_phones, '')
FROM client c LEFT JOIN client_figures f ON f.client_id = c.id
WHERE c.merged_into IS NULL
"""
_ORDER = "ORDER BY f.aum_minor DESC NULLS LAST, c.id"


def build(reads: Reads) -> SearchIndex:
    """The search index of all clients, those with most assets first. For a worker: 100,000 clients take a second."""
    return SearchIndex(Block(_entries(reads, f"{_COLUMNS} {_ORDER}")))


def patched(reads: Reads, before: SearchIndex, clients: Iterable[int]) -> SearchIndex:
    """The index after these clients changed, came or went; made anew when they are many."""
    changed = sorted(set(clients))
    if len(changed) + len(before.changed) > MOST_PATCHED:
        return build(reads)
    entries: list[Entry] = []
    for at in range(0, len(changed), _AT_ONCE):
        some = changed[at : at + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        entries += _entries(reads, f"{_COLUMNS} AND c.id IN ({marks}) {_ORDER}", some)
    return before.patched(changed, entries)


def client_meant(reads: Reads, text: str) -> ClientId:
    """The one client meant: by number, by exact name, by #id or a short plain id, else by what the search would find.

    A plain id of four digits and more may also be the tail of a phone number: where both are somebody, nobody is
    guessed. Refused when nobody is meant, or several, who are then named.
    """
    word = text.strip()
    by_id = _with(reads, "id", word.removeprefix("#")) if word.removeprefix("#").isdecimal() else []
    if word.startswith("#"):
        found = by_id
    else:
        found = _with(reads, "number", word) or _with(reads, "name", word)
        if not found and len(word) < SHORTEST_TAIL:
            found = by_id
        if not found:
            hits = [(ClientId(hit.client), hit.name) for hit in build(reads).find(word)]
            found = list(dict.fromkeys((*by_id, *hits)))
    if len(found) == 1:
        return found[0][0]
    if not found:
        raise Refused(
            N_("No client is called {text}."),
            do=N_("Give a client number, a name, pinyin or initials, or # and the id."),
            code="no_client", field="client", text=text,
        )  # fmt: skip
    more = f" … ({len(found)})" if len(found) > CANDIDATES else ""
    raise Refused(
        N_("{text} may mean several clients: {names}."),
        do=N_("Give the client number, or # and the id."),
        code="ambiguous_client", field="client", text=text,
        names=", ".join(f"{name} #{client}" for client, name in found[:CANDIDATES]) + more,
    )  # fmt: skip


def _with(reads: Reads, column: str, value: str) -> list[tuple[ClientId, str]]:
    # As text: the column turns it into a number where it is one, and an id no database can hold finds nobody.
    rows = reads.rows(f"SELECT id, name FROM client WHERE {column} = ? AND merged_into IS NULL", (value,))
    return [(ClientId(row[0]), str(row[1])) for row in rows]


def _entries(reads: Reads, sql: str, params: list[int] | tuple[()] = ()) -> Iterator[Entry]:
    for page in reads.pages(sql, params):
        for row in page:
            yield Entry(*row)
