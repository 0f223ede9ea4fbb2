"""Reads the people around a client: relationships, kin that follows, household, referrals, persons, influencers."""

from __future__ import annotations

from datetime import date

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId, RecordId, RelationKind
from rmdesk.services.clients.rules import masked_phone
from rmdesk.services.profile.rules import is_child, shown_birth
from rmdesk.services.relations import rules, tables, ties
from rmdesk.services.relations.rows import (
    HouseholdRow,
    KinRow,
    Member,
    Node,
    Party,
    PersonRow,
    ReferralRow,
    RelationRow,
)
from rmdesk.services.rulebook import Words
from rmdesk.services.store.reads import Reads

_PERSON = """
SELECT id, name, pinyin, coalesce(sex, ''), birth_date, coalesce(phone, ''), coalesce(occupation, ''),
       coalesce(employer, ''), coalesce(note, ''), official,
       (SELECT count(*) FROM relationship WHERE from_person_id = p.id OR to_person_id = p.id)
FROM person p
"""


def relations_of(reads: Reads, client: ClientId) -> tuple[RelationRow, ...]:
    """The relationships of a client, told from their side; grouped and in the order of the rule book."""
    return relations_around(reads, client)


def relations_around(reads: Reads, node: Node) -> tuple[RelationRow, ...]:
    """The same for a client or a person."""
    found = [tie for tie in ties.of(reads, node) if tie.id]
    known = ties.parties(reads, [tie.far(node) for tie in found])
    rows = []
    for tie in found:
        other = known.get(tie.far(node))
        if other is not None:
            role = tie.role_of(other.node)
            noted = tie.noted_on or clock.today()
            rows.append(
                RelationRow(RecordId(tie.id), role.name, role.called.by(other.sex), role.group, other, noted, tie.note)
            )
    groups, roles = list(tables.groups()), list(tables.role_names())
    rows.sort(key=lambda row: (groups.index(row.group), roles.index(row.role), row.noted_on, row.id))
    return tuple(rows)


def relation_of(reads: Reads, relationship: RecordId) -> tuple[Node, Node, str, date, str]:
    """One relationship as it is kept: `one` is the `kind` of `other`; with its day and note. Refused when gone."""
    row = reads.one(
        f"SELECT {ties.ONE.format('r')}, {ties.OTHER.format('r')}, kind, noted_on, coalesce(note, '')"
        " FROM relationship r WHERE id = ?",
        (relationship,),
    )
    if row is None:
        raise gone()
    return row[0], row[1], row[2], date.fromisoformat(row[3]), row[4]


def inferred_kin(reads: Reads, client: ClientId) -> tuple[KinRow, ...]:
    """Kin of a client that follows from what is kept, each with the steps it follows from. Never kept itself."""
    table = tables.inferred()
    graph = ties.kin(reads, client, ties.kin_depth())
    found = rules.inferred_kin(graph, client, table)
    known = ties.parties(reads, {node for _at, _back, nodes in found.values() for node in nodes})
    rows = []
    for end, (at, backwards, nodes) in found.items():
        if any(node not in known for node in nodes):
            continue
        via = known[nodes[0]].sex if len(nodes) == 2 else ""
        called = table[at].called(backwards=backwards, via=via).by(known[end].sex)
        rows.append((at, KinRow(called, known[end], _steps(table[at], backwards, nodes, known))))
    rows.sort(key=lambda row: (row[0], row[1].other.name, str(row[1].other.node)))
    return tuple(row for _at, row in rows)


def household_of(reads: Reads, client: ClientId) -> HouseholdRow | None:
    """The household of a client, None when nobody noted one."""
    return household_around(reads, client)


def household_around(reads: Reads, node: Node) -> HouseholdRow | None:
    """The same for a client or a person."""
    column = "client_id" if isinstance(node, int) else "person_id"
    row = reads.one(
        "SELECT h.id, h.name, coalesce(h.note, '') FROM household h JOIN household_member m ON m.household_id = h.id"
        f" WHERE m.{column} = ? ORDER BY h.id LIMIT 1",
        (node,),
    )
    if row is None:
        return None
    members = reads.rows(
        "SELECT id, coalesce(client_id, person_id) FROM household_member WHERE household_id = ?"
        " ORDER BY client_id IS NULL, id",
        (row[0],),
    )
    known = ties.parties(reads, [member[1] for member in members])
    once: dict[Node, Member] = {}
    for id_, who in members:
        if who in known:
            once.setdefault(who, Member(RecordId(id_), known[who]))
    money = reads.one(
        "SELECT f.currency, sum(f.aum_minor) FROM household_member m JOIN client_figures f ON f.client_id = m.client_id"
        " WHERE m.household_id = ? AND f.aum_minor IS NOT NULL GROUP BY f.currency",
        (row[0],),
    )
    return HouseholdRow(
        RecordId(row[0]), row[1], row[2], tuple(once.values()),
        int(money[1]) if money else None, str(money[0]) if money else "",
    )  # fmt: skip


