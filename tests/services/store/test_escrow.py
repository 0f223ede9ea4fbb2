"""A box opens with the private half only, and is noticed when a bit of it is another one."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from rmdesk.base.errors import Refused, Trouble
from rmdesk.services.store import escrow

KEY, DEVICE = bytes(range(32)), "0f" * 16
PASSWORD = "梧桐 wind 七 lantern"


def test_only_the_private_half_opens_it(tmp_path: Path) -> None:
    public = escrow.make_pair(tmp_path / "bank.pem", PASSWORD)
    other = escrow.make_pair(tmp_path / "other.pem", PASSWORD)
    assert public != other
    box = escrow.seal(public, KEY, DEVICE)
    assert len(box) == escrow.BOX_BYTES
    assert KEY not in box
    assert box != escrow.seal(public, KEY, DEVICE)
    private = escrow.read_private(tmp_path / "bank.pem", PASSWORD)
    assert escrow.unseal(private, box) == (KEY, DEVICE)
    with pytest.raises(Refused, match="does not open"):
        escrow.unseal(escrow.read_private(tmp_path / "other.pem", PASSWORD), box)
    for at in range(0, len(box), 7):
        bent = bytearray(box)
        bent[at] ^= 1 if at != 31 else 2  # the highest bit of an X25519 key means nothing
        with pytest.raises(Refused):
            escrow.unseal(private, bytes(bent))
    with pytest.raises(Refused):
        escrow.unseal(private, box[:40])


def test_the_private_key_is_encrypted_and_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "bank.pem"
    escrow.make_pair(file, PASSWORD)
    assert b"ENCRYPTED PRIVATE KEY" in file.read_bytes()
    with pytest.raises(Refused, match="password is wrong"):
        escrow.read_private(file, "another")
    with pytest.raises(Trouble):
        escrow.make_pair(file, PASSWORD)
    escrow.read_private(file, PASSWORD)
    (tmp_path / "none.pem").write_text("nothing", "utf-8")
    with pytest.raises(Refused, match="no X25519"):
        escrow.read_private(tmp_path / "none.pem", PASSWORD)


def test_a_key_made_by_openssl_will_do(tmp_path: Path) -> None:
    import shutil

    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    file = tmp_path / "hsm.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "X25519", "-out", file], check=True, env=os.environ)
    private = escrow.read_private(file, "")
    box = escrow.seal(private.public_key().public_bytes_raw().hex(), KEY, DEVICE)
    assert escrow.unseal(private, box) == (KEY, DEVICE)
