"""`rmdesk report`: on the terminal, as a workbook, as PDF; what goes out goes on record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rmdesk.cli.main import main
from rmdesk.services.store import profile
from tests.conftest import TODAY
from tests.support import demo


@pytest.fixture
def run(made_demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs `report` on a demo profile, gives the status and the JSON."""
    demo.copied(made_demo, tmp_path / "p")
    general = ["--profile", str(tmp_path / "p"), "--date", TODAY.isoformat(), "--lang", "en", "--json"]

    def go(*words: str) -> tuple[int, Any]:
        status = main([*general, "report", *words])
        out, err = capsys.readouterr()
        return status, json.loads(out or err)

    return go


def test_the_last_week_is_told_with_figures_and_tables(run: Any) -> None:
    status, told = run("weekly")
    assert (status, told["from"], told["to"]) == (0, "2026-11-09", "2026-11-15")
    assert told["figures"]["Contacts"] == sum(row[5] == "Held" for row in told["parts"]["contacts"]["rows"]) > 0


def test_what_goes_out_needs_a_reason_and_stands_in_the_audit_log(run: Any, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    target = tmp_path / "week.xlsx"
    assert run("weekly", "--out", str(target), "--plain")[1]["field"] == "reason"
    assert not target.exists()
    status, told = run("weekly", "--out", str(target), "--plain", "--reason", "weekly meeting")
    assert (status, told["file"]) == (0, str(target))
    assert len(CalamineWorkbook.from_path(str(target)).sheet_names) == 1 + len(told["parts"])
    store = profile.open_demo(tmp_path / "p")
    rows = store.read(lambda reads: reads.rows(
        "SELECT what, form, reason, encrypted FROM export_record WHERE what = 'report'"
    ))  # fmt: skip
    acts = store.read(lambda reads: reads.rows("SELECT count(*) FROM audit_entry WHERE act = 'export'"))
    store.close()
    assert rows == [("report", "xlsx", "weekly meeting", 0)]
    assert acts == [(1,)]


def test_a_pdf_bears_who_what_for_and_the_confidential_mark(run: Any, tmp_path: Path) -> None:
    from pypdf import PdfReader

    target = tmp_path / "week.pdf"
    status, told = run("weekly", "--out", str(target), "--plain", "--reason", "weekly meeting")
    if told.get("error") == "no_chinese_font":
        pytest.skip("no font with Chinese characters on this computer")
    assert status == 0
    page = " ".join(PdfReader(target).pages[0].extract_text().split())
    assert "weekly meeting" in page
    assert "Confidential" in page


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("--from", "2026-13-01"), "from"),
        (("--from", "2026-11-02", "--to", "2026-11-01"), "to"),
        (("--out", "week.txt"), "format"),
    ],
)
def test_what_is_not_understood_is_refused(run: Any, words: tuple[str, ...], field: str) -> None:
    status, said = run("weekly", *words)
    assert (status, said["field"]) == (2, field)


def test_briefs_of_a_day_take_a_page_each_behind_the_route(run: Any, tmp_path: Path) -> None:
    from pypdf import PdfReader

    target = tmp_path / "briefs.pdf"
    status, told = run("briefs", "--from", TODAY.isoformat(), "--out", str(target), "--plain", "--reason", "visits")
    if told.get("error") == "no_chinese_font":
        pytest.skip("no font with Chinese characters on this computer")
    assert status == 0
    rows = told["parts"]["visits"]["rows"]
    assert len(PdfReader(target).pages) == 1 + len({row[2]["client"] for row in rows}) > 2


def test_a_book_is_of_the_chosen_clients_and_locked_by_a_password(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyzipper

    monkeypatch.setenv("RMDESK_EXPORT_PASSWORD", "teaching-otters-7-lamps")
    target = tmp_path / "book.xlsx"
    status, told = run("book", "--client", "周文敏", "--out", str(target), "--reason", "hand-over talk")
    assert (status, [row[0]["name"] for row in told["parts"]["clients"]["rows"]]) == (0, ["周文敏"])
    with pyzipper.AESZipFile(told["file"]) as archive, pytest.raises(RuntimeError):
        archive.read(archive.namelist()[0])


def test_a_team_report_is_refused_to_who_leads_none(run: Any) -> None:
    status, said = run("team")
    assert (status, said["error"]) == (2, "not_lead")
