"""Passwords, the hub's own words, buckets and orders: without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.hub.gate import limits, tokens
from rmdesk.hub.services import orders, passwords
from rmdesk.hub.settings import EXPORTS, Settings
from rmdesk.hub.signing import Signer, new_key, sealed
from rmdesk.services.exports.rules import Policy
from rmdesk.wire import signed
from rmdesk.wire.people import proof

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
KEY = bytes(range(32))


@pytest.mark.parametrize(
    "password",
    [
        *("short", "a" * 300, "password1234", "Password2026!", "passwordpassword", "123456789012", "abcdefghijkl"),
        *(
            "qwertyuiop12",
            "aaaaaaaaaaaa",
            "rmdesk123456",
            "zhangwei2026",
            "trustno1!!!!",
            "            ",
            "876543210987",
        ),
    ],
)
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(Refused) as told:
        passwords.check(password, "zhangwei")
    assert told.value.field == "password"


@pytest.mark.parametrize("password", ["梧桐 wind 七 lantern", "korrekt pferd batterie 8", "u7!kQz.mmW2r+"])
def test_good_passwords_pass(password: str) -> None:
    passwords.check(password, "zhangwei")


def test_a_password_is_kept_as_argon2id_and_nobodys_is_never_right() -> None:
    kept = passwords.hash_of("梧桐 wind 七 lantern")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert passwords.is_right(kept, "梧桐 wind 七 lantern")
    assert not passwords.is_right(kept, "梧桐 wind 七 lanterN")
    assert not passwords.is_right(None, "nobody has this one")
    assert not passwords.is_right("not a hash", "x")
    assert not passwords.is_old(kept)


def test_a_word_of_the_hub_is_read_by_it_alone_until_it_is_over() -> None:
    mint, other = tokens.Mint(KEY), tokens.Mint(KEY[::-1])
    word = mint.word("access", NOW + tokens.ACCESS, user="u", device="d")
    assert mint.read("access", word, NOW) == {"user": "u", "device": "d"}
    assert mint.read("enter", word, NOW) is None
    assert mint.read("access", word, NOW + timedelta(minutes=11)) is None
    assert other.read("access", word, NOW) is None
    assert mint.is_nonce(mint.nonce(NOW), NOW)
    assert not mint.is_nonce(word, NOW)


@given(st.text(max_size=200))
def test_no_made_up_word_is_believed(word: str) -> None:
    assert tokens.Mint(KEY).read("access", word, NOW) is None


@given(st.integers(0, 200), st.integers(1, 255))
def test_no_changed_word_is_believed(place: int, by: int) -> None:
    mint = tokens.Mint(KEY)
    word = mint.word("access", NOW + tokens.ACCESS, user="u" * 32, device="d" * 32)
    place %= len(word)
    changed = word[:place] + chr((ord(word[place]) + by) % 256) + word[place + 1 :]
    assert mint.read("access", changed, NOW) is None


def test_the_refresh_token_that_follows_is_always_the_same_one() -> None:
    mint, first = tokens.Mint(KEY), tokens.new_refresh()
    assert mint.following(first) == mint.following(first) != first
    assert tokens.Mint(KEY[::-1]).following(first) != mint.following(first)
    assert len(tokens.hash_of(first)) == 64


def test_a_signature_counts_for_its_purpose_nonce_device_and_token_only() -> None:
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    signature = private.sign(proof("refresh", "n", "d", "t")).hex()
    assert tokens.is_signed(public, signature, proof("refresh", "n", "d", "t"))
    for other in (("logout", "n", "d", "t"), ("refresh", "m", "d", "t"), ("refresh", "n", "e", "t")):
        assert not tokens.is_signed(public, signature, proof(*other))
    assert not tokens.is_signed(public, signature, proof("refresh", "n", "d", "u"))
    assert not tokens.is_signed(None, signature, proof("refresh", "n", "d", "t"))


@pytest.mark.parametrize(
    ("header", "word"), [("Bearer abc", "abc"), ("bearer  abc ", "abc"), ("Basic x", ""), (None, "")]
)
def test_the_token_of_a_header(header: str | None, word: str) -> None:
    assert tokens.bearer(header) == word


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    at = [0.0]
    limiter = limits.Limiter(limits.Rate(3, 60), lambda: at[0], most=2)
    assert [limiter.wait("a") for _ in range(4)] == [0, 0, 0, 2]
    at[0] = 1.0
    assert [limiter.wait("a"), limiter.wait("a")] == [0, 2]
    assert limiter.wait("b") == limiter.wait("c") == 0  # "a" was asked least lately and is forgotten
    assert limiter.wait("a") == 0


def test_a_lease_says_what_may_be_given_out_and_the_settings_know_it() -> None:
    signer = Signer(sealed(new_key(), KEY), KEY)
    lease = signed.opened(orders.lease(signer, "h", "u", "d", 7, NOW, ("files", 99)), "lease", signer.public)
    assert lease is not None
    assert (lease["exports"], lease["rows"]) == ("files", 99)
    assert set(EXPORTS) == set(Policy)
    with pytest.raises(Refused):
        Settings(database_url="x", secret="4kW9-qZ7t-pL2x-vB8n-yR5d-hJ3m-cF6g", exports="some")


def test_a_lease_and_an_order_name_the_hub_and_the_device() -> None:
    seal = KEY
    signer = Signer(sealed(new_key(), seal), seal)
    lease = signed.opened(orders.lease(signer, "h", "u", "d", 7, NOW), "lease", signer.public)
    assert lease == {
        "hub": "h", "user": "u", "device": "d", "days": 7,
        "at": "2026-11-21T09:00:00+00:00", "not_after": "2026-11-28T09:00:00+00:00",
    }  # fmt: skip
    word = orders.wipe(signer, "h", "d", NOW)
    order = signed.opened(word, "wipe", signer.public)
    assert order is not None
    assert (order["hub"], order["device"], len(order["code"])) == ("h", "d", 32)
    assert signed.opened(word, "lease", signer.public) is None
    assert signed.opened(word[:-4] + "AAAA", "wipe", signer.public) is None
