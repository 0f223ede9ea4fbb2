"""An offer counts only as the bank signed it, for this product, and as long as it stands."""

from __future__ import annotations

import base64
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.services.updates import manifest
from tests.conftest import TODAY
from tools.manifest import new_key, signed


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, Path]:
    """The bank's private key, its public one, and a file that it offers."""
    folder = tmp_path_factory.mktemp("bank")
    public = new_key(folder / "key.pem")
    file = folder / "rmdesk_0.2.0_amd64.deb"
    file.write_bytes(b"the new program")
    return folder / "key.pem", public, file


def offered(bank: tuple[Path, str, Path], until: date = TODAY, **more: Any) -> bytes:
    key, _public, file = bank
    return signed(key, "0.2.0", until, [file], least="0.1.0", notes={"en": "Faster."}, **more)


def resigned(bank: tuple[Path, str, Path], **changed: Any) -> bytes:
    """As the bank would sign it, with something else in it."""
    from cryptography.hazmat.primitives import serialization

    told = json.loads(json.loads(offered(bank))["manifest"]) | changed
    text = json.dumps(told)
    private: Any = serialization.load_pem_private_key(bank[0].read_bytes(), None)
    return json.dumps({"manifest": text, "signature": base64.b64encode(private.sign(text.encode())).decode()}).encode()


def code_of(raw: bytes, key: str) -> str:
    with pytest.raises(Refused) as told:
        manifest.read(raw, key, TODAY)
    assert told.value.advice
    return told.value.code


def test_what_the_bank_signed_is_read(bank: tuple[Path, str, Path]) -> None:
    offer = manifest.read(offered(bank), bank[1], TODAY)
    assert (offer.version, offer.least, offer.until, offer.notes["en"]) == ("0.2.0", "0.1.0", TODAY, "Faster.")
    file = offer.file_for("debian")
    assert file is not None
    assert (file.name, file.size) == ("rmdesk_0.2.0_amd64.deb", 15)
    assert offer.file_for("windows") is None


def test_every_changed_byte_of_the_text_is_noticed(bank: tuple[Path, str, Path]) -> None:
    told = json.loads(offered(bank))
    for old, new in (("0.2.0", "0.9.0"), ('"debian"', '"linux"'), ("Faster", "faster"), ("{", "{ ")):
        assert old in told["manifest"]
        changed = {**told, "manifest": told["manifest"].replace(old, new, 1)}
        assert code_of(json.dumps(changed).encode(), bank[1]) == "bad_signature"


def test_a_key_of_somebody_else_and_no_key_are_refused(bank: tuple[Path, str, Path], tmp_path: Path) -> None:
    assert code_of(offered(bank), new_key(tmp_path / "other.pem")) == "bad_signature"
    assert code_of(offered(bank), "no key") == "bad_update_key"


def test_an_offer_ends(bank: tuple[Path, str, Path]) -> None:
    assert code_of(offered(bank, TODAY - timedelta(1)), bank[1]) == "offer_over"


@pytest.mark.parametrize(
    "changed",
    [
        {"product": "other"},
        {"version": "new"},
        {"until": "soon"},
        {"notes": 3},
        {"files": [{"name": "../a.deb", "system": "debian", "size": 1, "sha256": "0" * 64}]},
        {"files": [{"name": "a\\b.exe", "system": "windows", "size": 1, "sha256": "0" * 64}]},
        {"version": "0.٢.0"},
        {"files": [{"name": "a.deb", "system": "debian", "size": 10**400, "sha256": "0" * 64}]},
        {"files": [{"name": "a.deb", "system": "debian", "size": True, "sha256": "0" * 64}]},
        {"files": [{"name": "a.deb", "system": "debian", "size": 1, "sha256": "short"}]},
        {"files": [{"name": "a.deb", "system": "amiga", "size": 1, "sha256": "0" * 64}]},
    ],
)
def test_signed_but_not_ours_is_refused(bank: tuple[Path, str, Path], changed: dict[str, Any]) -> None:
    assert code_of(resigned(bank, **changed), bank[1]) == "bad_manifest"


@pytest.mark.parametrize(
    "name", ["", "a\0.deb", "a" * 300, "C:evil.exe", ".hidden", "-rf", "a b.exe", "ａ.deb", "a.deb\n"]
)
def test_a_name_that_is_no_plain_file_name_is_refused(bank: tuple[Path, str, Path], name: str) -> None:
    files = [{"name": name, "system": "debian", "size": 1, "sha256": "0" * 64}]
    assert code_of(resigned(bank, files=files), bank[1]) == "bad_manifest"


def test_nesting_without_end_is_no_offer_signed_or_not(bank: tuple[Path, str, Path]) -> None:
    from cryptography.hazmat.primitives import serialization

    deep = "[" * 200_000
    assert code_of(deep.encode(), bank[1]) == "bad_manifest"
    private: Any = serialization.load_pem_private_key(bank[0].read_bytes(), None)
    signature = base64.b64encode(private.sign(deep.encode())).decode()
    assert code_of(json.dumps({"manifest": deep, "signature": signature}).encode(), bank[1]) == "bad_manifest"


@given(st.binary(max_size=60) | st.sampled_from([b"[]", b"3", b'{"manifest": 3}', b"x" * (manifest.LONGEST + 1)]))
def test_whatever_else_lies_there_is_no_offer(raw: bytes) -> None:
    assert code_of(raw, "") == "bad_manifest"


def test_versions_are_compared_as_numbers(bank: tuple[Path, str, Path]) -> None:
    assert manifest.is_newer("0.10.0", "0.9.9")
    assert not manifest.is_newer("0.2", "0.2.0")
    offer = manifest.read(offered(bank), bank[1], TODAY)
    assert manifest.may_follow(offer, "0.1.0")
    assert not manifest.may_follow(offer, "0.0.9")
