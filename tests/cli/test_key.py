"""The keys at the terminal and in scripts: made, looked at, changed, and opened by what was made."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rmdesk.cli.main import main
from rmdesk.services.store import escrow, profile, recovery_code
from tests.support import profiles
from tests.support.profiles import PASSPHRASE, PIN, MemoryKeyring

NEW = "280461"
Told = pytest.CaptureFixture[str]
Typing = Callable[..., None]


@pytest.fixture(autouse=True)
def keyring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[MemoryKeyring]:
    monkeypatch.setenv("RMDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    for name in ("PIN", "NEW_PIN", "PASSPHRASE", "RECOVERY", "ESCROW_PASSWORD"):
        monkeypatch.delenv(f"RMDESK_{name}", raising=False)
    with profiles.using(MemoryKeyring()) as made, profiles.cheap():
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch, capsys: Told) -> Typing:
    """Sits at a terminal: hidden answers in order; what the drill asks is read from the screen."""

    def sit(*hidden: str, code: str = "") -> None:
        answers = list(hidden)
        shown: list[str] = []

        def visible(prompt: str = "") -> str:
            if code:
                return code
            shown.append(capsys.readouterr().out)
            groups = dict(line.split() for line in "".join(shown).splitlines() if line.startswith("  "))
            number = next(word for word in prompt.split() if word.isdigit())
            return groups[number].lower()

        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(getpass, "getpass", lambda prompt="": answers.pop(0))
        monkeypatch.setattr("builtins.input", visible)

    return sit


def told(capsys: Told, *words: str, status: int = 0) -> Any:
    done = main([*words, "--json"])
    shown = capsys.readouterr()
    assert done == status, shown
    return json.loads(shown.out or shown.err)


def test_at_a_terminal_pin_twice_the_code_and_the_drill(folder: Path, typing: Typing, capsys: Told) -> None:
    typing(PIN, PIN)
    assert main(["--profile", str(folder), "init", "--who", "Li"]) == 0
    capsys.readouterr()
    info = profile.describe(folder)
    assert (info.has_pin, bool(info.recovery_of), info.has_passphrase) == (True, True, False)
    typing(PIN)
    assert main(["--profile", str(folder), "clients"]) == 0


def test_two_pins_that_differ_and_a_failed_drill_make_nothing(folder: Path, typing: Typing, capsys: Told) -> None:
    typing(PIN, NEW)
    assert main(["--profile", str(folder), "init"]) == 2
    typing(PIN, PIN, code="22222")
    assert main(["--profile", str(folder), "init"]) == 2
    assert "not what stands in group" in capsys.readouterr().err
    assert not profile.describe(folder).exists


def test_in_a_script_the_code_goes_into_a_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told
) -> None:
    monkeypatch.setenv("RMDESK_PIN", PIN)
    sheet = tmp_path / "code.txt"
    desk = ("--profile", str(folder))
    assert told(capsys, *desk, "init", status=2)["error"] == "no_terminal"
    assert told(capsys, *desk, "init", "--to", str(sheet))["recovery"] is True
    first = sheet.read_text("utf-8").strip()
    assert told(capsys, *desk, "clients")["total"] == 0
    monkeypatch.delenv("RMDESK_PIN")
    assert told(capsys, *desk, "clients", "--key-file", str(sheet))["total"] == 0
    monkeypatch.setenv("RMDESK_NEW_PIN", NEW)
    monkeypatch.setenv("RMDESK_RECOVERY", first)
    assert told(capsys, *desk, "key", "pin", "--forgot")["pin"] is True
    monkeypatch.setenv("RMDESK_PIN", NEW)
    newer, newest = tmp_path / "newer.txt", tmp_path / "newest.txt"
    assert told(capsys, *desk, "key", "recovery", "--to", str(newer))["recovery"] is True
    assert told(capsys, *desk, "key", "rekey", "--to", str(newest))["rekeyed"] is True
    for stale in (first, newer.read_text("utf-8")):
        monkeypatch.setenv("RMDESK_RECOVERY", stale)
        assert told(capsys, *desk, "key", "pin", "--forgot", status=2)["error"] == "wrong_code"
    profile.open_with_code(folder, newest.read_text("utf-8")).close()
    monkeypatch.setenv("RMDESK_NEW_PIN", PIN)
    assert told(capsys, *desk, "key", "pin")["pin"] is True
    profile.open_with_pin(folder, PIN).close()


def test_a_code_that_opens_nothing_is_not_left_in_its_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told
) -> None:
    sheet = tmp_path / "code.txt"
    monkeypatch.setenv("RMDESK_PIN", "1")
    assert told(capsys, "--profile", str(folder), "init", "--to", str(sheet), status=2)["error"] == "weak_pin"
    assert not sheet.exists()
    monkeypatch.setenv("RMDESK_PIN", PIN)
    told(capsys, "--profile", str(folder), "init", "--to", str(sheet))
    first = sheet.read_text("utf-8")
    again = told(capsys, "--profile", str(folder), "key", "recovery", "--to", str(sheet), status=2)
    assert again["error"] == "exists"
    assert sheet.read_text("utf-8") == first
    profile.open_with_code(folder, first).close()
    monkeypatch.setenv("RMDESK_PIN", NEW)
    newer = tmp_path / "newer.txt"
    assert told(capsys, "--profile", str(folder), "key", "rekey", "--to", str(newer), status=2)["error"] == "wrong_pin"
    assert not newer.exists()


@pytest.mark.parametrize("words", [("key", "pin"), ("key", "pin", "--forgot")])
def test_where_nobody_can_answer_that_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told, words: tuple[str, ...]
) -> None:
    profile.create(folder, who="Li", passphrase=PASSPHRASE).close()
    monkeypatch.setenv("RMDESK_PASSPHRASE", PASSPHRASE)

    def ended(prompt: str = "") -> str:
        raise EOFError

    monkeypatch.setattr(getpass, "getpass", ended)
    monkeypatch.setattr("builtins.input", ended)
    assert told(capsys, "--profile", str(folder), *words, status=2)["error"] == "no_terminal"


@pytest.mark.parametrize(("language", "word"), [("en", "PIN, with the keyring"), ("zh_CN", "PIN 码，配合钥匙串")])
def test_what_opens_it_is_told(folder: Path, tmp_path: Path, capsys: Told, language: str, word: str) -> None:
    code = recovery_code.make()
    profile.create(folder, who="Li", pin=PIN, passphrase=PASSPHRASE, code=code).close()
    (tmp_path / "code.txt").write_text(recovery_code.shown(code), "utf-8")
    assert (
        main(["--profile", str(folder), "--key-file", str(tmp_path / "code.txt"), "key", "export", str(tmp_path / "k")])
        == 0
    )
    capsys.readouterr()
    found = told(capsys, "--profile", str(folder), "key", "status")
    assert (found["pin"], found["passphrase"], found["keyring_alone"], len(found["exported"])) == (True, True, False, 1)
    assert main(["--profile", str(folder), "--lang", language, "key", "status"]) == 0
    shown = capsys.readouterr().out
    assert word in shown
    assert found["recovery_code_of"] in shown
    assert code not in shown


def test_without_a_safe_keyring_a_passphrase_takes_the_place_of_the_pin(
    folder: Path, typing: Typing, capsys: Told
) -> None:
    import keyring.backends.fail

    with profiles.using(keyring.backends.fail.Keyring()):
        typing(PIN, PIN)
        assert main(["--profile", str(folder), "init"]) == 3
        typing(PASSPHRASE, PASSPHRASE)
        assert main(["--profile", str(folder), "init", "--passphrase"]) == 0
    capsys.readouterr()
    assert profile.describe(folder).has_passphrase


def test_the_banks_key_is_made_with_a_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told) -> None:
    file = tmp_path / "bank.pem"
    assert told(capsys, "escrow", "pair", str(file), status=2)["error"] == "password"
    monkeypatch.setenv("RMDESK_ESCROW_PASSWORD", "short")
    assert told(capsys, "escrow", "pair", str(file), status=2)["error"] == "weak_passphrase"
    monkeypatch.setenv("RMDESK_ESCROW_PASSWORD", PASSPHRASE)
    public = told(capsys, "escrow", "pair", str(file))["public"]
    assert escrow.read_private(file, PASSPHRASE).public_key().public_bytes_raw().hex() == public
    (tmp_path / "box.json").write_text("{}", "utf-8")
    words = ("escrow", "open", str(tmp_path / "box.json"), "--private", str(file), "--to", str(tmp_path / "k"))
    assert told(capsys, *words, status=2)["error"] == "no_box"
