"""`import`: takes a hand-over in, all files together; `--dry-run` tells what it would do."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _, plural
from rmdesk.cli.context import Context
from rmdesk.cli.output import day_given

if TYPE_CHECKING:
    from rmdesk.services.imports.counting import Counts
    from rmdesk.services.imports.gathering import Handover
    from rmdesk.services.imports.records import Finding
    from rmdesk.services.imports.source import Source
    from rmdesk.services.imports.terms import Terms
    from rmdesk.services.store.reads import Reads
    from rmdesk.services.store.store import Store

# What the answer always names, even where the files tell of none.
ALWAYS = ("clients", "accounts")
SHOWN = 20  # refused rows told to a person; --json tells all that are kept


def register(subparsers: Any) -> None:
    """Add the command of this group."""
    command = subparsers.add_parser("import", help=_("take in the files of a hand-over"))
    command.add_argument(
        "files", metavar="FILE", nargs="+", help=_("files, folders or patterns such as 'export/*.csv'")
    )
    command.add_argument("--layout", metavar="NAME", help=_("the remembered layout to read by"))
    command.add_argument("--dry-run", action="store_true", help=_("only tell what would change"))
    command.add_argument("--currency", metavar="CODE", help=_("currency of amounts that name none, as CNY"))
    command.add_argument("--as-of", metavar="YYYY-MM-DD", help=_("the day the figures are of, where no file says it"))
    command.add_argument(
        "--whole",
        metavar="KINDS",
        default="",
        help=_("what the files hold all of (clients,accounts,holdings), to see what has gone"),
    )
    command.add_argument("--end-missing", action="store_true", help=_("mark what has gone as closed"))


@dataclass(frozen=True, slots=True)
class Told:
    """What an import did, or a dry run found."""

    counts: Counts
    findings: tuple[Finding, ...]
    gone: Mapping[str, int]
    suspected: int | None
    batch: int | None


def run(args: argparse.Namespace, context: Context) -> int:
    """Run the command."""
    paths = files_of(args.files)
    with context.store() as store:
        from rmdesk.services.imports.queries import may_import

        store.read(may_import)
        sources = _sources(store, paths, args)
        from rmdesk.services.imports.gathering import gathered

        with gathered(sources, context.progress()) as handover:
            terms = _terms(args, handover, sources)
            told = _tried(store, handover, terms, context) if args.dry_run else _done(store, handover, terms, context)
            answer = _answer(handover, told, dry=args.dry_run)
        if told.batch is not None:
            from rmdesk.services.churn.opening import open_due

            open_due(store)  # the hand-over may show that clients were lost
    context.show(answer, lambda: _lines(answer, told))
    return 0


def files_of(names: Sequence[str]) -> list[Path]:
    """The files meant by names, folders and patterns, each once, in order."""
    found: dict[Path, None] = {}
    for name in names:
        path = Path(name)
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith("."))
        elif path.exists():
            inside = [path]
        else:
            inside = sorted(p for p in path.parent.glob(path.name) if p.is_file()) if path.parent.is_dir() else []
        if not inside:
            raise Refused(
                N_("There is no file {name}."), do=N_("Check the path and try again."), code="no_file", name=name
            )
        found |= dict.fromkeys(inside)
    return list(found)


def _currency(written: str) -> str:
    if len(written) != 3 or not written.isascii() or not written.isalpha():
        raise Refused(
            N_("{written} is no currency."),
            do=N_("Write its code of three letters, as CNY."),
            code="usage",
            field="currency",
            written=written,
        )
    return written.upper()


def _sources(store: Store, paths: Sequence[Path], args: argparse.Namespace) -> list[Source]:
    from rmdesk.services.imports import queries, source

    def known(reads: Reads) -> tuple[list[Any], str]:
        layouts = [queries.layout_named(reads, args.layout)] if args.layout else queries.layouts(reads)
        return layouts, queries.currency(reads)

    layouts, usual = store.read(known)
    currency = _currency(args.currency) if args.currency else usual
    sources = [table for path in paths for table in source.open_sources(path, layouts, currency=currency)]
    for table in sources:
        if args.layout and table.layout.name != args.layout:
            raise Refused(
                N_("The layout {layout} does not fit {name}."),
                do=N_("Leave --layout out to have the columns recognised."),
                code="layout_does_not_fit",
                field="layout",
                layout=args.layout,
                name=table.name,
            )
    return sources


def _terms(args: argparse.Namespace, handover: Handover, sources: Sequence[Source]) -> Terms:
    from rmdesk.services.imports.kept import PLURAL
    from rmdesk.services.imports.records import Entity
    from rmdesk.services.imports.terms import Terms

    by_name = {
        name: entity for entity, name in PLURAL.items() if entity in (Entity.CLIENT, Entity.ACCOUNT, Entity.HOLDING)
    }
    kinds = [kind.strip() for kind in args.whole.split(",") if kind.strip()]
    for kind in kinds:
        if kind not in by_name:
            raise Refused(
                N_("--whole takes {kinds}, not {kind}."),
                code="usage",
                field="whole",
                kinds=", ".join(by_name),
                kind=kind,
            )
    whole = frozenset(by_name[kind] for kind in kinds)
    return Terms(
        day_given(args.as_of, "as_of") or handover.day(),
        next((source.currency for source in sources), "CNY"),
        whole=whole,
        ended=whole if args.end_missing else frozenset(),
    )


def _tried(store: Store, handover: Handover, terms: Terms, context: Context) -> Told:
    from rmdesk.services.imports.kept import PLURAL
    from rmdesk.services.imports.plan import plan

    found = store.read(plan, handover, terms, context.progress())
    gone = {PLURAL[entity]: missing.count for entity, missing in found.gone.items()}
    return Told(found.counts, found.findings, gone, len(found.suspects), None)


def _done(store: Store, handover: Handover, terms: Terms, context: Context) -> Told:
    from rmdesk.services.imports.commands import ApplyImport
    from rmdesk.services.imports.kept import PLURAL

    applied = store.perform(ApplyImport(handover, terms), context.progress()).result
    ended = {PLURAL[entity]: count for entity, count in applied.counts.ended.items()}
    return Told(applied.counts, applied.findings, ended, None, applied.batch)


def _answer(handover: Handover, told: Told, *, dry: bool) -> dict[str, Any]:
    from rmdesk.services.imports.gathering import balance_totals
    from rmdesk.services.imports.records import Severity

    def told_of(file: str, severity: Severity) -> list[dict[str, Any]]:
        return [
            {"row": finding.row, "column": finding.column, "why": finding.why.said}
            for finding in sorted(told.findings, key=lambda finding: finding.row or 0)
            if finding.file == file and finding.severity is severity
        ]

    files = [
        {
            "name": file.name,
            "layout": file.layout,
            "encoding": file.encoding,
            "header_row": file.header_row,
            "rows": file.rows,
            "refused": told_of(file.name, Severity.REFUSED),
            "more_refused": file.more_refused,
            "warnings": told_of(file.name, Severity.WARNING),
        }
        for file in handover.files
    ]
    nothing = {"new": 0, "changed": 0, "unchanged": 0}
    counts = {name: dict(nothing) for name in ALWAYS} | dict(told.counts.plain())
    answer: dict[str, Any] = {
        "files": files,
        **counts,
        "left_out": told.counts.left_out(),
        "balance_total": balance_totals(handover),
    }
    answer |= {"dry_run": dry, "batch": told.batch, "gone" if dry else "ended": dict(told.gone)}
    if told.suspected is not None:
        answer["suspected_duplicates"] = told.suspected
    return answer


def _lines(answer: dict[str, Any], told: Told) -> Iterator[str]:
    for file in answer["files"]:
        read = plural("{count} row", "{count} rows", file["rows"])
        yield f"{file['name']}: {read}, {file['encoding'] or '–'}, {_('layout')} {file['layout']}"
        yield from _rows(file["refused"], file["more_refused"])
        if file["warnings"]:
            yield "  " + _("Taken, but please check:")
            yield from _rows(file["warnings"], 0)
    names = {
        "branches": _("Branches"),
        "products": _("Products"),
        "clients": _("Clients"),
        "accounts": _("Accounts"),
        "holdings": _("Holdings"),
        "months": _("Months"),
    }
    for name, shown in names.items():
        if name in answer:
            text = _("{new} new, {changed} changed, {unchanged} unchanged").format(**answer[name])
            left_out = answer["left_out"].get(name)
            more = _(", {count} left out").format(count=left_out) if left_out else ""
            yield f"{shown}: {text}{more}"
    for currency, total in answer["balance_total"].items():
        yield f"{_('Account balances')}: {total} {currency}"
    if told.suspected:
        yield plural("{count} possible duplicate", "{count} possible duplicates", told.suspected)
    if not answer["dry_run"] and told.batch is None:
        yield _("Nothing was new; nothing was written.")


def _rows(listed: Sequence[dict[str, Any]], more: int) -> Iterator[str]:
    for row in listed[:SHOWN]:
        known = _("row {row}, {column}: {why}") if row["row"] else "{column}: {why}"
        yield "  " + known.format(**row)
    more += max(0, len(listed) - SHOWN)
    if more:
        yield "  " + _("and {count} further rows").format(count=more)
