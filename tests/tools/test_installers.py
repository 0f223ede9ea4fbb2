"""What the installers of the three systems say, held against the code and against each other, without building one."""

from __future__ import annotations

import configparser
import os
import plistlib
import re
import shutil
import subprocess
import sys
import tomllib
import types
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from rmdesk import __version__
from rmdesk.base.progress import Silent
from rmdesk.services.imports.tables import opening
from tools import carried, debian, frozen, icons, package, packaging
from tools.environment import ROOT
from tools.opened import APP, OPENED

LINUX, WINDOWS = ROOT / "installer" / "linux", ROOT / "installer" / "windows" / "rmdesk.iss"
MACOS = ROOT / "installer" / "macos"
METAINFO = LINUX / f"{APP}.metainfo.xml"


@pytest.fixture
def windows() -> str:
    return WINDOWS.read_text(encoding="utf-8-sig")


@pytest.fixture
def entry() -> configparser.SectionProxy:
    read = configparser.ConfigParser(interpolation=None)
    read.optionxform = str  # type: ignore[method-assign, assignment]
    read.read(LINUX / debian.APPLICATION, encoding="utf-8")
    return read["Desktop Entry"]


@pytest.fixture
def metainfo() -> ET.Element:
    return ET.parse(METAINFO).getroot()


class Recipe:
    """What installer/rmdesk.spec asks PyInstaller for on a system, told instead of built."""

    def __init__(self, system: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        hooks = types.ModuleType("PyInstaller.utils.hooks")
        hooks.collect_submodules = lambda name: [  # type: ignore[attr-defined]
            one for one in (*carried.desk_modules(), "rmdesk.hub.app", "rmdesk.cli.hub_load") if one.startswith(name)
        ]
        monkeypatch.setitem(sys.modules, hooks.__name__, hooks)
        monkeypatch.setattr(sys, "platform", system)
        monkeypatch.syspath_prepend(str(ROOT))
        self.asked: dict[str, Any] = {}
        self.programs: dict[str, dict[str, Any]] = {}
        self.bundle: dict[str, Any] = {}
        path = ROOT / "installer" / "rmdesk.spec"
        names = {"SPECPATH": str(path.parent), "workpath": str(folder), "PYZ": lambda pure, **_more: pure}
        monkeypatch.setattr(packaging, "VERSION", folder / "icons" / "version.txt")
        named = {"Analysis": self._analysis, "EXE": self._exe, "COLLECT": self._collect, "BUNDLE": self._bundle}
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), {**names, **named})

    def _analysis(self, scripts: list[str], **asked: Any) -> types.SimpleNamespace:
        self.asked = {"scripts": scripts, **asked}
        return types.SimpleNamespace(
            binaries=[("libgtk-3.so.0", "", ""), ("libcrypto.so.3", "", "")],
            datas=asked["datas"], pure=[], scripts=[("start", scripts[0], "PYSOURCE")],
        )  # fmt: skip

    def _exe(self, *parts: Any, **told: Any) -> str:
        self.programs[told["name"]] = {**told, "parts": parts}
        return str(told["name"])

    def _collect(self, *parts: Any, **_told: Any) -> tuple[Any, ...]:
        self.collected = parts
        return parts

    def _bundle(self, _folder: Any, **told: Any) -> None:
        self.bundle = told


