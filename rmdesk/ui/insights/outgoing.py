"""The Insights page as a document, given out as PDF through the one door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmdesk.base.text import _, phrase
from rmdesk.services.documents import Block, Document, Facts, Heading, Lines, Note, Title
from rmdesk.services.documents import Line as One
from rmdesk.services.documents.blocks import Picture
from rmdesk.services.documents.commands import DOCUMENT
from rmdesk.services.documents.queries import manager_of
from rmdesk.services.documents.writing import file_name
from rmdesk.services.exports.rules import Mark
from rmdesk.services.fairness.words import backlog, suggestion
from rmdesk.services.insights import periods
from rmdesk.services.store.reads import Reads
from rmdesk.ui.insights import words
from rmdesk.ui.insights.overview import Shown, dots_told
from rmdesk.ui.kit import format
from rmdesk.ui.kit.document_view import PDF
from rmdesk.ui.kit.export_dialog import ExportDialog
from rmdesk.ui.kit.exporting import Exporting
from rmdesk.ui.kit.page import Page

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress

HEIGHTS = {
    "pareto": 190,
    "groups": 240,
    "tiers": 190,
    "coverage": 150,
    "signals": 130,
    "fairness": 200,
}  # units of type
NAME = phrase("Insights")


def document_of(shown: Shown, manager: str, days: int) -> Document:
    """Figures, charts and capacity of a period; no name of a client is in it."""
    found = shown.found
    span = f"{_(periods.NAMES[found.period.name])}: {found.period.first.isoformat()} – {found.period.last.isoformat()}"
    told = tuple((one.caption, f"{one.value} {one.after}".strip()) for one in words.figures(found.figures, days))
    blocks: list[Block] = [Title(NAME, span), Facts(told, columns=2)]
    notes = {"groups": dots_told(found), "coverage": _("by week · the stronger the colour, the fuller")}
    for name, chart in shown.charts.items():
        if not shown.lacking(name):
            blocks.append(Picture(chart, HEIGHTS[name]))  # its title stands above it
            blocks += [Note(notes[name])] if name in notes else []
    return Document(NAME, (*blocks, *_capacity(shown)), found.day, manager)


def _capacity(shown: Shown) -> tuple[Block, ...]:
    found = shown.found.capacity
    measured = _("not measured yet") if found.measured is None else format.decimal(found.measured)
    head, behind = Heading(_("Capacity"), _("contacts a working day")), Note(backlog(found).said)
    facts = Facts(
        (
            (_("The cadences ask for"), format.decimal(found.needed)),
            (_("Measured in {days} days").format(days=found.days), measured),
        )
    )
    if found.kept is not False:
        return head, facts, behind
    lines = Lines(tuple(One(suggestion(one)) for one in found.suggestions))
    return head, facts, behind, Note(_("What could give way:")), lines


def export(page: Page, shown: Shown, days: int) -> None:
    """Ask what for and where to, and save what is shown as PDF."""

    def make(reads: Reads, mark: Mark, _progress: Progress) -> tuple[bytes, int]:
        from rmdesk.ui.kit.document import pdf

        return pdf(document_of(shown, manager_of(reads), days), mark.line), 1

    told = {"document": NAME.message, "way": PDF}
    dialog = ExportDialog(page.desk, _("Save {name} as PDF").format(name=NAME.said), DOCUMENT, {PDF: _("PDF")})
    Exporting(page.desk, make, name=file_name(NAME, shown.found.day), told=told).ask(dialog, page)
