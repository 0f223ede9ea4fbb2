"""Nothing committed names somebody's machine or a server that packages come from."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXTS = {".py", ".md", ".toml", ".txt", ".po", ".cfg", ".ini", ".json", ".svg", ".qss", ".sql", ".yml", ".csv", ""}
# /opt/rmdesk is where the Debian package puts the program on every machine.
FOLDER_OF_A_MACHINE = re.compile(
    r"(?<![\w.~}/-])(?!/opt/rmdesk\b)/(?:root|home|tmp|opt|work|mnt|Users)/[\w.-]+|[A-Z]:\\+Users\\"
)
REGISTRY = re.compile(r"\b(?:pypi|pythonhosted|npmjs|anaconda|rubygems)\.(?:org|com)\b")


def committed() -> Iterator[Path]:
    """The text files that git keeps; without git, those of the folders that hold nothing else."""
    try:
        told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
        names = [ROOT / name for name in told.stdout.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        folders = ("rmdesk", "tests", "tools", "resources", "docs", "requirements")
        names = [*ROOT.glob("*.*"), *(path for folder in folders for path in (ROOT / folder).rglob("*"))]
    for path in names:
        if path.suffix in TEXTS and path.is_file():
            yield path


def places(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern occurs, as file:line: text."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in committed()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_folder_of_a_machine() -> None:
    assert places(FOLDER_OF_A_MACHINE) == []


def test_no_package_server() -> None:
    assert places(REGISTRY) == []


def test_the_lock_is_pinned_by_hash_and_names_no_address() -> None:
    lock = (ROOT / "requirements" / "lock.txt").read_text()
    assert "://" not in lock
    assert not re.search(r"^-", lock, re.MULTILINE)  # no option that names an index or a folder
    pinned = re.split(r"\n(?=\S)", lock.strip())
    assert len(pinned) > 30
    assert [
        entry for entry in pinned if not re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+ (; .*)?\\\n +--hash=sha256:", entry)
    ] == []


def test_the_patterns_find_what_they_are_for() -> None:
    assert FOLDER_OF_A_MACHINE.search("see " + "/" + "home/li/rmdesk")
    assert REGISTRY.search("https://" + "pypi" + ".org/simple")
    assert not FOLDER_OF_A_MACHINE.search("docs/home/page")
