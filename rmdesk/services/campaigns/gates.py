"""The gates of a purpose, one after the other, with who passed each and who fell out there, and why.

Selling: the three segments -> MAN -> soft service; waking: the three segments -> soft service (domain §8).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from rmdesk.base.record import record
from rmdesk.base.text import N_, Phrase, phrase
from rmdesk.models.kinds import Purpose
from rmdesk.services.campaigns import barred
from rmdesk.services.campaigns.choosing import Flags, chosen, in_clients
from rmdesk.services.campaigns.conditions import Condition
from rmdesk.services.campaigns.tables import CampaignTable, PurposeRule, table
from rmdesk.services.care import portfolio
from rmdesk.services.care.frame import Portfolio
from rmdesk.services.store.reads import Reads

TITLES: dict[str, str] = {
    "all": N_("Portfolio"),
    "filter": N_("Chosen by the filter"),
    "reach": N_("May be contacted"),
    "segments": N_("Three segments"),
    "product": N_("Product suits"),
    "man": N_("MAN 1 to 3"),
    "soft": N_("Soft service"),
}


@record
class Fall:
    """Clients who fell out at a gate for one reason; `open`: not for good, a question is to be asked first."""

    code: str
    why: Phrase
    clients: tuple[int, ...]
    open: bool = False


@record
class Step:
    """One gate: who passed it, ids ascending, and who fell out, by reason."""

    name: str
    clients: tuple[int, ...]
    fell: tuple[Fall, ...] = ()

    @property
    def count(self) -> int:
        """How many passed."""
        return len(self.clients)

    @property
    def title(self) -> Phrase:
        """The gate's name."""
        return Phrase(TITLES[self.name], {})


@record
class Pipeline:
    """All gates of a purpose. `asking` are those whose MAN has to be asked for; they passed all else."""

    purpose: Purpose
    steps: tuple[Step, ...]
    asking: tuple[int, ...] = ()

    @property
    def clients(self) -> tuple[int, ...]:
        """Who passed every gate."""
        return self.steps[-1].clients


@record
class Case:
    """What the gates look at."""

    reads: Reads
    whole: Portfolio
    purpose: Purpose
    rule: PurposeRule
    table: CampaignTable
    product: str | None
    campaign: str | None


Reason = tuple[str, Phrase, Flags]
Gate = Callable[[Case], list[Reason]]


def pipeline(
    reads: Reads,
    purpose: Purpose,
    product: str | None = None,
    conditions: Sequence[Condition] = (),
    campaign: str | None = None,
    day: date | None = None,
) -> Pipeline:
    """The gates for the portfolio as of `day`. `product` is the bank's code; `campaign` the one whose refusals count
    for good. A client falls out at the first gate that stops them, for the first of its reasons."""
    whole = portfolio.current(reads, day)
    rules = table()
    case = Case(reads, whole, purpose, rules.purposes[purpose], rules, product, campaign)
    left = np.ones(whole.size, dtype=np.bool_)
    steps = [Step("all", _ids(whole, left))]
    if conditions:
        left = chosen(reads, whole, conditions)
        steps.append(Step("filter", _ids(whole, left)))
    asking = np.zeros(whole.size, dtype=np.bool_)
    for name in case.rule.gates:
        if name == "product" and product is None:
            continue
        falls = []
        for code, why, stopped in _GATES[name](case):
            out = left & stopped
            left = left & ~stopped
            asking &= ~stopped
            if code == "man_open":
                asking = out
            if out.any():
                falls.append(Fall(code, why, _ids(whole, out), code == "man_open"))
        steps.append(Step(name, _ids(whole, left), tuple(falls)))
    return Pipeline(purpose, tuple(steps), _ids(whole, asking))


def _ids(whole: Portfolio, mask: Flags) -> tuple[int, ...]:
    return tuple(whole.client[mask].tolist())


def _reach(case: Case) -> list[Reason]:
    """Who may not be approached at all: status, consent, an earlier no."""
    found = [(code, why, in_clients(case.whole, clients)) for code, why, clients in barred.by_status(case.reads)]
    declined = barred.declined(case.reads, case.whole.day, case.product, case.campaign, case.table.declined_days)
    found.append(("declined", phrase("Said no already"), in_clients(case.whole, sorted(declined))))
    return found


def _segments(case: Case) -> list[Reason]:
    """Who stands in none of the groups of this purpose; for waking also who is awake."""
    whole, rule = case.whole, case.rule
    taken = [int(group[1:]) for group in rule.groups]
    found: list[Reason] = [
        ("no_tier", phrase("AUM unknown, so in no group"), whole.group == 0),
        ("group", Phrase("{why}", {"why": rule.why}), (whole.group > 0) & ~np.isin(whole.group, taken)),
    ]
    if case.purpose is Purpose.WAKE:
        found.append(("awake", phrase("Awake: in contact, and with transactions"), ~asleep(case)))
    return found


def asleep(case: Case) -> Flags:
    """For each client, as the care list has it: no transactions for long, or no contact from us for twice the
    cadence; whom nobody ever met sleeps.
    """
    whole = case.whole
    return (whole.signals["dormant"] > 0) | (whole.signals["silence"] > 0) | np.isnan(whole.gap)


def _product(case: Case) -> list[Reason]:
    """Who must not be offered the product (suitability: its risk against the client's level)."""
    assert case.product is not None
    stopped = barred.unsuited(case.reads, case.product, case.whole.day)
    return [(code, why, in_clients(case.whole, clients)) for code, (why, clients) in stopped.items()]


def _man(case: Case) -> list[Reason]:
    """Who is too hard to develop now; and whose answers leave it open: they are asked first."""
    whole, most = case.whole, case.whole.table.develop_first
    hard = whole.man_low > most
    return [
        ("man_hard", phrase("MAN {number} or harder", number=most + 1), hard),
        ("man_open", phrase("MAN to be asked first"), ~hard & (whole.man_high > most)),
    ]


def _soft(case: Case) -> list[Reason]:
    """Service comes first: complaints and broken promises; then the frequency cap, for marketing only."""
    whole = case.whole
    found: list[Reason] = [
        ("complaint", phrase("A complaint is open: settle it first"),
         in_clients(whole, barred.with_complaints(case.reads))),
        ("promise", phrase("A promise is overdue: keep it first"),
         in_clients(whole, barred.with_broken_promises(case.reads, whole.day))),
    ]  # fmt: skip
    if case.rule.marketing:
        full = barred.touched_out(case.reads, whole.day)
        found.append(("touches", barred.TOUCHED_OUT, in_clients(whole, sorted(full))))
    return found


_GATES: dict[str, Gate] = {
    "reach": _reach,
    "segments": _segments,
    "product": _product,
    "man": _man,
    "soft": _soft,
}
