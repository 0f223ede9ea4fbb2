"""Makes the files that reading is tested with."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.source import Source, open_sources

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def read(source: Source) -> dict[Entity, list[dict[str, Any]]]:
    """All records of a source by kind, as dicts."""
    found: dict[Entity, list[dict[str, Any]]] = {}
    for chunk in source.chunks():
        assert len(chunk.rows) == len(chunk.numbers)
        found.setdefault(chunk.entity, []).extend(dict(zip(chunk.fields, row, strict=True)) for row in chunk.rows)
    return found


def only(path: Path) -> Source:
    """The one source of a file."""
    (source,) = open_sources(path)
    return source


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A text file, its line ends as given."""
    path.write_bytes(text.encode(encoding))
    return path


def xlsx(path: Path, sheet: Iterable[str], shared: str = "", workbook: str = "") -> Path:
    """An XLSX whose sheet is the given XML of rows, however odd."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{workbook}'
            '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        if shared:
            package.writestr("xl/sharedStrings.xml", shared)
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for rows in sheet:
                part.write(rows.encode())
            part.write(b"</sheetData></worksheet>")
    return path


def text_row(*cells: str) -> str:
    """One row of texts for `xlsx`."""
    return "<row>" + "".join(f'<c t="str"><v>{cell}</v></c>' for cell in cells) + "</row>"


def ods(path: Path, rows: str) -> Path:
    """An ODS with one sheet of the given XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:o" xmlns:table="urn:t" xmlns:text="urn:x"><office:body>'
            f'<office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet>'
            "</office:body></office:document-content>",
        )
    return path


def ods_cell(text: str, more: str = "") -> str:
    """One cell of text for `ods`."""
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'
