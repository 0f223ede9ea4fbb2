"""Whether what a desk sent can be: kinds of values, limits, and who may write what. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from rmdesk.hub.packing import deeper
from rmdesk.models.kinds import CONTENT
from rmdesk.wire.messages import Item, Row, Value
from rmdesk.wire.registry import BY_NAME, LEAD_ONLY, Field, Kind, Rule, Type

MOST_TEXT = 1 << 18  # characters of one value
LARGEST = (1 << 63) - 1
ID = re.compile(r"[0-9a-f]{32}")
TEXT_KINDS = (Kind.TEXT, Kind.DAY, Kind.INSTANT, Kind.JSON, Kind.CLIENT, Kind.LINK)


class Wrong(NamedTuple):
    """Why an item is refused: a code for programs, and the field."""

    code: str
    field: str = ""


class Rights(NamedTuple):
    """What somebody may do in a scope: as its manager (or substitute), as the lead of its team, or both."""

    manager: bool
    lead: bool


def kind_of(item: Item) -> Type | Wrong:
    """The type of an item; what the bank tells is written by nobody else."""
    known = BY_NAME.get(item.type)
    if known is None:
        return Wrong("bank_only" if item.type.startswith("bank_") else "unknown_type")
    return known


def wrong_values(kind: Type, item: Item, most_blob: int) -> Wrong | None:
    """The first value that cannot be."""
    if not is_instant(item.at) and item.at:
        return Wrong("at")
    for name, value in [*((name, edit.value) for name, edit in item.patch.items())]:
        found = _wrong_value(kind, name, value)
        if found:
            return Wrong(found, name)
    for offer in item.offers:
        found = _wrong_value(kind, offer.field, offer.value)
        if found or max(len(offer.by), len(offer.device), len(offer.at)) > 64:
            return Wrong(found or "too_long", offer.field)
    if len(item.offers) > 100 or len(item.resolves) > 1000 or any("\0" in one for one in _texts(item)):
        return Wrong("text")
    if kind.name == "attachment" and "size" in item.patch:
        size = item.patch["size"].value
        if isinstance(size, int) and not 0 <= size <= most_blob:
            return Wrong("too_large", "size")
    return None


def wrong_rights(kind: Type, item: Item, row: Row | None, rights: Rights, user: str) -> Wrong | None:
    """Why somebody may not do this; a value that is there already is no change."""
    if kind.lead and not rights.lead:
        return Wrong("lead_only")
    if kind.name == "late_edit" and row is None:
        return Wrong("hub_only")
    if not rights.manager and not rights.lead:
        return Wrong("read_only")
    if kind.name in ("review", "addendum") and row is None:
        by = item.patch.get("by")
        if by is not None and ID.fullmatch(str(by.value)) and by.value != user:
            return Wrong("not_yours", "by")
    if not rights.manager and not _leads_may(kind):
        if item.delete is not None:
            return Wrong("read_only")
        for name in _changes(item, row):
            told = kind.field(name)
            if told is None or not (told.lead or told.both):
                return Wrong("read_only", name)
    if not rights.lead:
        for name in _changes(item, row):
            told = kind.field(name)
            if told is not None and (told.lead or item.patch[name].value in LEAD_ONLY.get((kind.name, name), ())):
                return Wrong("lead_only", name)
    return None


def wrong_end(kind: Type, item: Item, row: Row | None) -> Wrong | None:
    """What was written once is not changed."""
    if not kind.final or row is None or row.rev == 0:
        return None
    if item.delete is not None:
        return Wrong("final")
    return next((Wrong("final", name) for name in _changes(item, row)), None)


def wrong_approval(item: Item, row: Row | None, gift: Row | None) -> Wrong | None:
    """A gift is not approved while two versions of it are open: nobody could say which one was."""
    if item.type != "gift_approval" or (row is not None and row.fields.get("state") == "approved"):
        return None
    told = item.patch.get("state")
    if told is None or told.value != "approved":
        return None
    unclear = bool(gift and gift.conflicts) or bool(row and row.conflicts)
    return Wrong("open_difference", "state") if unclear else None


def breaks_seal(item: Item, row: Row | None) -> bool:
    """Whether this changes what a review has sealed, or takes it away."""
    sealed = {*CONTENT.get(item.type, ()), "client_id"}
    return item.delete is not None or not sealed.isdisjoint(_changes(item, row))


def is_instant(told: str) -> bool:
    """Whether a text is an instant in ISO 8601."""
    try:
        return len(told) <= 40 and datetime.fromisoformat(told) is not None
    except ValueError:
        return False


def _leads_may(kind: Type) -> bool:
    return kind.lead or kind.name == "addendum"


def _changes(item: Item, row: Row | None) -> Iterator[str]:
    fields = {} if row is None else row.fields
    return (name for name, edit in item.patch.items() if fields.get(name) != edit.value)


def _texts(item: Item) -> Iterator[str]:
    yield item.at
    yield from item.resolves
    for offer in item.offers:
        yield from (offer.by, offer.device, offer.at)


def _wrong_value(kind: Type, name: str, value: Value) -> str:
    told = kind.field(name)
    if told is None:
        return "unknown_field"
    if value is None:
        return ""
    if told.kind in TEXT_KINDS:
        return _wrong_text(told, value) if isinstance(value, str) else "kind"
    if not isinstance(value, int):
        return "kind"
    if told.kind is Kind.FLAG:
        return "" if value in (0, 1) else "kind"
    return "" if -LARGEST <= value <= LARGEST else "kind"


def _wrong_text(told: Field, value: str) -> str:
    if len(value) > MOST_TEXT:
        return "too_long"
    if "\0" in value:
        return "text"
    if told.rule is Rule.MACHINE:
        return "" if value in told.order else "state"
    if told.kind is Kind.DAY:
        return "" if _is_day(value) else "kind"
    if told.kind is Kind.INSTANT:
        return "" if is_instant(value) else "kind"
    if told.kind in (Kind.CLIENT, Kind.LINK):
        return "" if ID.fullmatch(value) else "kind"
    if told.kind is Kind.JSON:
        return "" if _is_json(value) else "kind"
    return ""


def _is_day(value: str) -> bool:
    try:
        return len(value) == 10 and date.fromisoformat(value) is not None
    except ValueError:
        return False


def _is_json(value: str) -> bool:
    if deeper(value.encode("utf-8", "replace")):
        return False
    try:
        msgspec.json.decode(value)
    except (msgspec.DecodeError, RecursionError):  # the latter for what is no JSON after all
        return False
    return True
