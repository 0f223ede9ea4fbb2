"""Which pages of an encrypted file hold the rows of a table, found by decrypting them; and bending single bits."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from rmdesk.services.store import engine

PAGE, RESERVED = 4096, 80  # SQLCipher 4: at the end of a page stand 16 bytes to begin with and the seal


def _opened(content: bytes, key: bytes, number: int) -> bytes:
    page = content[(number - 1) * PAGE : number * PAGE]
    start = page[PAGE - RESERVED : PAGE - RESERVED + 16]
    return Cipher(algorithms.AES(key), modes.CBC(start)).decryptor().update(page[: PAGE - RESERVED])


def leaves(path: Path, key: bytes, table: str) -> list[int]:
    """The pages with rows of a table, in the order of the rows; the WAL must be empty."""
    connection = engine.connect(path, key)
    root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
    connection.close()
    content, found, waiting = path.read_bytes(), [], [root]
    while waiting:
        number = waiting.pop(0)
        page = _opened(content, key, number)
        if page[0] == 0x0D:
            found.append(number)
            continue
        cells = int.from_bytes(page[3:5], "big")
        places = [int.from_bytes(page[at : at + 2], "big") for at in range(12, 12 + 2 * cells, 2)]
        children = [int.from_bytes(page[at : at + 4], "big") for at in places] + [int.from_bytes(page[8:12], "big")]
        waiting = children + waiting
    return found


def bend(path: Path, *numbers: int) -> None:
    """Flip one bit in each of these pages."""
    content = bytearray(path.read_bytes())
    for number in numbers:
        content[(number - 1) * PAGE + PAGE // 2] ^= 1
    path.write_bytes(content)
