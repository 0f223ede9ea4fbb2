"""What people are to one another, typed: resources/rules/relations.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from rmdesk.models.kinds import RelationKind
from rmdesk.services.rulebook import Words, book, words

HOUSEHOLD = "household"  # the role of two who keep house together; kept as membership, not as a relationship
KIN_STEPS = frozenset({"spouse", "parent", "child", "sibling"})


@dataclass(frozen=True, slots=True)
class Called:
    """What somebody is called in a role: whoever they are, a woman, a man."""

    anyone: Words
    woman: Words
    man: Words

    def by(self, sex: str) -> Words:
        """The words for a sex: F, M, or anything else for unknown."""
        return {"F": self.woman, "M": self.man}.get(sex, self.anyone)


@dataclass(frozen=True, slots=True)
class Role:
    """What one side is to the other: `name` as in "child"; `first` says that the kind is told from this side."""

    name: str
    kind: str  # RelationKind, or HOUSEHOLD
    first: bool
    called: Called
    group: str
    kinship: bool


@dataclass(frozen=True, slots=True)
class Inferred:
    """Kin that follows from a path of roles; words may depend on the sex of the one in between."""

    path: tuple[str, ...]
    role: Called
    back: Called
    via: dict[str, tuple[Called, Called]]

    def called(self, *, backwards: bool, via: str) -> Called:
        """What the one at the end is called, seen from the start, or the other way round."""
        forth, back = self.via.get(via, (self.role, self.back))
        return back if backwards else forth


def role(name: str) -> Role:
    """The role of this name; KeyError when there is none."""
    return _roles()[name]


def role_names() -> tuple[str, ...]:
    """All roles that a relationship can give, in the order of the rule book."""
    return tuple(name for name in _roles() if name != HOUSEHOLD)


def role_of(kind: str, *, first: bool) -> Role:
    """The role of the first, or the second, of a kept relationship."""
    return _by_kind()[kind, first]


def is_symmetric(kind: str) -> bool:
    """Whether both sides are the same to one another."""
    return kind == HOUSEHOLD or bool(_book()["kinds"][kind].get("symmetric", False))


def groups() -> dict[str, Words]:
    """What the list tells apart, in its order."""
    return {name: words(entry) for name, entry in _book()["groups"].items() if name != "source"}


@cache
def inferred() -> tuple[Inferred, ...]:
    """Kin that follows from kept kinship; what stands first wins."""
    return tuple(
        Inferred(
            tuple(entry["path"]),
            _called(entry["role"]),
            _called(entry["back"]),
            {
                sex: (_called(entry[f"via_{sex.lower()}"]["role"]), _called(entry[f"via_{sex.lower()}"]["back"]))
                for sex in "FM"
                if f"via_{sex.lower()}" in entry
            },
        )
        for entry in _book()["inferred"]
    )


def number(part: str, name: str) -> int:
    """A whole number of the rule book, as in `number("network", "limit")`."""
    return int(_book()[part][name]["value"])


def _book() -> dict[str, Any]:
    return book("relations")


@cache
def _by_kind() -> dict[tuple[str, bool], Role]:
    made = {}
    for kind, entry in [*((kind, _book()["kinds"][kind]) for kind in RelationKind), (HOUSEHOLD, _book()[HOUSEHOLD])]:
        for first, side in ((True, "role"), (False, "back")):
            told = entry.get(side, entry["role"])
            made[str(kind), first] = Role(
                told["name"], str(kind), first, _called(told), entry["group"], bool(entry.get("kinship", False))
            )
    return made


@cache
def _roles() -> dict[str, Role]:
    found: dict[str, Role] = {}
    for kind in (*_book()["kinds"], HOUSEHOLD):
        for first in (True, False):
            told = _by_kind()[kind, first]
            found.setdefault(told.name, told)  # both sides of a symmetric kind have one name
    return found


def _called(entry: dict[str, str]) -> Called:
    def told(sex: str) -> Words:
        return Words(entry.get(f"en_{sex}", entry["en"]), entry.get(f"zh_{sex}", entry["zh"]))

    return Called(words({"en": entry["en"], "zh": entry["zh"]}), told("f"), told("m"))
