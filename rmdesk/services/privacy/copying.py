"""A copy of all data on a client, to be given to the client: as plain data, and as a document to read.

What concerns other clients, too, is left out of both and counted: nobody learns of another client's affairs.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from rmdesk.base import clock
from rmdesk.base.money import Money
from rmdesk.base.record import record
from rmdesk.base.text import phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.documents import blocks, plain
from rmdesk.services.privacy import codes
from rmdesk.services.profile import privacy
from rmdesk.services.profile.privacy import TableRow
from rmdesk.services.store.reads import Reads

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress
    from rmdesk.services.exports.door import Make
    from rmdesk.services.exports.rules import Mark

COPY = "copy"  # what goes out, as services/exports has it
TOLD = {"copied": "all"}  # what the change record says
UNTOLD = ("partial", "left_out", "extra", "last_month")
DECEMBER = 12  # a month above it counts from year 0
MOST_SHOWN = 400  # rows of one table in the document; the JSON has all


@record
class Part:
    """The rows of one table, as field and value; `shared`: so many more that concern other clients, too."""

    table: TableRow
    rows: tuple[dict[str, Any], ...]
    shared: int


@record
class ClientCopy:
    """All data on one client as of a day."""

    client: ClientId
    name: str
    day: date
    parts: tuple[Part, ...]


def copy_of(reads: Reads, client: ClientId, day: date | None = None) -> ClientCopy:
    """Everything kept on a client; the contents of photos and files are counted, not copied."""
    name = reads.value("SELECT name FROM client WHERE id = ?", (client,)) or ""
    parts = tuple(_part(reads, table, client) for table in privacy.personal())
    return ClientCopy(client, name, day or clock.today(), tuple(part for part in parts if part.rows or part.shared))


def as_json(copy: ClientCopy, mark: str = "") -> bytes:
    """The copy as a JSON document, UTF-8, with class, purpose and retention beside each table, and whose copy it is."""
    data = {
        "client": copy.name,
        "as_of": copy.day.isoformat(),
        "mark": mark,
        "tables": [
            {
                "table": part.table.table,
                "name": part.table.name.said,
                "fields": {
                    field.field: {
                        "class": field.kind,
                        "purpose": privacy.purpose_name(field.purpose),
                        "retention": field.retention.name.said,
                    }
                    for field in part.table.fields
                },
                "rows": part.rows,
                "left_out": part.shared,
            }
            for part in copy.parts
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def document_of(copy: ClientCopy, manager: str = "") -> blocks.Document:
    """The copy as a document that people read."""
    name = phrase("Copy of your data")
    made: list[blocks.Block] = [
        blocks.Title(name, phrase("{name}, as of {day}", name=copy.name, day=copy.day.isoformat())),
        blocks.Paragraph(phrase("Everything that your relationship manager's desk keeps on you, and what for."), True),
    ]
    for part in copy.parts:
        made += _blocks(part)
    return blocks.Document(name, tuple(made), copy.day, manager, copy.client, confidential=False)


def as_made(client: ClientId, form: str) -> Make:
    """What makes the copy as json, or as txt to read, for services/exports."""

    def make(reads: Reads, mark: Mark, _progress: Progress) -> tuple[bytes, int]:
        copy = copy_of(reads, client)
        if form == "json":
            return as_json(copy, mark.line), 1
        return "\n".join((*plain.lines(document_of(copy)), "", mark.line)).encode(), 1

    return make


def _part(reads: Reads, table: TableRow, client: ClientId) -> Part:
    names = [field.field for field in table.fields if field.field != "content" or table.table != "attachment_content"]
    if not names:
        return Part(table, (), 0)
    columns = ", ".join(f'"{name}"' for name in names)
    alone = f" AND ({table.alone})" if table.alone else ""
    bound = {"client": client}
    rows: list[dict[str, Any]] = []
    for page in reads.pages(f"SELECT {columns} FROM {table.table} WHERE ({table.of}){alone}", bound):
        rows += [_plain(dict(zip(names, row, strict=True))) for row in page]
    shared = 0
    if table.alone:
        shared = reads.value(f"SELECT count(*) FROM {table.table} WHERE ({table.of}) AND NOT ({table.alone})", bound)
    return Part(table, tuple(rows), shared)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Without what is unknown; amounts written out in their currency."""
    currency = row.get("currency")
    told: dict[str, Any] = {}
    for name, value in row.items():
        if value is None or value == "" or isinstance(value, bytes):
            continue  # packed figures: what they were counted from is copied
        if name.endswith("_minor") and currency and isinstance(value, int):
            value = str(Money(value, currency))
        told[name] = value
    return told


def _blocks(part: Part) -> list[blocks.Block]:
    purposes = dict.fromkeys(privacy.purpose_name(field.purpose) for field in part.table.fields)
    terms = dict.fromkeys(field.retention.name.said for field in part.table.fields)
    items = []
    for row in part.rows[:MOST_SHOWN]:
        told = [
            f"{privacy.label(name)}: {_said(part.table.table, name, value)}"
            for name, value in row.items()
            if _tells(name) and (part.table.table, name) not in codes.PACKED
        ]
        items.append(blocks.Line("  ·  ".join(told)))
    made: list[blocks.Block] = [
        blocks.Heading(part.table.name.said, str(len(part.rows))),
        blocks.Note(f"{', '.join(purposes)}. {', '.join(terms)}."),
        blocks.Lines(tuple(items), cut=max(0, len(part.rows) - MOST_SHOWN)),
    ]
    if part.shared:
        made.append(
            blocks.Note(phrase("{count} more concern other clients, too, and are left out.", count=part.shared))
        )
    return made


def _tells(name: str) -> bool:
    """Keys of other rows tell a reader nothing; the JSON has them."""
    return not name.endswith("_id") and name not in UNTOLD


def _said(table: str, name: str, value: Any) -> str:
    if name == "month" and isinstance(value, int) and value > DECEMBER:
        return f"{value // 12}-{value % 12 + 1:02}"
    return codes.said(table, name, value)
