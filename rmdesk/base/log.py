"""Logging without client data: only ids, counts and codes are ever passed to a logger."""

from __future__ import annotations

import logging

NAME = "rmdesk"


def logger(part: str) -> logging.Logger:
    """The logger of one part of the program, as in `logger("imports")`."""
    return logging.getLogger(f"{NAME}.{part}")


def to_stderr(level: int = logging.WARNING) -> None:
    """Send records to standard error; called once by the command line."""
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")
