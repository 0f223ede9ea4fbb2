"""`rmdesk brief`: as text, as JSON, and as a PDF of one page, which goes on record."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rmdesk.cli.main import main
from rmdesk.services.store import profile
from tests.services.brief.arrange import rich_client

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A profile that opens by itself, with one rich client."""
    made = tmp_path / "profile"
    store = profile.create(made, who="tester", demo=True)
    rich_client(store)
    store.close()
    return made


def test_the_brief_is_told_as_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--profile", str(folder), "--lang", "en", "brief", "周文敏"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("周文敏")
    assert "Open promises" in out


def test_the_brief_is_told_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--profile", str(folder), "--json", "brief", "zwm"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["name"] == "周文敏"
    assert {"promises", "complaints", "visits"} <= {section["name"] for section in data["sections"]}


def test_a_pdf_of_one_page_is_written_without_a_screen_and_put_on_record(folder: Path, tmp_path: Path) -> None:
    from pypdf import PdfReader

    target = tmp_path / "brief.pdf"
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    command = [
        sys.executable,
        "-m",
        "rmdesk",
        "--profile",
        str(folder),
        "--json",
        "brief",
        "周文敏",
        "--pdf",
        str(target),
        "--plain",
        "--reason",
        "visit tomorrow",
    ]
    done = subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True, timeout=100, check=False)
    if "no_chinese_font" in done.stderr:
        pytest.skip("no font with Chinese characters on this computer")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["pdf"] == str(target)
    assert len(PdfReader(target).pages) == 1
    store = profile.open_demo(folder)
    told = "SELECT json_extract(after, '$.document'), json_extract(after, '$.way') FROM change WHERE command = ?"
    rows = store.read(lambda reads: reads.rows(told, ("RecordExport",)))
    store.close()
    assert rows == [("Visit brief", "pdf")]


def test_an_unknown_client_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--profile", str(folder), "--lang", "en", "brief", "nobody"]) == 2
    assert capsys.readouterr().err


def test_the_route_of_a_day_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from rmdesk.models.kinds import Channel, ClientId
    from rmdesk.services.visits.commands import PlanVisit
    from rmdesk.services.visits.entry import Entry
    from tests.conftest import TODAY

    store = profile.open_demo(folder)
    store.perform(PlanVisit(Entry(ClientId(1), Channel.AT_CLIENT, on=TODAY, at="09:30", purpose="谈留学")))
    store.close()
    assert main(["--profile", str(folder), "--lang", "en", "--date", "2026-11-21", "route"]) == 0
    out = capsys.readouterr().out
    assert "09:30" in out
    assert "青石区" in out
    assert main(["--profile", str(folder), "--date", "2026-11-21", "--json", "route"]) == 0
    assert json.loads(capsys.readouterr().out)["legs"][0]["district"] == "青石区"
