"""Which form a row of the list opens: the one in which its next step is put on record."""

from __future__ import annotations

from datetime import date

from rmdesk.base import clock
from rmdesk.base.record import record
from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import Channel, ClientId, RecordId, Tier
from rmdesk.services.care import details
from rmdesk.services.care.rows import CareItem, Shade, Step
from rmdesk.services.occasions import names
from rmdesk.services.occasions.due import Due
from rmdesk.services.scoring import tables
from rmdesk.services.store.reads import Reads


@record
class Opening:
    """A form by its name, and what is filled in besides the client. `key` names an occasion without a record,
    `kind` is what kind of one it is."""

    form: str  # visit, plan, greet, gift, settle, keep
    channel: Channel | None = None
    purpose: Phrase | None = None
    visit: RecordId | None = None
    occasion: RecordId | None = None
    day: date | None = None
    key: str = ""
    kind: str = ""


CHANNELS = {Step.VISIT: Channel.AT_CLIENT, Step.CARD: Channel.CHAT, Step.MESSAGE: Channel.CHAT}
_KEEP_IN_TOUCH = phrase("Keep in touch")
_GET_TO_KNOW = phrase("Get to know the client better")
_COMPLETE = phrase("Ask for what is missing")


def opening(reads: Reads, item: CareItem, day: date | None = None) -> Opening:
    """What fits the next step of a row: settle the complaint, keep the promise, prepare or note the greeting, plan a
    meeting; everything else is a contact to log, the planned one when there is one by today."""
    today = day or clock.today()
    step = item.action.step
    if step in (Step.RESOLVE, Step.KEEP):
        owed = details.details(reads, today, [item.client])[item.client]
        if step is Step.RESOLVE and owed.complaints:
            return Opening("settle")
        if owed.promises:
            return Opening("keep")
    if step in (Step.CARD, Step.MESSAGE):
        due = _occasion(reads, item, today)
        if due is not None:
            return _for_occasion(reads, item, due, today)
    if step is Step.MEET:
        return Opening("plan", purpose=purpose_of(item))
    planned = _planned(reads, item.client, today)
    if planned is not None:
        return Opening("visit", visit=planned)
    return Opening("visit", CHANNELS.get(step, Channel.PHONE), purpose_of(item))


def purpose_of(item: CareItem) -> Phrase:
    """What the contact is for, from the step or the first reason of the row."""
    if item.action.step is Step.COMPLETE:
        return _COMPLETE
    if item.action.step is Step.RENEW:
        maturing = [reason.text for reason in item.reasons if reason.shade is Shade.OPPORTUNITY]
        return phrase("Renewal: {what}", what=maturing[0]) if maturing else phrase("Renewal")
    first = item.reasons[0] if item.reasons else None
    if first is None or first.shade is Shade.OVERDUE:
        return _KEEP_IN_TOUCH
    return _GET_TO_KNOW if first.shade is Shade.VALUE else first.text


def _occasion(reads: Reads, item: CareItem, today: date) -> Due | None:
    """The occasion that the row speaks of: the one that weighs most within the lead time, not greeted for yet."""
    rule = tables.occasions()
    tier = 0 if item.tier is None else list(Tier).index(item.tier) + 1
    lead = rule.long_lead_days if tier in rule.long_tiers else rule.lead_days
    known = details.details(reads, today, [item.client])[item.client].occasions
    near = [due for due in known if -rule.late_days <= (due.on - today).days <= lead]
    return min(near, key=lambda due: (-due.weight(rule), due.on), default=None)


def _for_occasion(reads: Reads, item: CareItem, due: Due, today: date) -> Opening:
    """A gift while there is time to get one and none is on its way, for those who get a card; else the greeting."""
    early = (due.on - today).days > tables.occasions().full_days
    record_ = None if due.occasion is None else RecordId(due.occasion)
    if item.action.step is Step.CARD and early and not _gift_on_its_way(reads, item.client, today, due.on):
        form = "gift"
    else:
        form = "greet"
    return Opening(form, occasion=record_, day=due.on, key=names.key(due), kind=due.kind.value)


def _gift_on_its_way(reads: Reads, client: ClientId, first: date, last: date) -> bool:
    sql = (
        "SELECT 1 FROM gift WHERE client_id = ? AND state IN ('planned', 'awaiting', 'approved', 'bought') "
        "AND (planned_for IS NULL OR planned_for BETWEEN ? AND ?)"
    )
    return reads.value(sql, (client, first.isoformat(), last.isoformat())) is not None


def _planned(reads: Reads, client: ClientId, today: date) -> RecordId | None:
    """The planned visit that is due, the latest one."""
    sql = (
        'SELECT id FROM visit WHERE client_id = ? AND state = \'planned\' AND "on" <= ? ORDER BY "on" DESC, id LIMIT 1'
    )
    found = reads.value(sql, (client, today.isoformat()))
    return None if found is None else RecordId(found)
