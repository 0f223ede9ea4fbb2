"""Reads one record in full, as a lead looks at it: what was written, and what one wants to know of the client."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.record import replace
from rmdesk.base.text import N_, Phrase, phrase
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.care.words import Compact
from rmdesk.services.complaints import queries as complaints
from rmdesk.services.gifts import queries as gifts
from rmdesk.services.store import sealed
from rmdesk.services.store.reads import Reads
from rmdesk.services.team import words
from rmdesk.services.team.members import team_of
from rmdesk.services.team.rows import Log, LogLine
from rmdesk.services.visits import queries as visits
from rmdesk.services.visits.rows import VisitRow

FOUND = {"need": "good", "signal": "occasion"}


def log_of(reads: Reads, entity: str, key: str) -> Log:
    """A visit, a gift, a complaint or a request (gift_approval) in full; refused when it is gone."""
    if entity == "visit":
        made = _visit(reads, key)
    elif entity == "complaint":
        made = _complaint(reads, key)
    else:
        made = _gift(reads, entity, key)
    about, tier = _about(reads, made.client)
    return replace(
        made,
        member=_member(reads, made.client),
        tier=tier,
        about=about,
        reviews=words.reviews_of(reads, made.entity, made.id),
        added=words.addenda_of(reads, made.entity, made.id),
        sealed=sealed.is_sealed(reads, made.entity, made.id),
    )


def _visit(reads: Reads, key: str) -> Log:
    row = visits.visit_of(reads, RecordId(key))
    entered = reads.value("SELECT entered_at FROM visit WHERE id = ?", (key,))
    lines = (
        LogLine(N_("Purpose"), row.purpose),
        LogLine(N_("Content"), row.content),
        LogLine(N_("New findings"), chips=tuple((one.text, FOUND.get(one.kind, "plain")) for one in row.found)),
        LogLine(N_("Promises"), _promises(reads, key)),
        LogLine(N_("Next step"), _next(row)),
        LogLine(N_("Present"), row.participants),
        LogLine(N_("Place"), row.place or row.district),
    )
    return _log(
        "visit", key, row.client, row.name, row.on, lines, at=row.at, channel=row.channel, minutes=row.minutes,
        entered=datetime.fromisoformat(entered).astimezone(), late=row.late,
    )  # fmt: skip


def _promises(reads: Reads, visit: str) -> str:
    rows = reads.rows("SELECT due_on, text FROM promise WHERE visit_id = ? ORDER BY due_on, id LIMIT 20", (visit,))
    return "\n".join(f"{due[5:]} {text}" for due, text in rows)


def _next(row: VisitRow) -> str:
    return f"{row.next_on:%m-%d} {row.next_step}" if row.next_on is not None else row.next_step


def _complaint(reads: Reads, key: str) -> Log:
    client = reads.value("SELECT client_id FROM complaint WHERE id = ?", (key,))
    found = () if client is None else complaints.complaints_of(reads, ClientId(client))
    row = next((one for one in found if one.id == key), None)
    if row is None:
        raise Refused(N_("This record no longer exists."), do=N_("Reload the page."), code="gone")
    steps = "\n".join(f"{one.on:%m-%d} {one.who}: {one.text}" for one in row.steps)
    lines = (
        LogLine(N_("Complaint"), row.text),
        LogLine(N_("Steps"), steps),
        LogLine(N_("Solution"), row.solution),
        LogLine(N_("Clock"), phrase("{used} of {allowed} days", used=row.used, allowed=row.allowed)),
        LogLine(N_("First asked"), row.owner),
    )
    channel = "" if row.channel is None else row.channel.value
    return _log("complaint", key, row.client, row.name, row.closed_on or row.received_on, lines, channel=channel,
                late=row.late)  # fmt: skip


def _gift(reads: Reads, entity: str, key: str) -> Log:
    gift = key
    if entity == "gift_approval":
        gift = reads.value("SELECT gift_id FROM gift_approval WHERE id = ?", (key,)) or ""
    row = gifts.gift_of(reads, gift)
    asked = row.approval if row.approval is not None and row.approval.id == key else None
    lines = [
        LogLine(N_("Gift"), row.title),
        LogLine(N_("For whom"), row.recipient_name),
        LogLine(N_("Cost"), minor=row.cost_minor, currency=row.currency or row.home),
        LogLine(N_("Occasion"), row.occasion or ""),
        LogLine(N_("Why this gift"), row.why or ""),
        LogLine(N_("Reaction"), row.reaction or ""),
    ]
    if row.breach is not None:
        lines.append(LogLine(N_("Breach"), row.breach))
    if asked is not None:
        lines.append(LogLine(N_("Reason for asking"), asked.reason))
        lines += [LogLine(N_("Limit passed"), _passed(one, row.home)) for one in asked.passed]
    log = _log("gift", row.id, row.client, row.client_name, row.given_on or row.on, tuple(lines))
    return log if asked is None else replace(log, entity="gift", request=asked.id, on=asked.asked_on)


def _passed(one: gifts.Passed, home: str) -> Phrase:
    return phrase("{limit}, by {over}", limit=Compact(one.limit_minor, home), over=Compact(one.over_minor, home))


def _log(
    entity: str,
    key: str,
    client: ClientId,
    name: str,
    on: date,
    lines: tuple[LogLine, ...],
    *,
    at: str = "",
    channel: str = "",
    minutes: int | None = None,
    entered: datetime | None = None,
    late: bool = False,
) -> Log:
    told = tuple(line for line in lines if line.text or line.chips or line.minor is not None)
    return Log(entity, key, client, name, "", on, at, channel, minutes, entered, late, None, (), told, (), (), False)


def _member(reads: Reads, client: ClientId) -> str:
    team = team_of(reads)
    return team.name_of(reads.value("SELECT book FROM sync_client WHERE client_id = ?", (client,)))


def _about(reads: Reads, client: ClientId) -> tuple[tuple[LogLine, ...], str | None]:
    """What a lead wants to know of the client, and the tier."""
    from rmdesk.services.team.queries import tiers_of

    today = clock.today()
    last = visits.last_contact_of(reads, client)
    owed = reads.one(
        "SELECT sum(due_on < :day), count(*) FROM promise WHERE client_id = :client AND state = 'open'",
        {"client": client, "day": today.isoformat()},
    ) or (0, 0)
    recent = (today - timedelta(days=90)).isoformat()
    seen = reads.value(
        "SELECT count(*) FROM visit WHERE client_id = ? AND state = 'held' AND two_way AND \"on\" >= ?",
        (client, recent),
    )
    complaints_open = reads.value("SELECT count(*) FROM complaint WHERE client_id = ? AND state = 'open'", (client,))
    aum = reads.one("SELECT aum_minor, currency FROM client_figures WHERE client_id = ?", (client,))
    taboos = [row[0] for row in reads.rows(
        "SELECT text FROM preference WHERE client_id = ? AND taste = 'taboo' ORDER BY noted_on, id LIMIT 5", (client,)
    )]  # fmt: skip
    lines = [
        LogLine(N_("AUM"), minor=aum[0] if aum else None, currency=aum[1] if aum else ""),
        LogLine(N_("Last contact"), "" if last is None else f"{last:%m-%d}"),
        LogLine(N_("Contacts in 90 days"), str(seen)),
        LogLine(N_("Open promises"), _owed(int(owed[0] or 0), int(owed[1]))),
        LogLine(N_("Open complaints"), str(complaints_open) if complaints_open else ""),
        LogLine(N_("Taboos"), " · ".join(taboos)),
    ]
    return tuple(line for line in lines if line.text or line.minor is not None), tiers_of(reads, {client}).get(client)


def _owed(overdue: int, open_: int) -> Phrase | str:
    if not open_:
        return ""
    return phrase("{count}, {overdue} overdue", count=open_, overdue=overdue) if overdue else str(open_)
