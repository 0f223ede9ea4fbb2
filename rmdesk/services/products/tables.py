"""The numbers and names of resources/rules/products.toml that products need."""

from __future__ import annotations

from functools import cache

from rmdesk.base.record import record
from rmdesk.models.kinds import AssetKind
from rmdesk.services.rulebook import Words, book, words


@record
class ProductTable:
    """`valid_days`: how long a risk assessment holds; `free`: kinds that need none; `assets`: kinds that are."""

    valid_days: int
    free: frozenset[str]
    assets: frozenset[str]
    months: int
    soon_days: int
    past_days: int
    elsewhere_days: int
    risks: dict[int, Words]
    levels: dict[int, Words]
    kinds: dict[str, Words]
    many: dict[str, Words]  # the same, as they stand in a sentence


@cache
def table() -> ProductTable:
    """The table, read once."""
    told = book("products")
    gate, maturities = told["suitability"], told["maturities"]
    return ProductTable(
        valid_days=int(gate["days"]["value"]),
        free=frozenset(gate["free"]["value"]),
        assets=frozenset(kind for kind, entry in told["kinds"].items() if entry["asset"]),
        months=int(maturities["months"]["value"]),
        soon_days=int(maturities["soon"]["value"]),
        past_days=int(maturities["past"]["value"]),
        elsewhere_days=int(told["elsewhere"]["days"]["value"]),
        risks=_graded(told["risks"]),
        levels=_graded(told["levels"]),
        kinds={kind: words(entry["name"]) for kind, entry in told["kinds"].items()},
        many={kind: Words(en=entry["many"], zh=entry["name"]["zh"]) for kind, entry in told["kinds"].items()},
    )


@record
class SuggestTable:
    """How many clients alike are asked, and what a suggestion needs; shares in 0..1."""

    alike: int
    least: int
    least_clients: int
    support: float
    confidence: float
    lift: float
    most: int


@cache
def suggest_table() -> SuggestTable:
    """The numbers of suggestions, read once."""
    told = {name: entry["value"] for name, entry in book("products")["suggest"].items()}
    return SuggestTable(**told)


def kind_name(kind: AssetKind | str) -> str:
    """What a kind of product is called, in the language in use; an unknown kind as it is."""
    known = table().kinds
    return known[str(kind)].said if str(kind) in known else str(kind)


def risk_name(risk: int | None) -> str:
    """R1 to R5 with its name; empty where the bank told none."""
    known = table().risks
    return known[risk].said if risk in known else ""


def _graded(entry: dict[str, dict[str, str]]) -> dict[int, Words]:
    return {int(number): words(name) for number, name in entry.items() if number.isdigit()}
