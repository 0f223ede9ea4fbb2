"""Functions, classes and methods that nothing names: neither the program, its tests and tools, nor its resources."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from vulture.core import Item, Vulture

ROOT = Path(__file__).resolve().parent.parent
READ = ("rmdesk", "tests", "tools", "bench", "installer", "dev.py")
LOOKED_AT = ("rmdesk", "tools")
KINDS = {"function", "class", "method", "property", "import"}
# Called by Qt, by Python, or by a library; or kept for the tables they stand for.
CALLED_BY_OTHERS = (
    "*Event",
    "*EventFilter",
    "do_*",
    "log_message",
    "readinto",
    "paintSection",
    "expandingDirections",
    "focusNextPrevChild",
    "mimeForUti",
    "utiForMime",
    "convertFromMime",
    "convertToMime",
    "initialize",
    "CompileCatalogues",
    "worker",
)
APART = ("*/models/*", "*/migrations/*", "*/hub/api/*")


def main() -> int:
    """Name them; 1 when there are any."""
    found = list(unused(ROOT))
    for line in found:
        print(line)
    print(f"{len(found)} unused" if found else "Nothing is unused.")
    return 1 if found else 0


def unused(root: Path) -> Iterator[str]:
    """Each as `path:line: kind name`, of what lies in the program and its tools below `root`."""
    recipe = root / "installer" / "rmdesk.spec"  # Python, too, by another name
    written = recipe.read_text(encoding="utf-8") if recipe.exists() else ""
    looking = Vulture()
    looking.scavenge([str(root / name) for name in READ if (root / name).exists()])
    for item in looking.get_unused_code(min_confidence=60):
        place = Path(item.filename).resolve().relative_to(root.resolve()).as_posix()
        if (
            place.startswith(tuple(f"{name}/" for name in LOOKED_AT))
            and _is_ours(item, place)
            and item.name not in written
        ):
            yield f"{place}:{item.first_lineno}: {item.typ} {item.name}"


def _is_ours(item: Item, place: str) -> bool:
    apart = any(fnmatch(f"/{place}", pattern) for pattern in APART)
    return item.typ in KINDS and not apart and not any(fnmatch(item.name, name) for name in CALLED_BY_OTHERS)


if __name__ == "__main__":
    sys.exit(main())
