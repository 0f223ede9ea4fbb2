"""What the machine must have beside Python: Qt's libraries, a virtual screen, a Chinese font. Standard library only.

On Debian and its kin the missing packages are installed (as root) or named (otherwise); elsewhere the missing
libraries are named.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

# Shared library -> Debian package. Checked by library, because package names differ between releases.
DRAWING = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FONT = "fonts-wqy-microhei"
POSTGRES = "postgresql"
# By which a screen reader hears a program: a desktop has both, and a test walks the window over them.
ACCESSIBILITY = ("dbus", "at-spi2-core")
# Other programs that must understand what is exported; only tests ask them (90 MB to load, 280 MB on the disk).
READERS = {"soffice": "libreoffice-calc-nogui", "7z": "p7zip-full"}
CHINESE_FONTS = ("wqy", "notosanscjk", "notoserifcjk", "sourcehan", "droidsansfallback", "arphic", "uming", "ukai")


def has_screen() -> bool:
    """Whether windows can be shown to somebody."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def prepare(also: dict[str, str] | None = None) -> None:
    """Make sure of the system packages: install them as root on Debian, else name them.

    `also` names more that is needed, as {thing: package}. Ends the program when something is missing without which
    not even a hidden window opens.
    """
    if not sys.platform.startswith("linux"):
        return
    needed, wished = missing()
    needed |= also or {}
    if not needed and not wished:
        return
    packages = [*needed.values(), *wished.values()]
    if is_debian() and os.geteuid() == 0:
        if apt_install(packages):
            return
        if len(packages) > 1:  # one that is not to be had keeps back all the others
            packages = [package for package in packages if not apt_install([package], lists=False)]
        needed, wished = _of(needed, packages), _of(wished, packages)
        if not packages:
            return
    _name(packages, [*needed, *wished])
    if needed:
        raise SystemExit(1)
    print(
        "Going on without: pictures may lack Chinese characters, no window can be shown, no screen reader "
        "can be played, or the team hub and its tests cannot start.\n",
        file=sys.stderr,
    )


def missing() -> tuple[dict[str, str], dict[str, str]]:
    """What is not there, as {thing: package}: what nothing works without, and what some things need."""
    present = _libraries()
    needed = {library: package for library, package in DRAWING.items() if library not in present}
    wished = {library: package for library, package in X11.items() if library not in present}
    if not has_screen() and not shutil.which("Xvfb"):
        wished["Xvfb"] = "xvfb"
    if not _has_chinese_font():
        wished["a Chinese font"] = FONT
    if not has_postgres():
        wished["PostgreSQL"] = POSTGRES
    if not has_accessibility():
        wished |= {package: package for package in ACCESSIBILITY}
    if os.environ.get("CI"):
        wished |= {program: package for program, package in READERS.items() if not shutil.which(program)}
    return needed, wished


def _of(things: dict[str, str], packages: list[str]) -> dict[str, str]:
    return {thing: package for thing, package in things.items() if package in packages}


def has_postgres() -> bool:
    """Whether the hub and its tests can start a server of their own."""
    found = shutil.which("initdb") and shutil.which("postgres")
    return bool(found) or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def is_debian() -> bool:
    """Whether packages come from apt."""
    return shutil.which("apt-get") is not None and shutil.which("dpkg") is not None


def apt_install(packages: Iterable[str], *, lists: bool = True) -> bool:
    """Install Debian packages as root, with the `lists` of packages loaded anew; says whether it went well."""
    names = list(packages)
    if POSTGRES in names:
        _no_cluster()
    print(f"Installing system packages: {' '.join(names)}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    # A fresh machine has no package lists yet, or lists that name files long gone.
    if lists:
        subprocess.run([*run, "update"], env=quiet, stdin=subprocess.DEVNULL, check=False)
    done = subprocess.run(
        [*run, "install", "-y", "--no-install-recommends", *names],
        env=quiet,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode == 0


def apt_line(packages: Iterable[str]) -> str:
    """The line for somebody who may install packages."""
    return f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"


def _no_cluster() -> None:
    """Debian starts a server of its own with the package; nobody here needs it."""
    told = Path("/etc/postgresql-common/createcluster.conf")
    if not told.exists():
        told.parent.mkdir(parents=True, exist_ok=True)
        told.write_text("create_main_cluster = false\n", encoding="utf-8")


def _name(packages: list[str], things: list[str]) -> None:
    if is_debian():
        print(f"Some system packages are missing. Please run as root:\n\n    {apt_line(packages)}\n", file=sys.stderr)
    else:
        print(f"Please install with your system's package manager: {', '.join(things)}\n", file=sys.stderr)


def _libraries() -> set[str]:
    for place in ("/sbin/ldconfig", "/usr/sbin/ldconfig", "ldconfig"):
        if shutil.which(place):
            told = subprocess.run([place, "-p"], capture_output=True, text=True, check=False)
            if told.returncode == 0:
                return {line.split()[0] for line in told.stdout.splitlines() if "=>" in line}
    return {*DRAWING, *X11}  # a system that keeps its libraries elsewhere; Qt will say what it lacks


def has_accessibility() -> bool:
    """Whether a program can be walked as a screen reader walks it."""
    service = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
    return shutil.which("dbus-daemon") is not None and service.exists()


def _has_chinese_font() -> bool:
    if shutil.which("fc-list"):
        told = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
        if told.returncode == 0:
            return bool(told.stdout.strip())
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts"]
    names = (path.name.lower().replace("-", "") for folder in folders for path in folder.rglob("*.[to]t[cf]"))
    return any(name.startswith(CHINESE_FONTS) for name in names)
