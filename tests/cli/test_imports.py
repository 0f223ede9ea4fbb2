"""`import` takes files, folders and patterns, answers in the agreed JSON, and refuses in words."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from rmdesk.cli.main import main
from rmdesk.services.imports import source
from rmdesk.services.imports.commands import KeepLayout
from rmdesk.services.imports.source import open_sources
from rmdesk.services.store import profile
from tests.services.sync.feeds import join

HEAD = "客户号,姓名,账号,账户余额\n"
ROWS = 'C1,王小明,6222000001,"1,000.50"\nC2,李娜,6222000002,20.00\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A real profile, opened by the passphrase in the environment."""
    monkeypatch.setenv("RMDESK_PASSPHRASE", "correct-horse-Battery-9")
    made = tmp_path / "profile"
    profile.create(made, who="tester", passphrase="correct-horse-Battery-9").close()
    return made


@pytest.fixture
def export(tmp_path: Path) -> Path:
    file = tmp_path / "export" / "客户.csv"
    file.parent.mkdir()
    file.write_text(HEAD + ROWS + 'C3,张三,6222000003,"12,3x"\n', encoding="gb18030")
    return file


def run(capsys: pytest.CaptureFixture[str], folder: Path, *words: str, status: int = 0) -> Any:
    assert main(["--profile", str(folder), "--lang", "en", *words, "--json"]) == status
    told = capsys.readouterr()
    return json.loads(told.err if status else told.out)


def test_the_answer_has_the_agreed_keys(capsys: pytest.CaptureFixture[str], folder: Path, export: Path) -> None:
    dry = run(capsys, folder, "import", str(export), "--currency", "CNY", "--dry-run")
    done = run(capsys, folder, "import", str(export), "--currency", "CNY")
    (file,) = done["files"]
    assert {key: file[key] for key in ("name", "layout", "encoding", "header_row", "rows")} == {
        "name": "客户.csv",
        "layout": "客户",
        "encoding": "gb18030",
        "header_row": 1,
        "rows": 2,
    }
    assert [(row["row"], row["column"]) for row in file["refused"]] == [(4, "账户余额")]
    assert file["refused"][0]["why"]
    assert done["clients"] == done["accounts"] == {"new": 2, "changed": 0, "unchanged": 0}
    assert done["balance_total"] == {"CNY": "1020.50"}
    assert (dry["dry_run"], dry["batch"], done["batch"]) == (True, None, 1)
    assert {key: dry[key] for key in ("files", "clients", "accounts", "balance_total")} == {
        key: done[key] for key in ("files", "clients", "accounts", "balance_total")
    }
    again = run(capsys, folder, "import", str(export))
    assert again["clients"] == again["accounts"] == {"new": 0, "changed": 0, "unchanged": 2}


def test_folders_and_patterns_are_taken_and_doubles_counted_once(
    capsys: pytest.CaptureFixture[str], folder: Path, export: Path
) -> None:
    words = [str(export.parent), str(export.parent / "*.csv"), str(export)]
    assert len(run(capsys, folder, "import", *words)["files"]) == 1


def test_words_for_a_person(capsys: pytest.CaptureFixture[str], folder: Path, export: Path) -> None:
    for expected in ("Clients: 2 new, 0 changed, 0 unchanged", "Nothing was new; nothing was written."):
        assert main(["--profile", str(folder), "--lang", "en", "import", str(export)]) == 0
        told = capsys.readouterr().out
        assert expected in told
        assert "row 4, 账户余额:" in told


