"""Names of what a profile is made of, in the language in use."""

from __future__ import annotations

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Answer, ConsentKind
from rmdesk.services.rulebook import book, words

LETTERS = {"M": N_("Money"), "A": N_("Authority"), "N": N_("Need")}
ANSWERS = {Answer.YES: N_("Yes"), Answer.NO: N_("No"), None: N_("Unknown")}
CONSENTS = {
    ConsentKind.MARKETING: N_("Marketing"),
    ConsentKind.PROFILING: N_("Profiling"),
    ConsentKind.SPECIALIST: N_("Passing on to specialists"),
    ConsentKind.CHILD: N_("Data on a child under 14"),
}


def area(code: str) -> str:
    """The name of a row of the nine-grid: Family, 家庭."""
    return words(book("profile")["grid"]["areas"][code]).said


def tense(code: str) -> str:
    """The name of a column of the nine-grid: Present, 现在."""
    return words(book("profile")["grid"]["tenses"][code]).said


def block(row: str, column: str) -> str:
    """The name of one of the nine blocks: Family, present."""
    return _("{area}, {tense}").format(area=area(row), tense=tense(column).lower())
