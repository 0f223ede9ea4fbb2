"""A rule of the help over whatever is open: what refused, and why, without leaving what was typed."""

from __future__ import annotations

from rmdesk.base import clock
from rmdesk.base.text import phrase
from rmdesk.services.documents.blocks import Block, Document, Title
from rmdesk.services.guide import topics
from rmdesk.services.store.reads import Reads
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.document_dialog import DocumentDialog, open_document


def open_rule(desk: Desk, rule: str = "score") -> DocumentDialog:
    """Show what the help says of a rule, with the numbers in use, over the form that is open; KeyError for none."""
    title = topics.rules()[rule].title
    dialog = open_document(desk, _sheet(rule, ()))
    dialog.setWindowTitle(title.said)
    dialog.view.desk.tasks.line(dialog).fetch(_blocks, rule).done.connect(
        lambda blocks: dialog.view.show_document(_sheet(rule, blocks))
    )
    return dialog


def _blocks(reads: Reads, rule: str) -> tuple[Block, ...]:
    return topics.of_rule(reads, rule)


def _sheet(rule: str, blocks: tuple[Block, ...]) -> Document:
    title = topics.rules()[rule].title
    return Document(phrase("Help"), (Title(title.said), *blocks), clock.today())
