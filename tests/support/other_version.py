"""A desk of another version of the program, in a process of its own: what is asked comes as JSON on its input.

`schema` is what it speaks; `without` {type: [fields]} what it does not know (no fields: not the type at all); `more`
{type: "field:kind@3 ..."} what it knows besides, each a column of text. Then it syncs, does `sql` in its file, syncs
again, and tells what `read` finds there.
"""

from __future__ import annotations

import json
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from rmdesk.wire import messages, registry, shapes


def become(told: dict[str, Any]) -> None:
    """Be that version. Nothing else of the program may have been loaded."""
    messages.SCHEMA = told["schema"]
    without, more = told.get("without", {}), told.get("more", {})
    types = []
    for one in registry.TYPES:
        gone = without.get(one.name)
        if gone is None or gone:
            fields = tuple(field for field in one.fields if field.name not in (gone or ()))
            types.append(replace(one, fields=fields + shapes.fields(more.get(one.name, ""))))
    registry.TYPES = tuple(types)
    registry.BY_NAME.clear()
    registry.BY_NAME |= {one.name: one for one in types}


def run(folder: Path, told: dict[str, Any]) -> dict[str, Any]:
    """Write, then one round; how it went."""
    from rmdesk.services.store import profile
    from rmdesk.services.sync import address
    from rmdesk.services.sync.engine import sync_round
    from tests.support import build

    with closing(profile.open_demo(folder)) as store:
        for name, fields in told.get("more", {}).items():
            there = {row[1] for row in store.read(lambda reads, name=name: reads.rows(f"PRAGMA table_info({name})"))}
            for field in shapes.fields(fields):
                if field.name not in there:
                    sql = f"ALTER TABLE {name} ADD COLUMN {field.name} TEXT"
                    build.perform(store, lambda work, sql=sql: work.bulk(sql, topics=()))
        with address.connect(store) as client:
            sync_round(store, client)
            for sql in told.get("sql", ()):
                build.perform(store, lambda work, sql=sql: work.bulk(sql, topics=()))
            report = sync_round(store, client)
        return {
            "pushed": report.pushed, "refused": report.refused, "mended": report.mended, "push_only": report.push_only,
            "found": [store.read(lambda reads, sql=sql: reads.rows(sql)) for sql in told.get("read", ())],
        }  # fmt: skip


if __name__ == "__main__":
    asked = json.loads(sys.stdin.read())
    become(asked)
    print(json.dumps(run(Path(sys.argv[1]), asked), ensure_ascii=False))
