"""Which files open in rmdesk, and how each system calls them. The installers must all say the same: a test holds it.

Plain text and archives are read too, and left to the programs they belong to.
"""

from __future__ import annotations

from typing import Any, NamedTuple

APP = "com.rmdesk.desk"
OWN_UTI = "org.apache.parquet"  # the one kind that macOS does not know by itself


class Opened(NamedTuple):
    """A kind of file: the ending of its name, its media type (Linux), its uniform type (macOS)."""

    ending: str
    media: str
    uti: str


OPENED = (
    Opened("csv", "text/csv", "public.comma-separated-values-text"),
    Opened("tsv", "text/tab-separated-values", "public.tab-separated-values-text"),
    Opened(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "org.openxmlformats.spreadsheetml.sheet",
    ),
    Opened("xls", "application/vnd.ms-excel", "com.microsoft.excel.xls"),
    Opened("ods", "application/vnd.oasis.opendocument.spreadsheet", "org.oasis-open.opendocument.spreadsheet"),
    Opened("parquet", "application/vnd.apache.parquet", OWN_UTI),
    Opened("vcf", "text/vcard", "public.vcard"),
)


def plist() -> dict[str, Any]:
    """What the .app tells macOS of these kinds."""
    return {
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Bank export",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",  # a bank's exports stay with the program that opens them today
                "LSItemContentTypes": [one.uti for one in OPENED],
            },
        ],
        "UTImportedTypeDeclarations": [
            {
                "UTTypeIdentifier": OWN_UTI,
                "UTTypeConformsTo": ["public.data"],
                "UTTypeTagSpecification": {"public.filename-extension": ["parquet"]},
            },
        ],
    }
