"""The Debian package tried in a fresh Debian root: installed, started, an older profile upgraded, removed.

Needs root and debootstrap. The root is made once and kept as an archive under build/, since fetching Debian takes
longer than all the rest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from rmdesk.base import clock
from tools import manifest
from tools.environment import ROOT
from tools.frozen import write_files
from tools.opened import APP, OPENED
from tools.screen import screen

BARE = ROOT / "build" / "debian-bookworm.tar"
USER = "lin"
STARTS_S = 25  # a window that is still there after this long has started
EXPORTED = "exported.key"


def run(package: Path, archive: Path) -> None:
    """Every step in words; SystemExit at the first that fails."""
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        raise SystemExit("The trial needs root and debootstrap: apt-get install debootstrap")
    with fresh_root() as root:
        _say("a fresh Debian 12, nothing in it but the base")
        for file in (package, archive):
            shutil.copyfile(file, root / file.name)
        _old_profile(root / "old")
        write_files(root / "files")
        inside(root, "apt-get", "-qq", "update")
        began = time.monotonic()
        inside(root, "apt-get", "-qq", "install", "-y", "--no-install-recommends", f"/{package.name}")
        _say(f"installed with what it depends on, in {time.monotonic() - began:.0f} s, without a question")
        inside(root, "useradd", "-m", USER)
        inside(root, "chown", "-R", USER, "/old")
        _whole(root)
        _works(root)
        _prescribed(root)
        _of_the_desktop(root)
        user(root, f"rmdesk --profile /old --key-file /old/{EXPORTED} clients --json")
        _expect(any((root / "old" / "backups").iterdir()), "a profile of version 1 is upgraded, after a backup")
        inside(root, "apt-get", "-qq", "install", "-y", "--reinstall", f"/{package.name}")
        _expect(user(root, "rmdesk --version").startswith("rmdesk "), "installed over itself it still starts")
        _expect("/offers/manifest.json" in _policy(root).read_text(), "and what the bank prescribes is as it was")
        _removed(root)
        _for_one_user(root, archive.name)


def _whole(root: Path) -> None:
    """Every library finds those it needs; the one of CUPS is only recommended, for printing."""
    line = (
        "cd /opt/rmdesk/_internal; export LD_LIBRARY_PATH=$PWD:$PWD/PySide6/Qt/lib:$PWD/pillow.libs:$PWD/numpy.libs;"
        " find . -name '*.so*' -type f | while read one; do ldd $one 2>/dev/null | grep 'not found'; done | sort -u"
    )
    lacking = [found for found in inside(root, "sh", "-c", line).splitlines() if "libcups" not in found]
    _expect(not lacking, f"no library lacks another {lacking or ''}")


def _works(root: Path) -> None:
    _expect(user(root, "rmdesk --version").startswith("rmdesk "), "it says its version")
    _expect('"clients":486' in user(root, "rmdesk --profile ~/demo demo --json"), "a demo portfolio is made")
    _expect('"items"' in user(root, "rmdesk --profile ~/demo today --json"), "today's list is ranked")
    for name in ("a.csv", "b.xlsx", "c.ods", "d.parquet", "e.vcf", "f.xls"):
        _expect('"batch"' in user(root, f"rmdesk --profile ~/demo import /files/{name} --json"), f"{name} is imported")
    with screen() as shown:
        _expect(_window(root, "", shown), "the window opens and stays, without a word")
        _expect(_window(root, "open /files/d.parquet", shown), "a file that is opened with it goes to its window")


def _prescribed(root: Path) -> None:
    """What the bank's file says counts: where the hub is, where updates are and whose signature they need."""
    offers = root / "offers"
    offers.mkdir()
    key = manifest.new_key(offers / "private.pem")
    (offers / "rmdesk_99.0_amd64.deb").write_bytes(b"newer")
    signed = manifest.signed(
        offers / "private.pem", "99.0", clock.today() + timedelta(days=9), [offers / "rmdesk_99.0_amd64.deb"]
    )
    (offers / "manifest.json").write_bytes(signed)
    (offers / "private.pem").unlink()
    _expect("#" in _policy(root).read_text(), "an example of the policy is there")
    _policy(root).write_text(
        f'[hub]\naddress = "http://hub.bank.example"\n[updates]\nmanifest = "/offers/manifest.json"\nkey = "{key}"\n'
    )
    user(root, "rmdesk update --fetch ~")
    fetched = root / "home" / USER / "rmdesk_99.0_amd64.deb"
    _expect(fetched.read_bytes() == b"newer", "an offer signed by the bank is fetched, and only fetched")
    (offers / "manifest.json").write_bytes(signed.replace(b"99.0", b"98.0", 1))
    _expect("bad_signature" in user(root, "rmdesk update --json 2>&1 || true"), "one that was changed is refused")
    joining = user(root, "rmdesk --lang en --profile ~/demo join --user lin 2>&1 || true")
    _expect("https" in joining, "the hub's address is that of the policy")


