"""`review`: what waits for the team lead, a word on it, and the chain of words; `team report`: the team's week."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context
from rmdesk.cli.outgoing import add_options
from rmdesk.cli.output import table, whole_number
from rmdesk.models.kinds import Word

if TYPE_CHECKING:
    from rmdesk.services.team.cadences import CadenceRow
    from rmdesk.services.team.insights import TeamInsights

BROKEN = 2  # exit status when the chain does not hold


def register(subparsers: Any) -> None:
    """Add the commands of this group."""
    review = subparsers.add_parser("review", help=_("what waits for the team lead, and words on it"))
    parts = review.add_subparsers(dest="part", metavar="PART", required=True)
    queue = parts.add_parser("queue", help=_("what waits for the team lead"))
    queue.add_argument("--all", action="store_true", help=_("also what the sample did not draw"))
    which = _("id of a record in the queue, or how it begins")
    for name, said in (("approve", _("approve a record: it is sealed")), ("return", _("give a record back"))):
        word = parts.add_parser(name, help=said)
        word.add_argument("record", metavar="RECORD", help=which)
        word.add_argument("--comment", metavar="TEXT", default="", help=_("what the manager should know"))
        word.add_argument("--tag", metavar="TAG", default="", help=_("a coaching tag"))
        if name == "approve":
            word.add_argument("--exemplary", action="store_true", help=_("as an example for others"))
    parts.add_parser("verify", help=_("look whether anybody tampered with the reviews"))
    team = subparsers.add_parser("team", help=_("figures of the team"))
    of_team = team.add_subparsers(dest="part", metavar="PART", required=True)
    of_team.add_parser("insights", help=_("agreed cadences, coaching over time, how ready clients are for a hand-over"))
    agree = of_team.add_parser("agree", help=_("agree a cadence for a tier, or for one group of it"))
    agree.add_argument("tier", choices=("T1", "T2", "T3", "T4", "T5"), help=_("the tier"))
    agree.add_argument("days", metavar="DAYS", type=whole_number("days"), help=_("days between contacts"))
    agree.add_argument("--group", metavar="G1-G9", default=None, help=_("only this group of the tier"))
    agree.add_argument("--book", metavar="BOOK", default="", help=_("whose book, as team insights names it"))
    agree.add_argument("--note", metavar="TEXT", default="", help=_("why"))
    report = of_team.add_parser("report", help=_("the team's week"))
    report.add_argument("--pdf", metavar="FILE", help=_("write it to this file as PDF"))
    add_options(report)


def run(args: argparse.Namespace, context: Context) -> int:
    """Run one command of this group."""
    parts = {
        "queue": _queue,
        "approve": _word,
        "return": _word,
        "verify": _verify,
        "report": _report,
        "insights": _insights,
        "agree": _agree,
    }
    return parts[args.part](args, context)


def _queue(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.team import plain, queries

    with context.store() as store:
        rows = store.read(queries.queue, everything=args.all)
    data = plain.queue(rows)
    context.show(data, lambda: _lines(data))
    return 0


def _word(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.gifts.approvals import DecideApproval
    from rmdesk.services.team import plain, queries
    from rmdesk.services.team.commands import ReviewRecord

    approve = args.part == "approve"
    with context.store() as store:
        rows = [row for row in store.read(queries.queue, everything=True) if row.id.startswith(args.record)]
        if len(rows) != 1:
            raise Refused(
                N_("{count} records of the queue have an id that begins like this."),
                do=N_("rmdesk review queue --all shows them."), field="record", code="usage", count=len(rows),
            )  # fmt: skip
        (row,) = rows
        if row.entity == "gift_approval":
            store.perform(DecideApproval(row.id, approve, args.comment))
        else:
            word = (Word.EXEMPLARY if args.exemplary else Word.APPROVED) if approve else Word.RETURNED
            store.perform(ReviewRecord(row.entity, row.id, word, args.comment, args.tag))
    said = _("{name}: approved") if approve else _("{name}: given back")
    context.show(plain.item(row), lambda: [said.format(name=row.client_name)])
    return 0


def _verify(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.team import chain, plain
    from rmdesk.services.team.seal import FAULTS

    with context.store() as store:
        found = store.read(chain.check)

    def lines() -> Iterator[str]:
        if found.broken is not None:
            yield _("Review {id}: {fault}").format(id=found.broken.id, fault=_(FAULTS[found.broken.fault]))
        else:
            yield _("{count} reviews, and the chain holds.").format(count=found.reviews)
        for entity, key in found.changed:
            yield _("{entity} {id} is not as it was when it was approved.").format(entity=entity, id=key)

    context.show(plain.checked(found), lines)
    return BROKEN if found.broken is not None else 0


def _report(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.documents import plain as document_lines
    from rmdesk.services.team import coverage, plain
    from rmdesk.services.team.report import weekly

    with context.store() as store:
        document = store.read(weekly)
        data = plain.figures(store.read(coverage.figures))
        if args.pdf is None:
            context.show(data, lambda: document_lines.lines(document))
            return 0
        from rmdesk.cli.brief import save_pdf
        from rmdesk.ui.kit.offscreen import drawing

        _application = drawing()  # fonts live as long as it does
        path = save_pdf(args, store, document)
    context.show({**data, "pdf": str(path)}, lambda: [_("Saved as {name}").format(name=path)])
    return 0


def _insights(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.team import insights

    with context.store() as store:
        found = store.read(insights.team_insights)
    context.show(insights.plain(found), lambda: _insight_lines(found))
    return 0


def _agree(args: argparse.Namespace, context: Context) -> int:
    from rmdesk.services.team import insights
    from rmdesk.services.team.agreeing import ProposeCadence
    from rmdesk.services.team.cadences import cadences

    with context.store() as store:
        done = store.perform(ProposeCadence(args.tier, args.days, args.note, args.group, args.book))
        row = next(one for one in store.read(cadences) if one.id == done.result)
    context.show(insights.cadence(row), lambda: [_cadence(row)])
    return 0


def _cadence(row: CadenceRow) -> str:
    from rmdesk.services.team.saying import cadence_said

    return cadence_said(row).said


def _insight_lines(found: TeamInsights) -> Iterator[str]:
    yield _("Agreed cadences")
    for row in found.cadences:
        yield f"  {_cadence(row)}"
    if not found.cadences:
        yield f"  {_('None yet: the table of tiers and groups holds.')}"
    yield ""
    yield _("Coaching tags by month")
    rows = [(one.member.name, one.name.said, *(str(count) for count in one.counts)) for one in found.tags.rows]
    head = (_("Manager"), _("Coaching tag"), *found.tags.months)
    yield from table(head, rows, right=range(2, len(head)))
    yield ""
    yield _("Ready for a hand-over")
    for one in found.readiness.members:
        mean = _("unknown") if one.mean is None else f"{one.mean:.0%}"
        told = _("{name}: {ready} of {clients} clients, {mean} on average")
        yield "  " + told.format(name=one.member.name, ready=one.ready, clients=one.clients, mean=mean)
    clients = [
        (one.name, one.tier.value if one.tier else "", f"{one.score:.0%}",
         " · ".join(f"{line.title.said}: {line.said.said}" for line in one.missing))
        for one in found.readiness.rows[:20]
    ]  # fmt: skip
    yield from table((_("Client"), _("Tier"), _("Ready"), _("Missing")), clients, right=(2,))


def _lines(data: dict[str, Any]) -> Iterator[str]:
    from rmdesk.services.team.rules import NAMES, Why

    rows = [
        (one["id"], one["date"], one["manager"], one["name"], _(NAMES[Why(one["why"])]),
         one["tier"] or "", " ".join(one["text"].split())[:40])
        for one in data["items"]
    ]  # fmt: skip
    if not rows:
        yield _("Nothing waits for you.")
        return
    yield from table((_("Record"), _("Day"), _("Manager"), _("Client"), _("Why"), _("Tier"), _("Content")), rows)
