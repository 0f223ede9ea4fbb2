"""That rows of clients were copied is on record."""

from __future__ import annotations

from rmdesk.services.clients import export
from rmdesk.services.store.store import Store


def test_that_rows_were_copied_is_on_record(store: Store) -> None:
    assert store.perform(export.NoteRowsCopied(2, ("name", "aum"))).inverse is None
    rows = store.read(lambda reads: reads.rows("SELECT command, client_id, after FROM change"))
    assert rows == [("NoteRowsCopied", None, '{"columns": ["name", "aum"], "exported": 2, "form": "copy"}')]
    assert store.read(lambda reads: reads.rows("SELECT act, facts FROM audit_entry")) == [
        ("copy", '{"rows": 2, "what": "clients"}')
    ]
