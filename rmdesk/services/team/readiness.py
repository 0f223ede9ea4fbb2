"""Reads how ready each client is to be handed over: what the next manager would ask for, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from rmdesk.base import clock
from rmdesk.base.record import record
from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import ClientId, Tier
from rmdesk.services.rulebook import Words, book, words
from rmdesk.services.store.reads import Reads
from rmdesk.services.team import rules
from rmdesk.services.team.members import Member, team_of

if TYPE_CHECKING:
    from rmdesk.services.care.facts import Flags, Floats
    from rmdesk.services.care.frame import Portfolio

BLOCKS = 9
LINES = ("kyc", "visit", "promises", "complaints", "preferences", "relations")


@record
class ReadyLine:
    """One line of the score: `part` 0..1 of its weight is earned, `said` is what was found."""

    name: str
    title: Words
    weight: float
    part: float
    said: Phrase

    @property
    def missing(self) -> bool:
        """Whether something of it is missing."""
        return self.part < 1


@record
class ReadyRow:
    """A client with the score 0..1; the lines' parts by their weights add up to it."""

    client: ClientId
    name: str
    tier: Tier | None
    member: str
    score: float
    lines: tuple[ReadyLine, ...]

    @property
    def missing(self) -> tuple[ReadyLine, ...]:
        """What is to be done before a hand-over, the heaviest first."""
        lacking = [line for line in self.lines if line.missing]
        return tuple(sorted(lacking, key=lambda line: -line.weight * (1 - line.part)))


@record
class Ready:
    """One manager: clients of the told tiers, how many could be handed over today, and the mean of the scores (None
    without clients)."""

    member: Member
    clients: int
    ready: int
    mean: float | None


@record
class Readiness:
    """The team on a day: per manager by name; then the clients least ready, those of the highest tier first."""

    day: date
    members: tuple[Ready, ...]
    rows: tuple[ReadyRow, ...]
    count: int


def weights() -> dict[str, float]:
    """The weight of each line."""
    return {name: float(book("team")["readiness"]["lines"][name]["weight"]) for name in LINES}


def score(parts: dict[str, float]) -> float:
    """The score of one client from the parts of the lines."""
    told = weights()
    return sum(told[name] * parts[name] for name in LINES) / sum(told.values())


def readiness(reads: Reads, day: date | None = None) -> Readiness:
    """How ready the clients of the told tiers are; `rows` are those that are not, the least ready first."""
    import numpy as np

    from rmdesk.services.care import portfolio
    from rmdesk.services.team.coverage import places

    today, team = day or clock.today(), team_of(reads)
    if not team.members:
        return Readiness(today, (), (), 0)
    whole = portfolio.current(reads, today)
    told = book("team")["readiness"]["tiers"]["value"]
    tiers = [list(Tier).index(Tier(tier)) + 1 for tier in told]
    of = places(reads, team, whole.client)
    inside = (whole.excluded == 0) & np.isin(whole.tier, tiers) & (of >= 0)
    parts = _parts(reads, whole, today)
    found = np.zeros(whole.size)
    for name, weight in weights().items():
        found += weight * parts[name]
    found /= sum(weights().values())
    limit = float(book("team")["readiness"]["ready"]["value"])
    ready = found >= limit - 1e-9
    members = tuple(_member(found, ready, inside & (of == at), one) for at, one in enumerate(team.members))
    lacking = np.flatnonzero(inside & ~ready)
    order = lacking[np.lexsort((whole.tie[lacking], found[lacking], -whole.tier[lacking]))]
    shown = order[: rules.number("readiness", "shown")].tolist()
    names = [team.members[int(of[at])].name for at in shown]
    return Readiness(today, members, tuple(_rows(reads, whole, shown, names, parts, today)), len(lacking))


def readiness_of(reads: Reads, client: ClientId, day: date | None = None) -> ReadyRow | None:
    """How ready one client is; None when there is no such client."""
    from rmdesk.services.care import portfolio

    today = day or clock.today()
    whole = portfolio.current(reads, today)
    at = whole.place(client)
    if at is None:
        return None
    return next(_rows(reads, whole, [at], [""], _parts(reads, whole, today), today))


def _member(found: Floats, ready: Flags, own: Flags, member: Member) -> Ready:
    count = int(own.sum())
    return Ready(member, count, int((own & ready).sum()), float(found[own].mean()) if count else None)


