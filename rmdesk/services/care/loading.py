"""Fills the columns of the portfolio from a dozen plain queries; nothing here builds an object per client."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from rmdesk.base import money
from rmdesk.models.kinds import Channel
from rmdesk.services.care import facts, greeted
from rmdesk.services.care import rules as care
from rmdesk.services.care.frame import Portfolio
from rmdesk.services.occasions import due as occasions
from rmdesk.services.occasions import workdays
from rmdesk.services.scoring import rules as scoring
from rmdesk.services.scoring import tables as score_tables
from rmdesk.services.segments import agreed, assets
from rmdesk.services.segments import rules as segments
from rmdesk.services.segments import tables as segment_tables
from rmdesk.services.settings import general
from rmdesk.services.settings import queries as settings

if TYPE_CHECKING:
    from rmdesk.services.care.facts import Flags, Floats

YEAR = 365.25
# Columns that are counts, days or answers: whole numbers that half the memory holds exactly.
WHOLE = frozenset((
    *("falling", "kinds", "manager", "touches", "cancelled", "q", "k", "active", "dormant", "below"),
    *("referrals", "recent", "told_M", "told_A", "told_N", "hint_M", "hint_N"),
))  # fmt: skip
YES_OR_NO = frozenset(("decline", "watch", "cancelled", "manager", "tenure", "complaint", "silence"))


class Loading:
    """Fills a portfolio step by step; each step is one theme of the rule books."""

    def __init__(self, scope: facts.Scope, table: segment_tables.SegmentTable, what_if: Channel | None) -> None:
        self.scope, self.table, self.what_if = scope, table, what_if
        self.score, self.lanes = score_tables.table(), score_tables.lanes()
        told = scope.reads.value("SELECT currency FROM client_figures LIMIT 1")
        self.currency = told or settings.value(scope.reads, general.CURRENCY)
        self.unit = 10.0 ** money.digits(self.currency)
        self.ids, self.told, series = facts.clients(scope)
        self.series = series / self.unit
        self.size = len(self.ids)
        self.measures: dict[str, Floats] = {}

    def done(self) -> Portfolio:
        """The filled portfolio."""
        status = np.nan_to_num(self.told["status"]).astype(np.int64)
        excluded = care.excluded(status, self.told["consent"], facts.STATUSES)
        self._money()
        self._contacts()
        self._standing()
        self._service()
        self._maturities()
        self._man()
        signals = self._signals()
        return Portfolio(
            day=self.scope.day,
            currency=self.currency,
            table=self.table,
            client=self.ids,
            tie=facts.ties(self.scope, self.ids),
            status=_tiny(status),
            excluded=_tiny(excluded),
            aum=self.aum,
            worth_aum=self.worth_aum,
            aum_days=self.told["aum_days"],
            tier=_tiny(self.standing.tier),
            tier_months=_tiny(self.tier_months),
            watch=self.standing.watch,
            below=_tiny(self.standing.below),
            computed=_tiny(self.computed),
            familiarity=_tiny(self.familiarity),
            override=self.override,
            familiarity_known=self.familiarity_known,
            group=_tiny(self.group),
            cadence=self.cadence,
            agreed=self.agreed,
            agreements=self.agreements,
            gap=self.gap,
            gap_least=self.gap_least,
            loyalty=self.loyalty,
            change_30=self._change("month_before"),
            change_90=self._change("quarter_before"),
            man_low=_tiny(self.man_low),
            man_high=_tiny(self.man_high),
            must_complaint=self.must_complaint,
            must_promise=self.must_promise,
            must_maturity=self.must_maturity,
            must_watch=self._must_watch(),
            inputs=self._inputs(signals),
            signals=_halved(signals, YES_OR_NO),
            measures=_halved(self.measures, WHOLE),
        )

    def _amount(self, name: str) -> Floats:
        return self.told[name] / self.unit

    def _change(self, name: str) -> Floats:
        before = self._amount(name)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(before > 0, self.aum / before - 1, np.nan)

    def _money(self) -> None:
        self.aum = self._amount("aum")
        known = ~np.isnan(self.series)
        last = np.where(known, np.arange(facts.MONTHS), -1).max(axis=1, initial=-1)
        latest = self.series[np.arange(self.size), last] if self.size else np.empty(0)
        self.worth_aum = np.where(np.isnan(self.aum), latest, self.aum)
        means, counts = segments.moving_mean(self.series, self.table.months)
        earned = np.where(known, segments.tier_of(means, self.table.cuts), 0)
        self.standing = segments.movement(earned, self.table.movement)
        self.tier_months = np.where(last >= 0, counts[np.arange(self.size), last], 0)
        one_day = last < 0
        by_day = segments.tier_of(self.aum, self.table.cuts)
        self.standing = segments.Standing(
            np.where(one_day, by_day, self.standing.tier), self.standing.watch, self.standing.below
        )
        mean = np.where(one_day, self.aum, means[np.arange(self.size), last])
        self.measures |= {"mean": mean, "active": self.told["active"], "dormant": self.told["dormant_days"]}

    def _contacts(self) -> None:
        rule, lanes, signals = self.table.knowing, self.lanes, self.score.signals
        found = facts.contacts(
            self.scope,
            self.ids,
            window=rule.window_days,
            visit=rule.visit,
            call=rule.call,
            face=rule.face_to_face,
            touch_days=lanes.touches_days,
            cancel_days=signals["cancelled"].days,
        )
        gap, ours, inbound, q, touches, cancelled = (
            found.spread(name, self.size, missing)
            for name, missing in zip(facts.CONTACTS, (np.nan, np.nan, np.nan, 0, 0, 0), strict=True)
        )
        if self.what_if is not None:
            gap, ours = np.zeros(self.size), np.zeros(self.size)
            q = q + (rule.visit if self.what_if in rule.face_to_face else rule.call)
        # Without a contact on record, the days on record without one are what is known.
        began = facts.records_began(self.scope.reads, self.scope.day)
        recorded = np.fmin(began, self.told["opened_days"]) if not np.isnan(began) else np.full(self.size, np.nan)
        self.gap, self.gap_least = gap, np.where(np.isnan(gap), recorded, gap)
        ours_least = np.where(np.isnan(ours), np.fmax(recorded, gap), ours)
        knowledge = facts.knowledge(self.scope, self.ids, rule.fresh_days)
        k = knowledge.spread("k", self.size, 0)
        self.computed = segments.familiarity(q, k, rule)
        own = facts.overrides(self.scope, self.ids)
        self.familiarity, self.override = segments.overridden(
            self.computed, own.spread("class", self.size), own.spread("days", self.size), rule
        )
        self.familiarity_known = ~np.isnan(gap) | (recorded >= rule.window_days) | self.override
        self.familiarity_known[knowledge.at] = True
        self.measures |= {"ours": ours_least, "inbound": inbound, "touches": touches, "cancelled": cancelled}
        self.measures |= {"q": q, "k": k}

    def _standing(self) -> None:
        self.group = segments.group_of(self.standing.tier, self.familiarity, self.table.bands)
        told = segments.cadence_of(self.standing.tier, self.group, self.table)
        self.agreements = agreed.agreed(self.scope.reads, self.scope.day)
        self.cadence, self.agreed = agreed.applied(
            self.scope.reads, self.agreements, self.ids, self.standing.tier, self.group, told
        )
        brought = facts.referrals(self.scope, self.ids, self.score.referral_days)
        tenure = self.told["since_days"] / YEAR
        below = segments.months_below(self.series, self.standing.tier, self.table.cuts)
        ever = brought.spread("ever", self.size, 0)
        self.recent = brought.spread("recent", self.size, 0)
        self.loyalty = segments.loyalty(tenure, self.told["kinds"], below, ever, self.table)
        self.measures |= {"tenure": tenure, "kinds": self.told["kinds"], "below": below, "referrals": ever}
        self.measures["recent"] = self.recent

    def _service(self) -> None:
        day, rule = self.scope.day, self.score
        found = facts.complaints(self.scope, self.ids)
        owed = scoring.debt(found.column("severity"), found.column("elapsed"), found.column("allowed"))
        complaint = found.highest(np.nan_to_num(owed), self.size)
        limit = (workdays.after(day, self.lanes.complaint_workdays) - day).days
        self.must_complaint = found.highest((found.column("ahead") <= limit).astype(np.float64), self.size) > 0
        closed = facts.unfavourable(self.scope, self.ids)
        of_late = closed.column("days") <= rule.signals["complaint"].days
        self.unfavourable = closed.highest(of_late.astype(np.float64), self.size)
        late = facts.promises(self.scope, self.ids)
        days = late.column("late")
        broken = scoring.debt(
            np.full(len(days), rule.promise_severity), days, np.full(len(days), float(rule.promise_days))
        )
        self.must_promise = late.highest(np.ones(len(days)), self.size) > 0
        self.debt = np.maximum(complaint, late.highest(broken, self.size))

    def _maturities(self) -> None:
        rule, signal = self.score, self.score.signals["lapsed"]
        found = facts.maturities(
            self.scope,
            self.ids,
            back=max(rule.maturity_past, signal.back_days),
            ahead=max(rule.maturity_ahead, self.table.need_days),
            lapsed=signal.days,
            rates=assets.factors(self.scope.reads, self.currency),
        )
        days, amount, lapsed = found.column("days"), found.column("amount") / self.unit, found.column("lapsed")
        near = amount * ((days >= 0) & (days <= self.lanes.maturing_days))
        self.urgent = found.summed(amount * scoring.urgency(days, rule), self.size)
        self.soon = found.summed(near, self.size)
        self.must_maturity = care.big_maturity(self.soon, self._share(self.soon), self.lanes)
        self.ahead = found.summed(amount * ((days >= 0) & (days <= self.table.need_days)), self.size)
        self.lapsed = found.summed(np.where(lapsed > 0, amount, 0.0), self.size)
        self.measures |= {"urgent": self.urgent, "soon": self.soon, "ahead": self.ahead, "lapsed": self.lapsed}

    def _share(self, part: Floats) -> Floats:
        return np.where(part > 0, scoring.share(part, self.aum), np.where(np.isnan(self.aum), np.nan, 0.0))

    def _man(self) -> None:
        answers = facts.man_answers(self.scope, self.ids)
        money_, authority, need = (answers.spread(letter, self.size) for letter in "MAN")
        demand, idle = self._amount("demand"), self._amount("idle")
        elsewhere = facts.elsewhere(self.scope, self.ids).spread("held", self.size)
        with np.errstate(invalid="ignore"):
            free = (np.nan_to_num(demand) + self.ahead >= self.table.money_minimum) | (elsewhere > 0)
            idling = (self.aum > 0) & (idle / np.where(self.aum > 0, self.aum, 1.0) > self.table.idle_share)
        self.man_low, self.man_high = segments.man(money_, authority, need, self.table.coefficients)
        # Offers, never answers: what the figures hint at is asked, and counts once the manager has said so.
        self.measures |= {"hint_M": np.where(free, 1.0, np.nan)}
        self.measures |= {"hint_N": np.where((self.ahead > 0) | idling, 1.0, np.nan)}
        self.measures |= {"told_M": money_, "told_A": authority, "told_N": need}

    def _signals(self) -> dict[str, Floats]:
        rule = self.score.signals
        peak = self._amount("peak")
        with np.errstate(divide="ignore", invalid="ignore"):
            fall = np.where(peak > 0, 1 - self.aum / peak, np.nan)
            months = segments.whole_months(self.told["since_days"], self.scope.day)
            silence = self.measures["ours"] >= rule["silence"].times * self.cadence
            manager = self.told["manager_days"]
            moved = (manager >= 0) & (manager <= rule["manager"].days) & ~(self.told["opened_days"] <= manager)
        out = scoring.share(self._amount("out"), self.aum)
        self.measures |= {"fall": fall, "falling": self.told["falling"], "out": out, "manager": manager}
        return {
            "fall": scoring.ramp(fall, rule["fall"]),
            "decline": _flag(self.told["falling"] >= rule["decline"].months, self.told["falling"]),
            "watch": _flag(self.standing.watch, np.where(self.tier_months > 0, 0.0, np.nan)),
            "transfers": scoring.ramp(out, rule["transfers"]),
            "lapsed": scoring.clamp(self._share(self.lapsed)),
            "dormant": scoring.ramp(self.told["dormant_days"], rule["dormant"]),
            "cancelled": (self.measures["cancelled"] >= rule["cancelled"].times).astype(np.float64),
            "manager": _flag(moved, manager),
            "tenure": _flag((months >= rule["tenure"].from_months) & (months <= rule["tenure"].to_months), months),
            "complaint": self.unfavourable,
            "silence": _flag(silence, self.measures["ours"] + self.cadence),
        }

    def _must_watch(self) -> Flags:
        if not care.review_is_near(self.scope.day, self.lanes):
            return np.zeros(self.size, dtype=np.bool_)
        highest: Flags = self.standing.tier == len(segment_tables.TIERS)
        return highest & self.standing.watch

    def _inputs(self, signals: Mapping[str, Floats]) -> dict[str, Floats]:
        tier = self.standing.tier
        familiar = scoring.familiarity_gap(tier, self.familiarity, self.score)
        return {
            "C": scoring.contact_gap(self.gap_least, self.cadence, self.score),
            "F": np.where(self.familiarity_known, familiar, np.nan),
            "O": self._occasions(),
            "M": self._maturity_line(),
            "R": scoring.churn(signals, self.score),
            "S": self.debt,
            "V": scoring.value(self.worth_aum, self.recent, self.score),
        }

    def _maturity_line(self) -> Floats:
        return scoring.maturity(self.urgent, self.aum, self.score)

    def _occasions(self) -> Floats:
        rule = score_tables.occasions()
        tier, day = self.standing.tier, self.scope.day
        first, last = day - timedelta(rule.late_days), day + timedelta(rule.long_lead_days)
        all_ = occasions.due(self.scope.reads, first, last, self.scope.clients)
        known = greeted.with_greetings(self.scope.reads, all_, first, last, self.scope.clients)
        found = [one for one, on in known if on is None]
        at = np.searchsorted(self.ids, np.array([one.client for one in found], dtype=np.int64))
        days = np.array([(one.on - day).days for one in found], dtype=np.float64)
        weight = np.array([one.weight(rule) for one in found], dtype=np.float64)
        lead = np.where(np.isin(tier, rule.long_tiers), rule.long_lead_days, rule.lead_days)[at].astype(np.float64)
        whole = np.zeros(self.size)
        np.maximum.at(whole, at, scoring.occasion(days, weight, lead, rule))
        return whole


def _halved(columns: Mapping[str, Any], which: frozenset[str]) -> dict[str, Any]:
    return {name: column.astype(np.float32) if name in which else column for name, column in columns.items()}


def _tiny(column: Any) -> Any:
    """Kinds and months in a byte each. Raises OverflowError where one has no room there, rather than another number."""
    room = np.iinfo(np.int8)
    if column.size and not (column.min() >= room.min and column.max() <= room.max):
        raise OverflowError("a kind or a count of months does not fit into a byte")
    return column.astype(np.int8)


def _flag(holds: Flags, known_by: Floats) -> Floats:
    """1 or 0, NaN where what it was read off is unknown."""
    return np.where(np.isnan(known_by), np.nan, holds.astype(np.float64))
