"""The Debian package tried in a fresh Debian root: installed, started, an older profile upgraded, removed.

Needs root and debootstrap. The root is made once and kept as an archive under build/, since fetching Debian takes
longer than all the rest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.environment import ROOT

BARE = ROOT / "build" / "debian-bookworm.tar"
USER = "lin"
STARTS_S = 25  # a window that is still there after this long has started
EXPORTED = "exported.key"


def run(package: Path) -> None:
    """Every step in words; SystemExit at the first that fails."""
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        raise SystemExit("The trial needs root and debootstrap: apt-get install debootstrap")
    with fresh_root() as root:
        _say("a fresh Debian 12, nothing in it but the base")
        shutil.copyfile(package, root / package.name)
        _old_profile(root / "old")
        inside(root, "apt-get", "-qq", "update")
        inside(root, "apt-get", "-qq", "install", "-y", "--no-install-recommends", f"/{package.name}")
        inside(root, "useradd", "-m", USER)
        inside(root, "chown", "-R", USER, "/old")
        _say("installed with what it depends on")
        _expect(user(root, "rmdesk --version").startswith("rmdesk "), "it says its version")
        _expect('"clients":486' in user(root, "rmdesk --profile ~/demo demo --json"), "a demo portfolio is made")
        _expect('"items"' in user(root, "rmdesk --profile ~/demo today --json"), "today's list is ranked")
        _expect(_window_stays(root), "the window opens and stays")
        user(root, f"rmdesk --profile /old --key-file /old/{EXPORTED} clients --json")
        _expect(any((root / "old" / "backups").iterdir()), "a profile of version 1 is upgraded, after a backup")
        inside(root, "apt-get", "-qq", "install", "-y", "--reinstall", f"/{package.name}")
        _expect(user(root, "rmdesk --version").startswith("rmdesk "), "installed over itself it still starts")
        inside(root, "apt-get", "-qq", "purge", "-y", "rmdesk")
        left = [
            path
            for path in ("opt/rmdesk", "usr/bin/rmdesk", "etc/rmdesk", "usr/share/doc/rmdesk")
            if (root / path).exists()
        ]
        _expect(not left, f"removed without a trace {left or ''}")
        _expect((root / "home" / USER / "demo" / "rmdesk.db").exists(), "the profiles are still there")


@contextmanager
def fresh_root() -> Iterator[Path]:
    """A folder with the base of Debian 12, gone afterwards."""
    root = ROOT / "build" / "debian-root"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    if not BARE.exists():
        _say("fetching the base of Debian 12 ...")
        subprocess.run(
            ["debootstrap", "--variant=minbase", "bookworm", root, *_mirror()], check=True, stdout=subprocess.DEVNULL
        )
        subprocess.run(["tar", "-C", root, "-cf", BARE, "."], check=True)
    else:
        subprocess.run(["tar", "-C", root, "-xf", BARE], check=True)
    for name in ("etc/resolv.conf", "etc/hosts", "etc/apt/sources.list"):
        if Path("/", name).exists():
            shutil.copyfile(Path("/", name), root / name)
    settings = root / "etc" / "apt" / "apt.conf.d"
    for path in Path("/etc/apt/apt.conf.d").glob("*proxy*"):
        shutil.copyfile(path, settings / path.name)
    subprocess.run(["mount", "-t", "proc", "proc", root / "proc"], check=False)
    try:
        yield root
    finally:
        subprocess.run(["umount", root / "proc"], check=False)
        shutil.rmtree(root, ignore_errors=True)


def _mirror() -> list[str]:
    """The mirror that this computer uses, for the first step."""
    found = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(SITE)"], capture_output=True, text=True, check=False
    )
    return [line for line in found.stdout.split() if line.startswith("http")][:1]


def inside(root: Path, *command: str) -> str:
    """Run something in the root; SystemExit with what it said when it fails."""
    clean = {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "LANG": "C.UTF-8",
        "DEBIAN_FRONTEND": "noninteractive",
        "HOME": "/root",
    }
    proxies = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
    done = subprocess.run(
        ["chroot", root, *command], env={**clean, **proxies}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed with {done.returncode}:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout


def user(root: Path, line: str) -> str:
    """Run a line as an ordinary user of that computer."""
    return inside(root, "su", "-", USER, "-c", f"export LANG=C.UTF-8; {line}")


def _window_stays(root: Path) -> bool:
    """124 is what `timeout` says of a program that it had to end: it did not end by itself."""
    line = f"QT_QPA_PLATFORM=offscreen timeout {STARTS_S} rmdesk --profile ~/demo; echo status $?"
    return "status 124" in user(root, line)


def _old_profile(folder: Path) -> None:
    """A data file as version 1 left it, from what the tests keep, and its key as one may have exported it."""
    from rmdesk.services.store import keys
    from tests.services.store.test_frozen import KEY, thawed

    folder.mkdir()
    thawed("0001", folder / "rmdesk.db")
    keys.export(KEY, folder / EXPORTED)


def _expect(holds: bool, what: str) -> None:
    if not holds:
        raise SystemExit(f"not so: {what}")
    _say(what)


def _say(what: str) -> None:
    print(f"  {what}", flush=True)
