"""Decides who may be offered what: product risk against the client's risk level (domain §13)."""

from __future__ import annotations

from datetime import date, timedelta

from rmdesk.base.record import record
from rmdesk.base.text import Phrase, phrase


@record
class Suitability:
    """Whether a product may be offered to a client, why, and what to do when it may not (or first).

    `code`: fits, free (nothing to match), undated (fits; nobody told when the client was assessed), no_level, expired,
    too_risky, no_risk (the product's risk is unknown).
    """

    ok: bool
    reason: Phrase
    code: str
    do: Phrase | None = None

    @property
    def whole(self) -> str:
        """Reason and advice in the language in use."""
        from rmdesk.base.text import sentences

        return sentences(self.reason.said, self.do.said if self.do else "")


ASSESS = phrase("Have the risk assessment done before this product is talked about.")


def fits(
    risk: int | None, level: int | None, assessed: date | None, day: date, *, valid_days: int, free: bool = False
) -> Suitability:
    """Whether a product of `risk` (1-5) fits a client of `level` (1-5), assessed on a day that may be unknown.

    An unknown level, an assessment more than `valid_days` old on `day` and an unknown product risk never fit: unknown
    is not "no risk". `free`: a kind of product that bears no investment risk.
    """
    if free:
        return Suitability(True, phrase("Deposits and services need no risk assessment."), "free")
    if risk is None:
        return Suitability(
            False, phrase("The product's risk is not known."), "no_risk", phrase("Ask the product desk for its risk.")
        )
    if level is None:
        return Suitability(False, phrase("The client's risk level is not known."), "no_level", ASSESS)
    ended = None if assessed is None else assessed + timedelta(valid_days)
    if ended is not None and ended < day:
        return Suitability(
            False, phrase("The risk assessment ended on {day}.", day=ended.isoformat()), "expired", ASSESS
        )
    if risk > level:
        return Suitability(
            False,
            phrase("R{risk} is above the client's level C{level}.", risk=risk, level=level),
            "too_risky",
            phrase("Offer a product of at most R{level}.", level=level),
        )
    told = phrase("R{risk} is within the client's level C{level}.", risk=risk, level=level)
    if assessed is None:
        return Suitability(True, told, "undated", phrase("The bank did not tell when the client was assessed: check."))
    return Suitability(True, told, "fits")
