"""`backup` makes, lists, checks and restores, also over data that does not open any more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rmdesk.cli.main import main
from rmdesk.services.settings import queries as settings
from rmdesk.services.settings.commands import SaveView
from rmdesk.services.store import lock, profile

Told = pytest.CaptureFixture[str]
PASSPHRASE = "梧桐 wind 七 lantern"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RMDESK_PASSPHRASE", PASSPHRASE)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("profile") / "p"
    store = profile.create(folder, who="李慧", passphrase=PASSPHRASE)
    store.perform(SaveView("clients", "monday", {}))
    store.close()
    return folder


def answer(folder: Path, capsys: Told, *arguments: str, status: int = 0) -> Any:
    assert main(["--profile", str(folder), "--json", "--lang", "en", *arguments]) == status
    told = capsys.readouterr()
    return json.loads(told.err if status else told.out)


def views(folder: Path) -> list[str]:
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    found = [row.name for row in store.read(settings.views_of, "clients")]
    store.close()
    return sorted(found)


def test_made_listed_checked_and_brought_back(made: Path, tmp_path: Path, capsys: Told) -> None:
    first = answer(made, capsys, "backup")
    assert (first["readable"], Path(first["path"]).parent.name) == (True, "backups")
    assert answer(made, capsys, "backup", "list")["backups"][0] == first
    assert answer(made, capsys, "backup", "check", "1")["backups"][0]["path"] == first["path"]
    store = profile.open_with_passphrase(made, PASSPHRASE)
    store.perform(SaveView("clients", "tuesday", {}))
    store.close()
    assert answer(made, capsys, "backup", "restore", "1", status=2)["error"] == "not_confirmed"
    assert views(made) == ["monday", "tuesday"]
    told = answer(made, capsys, "backup", "restore", "1", "--yes")
    assert views(made) == ["monday"]
    aside = Path(told["aside"])
    assert aside.exists()
    assert [one.stat().st_mode & 0o777 for one in (aside.parent, aside.parent.parent)] == [0o700] * 2
    (made / profile.DATA).write_bytes(b"broken" * 2000)
    told = answer(made, capsys, "clients", status=3)
    assert told["error"] == "damaged"
    assert "rmdesk doctor --salvage" in told["do"]
    answer(made, capsys, "backup", "restore", "1", "--yes")
    assert views(made) == ["monday"]
    (made / profile.DATA).unlink()
    assert answer(made, capsys, "clients", status=3)["error"] == "no_data_file"
    assert answer(made, capsys, "backup", "restore", "1", "--yes")["aside"] is None
    assert views(made) == ["monday"]


def test_carried_elsewhere_it_becomes_a_profile_there(made: Path, tmp_path: Path, capsys: Told) -> None:
    stick = tmp_path / "stick"
    assert answer(made, capsys, "backup", "now", "--to", str(stick), status=2)["error"] == "no_folder"
    assert not stick.exists()  # a mistyped path makes no folder
    stick.mkdir()
    carried = answer(made, capsys, "backup", "now", "--to", str(stick))
    told = answer(tmp_path / "none", capsys, "backup", "restore", carried["path"], "--into", str(tmp_path / "new"))
    assert told["profile"] == str(tmp_path / "new")
    assert "monday" in views(tmp_path / "new")


def test_what_cannot_be_is_refused_in_words(made: Path, tmp_path: Path, capsys: Told) -> None:
    path = answer(made, capsys, "backup")["path"]
    assert answer(made, capsys, "backup", "restore", "99", status=2)["error"] == "no_backup"
    assert answer(made, capsys, "backup", "restore", status=2)["message"] == "Which backup is to be restored?"
    assert answer(tmp_path / "none", capsys, "backup", "restore", path, "--yes", status=2)["error"] == "no_profile"
    with lock.hold(made):
        assert answer(made, capsys, "backup", "restore", "1", "--yes", status=3)["error"] == "in_use"
    assert main(["--profile", str(made), "--lang", "en", "backup", "list"]) == 0
    assert "checked" in capsys.readouterr().out
    assert main(["--profile", str(tmp_path / "none"), "--lang", "en", "backup", "list"]) == 0
    assert capsys.readouterr().out == "There is no backup yet.\n"


def test_everything_as_one_file_and_back(
    made: Path, tmp_path: Path, capsys: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(tmp_path / "all.rmarchive")
    assert answer(made, capsys, "archive", "export", file, status=2)["error"] == "no_password"
    monkeypatch.setenv("RMDESK_ARCHIVE_PASSWORD", "purple lantern 七 window")
    assert answer(made, capsys, "archive", "import", file, status=2)["error"] == "usage"
    told = answer(made, capsys, "archive", "export", file)
    assert answer(made, capsys, "archive", "import", file, "--into", str(tmp_path / "new"))["rows"] == told["rows"]
    assert "monday" in views(tmp_path / "new")
    written = tmp_path / "wrong.txt"
    written.write_text("not this one, no", "utf-8")
    more = ("--into", str(tmp_path / "other"), "--password-file", str(written))
    assert answer(made, capsys, "archive", "import", file, *more, status=2)["error"] == "wrong_password"
    assert not (tmp_path / "other").exists()
    (tmp_path / "other").mkdir()
    assert answer(made, capsys, "archive", "import", file, *more, status=2)["error"] == "wrong_password"
    assert list((tmp_path / "other").iterdir()) == []  # a folder that was there stays