@pytest.fixture
def recipe(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    return lambda system: Recipe(system, monkeypatch, tmp_path)


def test_every_system_opens_the_same_files(
    windows: str, entry: configparser.SectionProxy, metainfo: ET.Element, recipe: Any
) -> None:
    kinds = [one.media for one in OPENED]
    assert entry["MimeType"].rstrip(";").split(";") == kinds
    assert [one.text for one in metainfo.iter("mediatype")] == kinds
    assert re.findall(r"Software\\Classes\\\.(\w+)\\OpenWithProgids", windows) == [one.ending for one in OPENED]
    (told,) = recipe("darwin").bundle["info_plist"]["CFBundleDocumentTypes"]
    assert told["LSItemContentTypes"] == [one.uti for one in OPENED]
    parquet = ET.parse(LINUX / f"{APP}.xml").getroot().find("{*}mime-type")
    assert parquet is not None
    assert parquet.get("type") in kinds  # the one that older desktops do not know


def test_what_opens_in_rmdesk_is_read_by_the_import(tmp_path: Path) -> None:
    frozen.write_files(tmp_path / "files")
    shutil.copyfile(tmp_path / "files" / "a.csv", tmp_path / "files" / "g.tsv")
    written = {path.suffix.removeprefix("."): path for path in (tmp_path / "files").iterdir()}
    assert set(written) == {one.ending for one in OPENED}
    for path in written.values():
        (table,) = opening.tables(path, Silent()).tables
        assert table is not None


def test_one_name_and_one_version_everywhere(
    windows: str, entry: configparser.SectionProxy, metainfo: ET.Element, recipe: Any
) -> None:
    assert f"{APP}.desktop" == debian.APPLICATION
    assert (metainfo.findtext("id"), metainfo.findtext("launchable")) == (APP, debian.APPLICATION)
    assert f'setDesktopFileName("{APP}")' in (ROOT / "rmdesk" / "app.py").read_text(encoding="utf-8")
    bundle = recipe("darwin").bundle
    assert (bundle["bundle_identifier"], bundle["version"]) == (APP, __version__)
    assert entry["StartupWMClass"] == "rmdesk"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    release = metainfo.find("releases/release")
    assert release is not None
    assert project["version"] == release.get("version") == __version__
    assert f'#define Version "{__version__}"' in windows
    told = (ROOT / "docs" / "rollout.md").read_text(encoding="utf-8")
    assert set(re.findall(r"rmdesk[-_](\d+\.\d+\.\d+)", told)) == {__version__}


def test_every_file_that_an_installer_names_is_there(windows: str, recipe: Any) -> None:
    for source in (*debian.places().values(), *package.for_one_user()):
        assert source.is_file(), source
    for source, _to in recipe("linux").asked["datas"]:
        assert Path(source).exists(), source
    for system in ("linux", "win32", "darwin"):
        for program in recipe(system).programs.values():
            for _name, script, _kind in program["parts"][1]:
                assert Path(script).is_file()
    made = {"..\\dist\\rmdesk\\*", "..\\build\\icons\\rmdesk.ico"}  # by dev.py package folder
    named = set(re.findall(r'(?:Source: "|SetupIconFile=)\.\.\\([^"\n]+)', windows))
    assert made <= named
    assert all((WINDOWS.parent.parent / one.replace("\\", "/")).is_file() for one in named - made)
    programs = set(recipe("win32").programs)
    assert {name.removesuffix(".exe") for name in re.findall(r"\{app\}\\([\w-]+\.exe)", windows)} <= programs


def test_each_system_has_its_programs_and_icons(recipe: Any) -> None:
    linux, win, mac = (recipe(system) for system in ("linux", "win32", "darwin"))
    assert set(linux.programs) == set(mac.programs) == {"rmdesk", "rmdesk-measured"}
    assert set(win.programs) == {"rmdesk", "rmdesk-cli", "rmdesk-measured"}
    assert win.programs["rmdesk"]["icon"].endswith("rmdesk.ico")
    assert mac.bundle["icon"].endswith("rmdesk.icns")
    assert not win.programs["rmdesk"]["console"]
    assert win.programs["rmdesk-cli"]["console"]
    for one in (linux, win, mac):
        assert "rmdesk-measured" not in one.collected  # the benchmark's copy is not installed
        assert ("libgtk-3.so.0", "", "") not in one.collected[-2]
    assert plistlib.loads(plistlib.dumps(mac.bundle["info_plist"]))["NSHighResolutionCapable"] is True


def test_the_icons_of_windows_and_macos_have_every_size(tmp_path: Path) -> None:
    icons.write(tmp_path)
    with Image.open(tmp_path / "rmdesk.ico") as icon:
        assert icon.info["sizes"] == {(size, size) for size in icons.SIZES}
    with Image.open(tmp_path / "rmdesk.icns") as icon:
        assert max(icon.info["sizes"])[0] * max(icon.info["sizes"])[2] == 1024
        assert icon.convert("RGBA").getextrema()[3] == (0, 255)  # drawn, and see-through around


def test_windows_installs_for_one_user_and_silently(windows: str) -> None:
    assert "PrivilegesRequired=lowest" in windows
    assert "PrivilegesRequiredOverridesAllowed=commandline" in windows
    assert "skipifsilent" in windows  # nothing opens while the bank's IT installs
    assert "UninstallDelete" not in windows  # profiles stay
    assert "Root: HKLM" not in windows


def test_windows_takes_a_policy_along_that_is_the_administrators(windows: str) -> None:
    prescribed = next(line for line in windows.splitlines() if "{param:POLICY}" in line and line.startswith("Source"))
    assert 'DestDir: "{commonappdata}\\rmdesk"; DestName: "policy.toml"' in prescribed
    assert "Check: Prescribed" in prescribed
    assert "uninsneveruninstall" in prescribed  # an upgrade by removing and installing keeps it
    folder = next(line for line in windows.splitlines() if line.startswith("Name: ") and "commonappdata" in line)
    assert "admins-full system-full users-readexec" in folder
    assert "Check: IsAdminInstallMode" in folder
    assert "IsAdminInstallMode and FileExists(Policy)" in windows  # named in vain, it stops the roll-out


def test_windows_shows_the_version_of_a_file(recipe: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    programs = recipe("win32").programs
    assert "VersionInfoVersion={#Version}" in WINDOWS.read_text(encoding="utf-8-sig")
    for name in ("rmdesk", "rmdesk-cli"):
        told = Path(programs[name]["version"]).read_text(encoding="utf-8")
        assert f"StringStruct('ProductVersion', '{__version__}')" in told
    names = ("VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "StringStruct", "VarFileInfo")
    made = eval(told, {name: lambda *parts, **more: (parts, more) for name in (*names, "VarStruct")})
    numbers = tuple(int(part) for part in __version__.split("."))
    assert made[1]["ffi"][1]["filevers"] == (*numbers, 0)
    assert recipe("linux").programs["rmdesk"]["version"] is None


def test_macos_is_packed_for_everybody_and_for_one_user_alone(recipe: Any) -> None:
    """What device management installs: a .pkg that goes where the program belongs and touches no home."""
    script = (MACOS / "pack").read_text(encoding="utf-8")
    subprocess.run(["sh", "-n", MACOS / "pack"], check=True)
    assert os.access(MACOS / "pack", os.X_OK)
    bundle = recipe("darwin").bundle
    assert f"dist/{bundle['name']}" in script
    assert f"--identifier {APP} " in script
    assert all((MACOS / name).is_file() for name in re.findall(r"\$here/([\w.]+)", script))
    root = ET.parse(MACOS / "distribution.xml").getroot()
    domains, least = root.find("domains"), root.find("volume-check/allowed-os-versions/os-version")
    assert domains is not None
    assert least is not None
    assert (domains.get("enable_currentUserHome"), domains.get("enable_localSystem")) == ("true", "true")
    assert least.get("min") == bundle["info_plist"]["LSMinimumSystemVersion"]
    packed = root.find("choice/pkg-ref")
    made = next(one for one in root.findall("pkg-ref") if one.text)
    assert packed is not None
    assert (packed.get("id"), made.get("id"), made.get("version")) == (APP, APP, "@VERSION@")
    assert f"$work/{made.text}" in script
    (component,) = plistlib.loads((MACOS / "components.plist").read_bytes())
    assert component["RootRelativeBundlePath"] == bundle["name"]
    assert component["BundleIsRelocatable"] is False
    assert component["BundleIsVersionChecked"] is True
    allowed = plistlib.loads((MACOS / "entitlements.plist").read_bytes())
    assert set(allowed) == {"com.apple.security.cs.allow-unsigned-executable-memory"}


def test_installing_silently_is_told_for_every_system() -> None:
    told = (ROOT / "docs" / "rollout.md").read_text(encoding="utf-8")
    chinese, english = told.split("## English")
    for flags in (
        "/VERYSILENT", "/SUPPRESSMSGBOXES", "/NORESTART", "/ALLUSERS", "/POLICY=", "/LOG=", "unins000.exe",
        "rmdesk-cli", "apt-get install -y", "apt-get purge -y", "./install --quiet", "uninstall", "rmdesk.app",
        "installer -pkg", "-target /", "-target CurrentUserHomeDirectory", "%LOCALAPPDATA%", "~/.local/share/rmdesk",
        "~/Library/Application Support/rmdesk", "%ProgramData%", "/etc/rmdesk",
    ):  # fmt: skip
        assert flags in chinese, flags
        assert flags in english, flags


@pytest.mark.parametrize(
    ("tool", "words", "file"),
    [
        ("desktop-file-validate", (), LINUX / debian.APPLICATION),
        ("appstreamcli", ("validate", "--no-net"), METAINFO),
    ],
)
def test_desktop_entry_and_appstream_pass_their_own_judges(tool: str, words: tuple[str, ...], file: Path) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not on this computer; dev.py package try has it")
    done = subprocess.run([tool, *words, file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
