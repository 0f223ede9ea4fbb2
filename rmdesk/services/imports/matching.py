"""Finds the kept rows that staged things speak of: by natural key, else by ID document; never by name alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rmdesk.services.imports import keys
from rmdesk.services.imports.kept import ACCOUNT, BRANCH, BY_ENTITY, CLIENT, MONTH, Kept
from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.rules import Values
from rmdesk.services.imports.stage import VALUES, Row, Staged
from rmdesk.services.imports.terms import Terms
from rmdesk.services.store.reads import Reads

# Columns of a client that are worked out of the name; they come after the header in a row that is looked up.
SOUNDS = ("pinyin", "initials", "pinyin_also")
LISTED = "IN (SELECT value FROM json_each(?))"


def select(kept: Kept) -> str:
    """The beginning of a query for rows of (id, columns, header, and for clients SOUNDS)."""
    columns = ("id", *kept.columns, *kept.header, *(SOUNDS if kept is CLIENT else ()))
    return "SELECT " + ", ".join(f't."{column}"' for column in columns) + f" FROM {kept.table} t"


class Matching:
    """Looks rows up a page at a time, so that memory stays flat however large the portfolio is."""

    def __init__(self, reads: Reads, terms: Terms) -> None:
        self._reads, self._same = reads, terms.same
        # Clients that another hand-over may name by a number or key the portfolio does not know yet.
        self._alias: dict[str, int] = {}
        self._owner: dict[int, int] = {}
        self._numberless = bool(reads.value("SELECT 1 FROM client WHERE number IS NULL LIMIT 1"))

    def remember(self, key: str, client: int) -> None:
        """A client that is to be found under this key from now on."""
        self._alias[key] = client

    def by_key(self, kept: Kept, wanted: Sequence[str]) -> list[Row | None]:
        """The row of each key, None where there is none."""
        place = 1 + kept.columns.index(kept.key)
        rows = self._reads.rows(f'{select(kept)} WHERE t."{kept.key}" {LISTED}', (keys.listed(wanted),))
        found = {row[place]: row for row in rows}
        return [found.get(key) for key in wanted]

    def by_id(self, kept: Kept, row: int) -> Row | None:
        """The row of this id."""
        rows = self._reads.rows(f"{select(kept)} WHERE t.id = ?", (row,))
        return rows[0] if rows else None

    def clients(self, page: list[Staged]) -> list[Row | None]:
        """The client of each staged one; what is not certain is new, and suspected elsewhere."""
        found = self.by_key(CLIENT, [thing.key for thing in page])
        for place, thing in enumerate(page):
            if found[place] is None and thing.key in self._same:
                found[place] = self._confirmed(thing)
        if self._numberless:
            open_ones = [(place, thing) for place, thing in enumerate(page) if found[place] is None]
            self._by_document(open_ones, found)
            self._by_person(open_ones, found)
        elif any(thing.key.startswith(keys.BY_ID) for thing in page):
            self._by_document([(p, t) for p, t in enumerate(page) if found[p] is None], found)
        for thing, row in zip(page, found, strict=True):
            if row is not None and row[1] != thing.key:
                self._alias[thing.key] = int(row[0])
        return found

    def months(self, wanted: Sequence[Values]) -> list[Row | None]:
        """The month fact of each (client, account, month) among the values."""
        client, account = MONTH.columns.index("client_id"), MONTH.columns.index("account_id")
        triples = [(values[client] or 0, values[account] or 0, values[0]) for values in wanted]
        rows = self._reads.rows(
            f"{select(MONTH).replace(' FROM ', ' FROM json_each(?) w CROSS JOIN ')} ON t.client_id = w.value ->> 0"
            " AND ifnull(t.account_id, 0) = w.value ->> 1 AND t.month = w.value ->> 2",
            (keys.listed(triples),),
        )
        found = {(row[1 + client], row[1 + account] or 0, row[1]): row for row in rows}
        return [found.get(triple) for triple in triples]

    def ids(self, entity: Entity, named: Iterable[str]) -> dict[str, int]:
        """The ids of things by their natural key; a client that was merged gives the one it was merged into."""
        kept = BY_ENTITY[entity]
        wanted = list(named)
        if kept is CLIENT:
            found = {name: self._alias[name] for name in wanted if name in self._alias}
            rest = [name for name in wanted if name not in found]
            sql = f"SELECT number, coalesce(merged_into, id) FROM client WHERE number {LISTED}"
            return found | {row[0]: row[1] for row in self._reads.rows(sql, (keys.listed(rest),))}
        if kept is ACCOUNT:
            rows = self._reads.rows(
                f"SELECT number, id, client_id FROM account WHERE number {LISTED}", (keys.listed(wanted),)
            )
            self._owner = (
                {row[1]: row[2] for row in rows}
                if len(self._owner) > 100_000
                else self._owner | {row[1]: row[2] for row in rows}
            )
            return {row[0]: row[1] for row in rows}
        rows = self._reads.rows(
            f"SELECT {kept.key}, id FROM {kept.table} WHERE {kept.key} {LISTED}", (keys.listed(wanted),)
        )
        if kept is BRANCH:  # files that have no code name the branch itself
            named_so = self._reads.rows(
                f"SELECT name, min(id) FROM branch WHERE name {LISTED} GROUP BY name", (keys.listed(wanted),)
            )
            return dict(named_so) | dict(rows)
        return dict(rows)

    def owner_of(self, account: int) -> int | None:
        """The client of an account that `ids` has just given; an account to come has an owner to come."""
        return account if account < 0 else self._owner.get(account)

    def _confirmed(self, thing: Staged) -> Row | None:
        """The client that a new one was confirmed to be, unless the bank numbers them apart."""
        row = self.by_id(CLIENT, self._same[thing.key])
        if row is None or (row[1] is not None and not thing.key.startswith(keys.NUMBERLESS)):
            return None
        return row

    def _by_document(self, open_ones: list[tuple[int, Staged]], found: list[Row | None]) -> None:
        """A client with the same ID document, when there is one only and the bank has not numbered it otherwise."""
        place = VALUES + CLIENT.fields.index("id_number")
        documents = {at: next((v[place] for v in thing.versions if v[place]), None) for at, thing in open_ones}
        wanted = {document for document in documents.values() if document}
        if not wanted:
            return
        rows = self._reads.rows(
            f"{select(CLIENT)} WHERE t.id_number {LISTED} AND t.merged_into IS NULL", (keys.listed(wanted),)
        )
        by_document: dict[str, list[Row]] = defaultdict(list)
        column = 1 + CLIENT.columns.index("id_number")
        for row in rows:
            by_document[row[column]].append(row)
        taken = set()
        for at, thing in open_ones:
            some = by_document.get(documents[at] or "", [])
            own = [row for row in some if row[1] is None]
            if thing.key.startswith(keys.NUMBERLESS) and not own:
                own = some
            if len(own) == 1 and own[0][0] not in taken:
                found[at] = own[0]
                taken.add(own[0][0])

    def _by_person(self, open_ones: list[tuple[int, Staged]], found: list[Row | None]) -> None:
        """The very same contact, from an earlier import of the same list."""
        nameplace = VALUES + CLIENT.fields.index("name")
        people = [(at, thing) for at, thing in open_ones if found[at] is None and thing.key.startswith(keys.BY_PERSON)]
        names = {thing.versions[0][nameplace] for _at, thing in people}
        if not people:
            return
        rows = self._reads.rows(
            f"{select(CLIENT)} WHERE t.number IS NULL AND t.name {LISTED}", (keys.listed(n or "" for n in names),)
        )
        told = [1 + CLIENT.columns.index(column) for column in ("name", "birth_date", "phone", "email")]
        same = {keys.of_person(*(row[place] for place in told)): row for row in rows}
        for at, thing in people:
            found[at] = same.get(thing.key)
