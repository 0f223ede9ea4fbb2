"""All hostile files by family, and the places that are no files."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

from tests.hostile import cards, texts, workbooks
from tests.hostile.texts import Files

FAMILIES: dict[str, tuple[Callable[[], Files], ...]] = {
    "texts": (texts.encodings, texts.broken),
    "values": (texts.values, cards.cards),
    "packed": (texts.other, workbooks.archives, workbooks.others),
    "sheets": (workbooks.sheets,),
}


def write(family: str, folder: Path) -> list[Path]:
    """Write a family's files into a folder."""
    found = []
    for make in FAMILIES[family]:
        for name, data in make():
            path = folder / name
            assert not path.exists(), f"two hostile files {name}"
            path.write_bytes(data)
            found.append(path)
    return found


def places(folder: Path) -> list[Path]:
    """What a path may lead to besides a file, and names that are hard to say."""
    (folder / "folder.csv").mkdir()
    os.mkfifo(folder / "pipe.csv")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(folder)  # a socket's path must be short
        try:
            listening.bind("socket.csv")
        finally:
            os.chdir(here)
    for name, to in (
        ("link-to-itself.csv", "link-to-itself.csv"),
        ("link-to-nothing.csv", "none"),
        ("link-to-folder.csv", "folder.csv"),
        ("link-to-device.csv", "/dev/zero"),
        ("link-to-pipe.csv", "pipe.csv"),
        ("link-up.csv", "../.."),
    ):
        (folder / name).symlink_to(to)
    whole = texts.TABLE.encode()
    (folder / "linked.txt").write_bytes(whole)
    (folder / "link-to-file.csv").symlink_to("linked.txt")
    with (folder / "larger-than-allowed.csv").open("wb") as sparse:
        sparse.truncate(600 << 20)
    with (folder / "workbook-larger-than-allowed.xlsx").open("wb") as sparse:
        sparse.write(b"PK\x03\x04")
        sparse.truncate(80 << 20)
    for name in (
        "{name}.csv",
        "%s%n.csv",
        "a\nb.csv",
        "名" * 80 + ".csv",
        "no suffix",
        ".csv",
        "-rf.csv",
        "'; DROP.csv",
    ):
        (folder / name).write_bytes(whole)
    (folder / os.fsdecode(b"\xff\xfe.csv")).write_bytes(whole)
    return sorted(folder.iterdir())
