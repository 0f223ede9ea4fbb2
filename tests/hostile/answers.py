"""What reading each hostile file must come to: `answers.tsv`, written anew by `python -m tests.hostile.answers`."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.hostile import made, reading

TABLE = Path(__file__).with_name("answers.tsv")
FIXTURES = Path(__file__).parents[3] / "shared" / "data" / "import-fixtures"


def expected(family: str) -> dict[str, str]:
    """The answers of a family, by the file's name."""
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines())
    return {name: told for of, name, told in rows if of == family}


def shown(name: str) -> str:
    """A name as it can stand on one line of a text file."""
    return os.fsencode(name).decode("utf-8", "backslashreplace").replace("\n", "\\n")


def fixtures(folder: Path) -> list[Path]:
    """The files as users have them."""
    return sorted(path for path in folder.glob("*/*") if path.is_file())


def main() -> None:
    lines: list[str] = []
    for family in (*made.FAMILIES, "places", "fixtures"):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            paths = made.places(folder) if family == "places" else []
            paths = paths or (fixtures(FIXTURES) if family == "fixtures" else made.write(family, folder))
            told = reading.answers(paths)
            lines += sorted(f"{family}\t{shown(path.name)}\t{told[path.name].told}" for path in paths)
    TABLE.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
