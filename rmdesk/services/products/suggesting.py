"""The next product for a client, with its reason in words and the answer of the suitability gate.

Two witnesses: the clients most like this one (assets, age, tenure, active months), and the kinds of product that go
together in the whole portfolio (association rules). docs/adr/0038 says why. Runs on a worker: it reads everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from rmdesk.base import clock
from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.clients.standing import stop_of
from rmdesk.services.products import suitability
from rmdesk.services.products.rules import Suitability
from rmdesk.services.products.tables import SuggestTable, suggest_table, table
from rmdesk.services.rulebook import Words
from rmdesk.services.store.reads import Reader, Reads

if TYPE_CHECKING:
    from rmdesk.services.products.likeness import Pairing


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A kind of product the client lacks, why, and the product to offer; `gate` says whether it may be.

    `product` is the most held one that passes the gate, else the one of the least risk, whose gate says why not;
    None where the bank told of no product of this kind. `alike` of the clients most like this one hold the kind.
    """

    kind: str
    product: str | None
    product_name: str
    gate: Suitability | None
    alike: int
    reasons: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """What to suggest, the strongest first; `stop` says why nothing may be suggested. `of`: how many were alike."""

    items: tuple[Suggestion, ...]
    of: int
    stop: Phrase | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Everybody:
    """What all clients hold, and the rules in it."""

    held: dict[int, frozenset[str]]
    pairings: tuple[Pairing, ...]


# Per reading connection, as long as nobody commits: the rules take a second with 100,000 clients.
_kept: WeakKeyDictionary[Reader, tuple[int, date, _Everybody]] = WeakKeyDictionary()


def next_products(reads: Reads, client: ClientId, day: date | None = None) -> Suggested:
    """What to suggest to a client; nothing to those who may not be contacted or said no to marketing."""
    from rmdesk.services.products import likeness

    today, known = day or clock.today(), suggest_table()
    stop = stop_of(reads, client, marketing=True)
    if stop is not None:
        return Suggested((), 0, stop.why)
    everybody = _everybody(reads, today, known)
    if len(everybody.held) < known.least_clients:
        return Suggested((), 0, phrase("There are too few clients to compare with."))
    own = everybody.held.get(int(client), frozenset())
    alike = [everybody.held.get(other, frozenset()) for other in _alike(reads, int(client), today, known.alike)]
    wanted = table().assets - {"demand"} - own
    shares = {kind: sum(kind in held for held in alike) for kind in sorted(wanted)}
    pairs = {kind: likeness.best_pairing(everybody.pairings, set(own), kind) for kind in wanted}
    chosen = {kind: count for kind, count in shares.items() if count >= known.least}
    order = likeness.ranked(chosen, {kind: pair.confidence for kind, pair in pairs.items() if pair}, len(alike))
    items = []
    for kind in order[: known.most]:
        pair = pairs[kind]
        reasons = []
        if kind in chosen:
            reasons.append(
                phrase(
                    "{count} of the {all} clients most like this one hold {kind}; this one holds none.",
                    count=chosen[kind], all=len(alike), kind=_kind(kind),
                )
            )  # fmt: skip
        if pair is not None:
            reasons.append(
                phrase(
                    "Of those who hold {has}, {share} % hold {kind} as well: {lift} times as often as among all "
                    "({count} clients).",
                    has=_kinds(pair.has), share=round(100 * pair.confidence), kind=_kind(kind),
                    lift=f"{pair.lift:.1f}", count=pair.count,
                )
            )  # fmt: skip
        product, name, gate = _product(reads, client, kind, today)
        items.append(Suggestion(kind, product, name, gate, shares[kind], tuple(reasons)))
    return Suggested(tuple(items), len(alike))


def _everybody(reads: Reads, day: date, known: SuggestTable) -> _Everybody:
    if not isinstance(reads, Reader):
        return _read(reads, day, known)
    version = int(reads.value("PRAGMA data_version"))
    kept = _kept.get(reads)
    if kept is None or kept[:2] != (version, day):
        kept = _kept[reads] = (version, day, _read(reads, day, known))
    return kept[2]


def _read(reads: Reads, day: date, known: SuggestTable) -> _Everybody:
    from rmdesk.services.products import likeness

    held: dict[int, set[str]] = {}
    for page in reads.pages("SELECT id FROM client WHERE status = 'active' AND merged_into IS NULL"):
        held.update((row[0], set()) for row in page)
    for page in reads.pages(
        "SELECT DISTINCT client_id, kind FROM holding WHERE ended_on IS NULL OR ended_on > ?", (day.isoformat(),)
    ):
        for client, kind in page:
            if client in held:
                held[client].add(kind)
    baskets = {client: frozenset(kinds) for client, kinds in held.items()}
    found = likeness.pairings(
        (sorted(kinds) for kinds in baskets.values()), known.support, known.confidence, known.lift
    )
    return _Everybody(baskets, found)


def _alike(reads: Reads, client: int, day: date, count: int) -> list[int]:
    """The clients most like one: of the same kind (person or company), by assets, age, tenure and active months."""
    import numpy as np

    from rmdesk.services.care import portfolio
    from rmdesk.services.products import likeness

    whole = portfolio.current(reads, day)
    at = whole.place(ClientId(client))
    if at is None:
        return []
    born = np.full(whole.size, np.nan)
    company = np.zeros(whole.size, dtype=bool)
    place = {int(number): spot for spot, number in enumerate(whole.client)}
    for page in reads.pages("SELECT id, birth_date, kind FROM client WHERE merged_into IS NULL"):
        for number, birth, kind in page:
            spot = place.get(number)
            if spot is not None:
                company[spot] = kind == "company"
                if birth and birth[:4].isdigit():
                    born[spot] = int(birth[:4])
    features = np.column_stack(
        (np.log10(1 + np.maximum(whole.aum, 0)), born, whole.measures["tenure"], whole.measures["active"])
    )
    eligible = (whole.excluded == 0) & (company == company[at])
    return [int(whole.client[spot]) for spot in likeness.nearest(features, at, eligible, count)]


def _product(reads: Reads, client: ClientId, kind: str, day: date) -> tuple[str | None, str, Suitability | None]:
    rows = reads.rows(
        "SELECT p.code, p.name, (SELECT count(*) FROM holding h WHERE h.product_id = p.id"
        " AND (h.ended_on IS NULL OR h.ended_on > :day)) AS held"
        " FROM product p WHERE p.kind = :kind ORDER BY held DESC, p.code",
        {"kind": kind, "day": day.isoformat()},
    )
    judged = [(code, name, suitability.check(reads, client, code, day)) for code, name, _held in rows]
    for one in judged:
        if one[2].ok:
            return one
    least = reads.value("SELECT code FROM product WHERE kind = ? ORDER BY risk IS NULL, risk, code LIMIT 1", (kind,))
    return next((one for one in judged if one[0] == least), (None, "", None))


def _kind(kind: str) -> Words | str:
    """A kind as it stands in a sentence, said in the language in use when it is shown."""
    return table().many.get(kind, kind)


def _kinds(kinds: tuple[str, ...]) -> Phrase | Words | str:
    if len(kinds) == 1:
        return _kind(kinds[0])
    return phrase("{one} and {other}", one=_kinds(kinds[:-1]), other=_kind(kinds[-1]))
