"""How following a hub is told: the one line of the frame, times, kinds of scopes."""

from __future__ import annotations

from datetime import datetime

from rmdesk.base import clock
from rmdesk.base.text import N_, _, plural, sentences
from rmdesk.services.sync.rows import ScopeRow, SyncLine, SyncMode, Where
from rmdesk.ui.kit import format

SOON = 2  # days of a lease that are soon over
ROLES = {"manager": N_("Relationship manager"), "lead": N_("Team lead"), "administrator": N_("Administrator")}
SCOPES = {"bank": N_("Bank data"), "book": N_("Records"), "own": N_("My own"), "team": N_("Team")}


def said(line: SyncLine) -> tuple[str, str]:
    """The one thing to say, and the colour of its light."""
    if line.state is SyncMode.EXPIRED:
        return _("Offline too long: reach the team hub"), "risk"
    if line.state is SyncMode.ATTENTION:
        return plural("{count} to settle", "{count} to settle", line.to_settle), "occasion"
    if line.state is SyncMode.OFFLINE:
        return offline(line), "occasion"
    if line.state is SyncMode.WAITING:
        return plural("{count} record to upload", "{count} records to upload", line.waiting), "overdue"
    if line.state is SyncMode.SYNCED:
        return (_("Synced {time}").format(time=when(line.last_at)) if line.last_at else _("Synced")), "good"
    return "", "occasion"


def offline(line: SyncLine) -> str:
    """That the hub is out of reach, and for how long one may still work so."""
    if line.shut:
        return _("Sign in at the hub again")
    if line.lease_days is None:
        return _("Offline")
    return plural("Offline, {count} day left", "Offline, {count} days left", max(0, line.lease_days))


def rest(line: SyncLine) -> str:
    """What is not the most urgent, for the hint: what waits, when it was last in step, how long the lease runs."""
    told = []
    if line.differences:
        told.append(plural("{count} difference", "{count} differences", line.differences))
    if line.refused:
        told.append(plural("{count} not taken", "{count} not taken", line.refused))
    if line.late:
        told.append(plural("{count} late entry", "{count} late entries", line.late))
    if line.waiting:
        told.append(plural("{count} record to upload", "{count} records to upload", line.waiting))
    if line.last_at is not None:
        told.append(_("last synced {time}").format(time=when(line.last_at)))
    if line.offline and not line.shut:
        told.append(_("the team hub can't be reached"))
    lease = lease_said(line)
    return " · ".join([*told, lease] if lease else told)


def asked(where: Where) -> str:
    """The question about many deletions, "" when there is none."""
    told = []
    if where.outgoing:
        text = _("{count} records are to be removed at the team at once.")
        told.append(text.format(count=format.whole(where.outgoing)))
    if where.incoming:
        text = _("The team removed {count} records at once; they are to go here too.")
        told.append(text.format(count=format.whole(where.incoming)))
    return sentences(*told)


def strange(where: Where) -> str:
    """What is said of clients who are here and in no book of this desk, "" when there are none."""
    if not where.strangers:
        return ""
    told = plural(
        "{count} client here is in no book of yours: taken in from a file before this desk joined.",
        "{count} clients here are in no book of yours: taken in from a file before this desk joined.",
        where.strangers,
    )
    if not where.strange_records:
        return told
    return told + " " + plural(
        "{count} record of them is on no other desk.", "{count} records of them are on no other desk.",
        where.strange_records,
    )  # fmt: skip


def lease_said(line: SyncLine) -> str:
    """How long one may work without the hub."""
    if line.lease_days is None:
        return ""
    if line.lease_days < 0:
        return _("the time to work offline is over")
    return plural("may work offline for {count} day", "may work offline for {count} days", line.lease_days)


def when(at: datetime | None) -> str:
    """A time of today by the clock, an earlier one with its day."""
    if at is None:
        return ""
    here = at.astimezone()
    if here.date() == clock.today():
        return _("today {time}").format(time=f"{here:%H:%M}")
    return f"{format.short_day(here.date())} {here:%H:%M}"


def scope(row: ScopeRow) -> str:
    """What a scope holds, and whose it is where it is another's."""
    name = _(SCOPES.get(row.kind, row.kind))
    return f"{name} · {row.label}" if row.label else name


def progress(rows: tuple[ScopeRow, ...]) -> str:
    """How much is here, in clients and records."""
    told = []
    clients = [row for row in rows if row.kind == "bank"]
    records = [row for row in rows if row.kind != "bank"]
    for text, some in ((N_("Clients {done}/{total}"), clients), (N_("Records {done}/{total}"), records)):
        if some:
            done, total = sum(row.done for row in some), sum(row.total for row in some)
            told.append(_(text).format(done=format.whole(done), total=format.whole(total)))
    return " · ".join(told)
