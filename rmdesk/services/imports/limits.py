"""The limits of files that come in, from `resources/rules/imports.toml`."""

from __future__ import annotations

import tomllib
from functools import cache

from rmdesk.base import paths


@cache
def _rules() -> dict[str, dict[str, dict[str, int]]]:
    return tomllib.loads(paths.resource("rules", "imports.toml").read_text(encoding="utf-8"))


def limit(section: str, name: str) -> int:
    """One limit, as in `limit("table", "rows")`."""
    return _rules()[section][name]["value"]
