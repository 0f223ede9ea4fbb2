"""How long the source files are: small files are found again. `python -m tools.sizes` prints the figures."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 400  # lines; nobody reads further in one sitting
FOLDERS = ("rmdesk", "tests", "tools", "bench")


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lines of the Python files of one folder; empty files (of packages) do not count."""

    folder: str
    lines: dict[Path, int]

    @property
    def middle(self) -> float:
        return median(self.lines.values()) if self.lines else 0

    @property
    def tenth_longest(self) -> float:
        """The length that nine of ten files stay under."""
        return quantiles(self.lines.values(), n=10)[-1] if len(self.lines) > 1 else self.middle

    @property
    def too_long(self) -> dict[Path, int]:
        return {path: count for path, count in self.lines.items() if count > LONGEST}


def measure(folder: str) -> Sizes:
    """The sizes below one folder of the project."""
    files = (path for path in sorted((ROOT / folder).rglob("*.py")) if "__pycache__" not in path.parts)
    counted = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    return Sizes(folder, {path: count for path, count in counted.items() if count})


def main() -> int:
    """Print the sizes; 1 when a file is too long."""
    status = 0
    for folder in FOLDERS:
        sizes = measure(folder)
        if not sizes.lines:
            continue
        longest, count = max(sizes.lines.items(), key=lambda item: item[1])
        print(
            f"{folder}: {len(sizes.lines)} files, {sum(sizes.lines.values())} lines, median {sizes.middle:.0f}, "
            f"nine of ten under {sizes.tenth_longest:.0f}, longest {count} ({longest.as_posix()})"
        )
        for path, lines in sizes.too_long.items():
            print(f"  {path.as_posix()} has {lines} lines; {LONGEST} are allowed")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
