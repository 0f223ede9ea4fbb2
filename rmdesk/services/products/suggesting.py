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
    from rmdesk.services.products.likeness import Floats, Ints, Pairing


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
    """All active clients: what each holds, what makes them alike (a row each, as `ids`), and the rules among kinds."""

    ids: Ints
    features: Floats  # logarithm of the assets, year of birth, years as a client, active months
    company: Ints
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
    alike = [everybody.held.get(other, frozenset()) for other in _alike(everybody, int(client), known.alike)]
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
    import numpy as np

    from rmdesk.services.products import likeness

    held: dict[int, set[str]] = {}
    rows: list[tuple[float, ...]] = []
    for page in reads.pages(_CLIENTS, {"day": day.isoformat()}):
        held.update((row[0], set()) for row in page)
        rows += page
    for page in reads.pages(
        "SELECT DISTINCT client_id, kind FROM holding WHERE ended_on IS NULL OR ended_on > ?", (day.isoformat(),)
    ):
        for client, kind in page:
            if client in held:
                held[client].add(kind)
    once: dict[frozenset[str], frozenset[str]] = {}  # many hold the same: each is kept once
    baskets = {client: once.setdefault(kinds := frozenset(own), kinds) for client, own in held.items()}
    found = likeness.pairings(
        (sorted(kinds) for kinds in baskets.values()), known.support, known.confidence, known.lift
    )
    told = np.array(rows, dtype=np.float64).reshape(len(rows), 6)  # None becomes NaN: unknown
    features = told[:, 2:].copy()
    features[:, 0] = np.log10(1 + np.maximum(features[:, 0], 0))
    return _Everybody(told[:, 0].astype(np.int64), features, told[:, 1].astype(np.int64), baskets, found)


_CLIENTS = """
SELECT c.id, c.kind = 'company', f.aum_minor,
       CASE WHEN c.birth_date GLOB '[12]*' THEN substr(c.birth_date, 1, 4) + 0 END,
       (julianday(:day) - julianday(f.since)) / 365.25, f.active_months
FROM client c LEFT JOIN client_figures f ON f.client_id = c.id
WHERE c.status = 'active' AND c.merged_into IS NULL ORDER BY c.id
"""


def _alike(everybody: _Everybody, client: int, count: int) -> list[int]:
    """The clients most like one, of the same kind (person or company)."""
    import numpy as np

    from rmdesk.services.products import likeness

    at = int(np.searchsorted(everybody.ids, client))
    if at >= len(everybody.ids) or everybody.ids[at] != client:
        return []
    eligible = everybody.company == everybody.company[at]
    return [int(everybody.ids[spot]) for spot in likeness.nearest(everybody.features, at, eligible, count)]


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
