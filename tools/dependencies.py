"""Holds the locked packages against what was reviewed: hashes, licences, known holes, need (tools.dependencies)."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
_PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)([^\n]*\n(?:    --hash=[^\n]*\n)*)", re.MULTILINE)
_WORD = re.compile(r"[A-Za-z0-9][\w.-]*")


@dataclass(frozen=True, slots=True)
class Pin:
    """One locked version of a package."""

    name: str
    version: str
    hashes: int


def pins(lock: str) -> list[Pin]:
    """The packages of a lock file."""
    return [Pin(str(canonicalize_name(m[1])), m[2], m[3].count("--hash=sha256:")) for m in _PIN.finditer(lock)]


def flaws(lock: str, review: Mapping[str, Any], needed: set[str], today: date) -> Iterator[str]:
    """What is wrong, in sentences: `needed` are the packages that something asks for."""
    found = pins(lock)
    licences = {name: licence for licence, names in review["licences"].items() for name in names}
    age = (today - review["reviewed"]).days
    if age > review["good_for_days"]:
        yield f"The review is {age} days old: look through the advisories again (requirements/reviewed.toml)."
    for pin in found:
        if not pin.hashes:
            yield f"{pin.name} {pin.version} is locked without a hash."
        if pin.name not in licences:
            yield f"{pin.name} was not reviewed: write down its licence (requirements/reviewed.toml)."
        elif pin.name not in review["builders"] and not allowed(licences[pin.name], set(review["allowed"])):
            yield f"{pin.name} is under {licences[pin.name]}, which is not allowed."
        if pin.name not in needed:
            yield f"{pin.name} is locked, and nothing asks for it."
        for hole in review["holes"]:
            if hole["package"] == pin.name and Version(pin.version) < Version(hole["fixed"]):
                yield f"{pin.name} {pin.version} has the hole {hole['id']}: take {hole['fixed']} or newer."
    for name in sorted(licences.keys() - {pin.name for pin in found}):
        yield f"{name} was reviewed and is locked no more: take it out of requirements/reviewed.toml."


def allowed(licence: str, good: set[str]) -> bool:
    """Whether all licences that hold together are good, or one of those to choose from."""
    ways = re.split(r"\s+OR\s+", licence)
    return any(all(word in good for word in _WORD.findall(way) if word != "AND") for way in ways)


def asked_for(found: list[Pin]) -> set[str]:
    """The packages that the project or another locked package asks for, as far as those are installed here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    lines = [
        *project["project"]["dependencies"],
        *project["build-system"]["requires"],
        *(one for e in extras for one in e),
    ]
    for pin in found:
        try:
            lines += requires(pin.name) or []
        except PackageNotFoundError:  # for another system
            continue
    return {str(canonicalize_name(Requirement(line).name)) for line in lines}


def main() -> int:
    """Print what is wrong; 1 when anything is."""
    lock = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8")
    review = tomllib.loads((ROOT / "requirements" / "reviewed.toml").read_text(encoding="utf-8"))
    found = pins(lock)
    wrong = list(flaws(lock, review, asked_for(found), date.today()))  # noqa: DTZ011 (a date of this computer)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{len(found)} locked packages, reviewed {review['reviewed']}: {len(wrong)} flaws")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
