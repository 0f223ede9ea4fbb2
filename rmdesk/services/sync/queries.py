"""Reads what the screens show of following a hub: the one line, and what waits for the manager's word.

Plain SQL over the partial indexes: what is in step with the hub costs nothing, however much it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from rmdesk.models.kinds import ClientId
from rmdesk.services.store.reads import Reads
from rmdesk.services.sync import refusals, words
from rmdesk.services.sync.lasting import days_left
from rmdesk.services.sync.rows import DifferenceRow, LateField, LateRow, RefusedRow, SyncLine, SyncMode, Version
from rmdesk.services.sync.saying import Saying, instant
from rmdesk.services.sync.schedule import SHUT
from rmdesk.services.sync.spans import differing
from rmdesk.services.sync.state import reached, who
from rmdesk.wire.registry import BY_NAME, Kind

MOST = 500  # rows of one list; whoever has more settles these first
ALIKE = 8  # signs from which on two texts are compared word by word
LINES = 60  # signs from which on a text gets an editor of several lines
# What is worked out of another field goes with it: a name takes its reading along.
FOLLOWERS: dict[tuple[str, str], tuple[str, ...]] = {
    ("client", "name"): ("pinyin", "initials", "pinyin_also"),
    ("client", "pinyin"): ("initials",),
    ("person", "name"): ("pinyin", "initials"),
}


def waiting_count(reads: Reads) -> int:
    """How many records the hub has not heard of as they are."""
    return _states(reads).get("dirty", 0)


def sync_line(reads: Reads) -> SyncLine:
    """Where following the hub stands, in one line."""
    if not reads.value("SELECT joined FROM sync_control"):
        return SyncLine(SyncMode.NONE)
    states = _states(reads)
    waiting, refused = states.get("dirty", 0), states.get("refused", 0)
    differences = sum(len(_fields(row[0], json.loads(row[1]))) for row in reads.rows(_OPEN))
    late = int(reads.value("SELECT count(*) FROM late_edit WHERE state = 'open'"))
    lease, round_ = days_left(reads), reached(reads)
    offline = bool(round_.error)
    if lease is not None and lease < 0:
        state = SyncMode.EXPIRED
    elif differences or refused or late:
        state = SyncMode.ATTENTION
    elif offline:
        state = SyncMode.OFFLINE
    else:
        state = SyncMode.WAITING if waiting else SyncMode.SYNCED
    return SyncLine(state, waiting, differences, refused, late, lease, round_.at, offline, round_.error in SHUT)


def differences(reads: Reads, client: ClientId | None = None) -> tuple[DifferenceRow, ...]:
    """Fields of which two people wrote different values unseen, the newest first; of one client where one is given."""
    narrowed = " AND client_id = ?" if client is not None else ""
    order = "ORDER BY coalesce(changed_at, edited_at) DESC, entity, entity_id LIMIT ?"
    found = reads.rows(f"{_DIFFERENCES}{narrowed} {order}", (*([client] if client is not None else []), MOST))
    return _told(reads, found)


def differences_of(reads: Reads, entity: str, key: str) -> tuple[DifferenceRow, ...]:
    """The open differences of one record."""
    return _told(reads, reads.rows(f"{_DIFFERENCES} AND entity = ? AND entity_id = ?", (entity, key)))


def refused(reads: Reads) -> tuple[RefusedRow, ...]:
    """What the hub did not take, the newest first."""
    saying = Saying(reads)
    found = reads.rows(
        "SELECT entity, entity_id, client_id, refusal, dirty, rev, edited_at, offers FROM sync_record"
        " WHERE state <> 'clean' AND state = 'refused' ORDER BY edited_at DESC, entity, entity_id LIMIT ?",
        (MOST,),
    )
    return tuple(_refused(saying, number, row) for number, row in enumerate(found, 1))


def late_edits(reads: Reads) -> tuple[LateRow, ...]:
    """What former managers wrote offline about clients who had moved here by then, the newest first."""
    saying = Saying(reads)
    found = reads.rows(
        "SELECT id, entity, entity_id, client_id, item, \"by\", at FROM late_edit WHERE state = 'open'"
        " ORDER BY at DESC, id LIMIT ?",
        (MOST,),
    )
    return tuple(_late(saying, number, row) for number, row in enumerate(found, 1))


def followers(entity: str, field: str, there: Iterable[str]) -> tuple[str, ...]:
    """The fields with open differences that are settled together with a field."""
    return tuple(name for name in FOLLOWERS.get((entity, field), ()) if name in there)


def shown(entity: str, there: Iterable[str]) -> tuple[str, ...]:
    """The fields of a record to settle one by one: without those that go with another."""
    names = tuple(dict.fromkeys(there))
    gone = {follower for name in names for follower in followers(entity, name, names)}
    return tuple(name for name in names if name not in gone)


_OPEN = "SELECT entity, conflicts FROM sync_record WHERE conflicts <> '{}'"
_DIFFERENCES = """
SELECT entity, entity_id, client_id, conflicts, dirty, changed_by, changed_at, edited_at FROM sync_record
WHERE conflicts <> '{}'"""


def _states(reads: Reads) -> dict[str, int]:
    return dict(reads.rows("SELECT state, count(*) FROM sync_record WHERE state <> 'clean' GROUP BY state"))


def _fields(entity: str, conflicts: dict[str, dict[str, Any]]) -> tuple[str, ...]:
    return shown(entity, sorted({str(one["field"]) for one in conflicts.values()}))


def _told(reads: Reads, found: list[tuple[Any, ...]]) -> tuple[DifferenceRow, ...]:
    saying, me = Saying(reads), who(reads)
    rows: list[DifferenceRow] = []
    for row in found:
        conflicts = json.loads(row[3])
        for field in _fields(row[0], conflicts):
            rows.append(_difference(saying, me.user if me else "", len(rows) + 1, row, field, conflicts))
    return tuple(rows)


def _difference(
    saying: Saying, me: str, number: int, row: tuple[Any, ...], field: str, conflicts: dict[str, dict[str, Any]]
) -> DifferenceRow:
    entity, key, client, _conflicts, dirty, by, at, edited = row
    values, free = saying.row(entity, key) or {}, _is_free(entity, field)
    now = saying.said(entity, field, values.get(field), values)
    mine = field in json.loads(dirty)  # written here, and the hub has not heard
    name = saying.person(me if mine else by)
    versions = [Version("", now, name, instant(edited if mine else at), mine or by == me)]
    others = sorted(
        ((one, told) for one, told in conflicts.items() if told["field"] == field),
        key=lambda pair: pair[1].get("at") or "",
    )
    for conflict, told in others:
        text = saying.said(entity, field, told.get("value"), values)
        spans = differing(text, now)[0] if free and max(len(text), len(now)) >= ALIKE else ()
        author = str(told.get("by") or "")
        own = bool(author) and author == me
        versions.append(Version(conflict, text, saying.person(author), instant(told.get("at")), own, spans))
    if len(others) == 1 and versions[1].spans:
        first = versions[0]
        marked = differing(now, versions[1].text)[0]
        versions[0] = Version("", first.text, first.by, first.at, first.own, marked)
    longest = max(versions, key=lambda one: len(one.text)).text
    return DifferenceRow(
        number, entity, key, field, None if client is None else ClientId(client), saying.client(client),
        words.record_name(entity), saying.about(entity, values), words.field_label(entity, field), tuple(versions),
        free, free and (len(longest) > LINES or "\n" in longest),
    )  # fmt: skip


def _is_free(entity: str, field: str) -> bool:
    """Whether a field is a text that anybody may word."""
    told = BY_NAME[entity].field(field)
    is_text = told is not None and told.kind is Kind.TEXT and not told.lead
    return is_text and words.code_name(entity, field, "") is None and field not in UNWRITTEN


# Texts with a form of their own: days and times as text, codes, fingerprints.
UNWRITTEN = frozenset(
    (
        *("birth_date", "at", "currency", "pinyin", "initials", "pinyin_also", "id_number", "id_kind", "entity"),
        *("entity_id", "sha256", "media_type", "key", "spec", "person_id", "calendar"),
    )
)


def _refused(saying: Saying, number: int, row: tuple[Any, ...]) -> RefusedRow:
    entity, key, client, told, dirty, rev, edited, offers = row
    refusal = json.loads(told) if told else {}
    code, field = str(refusal.get("code") or ""), str(refusal.get("field") or "")
    values = saying.row(entity, key)
    why, do = refusals.words_of(code, words.field_label(entity, field) if field else "")
    told_fields = tuple(
        (words.field_label(entity, name), saying.said(entity, name, values.get(name), values))
        for name in json.loads(dirty)
        if values is not None and values.get(name) not in (None, "") and not _is_silent(entity, name)
    )
    others = tuple(
        (words.field_label(entity, one["field"]), saying.said(entity, one["field"], one.get("value"), values or {}),
         saying.person(str(one.get("by") or "")))
        for one in json.loads(offers)
    )  # fmt: skip
    return RefusedRow(
        number, entity, key, None if client is None else ClientId(client), saying.client(client),
        words.record_name(entity), saying.about(entity, values), code, why, do, told_fields, rev > 0,
        instant(edited), others,
    )  # fmt: skip


def _is_silent(entity: str, field: str) -> bool:
    """Fields that say nothing to a reader: keys and fingerprints."""
    told = BY_NAME[entity].field(field)
    return told is not None and (told.kind in (Kind.CLIENT, Kind.LINK) or field in ("initials", "pinyin", "entered_at"))


def _late(saying: Saying, number: int, row: tuple[Any, ...]) -> LateRow:
    key, entity, record_key, client, told, by, at = row
    item = json.loads(told)
    patch = {name: edit["value"] for name, edit in item.get("patch", {}).items() if not _is_silent(entity, name)}
    values = saying.row(entity, record_key)
    fields = []
    for name, value in patch.items():
        late = saying.said(entity, name, value, item_values(item))
        now = None if values is None else saying.said(entity, name, values.get(name), values)
        if late == (now or ""):
            continue
        compared = bool(now) and _is_free(entity, name) and max(len(late), len(now or "")) >= ALIKE
        marks = differing(now or "", late) if compared else ((), ())
        fields.append(LateField(words.field_label(entity, name), now, late, *marks))
    about = saying.about(entity, values if values is not None else item_values(item))
    return LateRow(
        number, key, entity, record_key, ClientId(client), saying.client(client), words.record_name(entity), about,
        saying.person(by) or by, instant(at), tuple(fields), item.get("delete") is not None, values is not None,
    )  # fmt: skip


def item_values(item: dict[str, Any]) -> dict[str, Any]:
    """The values an item tells, as if they were a record."""
    return {name: edit["value"] for name, edit in item.get("patch", {}).items()}