def test_what_has_gone_is_told_and_closed_only_when_asked(
    capsys: pytest.CaptureFixture[str], folder: Path, export: Path
) -> None:
    run(capsys, folder, "import", str(export), "--as-of", "2026-10-31")
    export.write_text(HEAD + ROWS.splitlines()[0] + "\n", encoding="utf-8")
    words = ("import", str(export), "--as-of", "2026-11-20", "--whole", "accounts")
    assert run(capsys, folder, *words, "--dry-run")["gone"] == {"accounts": 1}
    assert run(capsys, folder, *words)["ended"] == {}
    assert run(capsys, folder, *words, "--end-missing")["ended"] == {"accounts": 1}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("nowhere.csv",), "no_file"),
        (("{file}", "--layout", "unknown"), "no_layout"),
        (("{file}", "--layout", "other"), "layout_does_not_fit"),
        (("{file}", "--as-of", "31.10.2026"), "usage"),
        (("{file}", "--whole", "gifts"), "usage"),
        (("{file}", "--currency", "€"), "usage"),
        (("{file}", "--currency", "CNYX"), "usage"),
    ],
)
def test_refusals_name_the_reason(
    capsys: pytest.CaptureFixture[str], folder: Path, export: Path, words: tuple[str, ...], code: str
) -> None:
    other = export.with_name("other.csv")
    other.write_text("产品代码,产品名称,产品风险\nP1,一号,R1\n", encoding="utf-8")
    store = profile.open_with_passphrase(folder, "correct-horse-Battery-9")
    store.perform(KeepLayout("other", open_sources(other)[0].layout))
    store.close()
    answer = run(capsys, folder, "import", *(word.format(file=export) for word in words), status=2)
    assert answer["error"] == code
    assert answer["message"]


def test_a_desk_that_follows_a_hub_reads_no_file(
    capsys: pytest.CaptureFixture[str], folder: Path, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = profile.open_with_passphrase(folder, "correct-horse-Battery-9")
    join(store)
    store.close()
    monkeypatch.setattr(source, "open_sources", lambda *_given, **_more: pytest.fail("a file was opened"))
    assert run(capsys, folder, "import", str(export), status=2)["error"] == "hub_imports"


def test_a_refusal_names_the_file_among_several(capsys: pytest.CaptureFixture[str], folder: Path, export: Path) -> None:
    export.with_name("readme.txt").write_text("nothing here\nis a table\n", encoding="utf-8")
    answer = run(capsys, folder, "import", str(export.parent), status=2)
    assert (answer["error"], "readme.txt" in answer["message"]) == ("no_meaning", True)


def test_what_is_doubtful_and_what_belongs_to_nobody_is_told(
    capsys: pytest.CaptureFixture[str], folder: Path, export: Path
) -> None:
    days = "".join(f"C{n},客户{n},1990-01-{n:02d}\n" for n in range(1, 29))
    export.write_text("客户号,姓名,出生日期\n" + days + "C90,王五,1990-02-31\n", encoding="utf-8")
    (file,) = run(capsys, folder, "import", str(export))["files"]
    assert [(row["row"], row["column"]) for row in file["warnings"]] == [(30, "出生日期")]
    export.write_text("账号,账户余额,开户日期\nA1,5.00,2020-01-01\nA2,6.00,2020-01-02\n", encoding="utf-8")
    answer = run(capsys, folder, "import", str(export))
    assert answer["left_out"] == {"accounts": 2}
    assert [(row["row"], row["column"]) for row in answer["files"][0]["refused"]] == [
        (2, "Client number"),
        (3, "Client number"),
    ]
    assert main(["--profile", str(folder), "--lang", "en", "import", str(export)]) == 0
    assert "Accounts: 0 new, 0 changed, 0 unchanged, 2 left out" in capsys.readouterr().out
    export.write_text("客户编号,姓名\nC1,王伟\nC1,李娜\n", encoding="utf-8")
    (file,) = run(capsys, folder, "import", str(export))["files"]
    assert [row["column"] for row in file["warnings"]] == ["姓名"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_never_waited_for(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert run(capsys, folder, "import", str(tmp_path / "pipe"), status=2)["error"] == "no_file"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are text")
def test_a_file_whose_name_is_no_text_comes_in(capsys: pytest.CaptureFixture[str], folder: Path, export: Path) -> None:
    odd = export.rename(export.with_name("\udcffodd.csv"))
    assert run(capsys, folder, "import", str(odd))["clients"]["new"] == 2
