"""`rmdesk update`: tells what the bank offers and fetches it; `rmdesk open` refuses what is not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rmdesk import __version__
from rmdesk.base import paths
from rmdesk.cli.main import main
from tests.conftest import TODAY
from tools.manifest import new_key, signed


def test_an_offer_is_told_and_its_file_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    key = new_key(tmp_path / "key.pem")
    file = tmp_path / "rmdesk-9.0-linux.tar.xz"
    file.write_bytes(b"new")
    (tmp_path / "manifest.json").write_bytes(signed(tmp_path / "key.pem", "9.0", TODAY, [file], notes={"en": "More."}))
    (tmp_path / "policy.toml").write_text(f'[updates]\nmanifest = "{tmp_path}/manifest.json"\nkey = "{key}"\n')
    monkeypatch.setattr(paths, "policies", lambda: tmp_path)
    to = tmp_path / "to"
    to.mkdir()
    assert main(["--date", TODAY.isoformat(), "--lang", "en", "update", "--fetch", str(to), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["version"], told["offered"], told["notes"]) == (__version__, "9.0", "More.")
    assert Path(told["fetched"]).read_bytes() == b"new"
    assert main(["--date", TODAY.isoformat(), "--lang", "en", "update"]) == 0
    assert "The bank offers version 9.0" in capsys.readouterr().out


def test_what_may_not_follow_this_version_is_not_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    key, file, to = new_key(tmp_path / "key.pem"), tmp_path / "rmdesk-9.0-linux.tar.xz", tmp_path / "to"
    file.write_bytes(b"new")
    to.mkdir()
    (tmp_path / "manifest.json").write_bytes(signed(tmp_path / "key.pem", "9.0", TODAY, [file], least="8.0"))
    (tmp_path / "policy.toml").write_text(f'[updates]\nmanifest = "{tmp_path}/manifest.json"\nkey = "{key}"\n')
    monkeypatch.setattr(paths, "policies", lambda: tmp_path)
    assert main(["--date", TODAY.isoformat(), "--lang", "en", "update", "--fetch", str(to)]) == 2
    assert "First version 8.0 has to be installed" in capsys.readouterr().err
    assert list(to.iterdir()) == []
    assert main(["--date", TODAY.isoformat(), "--lang", "en", "update", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["may_follow"], told["least"], told["fetched"]) == (False, "8.0", None)


def test_without_a_place_it_says_who_sets_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(paths, "policies", lambda: tmp_path)
    assert main(["--lang", "en", "update"]) == 2
    assert "policy.toml" in capsys.readouterr().err


def test_open_refuses_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "open", str(tmp_path / "gone.csv")]) == 2
    assert "gone.csv" in capsys.readouterr().err
