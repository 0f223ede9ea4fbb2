"""The Debian package: the one-folder build under /opt, a command, a desktop entry, an icon, a policy file."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from tools.environment import ROOT
from tools.opened import APP

PARTS = ROOT / "installer" / "linux"
APPLICATION = f"{APP}.desktop"

# What Qt's window needs of a bare Debian 12, found by installing one package at a time; later Debians renamed glib.
DEPENDS = (
    "libc6 (>= 2.36)", "libgssapi-krb5-2", "libwayland-cursor0", "libwayland-egl1", "libgl1",
    "libegl1", "libxkbcommon0", "libxkbcommon-x11-0", "libdbus-1-3", "libfontconfig1",
    "libfreetype6", "libglib2.0-0 | libglib2.0-0t64", "libx11-6", "libx11-xcb1", "libxcb1", "libxcb-cursor0",
    "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-render-util0", "libxcb-shape0", "libxcb-xkb1",
    "fonts-noto-cjk | fonts-wqy-microhei | fonts-wqy-zenhei",
)  # fmt: skip
RECOMMENDS = ("gnome-keyring | kwalletmanager | keepassxc", "libcups2 | libcups2t64", "hicolor-icon-theme")


def build(folder: Path, target: Path, version: str, maintainer: str = "rmdesk <desk@rmdesk.example>") -> Path:
    """Pack the one-folder build `folder` as `target`/rmdesk_VERSION_amd64.deb; gives its path.

    Raises SystemExit in words without dpkg-deb.
    """
    if shutil.which("dpkg-deb") is None:
        raise SystemExit("dpkg-deb is missing: a .deb can only be packed on Debian and its kin (package dpkg).")
    tree = target / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    lay(folder, tree)
    _control(tree, version, maintainer)
    made = target / f"rmdesk_{version}_{_architecture()}.deb"
    # -z1: a tenth larger than -z6, four times as fast.
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "-z1", "--build", tree, made], check=True)
    shutil.rmtree(tree)
    return made


def lay(folder: Path, tree: Path) -> None:
    """Put the build and what belongs around it where Debian expects it."""
    shutil.copytree(folder, tree / "opt" / "rmdesk", symlinks=True)
    for place, source in places().items():
        (tree / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, tree / place)
    command = tree / "usr" / "bin" / "rmdesk"
    command.parent.mkdir(parents=True)
    command.symlink_to("/opt/rmdesk/rmdesk")
    changes = tree / "usr" / "share" / "doc" / "rmdesk" / "changelog.gz"
    changes.write_bytes(gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0))
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def places() -> dict[str, Path]:
    """Where the single files go, and which they are."""
    return {
        f"usr/share/applications/{APPLICATION}": PARTS / APPLICATION,
        f"usr/share/metainfo/{APP}.metainfo.xml": PARTS / f"{APP}.metainfo.xml",
        f"usr/share/mime/packages/{APP}.xml": PARTS / f"{APP}.xml",
        "usr/share/icons/hicolor/scalable/apps/rmdesk.svg": ROOT / "resources" / "icons" / "rmdesk.svg",
        "usr/share/doc/rmdesk/copyright": PARTS / "copyright",
        "usr/share/doc/rmdesk/rollout.md": ROOT / "docs" / "rollout.md",
        # postinst puts it into /etc where there is none. As a file of dpkg's own it would make an upgrade ask, and fail
        # where nobody can answer, once the bank has changed it.
        "usr/share/rmdesk/policy.toml": PARTS / "policy.toml",
    }


def control(version: str, maintainer: str, kilobytes: int) -> str:
    """What Debian is told of the package."""
    told = {
        "Package": "rmdesk",
        "Version": version,
        "Architecture": _architecture(),
        "Maintainer": maintainer,
        "Installed-Size": str(kilobytes),
        "Section": "office",
        "Priority": "optional",
        "Depends": ", ".join(DEPENDS),
        "Recommends": ", ".join(RECOMMENDS),
        "Description": "desk of a bank relationship manager\n"
        " Portfolio, care priorities and client files in one encrypted file,\n"
        " offline for whole days, in step with a team hub.",
    }
    return "".join(f"{name}: {value}\n" for name, value in told.items())


def _control(tree: Path, version: str, maintainer: str) -> None:
    files = sorted(path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    size = sum(path.stat().st_size for path in files) // 1024
    about = tree / "DEBIAN"
    about.mkdir()
    (about / "control").write_text(control(version, maintainer, size), encoding="utf-8")
    lines = (f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(tree)}\n" for path in files)
    (about / "md5sums").write_text("".join(lines), encoding="utf-8")
    for name in ("postinst", "postrm"):
        shutil.copyfile(PARTS / name, about / name)
        (about / name).chmod(0o755)


def _architecture() -> str:
    return {"x86_64": "amd64", "aarch64": "arm64"}.get(os.uname().machine, os.uname().machine)
