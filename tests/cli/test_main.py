"""The command line speaks plainly to people, in JSON to scripts, and fails with the right status."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rmdesk.base import clock, text
from rmdesk.cli.main import language, main
from rmdesk.cli.output import Output, table

PASSPHRASE = "correct-horse-Battery-9"


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RMDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.delenv("RMDESK_PASSPHRASE", raising=False)


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The error as JSON; nothing may stand on standard output."""
    captured = capsys.readouterr()
    assert captured.out == ""
    error: dict[str, Any] = json.loads(captured.err)
    assert {"error", "message", "do"} <= error.keys()
    return error


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--json", "fly"], "unknown_command"),
        (["--json"], "usage"),
        (["init", "--json", "--no-such-option"], "usage"),
        (["--date", "2026-13-01", "--json", "pinyin", "-"], "usage"),
        (["--date", "20260101", "--json", "pinyin", "-"], "usage"),
        (["pinyin", "-", "--lang", "fr", "--json"], "usage"),
        (["init", "--json"], "no_passphrase"),
        (["--profile", "", "today", "--json"], "usage"),
        (["clients", "--limit", "-3", "--json"], "usage"),
        (["today", "--limit", "many", "--json"], "usage"),
    ],
)
def test_a_refused_line_is_told_as_json_with_status_two(
    arguments: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert told(capsys)["error"] == code


def test_options_stand_before_or_after_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RMDESK_PASSPHRASE", PASSPHRASE)
    assert main(["--json", "--profile", str(tmp_path / "one"), "init"]) == 0
    assert json.loads(capsys.readouterr().out)["profile"] == str(tmp_path / "one")
    assert main(["init", f"--profile={tmp_path / 'two'}", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["profile"] == str(tmp_path / "two")


def test_a_profile_is_not_made_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RMDESK_PASSPHRASE", PASSPHRASE)
    arguments = ["--json", "--profile", str(tmp_path / "one"), "init"]
    main(arguments)
    capsys.readouterr()
    assert main(arguments) == 2
    assert told(capsys)["error"] == "profile_exists"


def test_the_day_holds_for_everything(capsys: pytest.CaptureFixture[str]) -> None:
    main(["pinyin", "周文敏", "--date", "2031-05-06"])
    assert clock.today().isoformat() == "2031-05-06"


def test_a_bug_is_told_without_its_text(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(name: str) -> None:
        raise ValueError(f"secret of {name}")

    monkeypatch.setattr("rmdesk.services.clients.pinyin.reading", broken)
    assert main(["pinyin", "周文敏", "--json"]) == 1
    error = told(capsys)
    assert error["error"] == "bug"
    assert "secret" not in json.dumps(error)
    assert "周文敏" not in json.dumps(error, ensure_ascii=False)


def test_a_computer_that_refuses_is_trouble(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(name: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("rmdesk.services.clients.pinyin.reading", full)
    assert main(["pinyin", "x", "--json"]) == 3
    assert told(capsys)["error"] == "system"


@pytest.mark.parametrize(
    ("locale", "asked", "expected"),
    [
        ("en_US.UTF-8", None, "en"),
        ("zh_CN.UTF-8", None, "zh_CN"),
        ("C.UTF-8", None, "zh_CN"),
        ("de_DE.UTF-8", None, "zh_CN"),
        ("zh_CN.UTF-8", "en", "en"),
        ("en_US.UTF-8", "zh_CN", "zh_CN"),
    ],
)
def test_language(locale: str, asked: str | None, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert language(asked) == expected


def test_pinyin_reads_names_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    names = "\ufeff周文敏\r\n\n欧阳婉清".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(names), encoding="ascii"))
    assert main(["pinyin", "-"]) == 0
    assert capsys.readouterr().out == "周文敏\tZhōu Wénmǐn\tzwm\n\t\t\n欧阳婉清\tŌuyáng Wǎnqīng\toywq\n"


def test_pinyin_starts_without_qt_and_database() -> None:
    code = (
        "import sys; from rmdesk.cli.main import main; status = main(['pinyin', '单建华']); "
        "heavy = {'PySide6', 'sqlalchemy', 'sqlcipher3', 'numpy', 'alembic'} & sys.modules.keys(); "
        "sys.exit(status or (f'loaded {heavy}' if heavy else 0))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "单建华\tShàn Jiànhuá\tsjh\n"


def test_a_reader_that_has_enough_is_no_error() -> None:
    line = f"yes 周文敏 | head -n 200000 | {sys.executable} -m rmdesk pinyin - | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], capture_output=True, encoding="utf-8", check=False)
    assert done.stdout == "周文敏\tZhōu Wénmǐn\tzwm\n"
    assert "Traceback" not in done.stderr
    assert "rmdesk" not in done.stderr


def test_the_help_of_a_command_says_usage_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["today", "--help"]) == 0
    assert capsys.readouterr().out.count("usage: ") == 1


class Full(io.StringIO):
    """A stream on a full disk."""

    def write(self, text: str) -> int:
        raise OSError(28, "No space left on device")


def test_the_status_tells_even_when_nobody_can_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Full())
    assert main(["fly"]) == 2


def test_names_are_asked_for_when_standard_input_is_closed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["pinyin", "-", "--json"]) == 2
    assert told(capsys)["error"] == "usage"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is a screen")
@pytest.mark.parametrize("command", [[], ["demo"]])
def test_without_a_screen_the_window_is_refused_in_words(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main(["--profile", str(tmp_path / "one"), *command]) == 3
    assert "no screen" in capsys.readouterr().err
    assert not (tmp_path / "one").exists()


def test_names_steer_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    Output(as_json=False).show({}, lambda: ["王\x1b[31m\u202e伟\x9b\r"])
    assert capsys.readouterr().out == "王�[31m�伟��\n"


@pytest.mark.parametrize(
    "arguments",
    [["--profile", "", "today"], ["today", "--limit", "-3"], ["audit", "--from", "2026-02-01", "--to", "2026-01-01"]],
)
def test_what_is_refused_says_what_to_do(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", *arguments]) == 2
    assert told(capsys)["do"]


def test_a_profile_that_could_not_be_made_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "desk"

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setenv("RMDESK_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr("rmdesk.services.store.profile._make_data", full)
    assert main(["--json", "--lang", "zh_CN", "--profile", str(folder), "init"]) == 3
    assert "磁盘已满" in told(capsys)["message"]
    assert not folder.exists()


def test_a_table_without_rows_says_so() -> None:
    text.use("en")
    assert list(table(("Number", "Name"), [])) == ["Nothing to show."]
