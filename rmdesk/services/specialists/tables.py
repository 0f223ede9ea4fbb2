"""Fields of specialists and how long things may take: resources/rules/specialists.toml."""

from __future__ import annotations

from functools import cache

from rmdesk.services.rulebook import Words, book, words


@cache
def fields() -> dict[str, Words]:
    """The fields by code, in their order."""
    return {code: words(entry) for code, entry in book("specialists")["fields"].items() if code != "source"}


def field_name(code: str) -> str:
    """The name of a field, in the language in use; the code itself when this version does not know it."""
    return fields()[code].said if code in fields() else code


def days(name: str) -> int:
    """How many days an `answer` may take, or the `follow`-up of one."""
    return int(book("specialists")["days"][name]["value"])
