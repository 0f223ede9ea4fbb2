"""What the installers carry and say, held without building them: they are built by `dev.py package`."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from rmdesk.services.settings import policy
from tools import debian, package, packaging
from tools.environment import ROOT

LINUX = ROOT / "installer" / "linux"


@pytest.mark.parametrize(
    ("place", "needed"),
    [
        ("PySide6/Qt/lib/libQt6Widgets.so.6", True),
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("libpython3.11.so.1.0", True),
        ("libgtk-3.so.0", False),
        ("libX11.so.6", False),
        ("libxcb-cursor.so.0", True),
        ("PySide6/Qt/lib/libQt6EglFsKmsSupport.so.6", False),
        ("stdnum/oui.dat", False),
        ("stdnum/cn/loc.dat", True),
        ("matplotlib/mpl-data/fonts/afm/phvr8a.afm", False),
        ("matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf", True),
        ("zstandard/_cffi.cpython-311-x86_64-linux-gnu.so", False),
        ("rmdesk/resources/rules/segments.toml", True),
    ],
)
def test_what_is_worth_its_size(place: str, needed: bool) -> None:
    assert packaging.is_needed(place) is needed


def test_what_is_carried_is_what_rmdesk_asks_for_without_its_extras() -> None:
    carried = set(packaging.distributions())
    assert {"pyside6-essentials", "sqlcipher3", "sqlalchemy", "mako"} <= carried
    assert not {"fastapi", "psycopg", "pytest", "pyinstaller", "scikit-learn"} & carried
    assert not carried & {name.lower() for name in packaging.LEFT_OUT}


def test_the_licences_of_what_is_carried_come_along() -> None:
    found = {to.removeprefix("licences/") for _source, to in packaging.licences()}
    assert {"sqlalchemy", "numpy", "cryptography", "sqlcipher3"} <= found


def test_debian_is_told_what_the_window_needs() -> None:
    told = dict(line.split(": ", 1) for line in debian.control("1.2", "x <x@example>", 9).splitlines() if ": " in line)
    assert told["Version"] == "1.2"
    assert {"libxcb-cursor0", "libegl1", "libxcb-icccm4"} <= set(told["Depends"].split(", "))
    assert "fonts-noto-cjk" in told["Depends"]  # without a font nothing Chinese could be read


@pytest.mark.skipif(sys.platform == "win32", reason="packed on Linux alone")
def test_the_tree_of_the_package_is_whole(tmp_path: Path) -> None:
    built = tmp_path / "rmdesk"
    (built / "_internal").mkdir(parents=True)
    (built / "rmdesk").write_text("#!/bin/sh\n")
    (built / "rmdesk").chmod(0o700)
    debian.lay(built, tmp_path / "tree")
    command = tmp_path / "tree" / "usr" / "bin" / "rmdesk"
    assert str(command.readlink()) == "/opt/rmdesk/rmdesk"
    assert stat.S_IMODE((tmp_path / "tree" / "opt" / "rmdesk" / "rmdesk").stat().st_mode) == 0o755
    for place in debian.places():
        assert stat.S_IMODE((tmp_path / "tree" / place).stat().st_mode) == 0o644


def test_an_upgrade_never_asks_about_the_policy() -> None:
    """dpkg asks about its own files of /etc once the bank has changed them, and a silent upgrade would end there."""
    assert not [place for place in debian.places() if place.startswith("etc/")]
    (example,) = (place for place in debian.places() if place.endswith("policy.toml"))
    script = (LINUX / "postinst").read_text(encoding="utf-8")
    assert "if [ ! -e /etc/rmdesk/policy.toml ]" in script
    assert f"/{example} /etc/rmdesk/policy.toml" in script
    assert "/etc/rmdesk/policy.toml" in (LINUX / "postrm").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", ["install", "uninstall", "postinst", "postrm"])
@pytest.mark.skipif(sys.platform == "win32", reason="shell scripts of Linux")
def test_the_scripts_are_shell_and_may_run(script: str) -> None:
    path = LINUX / script
    assert path.stat().st_mode & stat.S_IXUSR
    subprocess.run(["sh", "-n", path], check=True)


@pytest.mark.skipif(sys.platform == "win32", reason="shell scripts of Linux")
def test_one_user_installs_and_removes_it_without_an_administrator(tmp_path: Path) -> None:
    unpacked, home = tmp_path / "unpacked", tmp_path / "主目录"
    (unpacked / "rmdesk").mkdir(parents=True)
    (unpacked / "rmdesk" / "rmdesk").write_text("#!/bin/sh\necho rmdesk 1\n")
    (unpacked / "rmdesk" / "rmdesk").chmod(0o755)
    for source in (
        *(LINUX / name for name in ("install", "uninstall")),
        *package.for_one_user(),
    ):
        (unpacked / source.name).write_bytes(source.read_bytes())
    run = {"env": {"HOME": str(home), "PATH": "/usr/bin:/bin"}, "check": True, "capture_output": True, "text": True}
    for _time in range(2):  # the second one is an upgrade
        subprocess.run(["sh", unpacked / "install", "--quiet"], **run)  # type: ignore[call-overload]
    command = home / ".local" / "bin" / "rmdesk"
    assert subprocess.run([command], **run).stdout == "rmdesk 1\n"  # type: ignore[call-overload]
    entry = (home / ".local/share/applications" / debian.APPLICATION).read_text(encoding="utf-8")
    assert f'Exec="{home}/.local/opt/rmdesk/rmdesk" open %F' in entry
    (home / ".local/share/rmdesk").mkdir()
    subprocess.run(["sh", home / ".local/opt/rmdesk/uninstall"], **run)  # type: ignore[call-overload]
    left = sorted(str(path.relative_to(home)) for path in home.rglob("*") if not path.is_dir())
    assert left == []
    assert (home / ".local/share/rmdesk").is_dir()


def test_the_example_of_the_policy_says_only_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example = (LINUX / "policy.toml").read_text(encoding="utf-8")
    assert tomllib.loads(example) == {}  # nothing is prescribed until somebody does
    switched_on = re.sub(r"^# (?=\[|\w+ = )", "", example, flags=re.MULTILINE)
    (tmp_path / "policy.toml").write_text(switched_on, encoding="utf-8")
    monkeypatch.setattr(policy.paths, "policies", lambda: tmp_path)
    read = policy.policy()
    assert {name for name in read.__slots__ if not getattr(read, name)} == {"update_key"}  # all that can be prescribed
    assert (read.minutes, read.hide, read.watermark) == (5, True, True)
    assert read.hub.startswith("https://")
    assert read.updates.endswith("manifest.json")
