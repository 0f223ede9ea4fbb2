"""What is wrong with rows of the files: where, which value, why, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from rmdesk.base.text import N_, _
from rmdesk.services.imports.records import Finding, Severity
from rmdesk.ui.kit.columns import CHIP, Cell, Column
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.widgets import column, label

SEVERITIES = {
    Severity.REFUSED: (N_("Left out"), "risk"),
    Severity.WARNING: (N_("Doubtful"), "occasion"),
    Severity.NOTE: (N_("Note"), "plain"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list."""

    number: int
    finding: Finding


class FindingList(QWidget):
    """A table of findings, or the good news that there are none."""

    def __init__(self) -> None:
        super().__init__()
        self.table: RowTable[Line] = RowTable(
            (
                Column("severity", N_("Row is"), _severity, 88, CHIP, sorts=False),
                Column("file", N_("File"), lambda line: line.finding.file, 130, sorts=False),
                Column("row", N_("Row"), lambda line: str(line.finding.row or ""), 56, right=True, sorts=False),
                Column("column", N_("Column"), lambda line: line.finding.column, 100, sorts=False),
                Column("value", N_("Cell"), lambda line: line.finding.value.lstrip("~"), 110, sorts=False),
                Column("why", N_("Why"), lambda line: line.finding.why.said, 220, sorts=False),
                Column("do", N_("What to do"), lambda line: line.finding.do.said, 200, sorts=False),
            ),
            lambda line: line.number,
            title=_("What is wrong"),
        )
        self._note = label("", "note", wrap=True)
        self._nothing = Notice(_("Nothing is wrong."), _("Every row was understood."), icon="check")
        box = column(self.table, self._note, self._nothing, gap=8)
        box.setStretch(0, 1)
        self.setLayout(box)

    def show_findings(self, findings: Sequence[Finding], more: int = 0) -> None:
        """Show these; `more` were only counted."""
        self.table.set_rows([Line(number, finding) for number, finding in enumerate(findings)])
        self.table.setVisible(bool(findings))
        self._nothing.setVisible(not findings)
        self._note.setText(_("{count} more were counted and not kept one by one.").format(count=more))
        self._note.setVisible(more > 0)


def _severity(line: Line) -> Cell:
    text, kind = SEVERITIES[line.finding.severity]
    return Cell(_(text), kind)
