"""From bytes to records: real files whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.source import Source, open_sources


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


def test_gbk_hand_over_gives_client_account_and_what_they_hold(shared_data: Path) -> None:
    source = only(shared_data / "berka" / "core_export_zh_gbk_19971231.csv")
    records = read(source)
    assert (source.encoding, source.header_row, source.as_of) == ("gb18030", 1, date(1997, 12, 31))
    assert len(records[Entity.ACCOUNT]) == 4057
    assert records[Entity.ACCOUNT][0]["balance_minor"] == 1_481_030
    assert records[Entity.CLIENT][0] == {
        "number": "C00000001",
        "sex": "F",
        "birth_date": "1970-12-13",
        "branch_code": "Pisek",
    }
    assert {r["kind"] for r in records[Entity.HOLDING]} == {"card", "loan", "standing_order"}


def test_statement_without_account_says_so(shared_data: Path) -> None:
    source = only(shared_data / "import-fixtures" / "bank-statement" / "cn-abc_debit.csv")
    with pytest.raises(Refused, match="statement of one account"):
        list(source.chunks())
