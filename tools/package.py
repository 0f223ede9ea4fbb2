"""dev.py package: the installed program. The one-folder build, the Debian package, an archive for one user, a trial.

folder          the one-folder build with PyInstaller (minutes), in dist/rmdesk, with its size beside the floor
deb             the Debian package of it
verbs           its commands beside the same ones from source, and its window
archive         the same for one user, without an administrator: unpack and run ./install
try             the .deb in a fresh Debian root: install, start, upgrade an older profile, remove (root, debootstrap)
manifest ...    sign what is offered as an update: `manifest keys`, `manifest sign`; see docs/rollout.md

deb, verbs, archive and try take what dist/rmdesk holds; when there is none they build it first, as `folder` does.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from tools.environment import ROOT

DIST, WORK = ROOT / "dist", ROOT / "build"
# What every program of this kind carries: Python, Qt for it, and the encrypted database.
FLOOR = ("PySide6", "shiboken6", "sqlcipher3", "python3.", "base_library.zip", "libpython", "libcrypto", "libssl")


def main(arguments: list[str]) -> int:
    """Run the steps that were asked for."""
    if arguments[:1] == ["manifest"]:
        from tools import manifest

        return manifest.main(arguments[1:])
    parser = argparse.ArgumentParser(
        prog="dev.py package", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "steps", nargs="*", default=["folder"], help="folder (when nothing is said), verbs, deb, archive, try"
    )
    steps = parser.parse_args(arguments).steps or ["folder"]
    known = {"folder": build_folder, "verbs": try_verbs, "deb": build_deb, "archive": build_archive, "try": try_deb}
    for step in steps:
        if step not in known:
            parser.error(f"there is no step {step!r}")
    for step in steps:
        known[step]()
    return 0


def version() -> str:
    """The version of the program."""
    from rmdesk import __version__

    return __version__


def build_folder() -> None:
    """The program as a folder that needs no Python on the computer."""
    from tools import carried, catalogues, icons

    catalogues.compile_stale()
    if sys.platform in ("win32", "darwin"):
        icons.write(WORK / "icons")
    told = ["--noconfirm", "--log-level", "ERROR", "--distpath", str(DIST), "--workpath", str(WORK / "pyinstaller")]
    subprocess.run(
        [sys.executable, "-m", "PyInstaller", *told, str(ROOT / "installer" / "rmdesk.spec")], check=True, cwd=ROOT
    )
    slim(DIST / "rmdesk")
    missing = carried.missing(carried.carried(DIST / "rmdesk"))
    if missing:
        raise SystemExit(f"not carried, but imported: {', '.join(missing)}")
    whole, floor = sizes(DIST / "rmdesk")
    print(f"dist/rmdesk: {whole / 1e6:.0f} MB; Python, Qt and SQLCipher of it (the floor): {floor / 1e6:.0f} MB")


def slim(folder: Path) -> None:
    """Take the names for debuggers out of the libraries, which are a fifth of everything.

    Not out of those in `*.libs`: their wheels have patched them, and not every `strip` gets these right.
    """
    if sys.platform != "linux" or shutil.which("strip") is None:
        return
    for path in folder.rglob("*.so*"):
        if path.is_file() and not path.is_symlink() and not path.parent.name.endswith(".libs"):
            subprocess.run(["strip", "--strip-unneeded", path], check=True)


def sizes(folder: Path) -> tuple[int, int]:
    """Bytes of a build, and of the part that every program of this kind carries."""
    whole = floor = 0
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            size = path.stat().st_size
            whole += size
            inside = path.relative_to(folder).parts
            floor += size if inside[0] == "_internal" and inside[1].startswith(FLOOR) else 0
    return whole, floor


def built() -> Path:
    """The one-folder build, made now when there is none."""
    folder = DIST / "rmdesk"
    if not folder.is_dir():
        print("dist/rmdesk is not there: building it with PyInstaller, which takes minutes ...", flush=True)
        build_folder()
    return folder


def measured() -> Path | None:
    """The copy of the built program that tells of its first paint, beside the same libraries; None without a build."""
    made, folder = WORK / "pyinstaller" / "rmdesk" / "rmdesk-measured", WORK / "measured"
    if not made.exists() or not (DIST / "rmdesk").is_dir():
        return None
    folder.mkdir(exist_ok=True)
    program, libraries = folder / made.name, folder / "_internal"
    shutil.copy2(made, program)
    if not libraries.is_symlink():
        libraries.symlink_to(DIST / "rmdesk" / "_internal")
    return program


def build_deb() -> None:
    """The Debian package."""
    from tools import debian

    made = debian.build(built(), DIST, version())
    print(f"{made.relative_to(ROOT)}: {made.stat().st_size / 1e6:.0f} MB")


def build_archive() -> None:
    """For one user, without an administrator."""

    name = f"rmdesk-{version()}-linux"
    made = DIST / f"{name}.tar.xz"
    with tarfile.open(made, "w:xz", preset=1) as out:
        out.add(built(), f"{name}/rmdesk")
        for script in ("install", "uninstall"):
            out.add(ROOT / "installer" / "linux" / script, f"{name}/{script}", filter=_runnable)
        for source in for_one_user():
            out.add(source, f"{name}/{source.name}")
    print(f"{made.relative_to(ROOT)}: {made.stat().st_size / 1e6:.0f} MB")


def for_one_user() -> list[Path]:
    """What lies beside the program in the archive and is no script: the desktop entry, the kind of file, the icon."""
    from tools import debian
    from tools.opened import APP

    named = [debian.PARTS / name for name in (debian.APPLICATION, f"{APP}.xml")]
    return [*named, ROOT / "resources" / "icons" / "rmdesk.svg"]


def _runnable(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.mode = 0o755
    return member


def try_verbs() -> None:
    """The built program's commands and its window."""
    from tools import frozen

    frozen.run(built() / "rmdesk")


def try_deb() -> None:
    """The package in a fresh Debian root."""
    from tools import trial

    machine = shutil.os.uname().machine.replace("x86_64", "amd64")  # type: ignore[attr-defined]
    made, archive = DIST / f"rmdesk_{version()}_{machine}.deb", DIST / f"rmdesk-{version()}-linux.tar.xz"
    newest = (built() / "rmdesk").stat().st_mtime
    for file, build in ((made, build_deb), (archive, build_archive)):
        if not file.exists() or file.stat().st_mtime < newest:
            build()
    trial.run(made, archive)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
