"""What a round says of how far it is."""

from __future__ import annotations

from rmdesk.base.text import phrase


def progress_text(done: int, total: int, kind: str = "") -> str:
    """How far a round is: of the clients while the bank's scope is read, else of the records."""
    if not total:
        return ""
    if kind == "files":
        return phrase("Attachments {done} / {total}", done=done, total=total).said
    if kind == "bank":
        return phrase("Bank data {done} / {total}", done=f"{done:,}", total=f"{total:,}").said
    return phrase("Records {done} / {total}", done=f"{done:,}", total=f"{total:,}").said
