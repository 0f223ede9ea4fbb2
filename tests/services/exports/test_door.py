"""The door: what may go out, locked so that other programs open it, marked, and put on record with its hash."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pypdf
import pytest
import pyzipper

from rmdesk.base import paths
from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.progress import Progress
from rmdesk.hub.signing import Signer, sealed
from rmdesk.services.audit import queries as audit
from rmdesk.services.exports import protecting, rules
from rmdesk.services.exports.door import give_out
from rmdesk.services.exports.queries import permit_of
from rmdesk.services.exports.rules import Mark, Permit, Policy, Wish
from rmdesk.services.exports.settings import POLICY, ROWS
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store
from rmdesk.services.sync import state
from tests.support import build

PASSWORD = "k4jmz-kvqn8-f3yy8"
FREE = Permit(Policy.FREE, 10, by_hub=False)


def made(_reads: Reads, mark: Mark, _progress: Progress) -> tuple[bytes, int]:
    """Three records."""
    return f"周文敏\n{mark.line}".encode(), 3


def pdf() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    found = io.BytesIO()
    writer.write(found)
    return found.getvalue()


def test_an_export_is_locked_marked_and_on_record(store: Store, tmp_path: Path) -> None:
    wish = Wish("clients", "csv", "the branch audit", PASSWORD)
    path = give_out(store, wish, tmp_path / "clients.csv", made, {"columns": ["name"]}).path
    assert path.name == "clients.csv.zip"
    content = path.read_bytes()
    assert "周文敏".encode() not in content
    with pyzipper.AESZipFile(path) as archive:
        archive.setpassword(PASSWORD.encode())
        inside = archive.read("clients.csv").decode()
    assert "Exported by tester" in inside
    assert "for: the branch audit" in inside
    (row,) = store.read(
        lambda reads: reads.rows("SELECT id, what, form, reason, rows, encrypted, size, sha256 FROM export_record")
    )
    assert row[1:] == ("clients", "csv", "the branch audit", 3, 1, len(content), hashlib.sha256(content).hexdigest())
    assert f"No. {row[0]}" in inside
    (entry,) = store.read(lambda reads: list(audit.entries(reads)))
    assert (entry.act, entry.entity) == ("export", "")
    assert json.loads(entry.facts) == {
        "export": row[0], "form": "csv", "how": "encrypted", "rows": 3, "sha256": row[7], "what": "clients",
    }  # fmt: skip
    assert "audit" not in entry.facts.replace("export", "")  # the reason is no fact of the log


@pytest.mark.parametrize("password", ["", PASSWORD])
def test_a_file_that_lies_there_is_not_overwritten(store: Store, tmp_path: Path, password: str) -> None:
    wish = Wish("clients", "csv", "the branch audit", password)
    first = give_out(store, wish, tmp_path / "clients.csv", made).path
    content = first.read_bytes()
    with pytest.raises(Refused, match="is there already") as refused:
        give_out(store, wish, tmp_path / "clients.csv", made)
    assert refused.value.advice == "Choose another name, or remove that file first."
    assert first.read_bytes() == content
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM export_record")) == 1


def test_the_wrong_password_opens_nothing(store: Store, tmp_path: Path) -> None:
    path = give_out(store, Wish("clients", "csv", "audit", PASSWORD), tmp_path / "a.csv", made).path
    with pyzipper.AESZipFile(path) as archive:
        archive.setpassword(b"something else")
        with pytest.raises(RuntimeError, match="Bad password"):
            archive.read("a.csv")
    with zipfile.ZipFile(path) as archive, pytest.raises((RuntimeError, NotImplementedError)):
        archive.read("a.csv")


def test_an_archive_is_opened_by_another_program(tmp_path: Path) -> None:
    """7-Zip, where it is installed, knows the format and wants the password."""
    program = next((found for name in ("7z", "7zz", "bsdtar") if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("neither 7-Zip nor bsdtar is installed")
    path = tmp_path / "a.zip"
    path.write_bytes(protecting.locked(b"inside", "csv", "a.csv", PASSWORD))
    if program.endswith("bsdtar"):
        command = [program, "--passphrase", PASSWORD, "-xOf", str(path), "a.csv"]
    else:
        command = [program, "e", "-so", f"-p{PASSWORD}", str(path), "a.csv"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    assert done.stdout == b"inside"


def test_a_pdf_is_locked_as_a_pdf() -> None:
    locked = protecting.locked(pdf(), "pdf", "a.pdf", PASSWORD)
    found = pypdf.PdfReader(io.BytesIO(locked))
    assert found.is_encrypted
    assert not found.decrypt("something else")
    assert found.decrypt(PASSWORD)
    assert len(found.pages) == 1
    assert b"/AESV3" in locked  # AES-256


def test_what_may_not_go_out_leaves_nothing(store: Store, tmp_path: Path) -> None:
    store.perform(ChangeSetting(POLICY.key, Policy.NONE.value))
    with pytest.raises(Refused) as caught:
        give_out(store, Wish("clients", "csv", "audit", PASSWORD), tmp_path / "a.csv", made)
    assert caught.value.code == "no_exports"
    store.perform(ChangeSetting(POLICY.key, Policy.FREE.value))
    store.perform(ChangeSetting(ROWS.key, 2))
    with pytest.raises(Refused) as caught:  # known only once it is made
        give_out(store, Wish("clients", "csv", "audit", PASSWORD), tmp_path / "a.csv", made)
    assert caught.value.code == "too_many_rows"
    assert not list(tmp_path.glob("*.csv*"))
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM export_record")) == 0


def test_a_place_that_refuses_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Trouble):
        give_out(store, Wish("clients", "csv", "audit"), tmp_path / "none" / "a.csv", made)
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize(
    ("policy", "form", "password", "code"),
    [
        (Policy.FREE, "csv", "", None),
        (Policy.FREE, "print", "", None),
        (Policy.ENCRYPTED, "csv", "", "only_encrypted"),
        (Policy.ENCRYPTED, "csv", PASSWORD, None),
        (Policy.ENCRYPTED, "print", "", None),
        (Policy.FILES, "print", "", "no_prints"),
        (Policy.FILES, "pdf", PASSWORD, None),
        (Policy.NONE, "csv", PASSWORD, "no_exports"),
        (Policy.NONE, "print", "", "no_exports"),
    ],
)
def test_each_policy(policy: Policy, form: str, password: str, code: str | None) -> None:
    def check() -> None:
        rules.check(Wish("x", form, "audit", password), Permit(policy, 10, by_hub=False), 1)

    if code is None:
        check()
    else:
        with pytest.raises(Refused) as caught:
            check()
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("wish", "rows", "code"),
    [
        (Wish("x", "csv", " "), 1, "no_reason"),
        (Wish("x", "csv", "audit"), 11, "too_many_rows"),
        (Wish("x", "csv", "audit", "short"), 1, "short_password"),
        (Wish("x", "csv", "audit", "111111111111"), 1, "weak_password"),
    ],
)
def test_reason_cap_and_password(wish: Wish, rows: int, code: str) -> None:
    with pytest.raises(Refused) as caught:
        rules.check(wish, FREE, rows)
    assert caught.value.code == code


def test_what_is_suggested_is_accepted() -> None:
    for _turn in range(50):
        rules.check_password(rules.suggested())


def follow(store: Store, **more: object) -> None:
    """The desk follows a hub that says this with its lease."""
    signer = Signer(sealed(bytes(range(32)), bytes(32)), bytes(32))
    lease = signer.sign("lease", {"hub": "h", "device": "d", "days": 7, **more})

    def write(work: object) -> None:
        for name, value in (("hub", {"url": "x", "id": "h", "key": signer.public}), ("device", "d"), ("lease", lease)):
            state.put(work, name, value)  # type: ignore[arg-type]

    build.perform(store, write)


def test_the_hubs_word_wins(store: Store) -> None:
    follow(store, exports="files", rows=7)
    assert store.read(permit_of) == Permit(Policy.FILES, 7, by_hub=True)
    follow(store, exports="a word of tomorrow", rows=7)
    assert store.read(permit_of).policy is Policy.NONE
    follow(store)  # an older hub, which says nothing of it
    assert store.read(permit_of) == Permit(Policy.FREE, 5000, by_hub=False)
    follow(store, exports="free", rows=9, device="of somebody else")
    assert not store.read(permit_of).by_hub


@pytest.mark.parametrize(
    ("text", "permit"),
    [
        ('allow = "files"\nrows_at_most = 9', Permit(Policy.FILES, 9, by_hub=True)),
        ('allow = "free"', Permit(Policy.FREE, 5000, by_hub=False)),
        ('allow = "a word of tomorrow"', Permit(Policy.NONE, 5000, by_hub=True)),
        ("rows_at_most = 9000", Permit(Policy.FREE, 5000, by_hub=False)),
    ],
)
def test_the_policy_of_the_computer_makes_it_stricter_never_laxer(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, permit: Permit
) -> None:
    (tmp_path / "policy.toml").write_text(f"[exports]\n{text}", encoding="utf-8")
    monkeypatch.setattr(paths, "policies", lambda: tmp_path)
    assert store.read(permit_of) == permit
    follow(store, exports="none", rows=3)
    assert store.read(permit_of) == Permit(Policy.NONE, 3, by_hub=True)
