"""Locking what goes out, in formats that other programs open with the password.

A PDF is locked as PDF 2.0 has it (AES-256, revision 6): every reader opens it. All else goes into a ZIP archive after
the WinZip specification (AES-256, AE-2), which 7-Zip, WinRAR, Bandizip, Keka and others open; what Windows' own
explorer opens is only the older, broken ZIP encryption.
"""

from __future__ import annotations

import io
from pathlib import Path

ZIP = ".zip"


def file_of(path: Path, form: str, *, locked: bool) -> Path:
    """Where the file goes: a locked one that is no PDF gets the ending of an archive."""
    if not locked or form == "pdf" or path.suffix.lower() == ZIP:
        return path
    return path.with_name(f"{path.name}{ZIP}")


def locked(content: bytes, form: str, name: str, password: str) -> bytes:
    """The content so that only the password opens it; `name`: of the file inside an archive."""
    return _pdf(content, password) if form == "pdf" else _zip(content, name, password)


def _pdf(content: bytes, password: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt(password, algorithm="AES-256")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _zip(content: bytes, name: str, password: str) -> bytes:
    import pyzipper

    made = io.BytesIO()
    with pyzipper.AESZipFile(made, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode("utf-8"))
        archive.setencryption(pyzipper.WZ_AES, nbits=256)
        archive.writestr(name, content)
    return made.getvalue()