def _of_the_desktop(root: Path) -> None:
    """What a desktop makes of it, and what its judges say."""
    judges = ("desktop-file-utils", "appstream", "shared-mime-info", "xz-utils")  # the last as every desktop has it
    inside(root, "apt-get", "-qq", "install", "-y", "--no-install-recommends", *judges)
    applications, entry = root / "usr" / "share" / "applications", f"{APP}.desktop"
    inside(root, "desktop-file-validate", f"/usr/share/applications/{entry}")
    inside(root, "appstreamcli", "validate", "--no-net", f"/usr/share/metainfo/{APP}.metainfo.xml")
    inside(root, "update-desktop-database")
    told = (applications / "mimeinfo.cache").read_text(encoding="utf-8")
    _expect(all(f"{one.media}={entry}" in told for one in OPENED), "desktop entry and AppStream pass; it opens exports")
    globs = (root / "usr" / "share" / "mime" / "globs").read_text(encoding="utf-8")
    _expect("application/vnd.apache.parquet:*.parquet" in globs, "the desktop knows Parquet files")


def _policy(root: Path) -> Path:
    return root / "etc" / "rmdesk" / "policy.toml"


def _removed(root: Path) -> None:
    inside(root, "apt-get", "-qq", "purge", "-y", "rmdesk")
    gone = (
        "opt/rmdesk",
        "usr/bin/rmdesk",
        "etc/rmdesk",
        "usr/share/rmdesk",
        "usr/share/doc/rmdesk",
        f"usr/share/metainfo/{APP}.metainfo.xml",
    )
    left = [path for path in gone if (root / path).exists()]
    _expect(not left, f"removed without a trace {left or ''}")
    _expect((root / "home" / USER / "demo" / "rmdesk.db").exists(), "the profiles are still there")


def _for_one_user(root: Path, archive: str) -> None:
    """The archive, by somebody who is no administrator."""
    said = user(root, f"tar -xf /{archive} && rmdesk-*-linux/install --quiet && rm -r rmdesk-*-linux")
    program = "~/.local/bin/rmdesk"
    _expect(not said and user(root, f"{program} --version").startswith("rmdesk "), "installed by a user, silently")
    _expect('"items"' in user(root, f"{program} --profile ~/demo today --json"), "it has the user's data")
    user(root, "~/.local/opt/rmdesk/uninstall")
    home = root / "home" / USER / ".local"
    left = [path for path in home.rglob("*rmdesk*") if not path.is_dir()]
    _expect(not left, f"removed by the user without a trace {left or ''}")


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


def _window(root: Path, words: str, shown: dict[str, str]) -> bool:
    """Whether the window is there after a while and says nothing.

    124 is what `timeout` says of a program that it had to end: it did not end by itself. With a screen the window is
    also looked for on it.
    """
    names = " ".join(f"{name}={value}" for name, value in shown.items())
    line = f"{names} timeout {STARTS_S} rmdesk --profile ~/demo {words} >~/said 2>&1; echo status $?; cat ~/said"
    with ThreadPoolExecutor(1) as beside:
        ended = beside.submit(user, root, line)
        seen = _seen(shown)
        said = ended.result().strip()
    if said != "status 124":
        _say(said)
    return said == "status 124" and seen


def _seen(shown: dict[str, str]) -> bool:
    """Whether a window of the program is on the screen before it is to end; true where nobody can look."""
    if "DISPLAY" not in shown or shutil.which("xwininfo") is None:
        return True
    for _ in range(STARTS_S - 2):
        time.sleep(1)
        command = ["xwininfo", "-root", "-tree", "-display", shown["DISPLAY"]]
        if '("rmdesk"' in subprocess.run(command, capture_output=True, text=True, check=False).stdout:
            return True
    return False


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
