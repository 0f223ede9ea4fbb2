"""Removing a client who left: everything that came from the scope, and the client once nothing else holds them here."""

from __future__ import annotations

from collections import Counter

from rmdesk.models.kinds import Topic
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.writing import note
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import bank, contents, known, removing, traces
from rmdesk.wire import merge
from rmdesk.wire.registry import BY_NAME, TYPES


def purge_client(work: UnitOfWork, client: str, scope: str) -> dict[str, int]:
    """Remove what this desk has of a client (wire id) from a scope, after what was unsent has been told.

    Gives the counts of removed records by kind. A record that meanwhile came from another scope stays, and with it
    the client. What is one's own and names the client (a journal) stays without the name.
    """
    number = work.value("SELECT client_id FROM sync_client WHERE wire_id = ?", (client,))
    if number is None:
        return {}
    counts: Counter[str] = Counter()
    with contents.applying(work):
        here = known.where(work, "client_id = ?", (number,))
        gone = [one for one in here if merge.leaves(one.held, scope) and one.entity != "client"]
        for kind in reversed(TYPES):
            keys = [one.entity_id for one in gone if one.entity == kind.name]
            contents.remove(work, kind, keys)
            counts[kind.name] += len(keys)
        known.forget(work, gone)
        sql = "DELETE FROM sync_waiting WHERE scope = ? AND json_extract(row, '$.client') = ?"
        work.bulk(sql, (scope, client), topics={Topic.SYNC})
        itself = next((one for one in here if one.entity == "client"), None)
        others = [one for one in here if one not in gone and one is not itself and not _own(one.held.scope)]
        if itself is not None and merge.leaves(itself.held, scope):
            known.forget(work, [itself])
        elif itself is not None:
            others.append(itself)
        if not others and removing.make_room(work, BY_NAME["client"], str(number), client):
            work.bulk("UPDATE client SET merged_into = NULL WHERE merged_into = ?", (number,), topics=())
            counts["traces"] += traces.remove(work, int(number), [(one.entity, one.entity_id) for one in here])
            bank.let_go(work, int(number))
            work.bulk("DELETE FROM client WHERE id = ?", (number,), topics=set(Topic))
            counts["client"] += 1
            note(work, Act.PURGE, entity="client", entity_id=int(number), facts={"records": sum(counts.values())})
    return {name: count for name, count in counts.items() if count}


def _own(scope: str) -> bool:
    return scope.startswith(("own:", "team:"))
