"""Looking for an offer and fetching its file: what is kept is what the bank signed, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rmdesk.base.errors import Known, Refused, Trouble
from rmdesk.base.progress import Silent
from rmdesk.services.settings.policy import Policy
from rmdesk.services.updates import manifest, offers
from tests.conftest import TODAY
from tools.manifest import new_key, signed

CONTENT = b"the new program" * 100_000


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    """A share of the bank with one new version on it."""
    share = tmp_path / "share"
    share.mkdir()
    key = new_key(tmp_path / "key.pem")
    (share / "rmdesk_0.2.0_amd64.deb").write_bytes(CONTENT)
    made = signed(tmp_path / "key.pem", "0.2.0", TODAY, [share / "rmdesk_0.2.0_amd64.deb"])
    (share / "manifest.json").write_bytes(made)
    return Policy(updates=str(share / "manifest.json"), update_key=key)


@pytest.fixture
def to(tmp_path: Path) -> Path:
    made = tmp_path / "fetched"
    made.mkdir()
    return made


def refused(kind: type[Known], work: Callable[[], object]) -> str:
    with pytest.raises(kind) as told:
        work()
    return told.value.code


def test_a_newer_version_is_told_and_fetched_whole(policy: Policy, to: Path) -> None:
    found = offers.look(policy, "0.1.0", "debian")
    assert found.offer is not None
    assert (found.offer.version, found.may_follow) == ("0.2.0", True)
    path = offers.fetch(found, to, Silent())
    assert path.read_bytes() == CONTENT
    before = path.stat().st_mtime_ns
    assert offers.fetch(found, to, Silent()).stat().st_mtime_ns == before  # once is enough
    assert [one.name for one in to.iterdir()] == [path.name]


def test_nothing_newer_is_no_offer(policy: Policy, to: Path) -> None:
    found = offers.look(policy, "0.2.0", "debian")
    assert (found.offer, found.file) == (None, None)
    assert refused(Refused, lambda: offers.fetch(found, to, Silent())) == "no_newer"
    assert offers.look(policy, "0.1.0", "windows").file is None


@pytest.mark.parametrize("content", [CONTENT[:-1], CONTENT + b"x", CONTENT[:-1] + b"x", b""])
def test_another_file_than_signed_leaves_nothing(policy: Policy, to: Path, content: bytes) -> None:
    Path(policy.updates).with_name("rmdesk_0.2.0_amd64.deb").write_bytes(content)
    found = offers.look(policy, "0.1.0", "debian")
    assert refused(Refused, lambda: offers.fetch(found, to, Silent())) == "bad_file"
    assert list(to.iterdir()) == []


def test_no_place_and_a_place_out_of_reach_are_told(policy: Policy) -> None:
    assert refused(Refused, lambda: offers.look(Policy())) == "no_updates"
    Path(policy.updates).unlink()
    assert refused(Trouble, lambda: offers.look(policy)) == "updates_unreachable"
    closed = Policy(updates="https://127.0.0.1:9/manifest.json", update_key=policy.update_key)
    assert refused(Trouble, lambda: offers.look(closed)) == "updates_unreachable"


@pytest.mark.parametrize(
    "place",
    ["a\0b/manifest.json", "https://xn--\u00fc.example/m.json", f"https://{'a' * 64}.example/m.json",
     "https://a\0b/m.json", "https://[1/m.json", "https://a:99999999/m.json"],
)  # fmt: skip
def test_a_place_that_cannot_be_is_out_of_reach(policy: Policy, place: str) -> None:
    strange = Policy(updates=place, update_key=policy.update_key)
    assert refused(Trouble, lambda: offers.look(strange)) == "updates_unreachable"


def test_an_offer_on_a_stick_counts_when_the_banks_key_is_known(policy: Policy, to: Path) -> None:
    found = offers.look_at(policy.updates, Policy(update_key=policy.update_key), "0.1.0", "debian")
    assert found.signed_by == manifest.print_of(policy.update_key)
    assert len(found.signed_by.split()) == 8
    path = offers.fetch(found, to, Silent())
    assert offers.is_whole(found, path)
    path.write_bytes(CONTENT[::-1])
    assert not offers.is_whole(found, path)
    assert refused(Refused, lambda: offers.look_at(policy.updates, Policy())) == "no_update_key"


def test_a_folder_that_takes_nothing_is_told(policy: Policy, to: Path) -> None:
    found = offers.look(policy, "0.1.0", "debian")
    assert refused(Trouble, lambda: offers.fetch(found, to / "gone", Silent())) == "update_not_kept"
    assert refused(Trouble, lambda: offers.fetch(found, Path("a\0b"), Silent())) == "update_not_kept"
    (to / "rmdesk_0.2.0_amd64.deb").mkdir()
    assert refused(Trouble, lambda: offers.fetch(found, to, Silent())) == "update_not_kept"
    assert not offers.is_whole(found, to / "rmdesk_0.2.0_amd64.deb")