def referrals_of(reads: Reads, client: ClientId, limit: int = 500) -> tuple[ReferralRow, ...]:
    """Whom a client brought, and by whom they were brought themselves; newest first."""
    rows = reads.rows(
        "SELECT id, client_id, name, \"on\", confirmed, new_client_id, coalesce(note, '') FROM referral"
        ' WHERE client_id = :client OR new_client_id = :client ORDER BY "on" DESC, id DESC LIMIT :limit',
        {"client": client, "limit": limit},
    )
    rows = [row for row in rows if row[1] != row[5]]
    known = ties.parties(reads, {node for row in rows for node in (row[1], row[5]) if node is not None})
    return tuple(
        ReferralRow(
            RecordId(row[0]), row[2], date.fromisoformat(row[3]), bool(row[4]), known.get(row[5]), row[6],
            by=known.get(row[1]) if row[1] != client else None,
        )
        for row in rows
    )  # fmt: skip


def person_of(reads: Reads, person: RecordId) -> PersonRow:
    """One person who is no client; refused when they are gone."""
    row = reads.one(f"{_PERSON} WHERE id = ?", (person,))
    if row is None:
        raise gone()
    return _person(row)


def birth_of(reads: Reads, person: RecordId) -> str:
    """The birth date of a person with its year, to fill the form with."""
    return str(reads.value("SELECT coalesce(birth_date, '') FROM person WHERE id = ?", (person,)) or "")


def persons_named(reads: Reads, text: str, limit: int = 8) -> tuple[PersonRow, ...]:
    """Persons whose name, reading or initials begin like this; for a form in which one is typed."""
    plain = text.strip().lower()
    if not plain:
        return ()
    rows = reads.rows(
        f"{_PERSON} WHERE substr(name, 1, length(:text)) = :text OR substr(initials, 1, length(:text)) = :text"
        " ORDER BY name, id LIMIT :limit",
        {"text": text.strip() if not text.isascii() else plain, "limit": limit},
    )
    return tuple(_person(row) for row in rows)


def name_of(reads: Reads, client: ClientId) -> str:
    """The name of a client; refused when there is none."""
    name = reads.value("SELECT name FROM client WHERE id = ?", (client,))
    if name is None:
        raise gone()
    return str(name)


def second_spouse(reads: Reads, one: Node, other: Node, but: str = "") -> Party | None:
    """Somebody to whom either of the two is married already, if anybody."""
    for node, new in ((one, other), (other, one)):
        for tie in ties.of(reads, node):
            if tie.kind == RelationKind.SPOUSE and tie.id != but and tie.far(node) != new:
                return ties.parties(reads, [tie.far(node)]).get(tie.far(node))
    return None


def gone() -> Refused:
    """What is said of a record that is no longer there."""
    return Refused(N_("This record no longer exists."), do=N_("Reload the page."), code="gone")


def _steps(
    entry: tables.Inferred, backwards: bool, nodes: tuple[Node, ...], known: dict[Node, Party]
) -> tuple[tuple[Words, Party], ...]:
    roles = tuple(rules.BACK[role] for role in reversed(entry.path)) if backwards else entry.path
    return tuple(
        (tables.role(role).called.by(known[node].sex), known[node]) for role, node in zip(roles, nodes, strict=True)
    )


def _person(row: tuple[str, str, str, str, str | None, str, str, str, str, int, int]) -> PersonRow:
    today = clock.today()
    return PersonRow(
        RecordId(row[0]), row[1], row[2], row[3], shown_birth(row[4], today), is_child(row[4], today),
        masked_phone(row[5]), *row[6:9], bool(row[9]), row[10],
    )  # fmt: skip
