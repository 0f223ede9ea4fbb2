"""Where six lines of code stand twice, to the letter; `python -m tools.twice` names the places."""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READ = ("rmdesk", "tests", "tools", "bench", "installer", "dev.py")
RUN = 6  # lines of code; imports, docstrings, comments and lone brackets are none
APART = ("rmdesk/models/migrations/", "rmdesk/hub/migrations/")  # what was released stays as it was

Place = tuple[str, int]  # a file, and its line


def main() -> int:
    """Name them; 1 when there are any."""
    found = list(twice(read(ROOT)))
    for (file, line), (other, at), count in found:
        print(f"{file}:{line} and {other}:{at}: {count} lines")
    print(f"{len(found)} runs stand twice" if found else f"No {RUN} lines stand twice.")
    return 1 if found else 0


def read(root: Path) -> dict[str, str]:
    """The text of each Python file below `root` that counts, by its path."""
    folders = (root / name for name in READ)
    paths = (path for folder in folders for path in ([folder] if folder.is_file() else sorted(folder.rglob("*.py"))))
    texts = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    return {name: text for name, text in texts.items() if not name.startswith(APART)}


def twice(texts: dict[str, str]) -> Iterator[tuple[Place, Place, int]]:
    """Each run of `RUN` lines or more that stands again later: both places, and how many lines."""
    code = {name: list(code_lines(text)) for name, text in texts.items()}
    places: dict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
    for name, lines in code.items():
        for at in range(len(lines) - RUN + 1):
            places[tuple(text for _, text in lines[at : at + RUN])].append((name, at))
    pairs = {(one, two) for found in places.values() for one, two in _each_two(found)}
    for one, two in sorted(pairs):
        if (_moved(one, -1), _moved(two, -1)) not in pairs:
            more = 0
            while (_moved(one, more + 1), _moved(two, more + 1)) in pairs:
                more += 1
            yield _shown(code, one), _shown(code, two), RUN + more


def code_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of code in one file, each with its number, white space folded."""
    passed = {line for node in ast.walk(ast.parse(text)) for line in _not_code(node)}
    for number, line in enumerate(text.splitlines(), start=1):
        folded = " ".join(line.split())
        if number not in passed and re.search(r"\w", folded) and not folded.startswith("#"):
            yield number, folded


def _not_code(node: ast.AST) -> Iterable[int]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        return range(node.lineno, (node.end_lineno or node.lineno) + 1)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return range(node.lineno, (node.end_lineno or node.lineno) + 1)
    return ()


def _each_two(found: list[tuple[str, int]]) -> Iterator[tuple[tuple[str, int], tuple[str, int]]]:
    for one in found:
        for two in found:
            if one < two and (one[0] != two[0] or two[1] - one[1] >= RUN):
                yield one, two


def _moved(place: tuple[str, int], by: int) -> tuple[str, int]:
    return place[0], place[1] + by


def _shown(code: dict[str, list[tuple[int, str]]], place: tuple[str, int]) -> Place:
    return place[0], code[place[0]][place[1]][0]


if __name__ == "__main__":
    sys.exit(main())
