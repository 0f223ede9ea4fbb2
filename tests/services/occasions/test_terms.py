"""The 24 solar terms as the package they were made with tells them."""

from __future__ import annotations

import hashlib
from datetime import date

from rmdesk.services.occasions import lunar, terms

# SHA-256 of "day index" of all terms of 1900 to 2101, a line each, 小寒 as 0, as sxtwl 2.0.7 tells them.
EVERY_TERM = "7cdf7a112eea8a516b95ad9da2052a5b03268003a2060427604d0ad99a368a43"


def test_every_term_is_the_packages() -> None:
    lines = [f"{day} {at}\n" for year in range(1900, 2102) for at, day in enumerate(terms.terms_of(year))]
    assert hashlib.sha256("".join(lines).encode()).hexdigest() == EVERY_TERM


def test_the_two_festivals_agree() -> None:
    for year in range(1900, 2102):
        assert terms.terms_of(year)[6] == lunar.qingming(year)
        assert terms.terms_of(year)[23] == lunar.winter_solstice(year)


def test_names() -> None:
    known = terms.term_on(date(2026, 2, 4))
    assert known is not None
    assert (known.zh, known.en) == ("立春", "Start of Spring")
    assert terms.term_on(date(2026, 2, 5)) is None
    assert terms.term_on(date(2150, 2, 4)) is None
