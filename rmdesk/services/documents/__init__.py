"""Documents as plain blocks: what is shown on the screen, printed, and saved as PDF. No Qt here."""

from rmdesk.services.documents.blocks import (
    Block,
    Columns,
    Document,
    Facts,
    Heading,
    Line,
    Lines,
    Note,
    Paragraph,
    TableBlock,
    Text,
    Title,
)

__all__ = [
    "Block",
    "Columns",
    "Document",
    "Facts",
    "Heading",
    "Line",
    "Lines",
    "Note",
    "Paragraph",
    "TableBlock",
    "Text",
    "Title",
]
