"""Whether a folder is a safe place for the data file, and sentences for what the file system refuses."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.system import reason_of
from rmdesk.base.text import N_

# WAL needs shared memory and locks that network file systems do not keep (sqlite.org/wal.html, "Disadvantages" 2).
NETWORK_KINDS = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "afs", "ncpfs", "9p", "webdav", "davfs"),
        *("ceph", "glusterfs", "lustre", "beegfs", "gfs2", "ocfs2", "vboxsf", "macfuse"),
        *("fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse"),
    )
)
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DRIVE_REMOTE = 4  # GetDriveTypeW


def network_kind(folder: Path, mounts: str | None = None) -> str | None:
    """The kind of network file system that `folder` lies on, or None for a disk of this computer.

    `mounts` replaces the system's mount table (in the form of /proc/mounts), for tests.
    """
    if mounts is None and sys.platform == "win32":
        return _windows_kind(folder)
    if str(folder).startswith("\\\\"):
        return "unc"
    table = _mounts() if mounts is None else _parsed(mounts)
    inside = _absolute(folder)
    kind, length = "", -1
    for point, kind_here in table:  # later mounts hide earlier ones
        if (inside == point or point in inside.parents) and len(point.parts) >= length:
            kind, length = kind_here, len(point.parts)
    if kind == "9p" and length == 1:
        return None  # the whole disk of a sandboxed container, not a share
    return kind if kind in NETWORK_KINDS else None


def check_local(folder: Path) -> None:
    """Refuse a folder on a network drive."""
    kind = network_kind(folder)
    if kind is not None:
        raise Refused(
            N_("This folder is on a network drive ({kind}). Client data can be damaged there."),
            do=N_("Choose a folder on a disk of this computer."),
            field="folder",
            code="network_drive",
            kind=kind,
        )


@contextmanager
def told_of_files(name: str) -> Iterator[None]:
    """Turns what the file system refuses into a sentence; `name` is the file or folder it is about."""
    try:
        yield
    except OSError as error:
        raise trouble_of_files(error, name) from error


def trouble_of_files(error: OSError, name: str) -> Trouble:
    """The sentence for an error of the file system."""
    if error.errno in FULL:
        return disk_full()
    if error.errno in (errno.EACCES, errno.EPERM):
        return Trouble(
            N_("You have no permission for {name}."),
            do=N_("Use the account that the folder belongs to, or choose another folder."),
            code="no_permission",
            name=name,
        )
    if error.errno in (errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.EEXIST):
        return not_writable(name)
    if error.errno == errno.ENOENT:
        return Trouble(
            N_("There is no such file or folder: {name}."),
            do=N_("Check the path."),
            code="not_found",
            name=name,
        )
    return Trouble(
        N_("{name} could not be used ({reason})."),
        do=N_("Check the disk and try again. What was saved before is safe."),
        code="file",
        name=name,
        reason=reason_of(error),
    )


def disk_full() -> Trouble:
    """The sentence for a full disk."""
    return Trouble(
        N_("The disk is full. What was saved before is safe; this change was not saved."),
        do=N_("Free some space and try again."),
        code="disk_full",
    )


def not_writable(name: str) -> Trouble:
    """The sentence for a file or folder that may not be written."""
    return Trouble(
        N_("{name} cannot be written to."),
        do=N_(
            "Check that the folder exists, is on this computer and may be written to. What was saved before is safe."
        ),
        code="not_writable",
        name=name,
    )


def _absolute(folder: Path) -> Path:
    try:
        return folder.resolve()
    except OSError:
        return folder.absolute()


def _mounts() -> list[tuple[Path, str]]:
    if sys.platform.startswith("linux"):
        try:
            return _parsed(Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace"))
        except OSError:
            return []
    if sys.platform == "darwin":
        import subprocess

        try:
            shown = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False).stdout
        except (OSError, subprocess.SubprocessError):
            return []
        return _parsed_mac(shown)
    return []


def _parsed(mounts: str) -> list[tuple[Path, str]]:
    found = []
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) >= 3:
            point = parts[1].replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")
            found.append((Path(point), parts[2]))
    return found


def _parsed_mac(shown: str) -> list[tuple[Path, str]]:
    found = []
    for line in shown.splitlines():  # //me@server/share on /Volumes/share (smbfs, nodev, nosuid)
        place, _, rest = line.partition(" on ")[2].rpartition(" (")
        if place:
            found.append((Path(place), rest.split(",")[0].rstrip(")")))
    return found


def _windows_kind(folder: Path) -> str | None:
    absolute = os.path.abspath(folder)  # noqa: PTH100 - resolve() would turn a mapped drive into its UNC name or fail
    if absolute.startswith("\\\\") and not absolute.startswith(("\\\\?\\", "\\\\.\\")):
        return "unc"
    if absolute.upper().startswith("\\\\?\\UNC\\"):
        return "unc"
    import ctypes

    drive = os.path.splitdrive(absolute.removeprefix("\\\\?\\"))[0]
    windll = getattr(ctypes, "windll", None)
    if windll is None or not drive:
        return None
    return "network drive" if windll.kernel32.GetDriveTypeW(f"{drive}\\") == _DRIVE_REMOTE else None
