"""How what is masked looks on the screen: enough to recognise it, not enough to use it."""

from __future__ import annotations

DOT = "•"


def masked_handle(text: str | None) -> str:
    """A WeChat name with its first two characters."""
    plain = (text or "").strip()
    return f"{plain[:2]}{DOT * 4}" if plain else ""


def masked_email(text: str | None) -> str:
    """An e-mail address with its first character and its domain."""
    name, at, domain = (text or "").strip().rpartition("@")
    return f"{name[:1]}{DOT * 4}@{domain}" if at else masked_handle(text)
