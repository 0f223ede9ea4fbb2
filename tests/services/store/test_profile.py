"""A profile is made whole or not at all, describes itself without its key, and opens with what it was given."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from rmdesk.base.errors import Refused, Trouble
from rmdesk.models.kinds import USER_NAME_KEY
from rmdesk.services import settings
from rmdesk.services.settings import general
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store import access, key_file, migrate, profile
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store
from tests.support.profiles import PASSPHRASE, PIN, WHO, MemoryKeyring


def count(reads: Reads) -> int:
    return int(reads.value("SELECT count(*) FROM client"))


def usable(store: Store) -> bool:
    """Whether the store can be read and written, then closes it."""
    store.perform(ChangeSetting("general.branch", "滨江支行"))
    empty = store.read(count) == 0
    store.close()
    return empty


def test_an_empty_folder_is_no_profile_and_no_problem(tmp_path: Path) -> None:
    info = profile.describe(tmp_path / "none")
    assert (info.exists, info.problem) == (False, None)
    with pytest.raises(Refused, match="no profile"):
        profile.open_with_passphrase(tmp_path, PASSPHRASE)


def test_it_tells_about_itself_without_the_key(folder: Path) -> None:
    info = profile.describe(folder)
    assert (info.exists, info.who, info.has_passphrase) == (True, WHO, True)
    assert (info.demo, info.has_keyring, info.has_key_file, info.from_spare) == (False, False, False, False)


def test_it_opens_with_its_passphrase_only(folder: Path) -> None:
    assert usable(profile.open_with_passphrase(folder, PASSPHRASE))
    with pytest.raises(Refused, match="not right"):
        profile.open_with_passphrase(folder, PASSPHRASE.upper())
    with pytest.raises(Refused, match="not in the system's keyring"):
        profile.open_with_keyring(folder)
    with pytest.raises(Refused, match="not a demo"):
        profile.open_demo(folder)


def test_nothing_readable_lies_in_its_files(tmp_path: Path) -> None:
    store = profile.create(tmp_path, who=WHO, passphrase=PASSPHRASE)
    store.perform(ChangeSetting("general.team", "白鹭洲团队"))
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert not content.startswith(b"SQLite format")
        for secret in ("白鹭洲团队".encode(), PASSPHRASE.encode(), store.key, store.key.hex().encode()):
            assert secret not in content
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_only_the_user_may_read_it(tmp_path: Path) -> None:
    profile.create(tmp_path / "p", who=WHO, demo=True).close()
    assert stat.S_IMODE((tmp_path / "p").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "p").iterdir()} == {0o600}


def test_a_demo_profile_says_so_and_its_key_lies_open(tmp_path: Path) -> None:
    profile.create(tmp_path, who=WHO, demo=True).close()
    assert profile.describe(tmp_path).demo
    assert "invented" in (tmp_path / key_file.FILE).read_text("utf-8")
    assert usable(profile.open_demo(tmp_path))


@pytest.mark.parametrize("ways", [{}, {"demo": True, "passphrase": PASSPHRASE}, {"demo": True, "pin": PIN}])
def test_it_needs_a_way_in_and_a_demo_takes_none(tmp_path: Path, ways: dict[str, object]) -> None:
    with pytest.raises(Refused, match="how the profile is to be unlocked"):
        profile.create(tmp_path / "p", who=WHO, **ways)  # type: ignore[arg-type]
    assert not (tmp_path / "p").exists()


def test_a_weak_passphrase_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="too short"):
        profile.create(tmp_path / "p", who=WHO, passphrase="1234")
    assert not (tmp_path / "p").exists()


def test_a_profile_is_never_made_over_another(folder: Path) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    with pytest.raises(Refused, match="already holds a profile"):
        profile.create(folder, who="x", demo=True)
    (folder / profile.DATA).rename(folder / "elsewhere.db")
    with pytest.raises(Refused, match="already holds a profile"):
        profile.create(folder, who="x", demo=True)
    (folder / "elsewhere.db").rename(folder / profile.DATA)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


@pytest.mark.parametrize("where", ["before the key file", "after the key file"])
def test_what_was_cut_short_can_be_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    class Killed(BaseException):
        pass

    def killed(*_arguments: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(profile, "clear_unfinished", lambda folder: None)  # a killed process tidies nothing
        if where == "before the key file":
            patch.setattr(migrate, "bring_up", killed)
        else:
            patch.setattr(profile, "told_of_files", _killing_at(profile.DATA, Killed))
        with pytest.raises(Killed):
            profile.create(tmp_path, who=WHO, passphrase=PASSPHRASE)
    info = profile.describe(tmp_path)
    assert (info.exists, info.problem) == (False, None)
    assert usable(profile.create(tmp_path, who=WHO, demo=True))


def _killing_at(name: str, error: type[BaseException]) -> object:
    real = profile.told_of_files

    def told(about: str) -> object:
        if about == name:
            raise error
        return real(about)

    return told


def test_passphrase_and_pin_both_open_it(tmp_path: Path, memory_keyring: MemoryKeyring) -> None:
    profile.create(tmp_path, who=WHO, passphrase=PASSPHRASE, pin=PIN).close()
    info = profile.describe(tmp_path)
    assert (info.has_passphrase, info.has_pin, info.has_keyring) == (True, True, False)
    assert usable(profile.open_with_pin(tmp_path, PIN))
    assert usable(profile.open_with_passphrase(tmp_path, PASSPHRASE))


def test_an_exported_key_opens_it_even_without_the_key_file(folder: Path, tmp_path: Path) -> None:
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    access.export_key(store, tmp_path / "desk.key")
    store.close()
    assert profile.describe(folder).has_key_file
    assert usable(profile.open_with_key_file(folder, tmp_path / "desk.key"))
    for name in (key_file.FILE, key_file.SPARE):
        (folder / name).unlink()
    store = profile.open_with_key_file(folder, tmp_path / "desk.key")
    access.set_passphrase(store, "another long passphrase")
    store.close()
    assert usable(profile.open_with_passphrase(folder, "another long passphrase"))


def test_a_file_with_the_passphrase_opens_it(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "pass.txt").write_text(f"{PASSPHRASE}\n", "utf-8")
    assert usable(profile.open_with_key_file(folder, tmp_path / "pass.txt"))
    with pytest.raises(Trouble, match="no such file"):
        profile.open_with_key_file(folder, tmp_path / "none.txt")


def test_the_name_in_the_settings_signs_the_changes(folder: Path) -> None:
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    assert store.who == WHO == store.read(settings.value, general.USER_NAME)
    store.perform(ChangeSetting(USER_NAME_KEY, "陈思远"))
    store.close()
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    assert store.who == "陈思远"
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows writes no core files")
def test_a_crash_writes_no_memory_to_the_disk(tmp_path: Path) -> None:
    import resource

    profile.create(tmp_path, who=WHO, demo=True).close()
    assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0


def test_a_closed_store_has_forgotten_the_key(folder: Path) -> None:
    store = profile.open_with_passphrase(folder, PASSPHRASE)
    store.close()
    for use in (lambda: store.read(count), lambda: store.perform(ChangeSetting("general.team", "x"))):
        with pytest.raises(Trouble, match="locked") as trouble:
            use()
        assert trouble.value.code == "closed"
