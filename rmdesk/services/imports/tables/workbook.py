"""Workbooks (XLSX, ODS, XLS): one table per sheet that holds anything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.imports.limits import limit
from rmdesk.services.imports.tables import ods, xls, xlsx
from rmdesk.services.imports.tables.packed import Package
from rmdesk.services.imports.tables.raw import Table


def tables(path: Path) -> list[Table]:
    """The tables of a packed workbook.

    Raises Refused when it is no workbook, over a limit or empty; Trouble when it is damaged.
    """
    most = limit("workbook", "bytes")
    if path.stat().st_size > most:
        raise Refused(
            N_("{name} is larger than {limit} MB, which is much for a workbook."),
            do=N_("Export it as CSV."),
            code="too_large",
            name=path.name,
            limit=most >> 20,
        )
    found = _packed(path)
    if not found:
        raise Refused(N_("{name} has no sheet with rows."), do=N_("Export it again."), code="empty", name=path.name)
    return list(found)


def old(path: Path) -> list[Table]:
    """The tables of an XLS; raises as `tables` does."""
    found: list[Table] = list(xls.tables(path))
    if not found:
        raise Refused(N_("{name} has no sheet with rows."), do=N_("Export it again."), code="empty", name=path.name)
    return found


def _packed(path: Path) -> Sequence[Table]:
    with Package(path) as package:
        is_xlsx, is_ods = "xl/workbook.xml" in package, "content.xml" in package
        is_xlsb = "xl/workbook.bin" in package
    if is_xlsx:
        return xlsx.sheets(path)
    if is_ods:
        return ods.sheets(path)
    if is_xlsb:
        raise Refused(
            N_("{name} is a binary workbook (XLSB), which can't be read here."),
            do=N_("Save it as XLSX."),
            code="unknown_form",
            name=path.name,
        )
    raise Refused(
        N_("{name} is an archive, no workbook."),
        do=N_("Unpack it and choose the files inside."),
        code="archive",
        name=path.name,
    )
