"""Documents as plain blocks: what is shown on the screen, printed, and saved as PDF. No Qt here."""

from rmdesk.services.documents.blocks import (
    Block,
    Break,
    Columns,
    Document,
    Facts,
    Heading,
    Line,
    Lines,
    Note,
    Paragraph,
    Picture,
    TableBlock,
    Text,
    Title,
)

__all__ = [
    "Block",
    "Break",
    "Columns",
    "Document",
    "Facts",
    "Heading",
    "Line",
    "Lines",
    "Note",
    "Paragraph",
    "Picture",
    "TableBlock",
    "Text",
    "Title",
]
