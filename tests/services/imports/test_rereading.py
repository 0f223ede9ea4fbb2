"""A table is read again by what the user corrected."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rmdesk.services.imports import checking, rereading
from rmdesk.services.imports.checking import Choices
from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.source import Source
from rmdesk.services.store.store import Store

TEXT = "报表\n客户号,姓名,账号,账户余额\nC1,王小明,A1,1.50\nC2,李娜,A2,2.50\n"


@pytest.fixture
def source(tmp_path: Path) -> Source:
    file = tmp_path / "export_20261031.csv"
    file.write_text(TEXT, encoding="gb18030")
    (found,) = rereading.open_all([file])
    return found


def test_another_header_row_gives_other_headers_and_rows(source: Source) -> None:
    assert (source.header_row, source.headers[0]) == (2, "客户号")
    third = rereading.with_header(source, 3)
    assert (third.header_row, third.headers[0], third.preview().rows) == (3, "C1", [("C2", "李娜", "A2", "2.50")])
    none = rereading.with_header(source, None)
    assert (none.header_row, none.headers[0], len(none.preview().rows)) == (None, "#1", 4)
    back = rereading.with_header(third, 2)
    assert (back.headers, back.layout.targets) == (source.headers, source.layout.targets)


def test_another_encoding_gives_other_texts_and_a_header_found_anew(source: Source) -> None:
    assert rereading.can_change_encoding(source)
    wrong = rereading.with_encoding(source, "latin-1")
    assert wrong.encoding == "latin-1"
    assert "客户号" not in wrong.headers
    right = rereading.with_encoding(wrong, "gb18030")
    assert (right.headers, right.header_row) == (source.headers, 2)


def test_a_workbook_has_no_encoding_to_change(shared_data: Path) -> None:
    (book,) = rereading.open_all([shared_data / "berka" / "core_export_zh_19971231.xlsx"])
    assert not rereading.can_change_encoding(book)
    assert rereading.with_encoding(book, "latin-1") is book


def test_a_check_takes_the_day_from_the_files_unless_one_is_chosen(store: Store, source: Source) -> None:
    assert rereading.day_of([source]) == date(2026, 10, 31)
    checked = store.read(checking.check, [source], Choices())
    assert checked.terms.as_of == date(2026, 10, 31)
    assert checked.plan.totals == {"CNY": "4.00"}
    again = store.read(checking.check_again, checked.handover, Choices(as_of=date(2026, 11, 1)))
    assert (again.terms.as_of, again.handover) == (date(2026, 11, 1), checked.handover)
    assert again.plan.counts.of(Entity.CLIENT).new == 2
    checked.handover.close()
