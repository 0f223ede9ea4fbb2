"""The rules of campaigns, typed: resources/rules/campaigns.toml."""

from __future__ import annotations

from functools import cache

from rmdesk.base.record import record
from rmdesk.models.kinds import Purpose
from rmdesk.services.rulebook import Words, book, words


@record
class PurposeRule:
    """Who takes part in campaigns of a purpose, through which gates, and whether anything may be offered."""

    name: Words
    gates: tuple[str, ...]
    groups: tuple[str, ...]
    why: Words  # why the other groups do not take part
    marketing: bool
    product: bool


@record
class CampaignTable:
    """All of campaigns.toml; days are whole days."""

    purposes: dict[Purpose, PurposeRule]
    declined_days: int
    again: dict[str, int]  # by the last outcome
    locked_words: tuple[str, ...]
    locked_places: tuple[str, ...]
    life_days: int
    life_kinds: tuple[str, ...]
    need_days: int
    alone: tuple[str, ...]
    list_most: int
    name_most: int
    script_most: int


@cache
def table() -> CampaignTable:
    """The rules as shipped."""
    data = book("campaigns")
    hints, kept = data["hints"], data["list"]
    return CampaignTable(
        purposes={
            Purpose(code): PurposeRule(
                name=words(one["name"]),
                gates=tuple(one["gates"]),
                groups=tuple(one["groups"]),
                why=words(one["why"]),
                marketing=one["marketing"],
                product=one["product"],
            )
            for code, one in data["purposes"].items()
        },
        declined_days=data["declined"]["days"]["value"],
        again={outcome: one["value"] for outcome, one in data["again"].items()},
        locked_words=tuple(data["locked"]["words"]),
        locked_places=tuple(data["locked"]["places"]),
        life_days=hints["life_days"]["value"],
        life_kinds=tuple(hints["life_kinds"]["value"]),
        need_days=hints["need_days"]["value"],
        alone=tuple(hints["alone"]["value"]),
        list_most=kept["most"]["value"],
        name_most=kept["name"]["value"],
        script_most=kept["script"]["value"],
    )
