"""What the schema should have besides tables, read from the scripts that make it: triggers and indexes by name."""

from __future__ import annotations

import re
from functools import cache

from rmdesk.base import paths

_MADE = re.compile(r"CREATE (TRIGGER|(?:UNIQUE )?INDEX) (\w+)")
_GONE = re.compile(r"DROP (?:TRIGGER|INDEX) (?:IF EXISTS )?(\w+)")
_COMMENT = re.compile(r"^--.*$", re.MULTILINE)


@cache
def made_by_scripts() -> dict[str, str]:
    """The statement that makes each trigger and each index, as the newest script has it."""
    found: dict[str, str] = {}
    for script in sorted(paths.package("models", "migrations", "versions").glob("*.sql")):
        # A trigger has statements of its own inside: only a line's end after ";" ends one.
        for statement in _COMMENT.sub("", script.read_text("utf-8")).split(";\n"):
            whole = statement.strip().removesuffix(";") if not statement.strip().endswith("END;") else statement.strip()
            made, gone = _MADE.match(whole), _GONE.match(whole)
            if gone:
                found.pop(gone[1], None)
            elif made:
                found[made[2]] = whole.removesuffix(";")
    return found


def same(one: str, other: str) -> bool:
    """Whether two statements are the same but for blanks."""
    return "".join(one.split()) == "".join(other.split())
