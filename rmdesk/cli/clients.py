"""`pinyin`: how names are read."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    pinyin = subparsers.add_parser("pinyin", help=_("how names are read: one name a line on standard input"))
    pinyin.add_argument("names", metavar="-", nargs="*", help=_("- for standard input, or the names themselves"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    return _pinyin(args, context)


def _pinyin(args: argparse.Namespace, context: Context) -> int:
    """NAME, pinyin with tone marks and initials a line, tab-separated; the name is given back as it came."""
    from rmdesk.services.clients.pinyin import reading

    names = _lines_of_stdin() if args.names in ([], ["-"]) else iter(args.names)
    if context.json:
        found = ((name, reading(name)) for name in names)
        data = [{"name": name, "pinyin": read.pinyin, "initials": read.initials} for name, read in found]
        context.show({"names": data}, list)
        return 0
    for name in names:
        read = reading(name)
        context.output.out.write(f"{name}\t{read.pinyin}\t{read.initials}\n")
    return 0


def _lines_of_stdin() -> Iterator[str]:
    if sys.stdin.isatty():
        raise Refused(
            N_("No names on standard input."), do=N_("Pipe them in, as in: rmdesk pinyin - < names.txt"), code="usage"
        )
    source = getattr(sys.stdin, "buffer", None)
    lines = sys.stdin if source is None else io.TextIOWrapper(source, encoding="utf-8-sig", errors="replace")
    for line in lines:
        yield line.rstrip("\r\n")
