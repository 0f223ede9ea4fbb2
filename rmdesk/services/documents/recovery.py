"""The recovery sheet: what is printed and laid into the safe on the day a desk is set up."""

from __future__ import annotations

from datetime import date

from rmdesk.base.text import phrase
from rmdesk.services.documents.blocks import Document, Lines, Note, Paragraph, TableBlock, Title
from rmdesk.services.documents.blocks import Line as One
from rmdesk.services.store import recovery_code

GAP = "\u2002"  # wide and not broken at the end of a line


def sheet(code: str, who: str, day: date) -> Document:
    """The code in its groups, what it is for, and how to keep it."""
    groups = recovery_code.groups(code)
    rows = tuple((phrase("Group {number}", number=at), GAP.join(group)) for at, group in enumerate(groups, start=1))
    return Document(
        phrase("Recovery sheet"),
        (
            Title(phrase("Recovery sheet of rmdesk"), who),
            Paragraph(phrase("Whoever has this sheet and the computer can open all client data. Keep it like cash.")),
            TableBlock((phrase("Recovery code"), ""), rows, widths=(25, 75)),
            Note(phrase("There is no 0, O, 1, I or L in a code. The last sign of each group checks the others.")),
            Lines(
                (
                    One(phrase("PIN forgotten, or ten wrong ones: Forgot PIN, then this code and a new PIN.")),
                    One(phrase("Computer set up anew, keyring lost: the same.")),
                    One(phrase("Backup on another computer: choose the backup, then this code.")),
                    One(phrase("Keep it apart from the computer, for example in the branch's safe.")),
                    One(phrase("After a new code, this sheet opens only backups that were carried elsewhere before.")),
                )
            ),
        ),
        day,
        who,
    )
