"""What the hub answers when it does not do what it was asked."""

from __future__ import annotations


class Failed(Exception):
    """An answer that is not a success: the status, a code for programs, and when to come again."""

    def __init__(
        self, status: int, code: str, *, field: str = "", epoch: int = 0, order: str = "", retry_after: int = 0
    ) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.field = field
        self.epoch = epoch
        self.order = order
        self.retry_after = retry_after


def foreign() -> Failed:
    """What is not there, and what is there for others only: told alike."""
    return Failed(404, "not_found")
