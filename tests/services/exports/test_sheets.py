"""Case 39: what goes out as a sheet is what was chosen, and nothing in it runs in a spreadsheet."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from rmdesk.base.errors import Cancelled
from rmdesk.base.progress import Stoppable
from rmdesk.services.exports.cells import FORMULA_STARTS, clean, defused
from rmdesk.services.exports.door import mark_of
from rmdesk.services.exports.sheets import as_text, sheet

TITLES = ("Name", "AUM", "Since", "Number")
ROWS = [("周文敏", Decimal("1240.05"), date(2018, 5, 4), "00012"), ("=1+1", None, None, "+86")]
MARK = mark_of("李慧", "=1+1 稽核")
BAD = (
    "=1+1", "+1", "-2+3", "@SUM(1,2)", "\t=1", "\r=1", "\n=1", " =1", "\u3000＝1", "＝1+1", "＋1", "－1", "＠a",
    "\u200b=1", "\ufeff=1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "a;=1+1", "a\t=1+1", '","=1+1',
    "\x00=1", "\x0b=1",
)  # fmt: skip
HARD = ("a\x00b\x07c", "👩‍👩‍👧 家", "مرحبا =1", "\u202e=1+1", "\ud800x", "x\udfff", "\ufffe", "_x0041_", "x" * 40_000)


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_keeps_texts_and_ends_with_the_mark() -> None:
    content = sheet("csv", TITLES, ROWS, 2, MARK)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = read_csv(content)
    assert rows[1] == ["周文敏", "1240.05", "2018-05-04", "00012"]
    assert rows[2] == ["'=1+1", "", "", "'+86"]
    assert rows[-1] == [MARK.line]


def test_xlsx_keeps_numbers_dates_and_leading_zeros_and_has_a_sheet_with_the_mark() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(sheet("xlsx", TITLES, ROWS, 2, MARK)))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1] == ["周文敏", 1240.05, date(2018, 5, 4), "00012"]
    assert rows[2] == ["=1+1", "", "", "+86"]
    assert book.get_sheet_by_index(1).to_python()[0] == [MARK.line]


@given(st.text(max_size=8))
def test_no_text_begins_as_a_formula_once_defused(text: str) -> None:
    told = str(defused(text))
    assert not told.strip("\u3000 \t\r\n").startswith(FORMULA_STARTS)
    assert told.encode("utf-8").decode("utf-8") == told


@pytest.mark.parametrize("text", BAD[:13] + BAD[13:17] + BAD[20:])
def test_each_formula_starter_is_defused(text: str) -> None:
    assert str(defused(text)).startswith("'")


@given(st.lists(st.text(max_size=12), min_size=1, max_size=6))
def test_any_text_comes_back_from_either_form(texts: list[str]) -> None:
    back = read_csv(sheet("csv", ["A"] * len(texts), [texts], 1, MARK))[1]
    assert back == [str(defused(text)) for text in texts]
    book = CalamineWorkbook.from_filelike(io.BytesIO(sheet("xlsx", ["A"] * len(texts), [texts], 1, MARK)))
    row = book.get_sheet_by_index(0).to_python()
    found = row[1] if len(row) > 1 else [""] * len(texts)
    assert [str(one) for one in found] == [clean(text) for text in texts][: len(found)]


def test_the_clipboard_text_has_one_line_a_row() -> None:
    assert as_text(("A", "B"), [("x\ny", 1), (None, "=2")]) == "A\tB\nx y\t1\n\t'=2"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_making_it_can_be_stopped(form: str) -> None:
    class Stopped(Stoppable):
        def show(self, done: int, total: int, text: str) -> None:
            self.stop()

    with pytest.raises(Cancelled):
        sheet(form, ("A",), (("x",) for _ in range(2000)), 2000, MARK, Stopped())


def opened_by_office(folder: Path, *files: str) -> dict[str, str]:
    """The files as LibreOffice understands them, as flat XML."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (Debian: libreoffice-calc-nogui)")
    # Comma, quotation mark, UTF-8, from line 1, and: take what looks like a formula for one, as a double click does.
    reading = "CSV:44,34,76,1,,0,false,true,false,false,false,-1"
    for ending in ("csv", "xlsx"):
        chosen = [str(folder / name) for name in files if name.endswith(ending)]
        filters = [f"--infilter={reading}"] if ending == "csv" else []
        command = [office, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", *filters]
        command += ["--convert-to", "fods", "--outdir", str(folder / ending), *chosen]
        subprocess.run(command, env={**os.environ, "HOME": str(folder)}, capture_output=True, check=True, timeout=240)
    made = [*folder.glob("csv/*.fods"), *folder.glob("xlsx/*.fods")]
    return {f"{path.stem}.{path.parent.name}": path.read_text(encoding="utf-8") for path in made}


@pytest.mark.timeout(300)
def test_case_39_libreoffice_finds_no_formula(tmp_path: Path) -> None:
    """And finds one in the same texts written as they are: the look is not blind."""
    texts = BAD + tuple(text for text in HARD if len(text) < 30_000)
    for form in ("csv", "xlsx"):
        (tmp_path / f"out.{form}").write_bytes(sheet(form, ["T"] * len(texts), [texts], 1, MARK))
    (tmp_path / "raw.csv").write_text('"=1+1","+1","a"\n', encoding="utf-8")
    found = opened_by_office(tmp_path, "out.csv", "out.xlsx", "raw.csv")
    assert set(found) == {"out.csv", "raw.csv", "out.xlsx"}
    assert "table:formula" in found["raw.csv"]
    for name in ("out.csv", "out.xlsx"):
        assert "table:formula" not in found[name], name
        assert "👩‍👩‍👧 家" in found[name]
        assert "مرحبا" in found[name]
        assert "xlink:href" not in found[name]