_COUNTS = {
    "visit": """SELECT client_id, julianday(:day) - julianday(max("on")) FROM visit WHERE state = 'held'
                AND coalesce(content, '') <> '' AND "on" <= :day GROUP BY client_id""",
    "overdue": "SELECT client_id, count(*) FROM promise WHERE state = 'open' AND due_on < :day GROUP BY client_id",
    "promises": "SELECT client_id, count(*) FROM promise WHERE state = 'open' GROUP BY client_id",
    "complaints": "SELECT client_id, count(*) FROM complaint WHERE state = 'open' GROUP BY client_id",
    "preferences": "SELECT client_id, count(*) FROM preference GROUP BY client_id",
    "relations": """SELECT client, count(*) FROM (
                    SELECT from_client_id AS client FROM relationship WHERE from_client_id IS NOT NULL
                    UNION ALL SELECT to_client_id FROM relationship WHERE to_client_id IS NOT NULL) GROUP BY client""",
}


def _measures(reads: Reads, whole: Portfolio, day: date) -> dict[str, Floats]:
    """What is counted of each client: days since the last visit that was logged (NaN: none), and so on."""
    import numpy as np

    found = {"kyc": np.nan_to_num(whole.measures["k"])}
    for name, sql in _COUNTS.items():
        column = np.full(whole.size, np.nan if name == "visit" else 0.0)
        for page in reads.pages(sql, {"day": day.isoformat()} if ":day" in sql else {}):
            told = np.array(page, dtype=np.float64)
            ids = told[:, 0].astype(np.int64)
            at = np.minimum(np.searchsorted(whole.client, ids), max(0, whole.size - 1))
            known = whole.client[at] == ids if whole.size else np.zeros(len(ids), dtype=np.bool_)
            column[at[known]] = told[known, 1]
        found[name] = column
    return found


def _parts(reads: Reads, whole: Portfolio, day: date) -> dict[str, Floats]:
    """How much of each line is earned, 0..1, for all clients; the measures stand beside under `m:`."""
    import numpy as np

    found = _measures(reads, whole, day)
    limit = rules.number("readiness", "visit_days")
    since = np.nan_to_num(found["visit"], nan=np.inf)
    parts = {
        "kyc": np.minimum(found["kyc"] / BLOCKS, 1.0),
        "visit": np.clip(2.0 - since / limit, 0.0, 1.0),
        "promises": 1.0 - found["overdue"] / np.maximum(found["promises"], 1.0),
        "complaints": (found["complaints"] == 0).astype(np.float64),
        "preferences": (found["preferences"] > 0).astype(np.float64),
        "relations": (found["relations"] > 0).astype(np.float64),
    }
    return parts | {f"m:{name}": column for name, column in found.items()}


def _rows(
    reads: Reads, whole: Portfolio, places: list[int], members: list[str], parts: dict[str, Floats], day: date
) -> Iterator[ReadyRow]:
    from rmdesk.services.care.details import details

    known = details(reads, day, [int(whole.client[at]) for at in places])
    told = weights()
    for at, member in zip(places, members, strict=True):
        client = int(whole.client[at])
        own = {name: float(parts[name][at]) for name in LINES}
        lines = tuple(
            ReadyLine(name, words(book("team")["readiness"]["lines"][name]), told[name], own[name],
                      _said(name, {key[2:]: float(column[at]) for key, column in parts.items() if key[1] == ":"}))
            for name in LINES
        )  # fmt: skip
        tier = tuple(Tier)[int(whole.tier[at]) - 1] if whole.tier[at] else None
        yield ReadyRow(ClientId(client), known[client].name, tier, member, score(own), lines)


def _said(name: str, of: dict[str, float]) -> Phrase:
    """What was found of a line."""
    if name == "kyc":
        return phrase("{count} of {all} blocks confirmed", count=int(of["kyc"]), all=BLOCKS)
    if name == "visit":
        if of["visit"] != of["visit"]:
            return phrase("no visit logged")
        return phrase("logged {days} days ago", days=int(of["visit"]))
    if name == "promises":
        return phrase("{overdue} of {open} open promises overdue", overdue=int(of["overdue"]), open=int(of["promises"]))
    if name == "complaints":
        return phrase("{count} open complaints", count=int(of["complaints"]))
    if name == "preferences":
        return phrase("{count} likes and taboos noted", count=int(of["preferences"]))
    return phrase("{count} relationships noted", count=int(of["relations"]))
