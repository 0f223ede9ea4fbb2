"""What is put on record of a report that goes out."""

from __future__ import annotations

from rmdesk.services.reports.parts import Report

REPORT = "report"  # what goes out, as services/exports has it


def told(report: Report, way: str) -> dict[str, str]:
    """What the change record says: which report, of which days, how."""
    return {
        "document": report.name.message,
        "way": way,
        "from": report.first.isoformat(),
        "to": report.last.isoformat(),
    }
