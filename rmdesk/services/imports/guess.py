"""Guesses which column means what, from the words above the columns and the shape of the values below.

A word like 余额 has a different meaning in a list of accounts, of holdings, of months or of transactions. So every
subject a table can have is tried, the best assignment under each is rated, and the best rated subject wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from rmdesk.services.imports import amounts, dates, header, shapes, words
from rmdesk.services.imports.layout import Column, Layout
from rmdesk.services.imports.targets import TARGETS, Kind

_NO_BRACKETS = str.maketrans("", "", "()（）[]【】")
_ENOUGH = 0.9  # points below which a table is taken to be about something else
_LINKS = ("as_of", "currency", "client.number", "account.number")
_CLIENT = ("client.", "branch.")
_PER_KIND = ("holding.card_count", "holding.loan_count", "holding.standing_order_count")
_AMOUNTS = tuple(name for name in TARGETS if name.startswith("holding.") and name.endswith("_amount"))

# What a table of each subject can carry (prefixes or full names), the better rated first when all is equal.
_SUBJECTS: dict[str, tuple[str, ...]] = {
    "client": (*_LINKS, *_CLIENT, "account.role", *_PER_KIND, *_AMOUNTS, "month.average_minor"),
    "account": (*_LINKS, *_CLIENT, "account.", *_PER_KIND),
    "holding": (*_LINKS, *_CLIENT, "account.role", "holding.", "product.code", "product.risk"),
    "month": (*_LINKS, "client.name", "branch.", "month."),
    "transaction": (*_LINKS, "client.name", "transaction."),
    "product": ("currency", "product."),
    "branch": ("branch.",),
}
_KEYS = ("holding.key", "holding.card_key", "holding.loan_key", "holding.standing_order_key")
_FACTS = ("month.end_minor", "month.average_minor", "month.in_minor", "month.out_minor", "month.tx_count")
_FLOWS = ("transaction.amount_minor", "transaction.in_minor", "transaction.out_minor")
_DESCRIBED = ("product.code", "product.kind", "product.risk", "product.term_days", "product.rate_bp")
# What a table must tell to be of a subject: one of each group.
_NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "client": (("client.number", "client.name", "client.id_number"),),
    "account": (("account.number",),),
    "holding": (
        (*_KEYS, "holding.name", "product.code"),
        ("client.number", "client.id_number", "client.name", "account.number"),
    ),
    "month": (("month.month",), _FACTS),
    "transaction": (("transaction.on",), _FLOWS),
    "product": (("product.code", "product.name"), _DESCRIBED),
    "branch": (("branch.code", "branch.name"), ("branch.code",)),
}
# Values that make a subject sure, and its points.
_TELLING = {
    "transaction": ("transaction.on", "transaction.direction", "transaction.key", "transaction.balance_minor"),
    "month": ("month.month",),
    "holding": (
        "holding.key",
        "holding.card_key",
        "holding.loan_key",
        "holding.standing_order_key",
        "holding.matures_on",
    ),
}


@dataclass(frozen=True, slots=True)
class _Candidate:
    column: int
    target: str
    weight: float


def layout(found: header.Header, rows: Sequence[Sequence[Any]], name: str = "") -> Layout:
    """The layout of a table with that header, guessed from it and from some hundred rows below it."""
    cells = [[row[i] if i < len(row) else None for row in rows] for i in range(len(found.cells))]
    candidates = _candidates(found.cells, cells)
    chosen = _best(candidates)
    columns = [
        _column(h, c, chosen.get(i), found.times) for i, (h, c) in enumerate(zip(found.cells, cells, strict=True))
    ]
    return Layout(name, tuple(_months_in_headers(columns)), currency=found.currency)


def _best(candidates: list[_Candidate]) -> dict[int, _Candidate]:
    """The best rated assignment; one that lacks what its subject needs counts half, to say at least what is missing."""
    chosen: dict[int, _Candidate] = {}
    best = 0.0
    for subject in _SUBJECTS:
        assigned = _assigned(subject, candidates)
        told = {c.target for c in assigned.values()}
        complete = all(told.intersection(group) for group in _NEEDS[subject])
        points = _points(subject, assigned)
        if points < _ENOUGH - 1e-6:
            continue
        points *= 1.0 if complete else 0.4
        if points > best + 1e-9:
            chosen, best = assigned, points
    return chosen


def _candidates(headers: Sequence[str], cells: Sequence[Sequence[Any]]) -> list[_Candidate]:
    made = []
    for index, name in enumerate(headers):
        told = [c for c in cells[index] if c is not None and c != ""]
        by_word = [
            _Candidate(index, target, weight * fit)
            for target, weight in _by_word(name)
            if (fit := shapes.fit(target, told)) > 0
        ]
        made += by_word or [_Candidate(index, target, 0.4) for target in shapes.telling(told)]
    return made


def _by_word(name: str) -> list[tuple[str, float]]:
    table = words.meanings()
    if words.of_others(name):
        return []
    spelled = words.normal(name.translate(_NO_BRACKETS))
    dated, _ = words.undated(name)
    for word in (spelled, words.normal(name)):
        if word in table:
            return [*table[word], *(table.get(dated, ()) if dated != word else ())]
    if dated in table:
        return list(table[dated])
    if "{" in dated:
        bare = dated.replace("{month}", "").replace("{day}", "").replace("{year}", "")
        return [(t, w * 0.9) for t, w in table.get(bare, ()) if TARGETS[t].kind in (Kind.MONEY, Kind.COUNT)]
    return _within(words.normal(name))


def _within(word: str) -> list[tuple[str, float]]:
    """What the longest telling word inside a header may stand for."""
    table = words.meanings()
    within = [known for known, told in table.items() if told[0][1] > 0.9 and _holds(word, known)]
    longest = max(map(len, within), default=0)
    share = longest / max(1, len(word))
    return [(t, w * (0.3 + 0.5 * share)) for k in within if len(k) == longest for t, w in table[k] if w > 0.9]


def _holds(word: str, known: str) -> bool:
    """Chinese headers carry their subject at either end, as English ones do, which need longer words."""
    return len(known) >= (5 if known.isascii() else 2) and (word.startswith(known) or word.endswith(known))


def _allowed(subject: str, target: str) -> bool:
    return any(target == a or (a.endswith(".") and target.startswith(a)) for a in _SUBJECTS[subject])


def _assigned(subject: str, candidates: list[_Candidate]) -> dict[int, _Candidate]:
    """Each meaning to one column and each column to one meaning, the surest first."""
    assigned: dict[int, _Candidate] = {}
    taken: set[str] = set()
    own = f"{subject}."
    for candidate in sorted(
        candidates, key=lambda c: (-round(c.weight, 1), not c.target.startswith(own), -c.weight, c.column)
    ):
        free = candidate.target not in taken or candidate.target == "client.other_phones"
        if candidate.column not in assigned and free and _allowed(subject, candidate.target):
            assigned[candidate.column] = candidate
            taken.add(candidate.target)
    return assigned


def _points(subject: str, assigned: dict[int, _Candidate]) -> float:
    told = {c.target: c.weight for c in assigned.values()}
    telling = sum(told.get(target, 0.0) >= 0.5 for target in _TELLING.get(subject, ()))
    return sum(told.values()) + 0.75 * telling


def _column(name: str, cells: Sequence[Any], candidate: _Candidate | None, times: str) -> Column:
    if candidate is None:
        return Column(name)
    told = [c for c in cells if c is not None and c != ""]
    column = Column(name, candidate.target, confidence=round(min(1.0, candidate.weight), 2))
    kind = TARGETS[candidate.target].kind
    if kind in (Kind.DATE, Kind.BIRTH, Kind.MONTH):
        order, share = dates.order_of(told) if kind is not Kind.MONTH else ("ymd", 1.0)
        return replace(column, order=order, confidence=round(column.confidence * max(share, 0.1), 2))
    if kind is Kind.MONEY:
        decimal = amounts.decimal_mark(told)
        return replace(column, times=_times_of(name) or times or "1", decimal=decimal, part=words.undated(name)[1])
    if kind is Kind.RATE:
        return replace(column, times="100" if _fractions(told) else "1")
    return column


def _times_of(name: str) -> str:
    for part in words.bracketed(name):
        unit = part.removeprefix("人民币").removeprefix("单位").lstrip(":： ")
        if unit in header.TIMES:
            return header.TIMES[unit]
    return ""


def _fractions(told: Sequence[Any]) -> bool:
    """Whether rates are written as fractions (0.0385) and not in percent (3.85)."""
    if any(isinstance(c, str) and ("%" in c or "％" in c) for c in told):
        return False
    read = [n for c in told if (n := amounts.amount_of(c)) is not None]
    return bool(read) and max(read) <= Decimal("0.3")


def _months_in_headers(columns: list[Column]) -> list[Column]:
    """Balances with a day or month in the header are month facts, one per column; a year alone says less."""
    made = []
    for column in columns:
        dated, part = words.undated(column.header)
        wide = "{month}" in dated or "{day}" in dated
        if not wide:
            made.append(replace(column, part=""))
            continue
        bare = dated.replace("{month}", "").replace("{day}", "")
        told = [t for t, _ in words.meanings().get(bare, ()) if t in ("month.end_minor", "month.average_minor")]
        if told:
            made.append(replace(column, target=told[0], part=part, confidence=0.8))
        else:
            made.append(replace(column, part=""))
    return made
