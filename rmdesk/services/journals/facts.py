"""Gathers what the files of a journal's clients tell, so that none of it gets into a playbook card."""

from __future__ import annotations

from rmdesk.base import money
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.journals import rules
from rmdesk.services.store.reads import Reads


def of_journal(reads: Reads, journal: RecordId) -> rules.FileFacts:
    """The facts of all clients that a journal is about."""
    rows = reads.rows(
        "SELECT client_id FROM journal_client WHERE journal_id = ? UNION "
        "SELECT v.client_id FROM journal_visit j JOIN visit v ON v.id = j.visit_id WHERE j.journal_id = ?",
        (journal, journal),
    )
    return rules.all_of(of_client(reads, ClientId(row[0])) for row in rows)


def of_client(reads: Reads, client: ClientId) -> rules.FileFacts:
    """Names (of relatives, too), phones, numbers and amounts of a client's file."""
    row = reads.one(
        "SELECT name, pinyin, employer, wechat, email, phone, other_phones, number, id_number, aum_minor, currency "
        "FROM client WHERE id = ?",
        (client,),
    )
    if row is None:
        return rules.FileFacts()
    people = _people(reads, client)
    called = (row[0], row[1], *(one[0] for one in people))
    names = [variant for name in called if name for variant in rules.variants_of(name)]
    names += [told for told in row[2:5] if told]
    names += rules.firm_variants(row[2] or "")
    phones = [row[5], *(row[6] or "").split("\n"), *(one[1] for one in people)]
    whole = [phone for phone in phones if phone]
    accounts = reads.rows("SELECT number, balance_minor, currency FROM account WHERE client_id = ?", (client,))
    holdings = reads.rows("SELECT amount_minor, currency FROM holding WHERE client_id = ?", (client,))
    amounts = [(row[9], row[10]), *((one[1], one[2]) for one in accounts), *holdings]
    return rules.FileFacts(
        names=tuple(dict.fromkeys(names)),
        phones=(*whole, *(phone[-4:] for phone in whole)),
        numbers=tuple(told for told in (row[7], row[8], *(one[0] for one in accounts)) if told),
        amounts=tuple(
            form
            for minor, currency in amounts
            if minor
            for form in rules.amounts_as_written(abs(minor), money.digits(currency or "CNY"))
        ),
    )


def _people(reads: Reads, client: ClientId) -> list[tuple[str, str | None]]:
    rows = reads.rows(
        "SELECT p.name, p.phone FROM relationship r JOIN person p ON p.id IN (r.from_person_id, r.to_person_id) "
        "WHERE ? IN (r.from_client_id, r.to_client_id) UNION "
        "SELECT c.name, c.phone FROM relationship r JOIN client c ON c.id IN (r.from_client_id, r.to_client_id) "
        "WHERE ? IN (r.from_client_id, r.to_client_id) AND c.id <> ? UNION "
        "SELECT person, NULL FROM occasion WHERE client_id = ? AND person IS NOT NULL",
        (client, client, client, client),
    )
    return [(row[0], row[1]) for row in rows]
