"""How large the hostile files are: small in the suite, at full size when asked for."""

from __future__ import annotations

import os

FULL = os.environ.get("RMDESK_HOSTILE") == "full"


def some(few: int, many: int) -> int:
    """`few` in the suite; `many` with RMDESK_HOSTILE=full."""
    return many if FULL else few
