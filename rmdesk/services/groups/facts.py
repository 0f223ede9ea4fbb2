"""What is known of a group, in memory: small enough to weigh a deal at the table without asking the store again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import ClientId, ExposureKind
from rmdesk.services.groups import rules
from rmdesk.services.groups.rules import Amount, Light
from rmdesk.services.groups.tables import Limit, table


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree. `shared`: the party stands further up already, and counts once; `also_in`: other groups."""

    member: str
    party: str
    name: str
    client: ClientId | None
    under: str | None
    depth: int
    share_bp: int | None
    shared: bool
    also_in: tuple[str, ...]
    total: Amount  # of the party alone, drafts left out
    currency: str


@dataclass(frozen=True, slots=True)
class ExposureRow:
    """One exposure. `worth_minor` in the portfolio's currency: None without amount or rate. `told`: by the bank."""

    id: str
    party: str
    name: str
    kind: ExposureKind
    amount_minor: int | None
    currency: str
    worth_minor: int | None
    draft: bool
    told: bool
    as_of: date | None
    note: str


@dataclass(frozen=True, slots=True)
class GuaranteeRow:
    """Who answers for whom; `amount_minor` None: unknown."""

    id: str
    guarantor: str
    guarantor_name: str
    debtor: str
    debtor_name: str
    amount_minor: int | None
    currency: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Capital:
    """The newest capital figure, in minor units of the portfolio's currency; `stale`: older than a quarter."""

    on: date
    net_minor: int | None
    tier1_minor: int | None
    stale: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A deal that is talked about, typed and not saved; `worth_minor` None: nobody knows how much yet."""

    party: str
    kind: ExposureKind
    worth_minor: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One limit: what counts against it, how much it is, and its light. `name`: whose, for a single client."""

    limit: Limit
    name: str
    total: Amount
    limit_minor: int | None
    light: Light

    @property
    def share(self) -> float | None:
        """Which part of the limit is used; None while the limit is unknown."""
        return self.total.minor / self.limit_minor if self.limit_minor else None

    @property
    def room_minor(self) -> int | None:
        """What is left until the limit, below zero when it is exceeded."""
        return None if self.limit_minor is None else self.limit_minor - self.total.minor


@dataclass(frozen=True, slots=True)
class Standing:
    """How a group stands: the worst light, the total of the group, a line for each limit, and why in words.

    `cautions` are the reasons that no single line shows: what is unknown, and how old the capital figure is.
    """

    light: Light
    total: Amount
    lines: tuple[Line, ...]
    cautions: tuple[Phrase, ...]

    @property
    def reasons(self) -> tuple[Phrase, ...]:
        """Why the light is as it is: the limits that are used much, then the cautions."""
        told = [
            phrase("{limit}: {share} % used.", limit=line.limit.name, share=f"{100 * line.share:.1f}")
            for line in self.lines
            if line.share is not None and line.share * 100 >= table().steps[0]
        ]
        none = phrase("All limits are used for less than {percent} %.", percent=table().steps[0])
        return (*told, *self.cautions) or (none,)


@dataclass(frozen=True, slots=True)
class GroupFile:
    """All that is known of one group. `names` are those of its parties."""

    id: str
    name: str
    note: str
    currency: str
    nodes: tuple[Node, ...]
    exposures: tuple[ExposureRow, ...]
    guarantees: tuple[GuaranteeRow, ...]
    circles: tuple[tuple[str, ...], ...]
    capital: Capital | None

    @property
    def names(self) -> dict[str, str]:
        """The parties of the group by id, in the order of the tree."""
        return {node.party: node.name for node in self.nodes}

    def standing(self, draft: Draft | None = None, *, drafts: bool = False) -> Standing:
        """How the group stands; with the saved drafts when `drafts`, and with a deal that is being typed."""
        totals = party_totals(self.exposures, drafts=drafts)
        if draft is not None:
            factor = table().factors[draft.kind]
            minor = -(-(draft.worth_minor or 0) * factor // 100)
            totals[draft.party] = totals.get(draft.party, Amount()) + Amount(minor, draft.worth_minor is None)
        members = self.names
        return judged({party: totals.get(party, Amount()) for party in members}, members, self.capital)


def party_totals(exposures: tuple[ExposureRow, ...], *, drafts: bool = False) -> dict[str, Amount]:
    """What the exposures of each party count together, in the portfolio's currency; drafts only when asked for.

    A draft comes on top of all there is: the bank can't have told it yet among its loans.
    """
    noted: dict[str, dict[str, Amount]] = {}
    told: dict[str, Amount] = {}
    coming: dict[str, dict[str, Amount]] = {}
    for one in exposures:
        if one.draft and not drafts:
            continue
        amount = Amount(one.worth_minor or 0, one.worth_minor is None)
        if one.told:
            told[one.party] = told.get(one.party, Amount()) + amount
        else:
            kinds = (coming if one.draft else noted).setdefault(one.party, {})
            kinds[one.kind] = kinds.get(one.kind, Amount()) + amount
    factors, loan = table().factors, ExposureKind.LOAN
    return {
        party: rules.counted(noted.get(party, {}), told.get(party), factors, loan)
        + rules.counted(coming.get(party, {}), None, factors, loan)
        for party in noted.keys() | told.keys() | coming.keys()
    }


def judged(totals: dict[str, Amount], names: dict[str, str], capital: Capital | None) -> Standing:
    """The light of a group from what each of its parties counts; a party counts once."""
    known = table()
    whole = sum(totals.values(), Amount())
    stale = capital is not None and capital.stale
    lines = []
    for limit in known.limits:
        base = None if capital is None else capital.net_minor if limit.of == "net" else capital.tier1_minor
        most = rules.limit_of(base, limit.percent)
        total, name = whole, ""
        if limit.whose == "single":
            party = max(totals, key=lambda one: (totals[one].minor, totals[one].at_least, one), default=None)
            total, name = (totals[party], names[party]) if party is not None else (Amount(), "")
            # Somebody else's exposure may be the larger one, as far as anybody knows.
            total = Amount(total.minor, whole.at_least)
        lines.append(Line(limit, name, total, most, rules.light(total, most, known.steps, stale=stale)))
    light = rules.worst(line.light for line in lines)
    return Standing(light, whole, tuple(lines), tuple(_cautions(whole, capital)))


def _cautions(whole: Amount, capital: Capital | None) -> list[Phrase]:
    found = []
    if whole.at_least:
        found.append(phrase("Some exposure is unknown: the total is at least this."))
    if capital is None:
        found.append(phrase("No capital figure is known: enter the bank's newest one."))
    elif capital.stale:
        day = capital.on.isoformat()
        found.append(phrase("The capital figure of {day} is older than a quarter: never green.", day=day))
    return found
