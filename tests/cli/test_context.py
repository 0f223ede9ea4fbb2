"""Scripts unlock a profile with a key file or a passphrase from the environment; nothing else gets in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rmdesk.base import text
from rmdesk.cli.main import main
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store import profile

PASSPHRASE = "correct-horse-Battery-9"
Told = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RMDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.delenv("RMDESK_PASSPHRASE", raising=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("profile") / "one"
    profile.create(made, who="tester", passphrase=PASSPHRASE).close()
    return made


def clients(folder: Path, *more: str) -> int:
    return main(["--profile", str(folder), "--json", "clients", *more])


def error(capsys: Told) -> str:
    captured = capsys.readouterr()
    assert captured.out == ""
    code: str = json.loads(captured.err)["error"]
    return code


def test_by_passphrase(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told) -> None:
    assert clients(folder) == 2
    assert error(capsys) == "locked"
    monkeypatch.setenv("RMDESK_PASSPHRASE", "something else")
    assert clients(folder) == 2
    assert error(capsys) == "wrong_passphrase"
    monkeypatch.setenv("RMDESK_PASSPHRASE", PASSPHRASE)
    assert clients(folder) == 0
    assert json.loads(capsys.readouterr().out) == {"total": 0, "clients": []}


def test_by_key_file(folder: Path, tmp_path: Path, capsys: Told) -> None:
    file = tmp_path / "pass.txt"
    file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    assert clients(folder, "--key-file", str(file)) == 0
    capsys.readouterr()
    assert clients(folder, "--key-file", str(tmp_path / "none.txt")) != 0
    assert "Traceback" not in capsys.readouterr().err


def test_a_new_profile_takes_its_passphrase_from_a_key_file(tmp_path: Path, capsys: Told) -> None:
    file = tmp_path / "pass.txt"
    file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    assert main(["init", "--profile", str(tmp_path / "new"), "--key-file", str(file), "--json"]) == 0
    capsys.readouterr()
    assert clients(tmp_path / "new", "--key-file", str(file)) == 0
    file.write_text("0123456789abcdef" * 4, encoding="utf-8")
    capsys.readouterr()
    assert main(["init", "--profile", str(tmp_path / "other"), "--key-file", str(file), "--json"]) == 2
    assert error(capsys) == "not_a_passphrase"


def test_no_profile(tmp_path: Path, capsys: Told) -> None:
    assert clients(tmp_path / "none") == 2
    assert error(capsys) == "no_profile"


def test_the_language_of_the_settings_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told) -> None:
    monkeypatch.setenv("RMDESK_PASSPHRASE", PASSPHRASE)
    store = profile.create(tmp_path / "en", who="tester", passphrase=PASSPHRASE)
    store.perform(ChangeSetting("general.language", "en"))
    store.close()
    assert clients(tmp_path / "en") == 0
    assert text.language() == "en"
    assert clients(tmp_path / "en", "--lang", "zh_CN") == 0
    assert text.language() == "zh_CN"


def test_help_is_in_the_language_asked_for(capsys: Told) -> None:
    assert main(["--help", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("usage: rmdesk")
    assert main(["today", "--help", "--lang", "en"]) == 0
    assert "--purpose" in capsys.readouterr().out
