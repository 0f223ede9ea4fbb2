"""Puts the day's list together from the portfolio: whom it may hold, in which order, in which lanes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from rmdesk.base.record import record, replace
from rmdesk.models.kinds import Lane, Purpose
from rmdesk.services.care import facts, rules
from rmdesk.services.care.frame import Portfolio
from rmdesk.services.care.settings import DAY_LENGTH
from rmdesk.services.occasions import workdays
from rmdesk.services.scoring import rules as scoring
from rmdesk.services.scoring import tables
from rmdesk.services.settings import queries as settings
from rmdesk.services.store.reads import Reads

if TYPE_CHECKING:
    from rmdesk.services.care.facts import Flags, Ints


@record
class Ranked:
    """The ranking of a portfolio for a purpose; rows are places in its columns.

    `order` holds every client that is scored, best first; `open_` marks those not done or put off.
    """

    portfolio: Portfolio
    purpose: Purpose
    scores: scoring.Scores
    order: Ints
    open_: Flags
    done: Flags
    snoozed: Flags
    must: Flags
    silent: Flags
    chance: Flags
    incomplete: Flags

    def lanes(self, length: int, *, strict: bool) -> dict[Lane, Ints]:
        """The list, by lane; clients whose money is unknown come last, a few at a time."""
        rule = tables.lanes()
        order = self.order[self.open_[self.order]]
        complete = order[~self.incomplete[order] | self.must[order]]
        listable = complete[self._earns(complete)]
        unknown = order[self.incomplete[order] & ~self.must[order]][: rule.incomplete_most]
        shares = rules.Shares(
            silent=rule.silent_share,
            chance=rule.opportunity_share[self.purpose.value],
            least_by_points=rule.priority_least,
            beside=0 if strict else len(unknown),
        )
        lanes = rules.compose(listable, self.must, self.silent, self.chance, length, shares, strict=strict)
        return lanes | {Lane.INCOMPLETE: unknown}

    def rows(self, length: int, *, strict: bool) -> list[tuple[Lane, int]]:
        """The list as lanes and places in the portfolio, in the order to work it."""
        lanes = self.lanes(length, strict=strict)
        rows = [(lane, int(at)) for lane in Lane for at in lanes[lane]]
        return rows[: max(length, len(lanes[Lane.MUST]))] if strict else rows

    def stands(self, at: int, length: int) -> tuple[int, Lane | None]:
        """The rank of a client and the lane: on the list, or behind it by points."""
        rows = self.rows(length, strict=False)
        for rank, (lane, listed) in enumerate(rows, start=1):
            if listed == at:
                return rank, lane
        unlisted = self.order[~np.isin(self.order, [listed for _lane, listed in rows])]
        return len(rows) + int(np.flatnonzero(unlisted == at)[0]) + 1, self._lane(at)

    def _lane(self, at: int) -> Lane | None:
        """The lane that a client off the list would be in."""
        if self.must[at]:
            return Lane.MUST
        if self.incomplete[at]:
            return Lane.INCOMPLETE
        if self.silent[at]:
            return Lane.SILENT_LOYAL
        if self.scores.score[at] > 0:
            return Lane.PRIORITY
        return Lane.OPPORTUNITY if self.chance[at] else None

    def supposing(self, at: int, score: float, churn: float) -> Ranked:
        """The ranking if one client, contacted today, had this score and this risk."""
        scores, risks = np.array(self.scores.score), np.array(self.portfolio.inputs["R"])
        gaps, silent = np.array(self.portfolio.gap_least), np.array(self.silent)
        scores[at], risks[at], gaps[at], silent[at] = score, churn, 0.0, False
        order = scoring.ordered(scores, risks, gaps, self.portfolio.tie)
        return replace(
            self,
            scores=replace(self.scores, score=scores),
            order=order[np.isin(order, self.order)],
            silent=silent,
        )

    def counts(self) -> dict[Lane, int]:
        """How many clients belong to each lane today, on the list or not; each counted once, in the first."""
        left = np.zeros(self.portfolio.size, dtype=np.bool_)
        left[self.order[self.open_[self.order]]] = True
        counts = {}
        for lane, belongs in (
            (Lane.MUST, self.must),
            (Lane.INCOMPLETE, self.incomplete),
            (Lane.SILENT_LOYAL, self.silent),
            (Lane.OPPORTUNITY, self.chance),
            (Lane.PRIORITY, self.scores.score > 0),
        ):
            counts[lane] = int((left & belongs).sum())
            left &= ~belongs
        return {lane: counts[lane] for lane in Lane}

    def _earns(self, rows: Ints) -> Flags:
        earns: Flags = (self.scores.score[rows] > 0) | self.must[rows] | self.silent[rows] | self.chance[rows]
        return earns


def rank(reads: Reads, portfolio: Portfolio, purpose: Purpose, weights: tables.Weights) -> Ranked:
    """Rank the portfolio; the same data, day and weights give the same ranking everywhere."""
    rule, day = tables.lanes(), portfolio.day
    scores = portfolio.scores(weights)
    order = scoring.ordered(scores.score, portfolio.inputs["R"], portfolio.gap_least, portfolio.tie)
    order = order[portfolio.excluded[order] == rules.Excluded.NO]
    marks = facts.marks(facts.Scope(reads, day), portfolio.client)
    done_days = marks.spread("done_days", portfolio.size)
    with np.errstate(invalid="ignore"):
        done = done_days == 0
        resting = done_days < rule.rest_days
        snoozed = marks.spread("snoozed_for", portfolio.size) > 0
    must = portfolio.must(purpose)
    touched_out = portfolio.measures["touches"] >= rule.touches_most
    selling_too_often = touched_out if purpose is Purpose.SELL else np.zeros(portfolio.size, dtype=np.bool_)
    return Ranked(
        portfolio=portfolio,
        purpose=purpose,
        scores=scores,
        order=order,
        open_=~done & ~snoozed & (must | ~(resting | selling_too_often)),
        done=done,
        snoozed=snoozed,
        must=must,
        silent=rules.silent_loyal(
            portfolio.loyalty, portfolio.gap_least, portfolio.cadence, portfolio.measures["inbound"], rule
        ),
        chance=(portfolio.man_high <= portfolio.table.develop_first) & ~touched_out,
        incomplete=np.isnan(portfolio.aum),
    )


def day_length(reads: Reads, day: date) -> tuple[int, bool]:
    """Contacts that a day holds, and whether that is known: set by hand, or measured from the days with contacts."""
    rule, chosen = tables.lanes(), settings.value(reads, DAY_LENGTH)
    if chosen:
        return chosen, True
    first = workdays.before(day, rule.measured_days)
    row = reads.one(
        'SELECT count(*), count(DISTINCT "on") FROM visit WHERE state = \'held\' AND "on" >= ? AND "on" < ?',
        (first.isoformat(), day.isoformat()),
    )
    contacts, days = row or (0, 0)
    if days < rule.least_days:
        return rule.length, False
    return max(rule.least, min(rule.most, int(contacts / days + 0.5))), True
