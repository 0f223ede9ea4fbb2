"""A network drive is known by its mount, and refused before anything is written."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from rmdesk.base.errors import Refused
from rmdesk.services.store import place, profile

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
tmpfs /var tmpfs rw 0 0
server:/export /net/team nfs4 rw,vers=4.2 0 0
//filer/desk /net/with\\040space cifs rw 0 0
/dev/sdb1 /net/team/local ext4 rw 0 0
me@host: /data/me/remote fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/data/me/rmdesk", None),
        ("/var/x", None),
        ("/net/team", "nfs4"),
        ("/net/team/deep/er", "nfs4"),
        ("/net/teamwork", None),
        ("/net/with space/p", "cifs"),
        ("/net/team/local/p", None),
        ("/data/me/remote/p", "fuse.sshfs"),
        ("\\\\filer\\desk\\p", "unc"),
    ],
)
def test_the_nearest_mount_decides(folder: str, kind: str | None) -> None:
    assert place.network_kind(Path(folder), MOUNTS) == kind


def test_a_later_mount_hides_an_earlier_one() -> None:
    assert (
        place.network_kind(Path("/data/p"), MOUNTS + "/dev/sdc /data ext4 rw 0 0\nhost:/x /data nfs rw 0 0\n") == "nfs"
    )


def test_a_container_on_a_9p_root_is_no_network_drive() -> None:
    assert place.network_kind(Path("/data/p"), "none / 9p rw 0 0\n") is None
    assert place.network_kind(Path("/net/c/p"), "none / ext4 rw 0 0\nC: /net/c 9p rw 0 0\n") == "9p"


def test_a_link_to_a_network_drive_is_followed(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "near").symlink_to(tmp_path / "far")
    assert place.network_kind(tmp_path / "near", f"host:/x {tmp_path / 'far'} nfs rw 0 0\n") == "nfs"


def test_the_mount_table_of_a_mac_is_read() -> None:
    table = place._parsed_mac("/dev/disk1 on / (apfs, local)\n//me@filer/desk on /Volumes/my desk (smbfs, nodev)\n")
    assert table == [(Path("/"), "apfs"), (Path("/Volumes/my desk"), "smbfs")]


def test_this_machine_s_own_table_is_read(tmp_path: Path) -> None:
    assert place.network_kind(tmp_path) is None


def test_no_profile_is_made_or_opened_on_a_network_drive(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "_mounts", lambda: [(Path("/"), "ext4"), (folder.parent.resolve(), "nfs4")])
    for use in (
        lambda: profile.create(folder.parent / "new", who="x", demo=True),
        lambda: profile.open_with_passphrase(folder, "梧桐 wind 七 lantern"),
    ):
        with pytest.raises(Refused, match="network drive") as refused:
            use()
        assert refused.value.code == "network_drive"
    assert not (folder.parent / "new").exists()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EACCES, "no_permission"),
        (errno.EROFS, "not_writable"),
        (errno.ENOENT, "not_found"),
        (errno.EIO, "file"),
    ],
)
def test_errors_of_the_file_system_become_sentences(number: int, code: str) -> None:
    trouble = place.trouble_of_files(OSError(number, "whatever"), "key.json")
    assert trouble.code == code
    assert trouble.said
    assert trouble.advice
