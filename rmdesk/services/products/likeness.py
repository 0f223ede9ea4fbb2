"""Who is like a client, and which kinds of product go together: numbers for the next product. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from rmdesk.base.record import record

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@record
class Pairing:
    """Of those who hold `has`, `confidence` hold `then` as well; `count` do, `lift` times as often as among all."""

    has: tuple[str, ...]
    then: str
    count: int
    confidence: float
    lift: float


def nearest(features: Floats, at: int, eligible: npt.NDArray[np.bool_], count: int) -> Ints:
    """The places of the `count` clients most like the one at `at`, the most like first; among equals the first.

    `features` has a row a client. Each column is measured in its own spread; where one of two values is unknown (NaN)
    they count as one spread apart, so that nobody is like everybody for being unknown.
    """
    known = ~np.isnan(features)
    filled, told = np.where(known, features, 0.0), np.maximum(1, known.sum(axis=0))
    mean = filled.sum(axis=0) / told
    spread = np.sqrt((np.where(known, filled - mean, 0.0) ** 2).sum(axis=0) / told)
    apart = np.abs(filled - filled[at]) / np.where(spread > 0, spread, 1.0)
    apart = np.where(known & known[at], apart, np.where(known | known[at], 1.0, 0.0))
    far = (apart**2).sum(axis=1)
    far[~eligible] = np.inf
    far[at] = np.inf
    found: Ints = np.argsort(far, kind="stable")[:count]
    return np.asarray(found[np.isfinite(far[found])])


def pairings(baskets: Iterable[Sequence[str]], support: float, confidence: float, lift: float) -> tuple[Pairing, ...]:
    """Which kinds go together (association rules by Apriori), the strongest first.

    `baskets` are the kinds each client holds. A rule needs at least the shares `support` and `confidence`, and `lift`.
    """
    from efficient_apriori import apriori  # heavy to nobody: but only wanted here

    held = [tuple(basket) for basket in baskets if basket]
    if not held:
        return ()
    _sets, rules = apriori(held, min_support=support, min_confidence=confidence, max_length=3)
    found = [
        Pairing(tuple(sorted(rule.lhs)), rule.rhs[0], rule.count_full, rule.confidence, rule.lift)
        for rule in rules
        if len(rule.rhs) == 1 and rule.lift >= lift
    ]
    return tuple(sorted(found, key=lambda one: (-one.confidence, -one.lift, one.has, one.then)))


def best_pairing(found: Iterable[Pairing], held: set[str], then: str) -> Pairing | None:
    """The strongest rule that says `then` for somebody who holds `held`; None when none does."""
    return next((one for one in found if one.then == then and set(one.has) <= held), None)


def ranked(shares: Mapping[str, int], confidences: Mapping[str, float], of: int) -> list[str]:
    """Kinds by how much speaks for them: the share among those alike and the confidence of the best rule, together."""
    kinds = shares.keys() | confidences.keys()
    return sorted(kinds, key=lambda kind: (-(shares.get(kind, 0) / max(1, of) + confidences.get(kind, 0.0)), kind))
