"""An export is what was chosen, harmless in a spreadsheet, and leaves a record."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from rmdesk.base.errors import Cancelled, Trouble
from rmdesk.base.progress import Stoppable
from rmdesk.services.clients import export
from rmdesk.services.store.store import Store

TITLES = ("Name", "AUM", "Since", "Number")
ROWS = [("周文敏", Decimal("1240.05"), date(2018, 5, 4), "00012"), ("=1+1", None, None, "+86")]


def test_csv_opens_in_a_spreadsheet_as_text_and_not_as_formula(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    assert export.write(path, TITLES, ROWS, 2) == 2
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1] == ["周文敏", "1240.05", "2018-05-04", "00012"]
    assert rows[2] == ["'=1+1", "", "", "'+86"]


def test_xlsx_keeps_numbers_dates_and_leading_zeros(tmp_path: Path) -> None:
    path = tmp_path / "clients.xlsx"
    export.write(path, TITLES, ROWS, 2)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert rows[1] == ["周文敏", 1240.05, date(2018, 5, 4), "00012"]
    assert rows[2] == ["=1+1", "", "", "+86"]


@given(st.text(max_size=8))
def test_no_text_begins_as_a_formula_once_defused(text: str) -> None:
    assert not str(export.defused(text)).startswith(export.FORMULA_STARTS)


def test_the_clipboard_text_has_one_line_a_row() -> None:
    assert export.as_text(("A", "B"), [("x\ny", 1), (None, "=2")]) == "A\tB\nx y\t1\n\t'=2"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_stopped_export_leaves_nothing_behind(tmp_path: Path, ending: str) -> None:
    class Stopped(Stoppable):
        def show(self, done: int, total: int, text: str) -> None:
            self.stop()

    with pytest.raises(Cancelled):
        export.write(tmp_path / f"clients.{ending}", ("A",), (("x",) for _ in range(2000)), 2000, Stopped())
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        export.write(tmp_path / "gone" / "clients.csv", TITLES, ROWS, 2)
    assert caught.value.code == "export_failed"


def test_that_data_went_out_is_on_record(store: Store) -> None:
    store.perform(export.NoteExport(2, "csv", ("name", "aum")))
    rows = store.read(lambda reads: reads.rows("SELECT command, client_id, after FROM change"))
    assert rows == [("NoteExport", None, '{"columns": ["name", "aum"], "exported": 2, "form": "csv"}')]
