"""Case 18: a lease that ran out or a clock that was set back shuts the desk, and changes no data."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base import clock
from rmdesk.services.store.store import Store
from rmdesk.services.sync import lasting, lease, leasing, state
from rmdesk.services.sync.lease import How, Lease, Seen, standing
from rmdesk.wire import signed
from tests.support import build

KEY = Ed25519PrivateKey.generate()
PUBLIC = KEY.public_key().public_bytes_raw().hex()
HUB, DEVICE = "a" * 32, "b" * 32
START = datetime(2026, 11, 21, 9, tzinfo=UTC)


def word(at: datetime, *, days: int = 7, hub: str = HUB, device: str = DEVICE, key: Ed25519PrivateKey = KEY) -> str:
    told = {
        "hub": hub, "device": device, "user": "c" * 32, "days": days, "at": at.isoformat(),
        "not_after": (at + timedelta(days=days)).isoformat(),
    }  # fmt: skip
    part = signed.said("lease", told)
    return signed.joined(part, key.sign(part.encode()))


class Time:
    """This computer's clock, in the hands of a test."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time()
    monkeypatch.setattr(clock, "now", made.now)
    return made


def follow(store: Store) -> None:
    def work(unit) -> None:
        state.put(unit, "hub", {"url": "https://hub", "id": HUB, "key": PUBLIC})
        state.put(unit, "device", DEVICE)

    build.perform(store, work)


def keep(store: Store, told: str) -> bool:
    return bool(build.perform(store, lambda unit: leasing.keep(unit, told)))


def how(store: Store) -> How:
    found = store.read(lease.of)
    assert found is not None
    return found.how


def test_case_18_the_lease_runs_out_and_a_new_one_opens_again(store: Store, time: Time) -> None:
    follow(store)
    assert store.read(lease.of) is None  # no lease yet: nothing to judge by
    assert keep(store, word(START))
    time.at = START + timedelta(days=6, hours=23)
    assert (how(store), store.read(lasting.days_left)) == (How.OPEN, 0)
    time.at = START + timedelta(days=7, minutes=1)
    assert (how(store), store.read(lasting.days_left)) == (How.EXPIRED, -1)
    assert "too long" in str(store.read(lease.closed))
    assert keep(store, word(time.at))
    assert store.read(lease.closed) is None


def test_case_18_a_clock_set_back_a_year_shuts_and_changes_nothing(store: Store, time: Time) -> None:
    follow(store)
    keep(store, word(START))
    time.at = START + timedelta(days=5)
    store.perform(leasing.MarkTime())
    before = store.read(lambda reads: list(reads.rows("SELECT * FROM sync_state ORDER BY name")))
    time.at -= timedelta(days=365)
    assert how(store) is How.SET_BACK
    assert not store.perform(leasing.MarkTime()).result
    assert store.read(lambda reads: list(reads.rows("SELECT * FROM sync_state ORDER BY name"))) == before
    assert "set back" in str(store.read(lease.closed))
    # The hub is heard: from here on the clock of this computer is taken as it is, wrong by a year or not.
    assert keep(store, word(START + timedelta(days=5)))
    assert how(store) is How.OPEN
    time.at += timedelta(days=7, minutes=1)
    assert how(store) is How.EXPIRED


def test_case_18_a_clock_set_forward_a_year_shuts_until_the_hub_is_heard(store: Store, time: Time) -> None:
    follow(store)
    keep(store, word(START))
    time.at = START + timedelta(days=365)
    assert how(store) is How.EXPIRED
    assert store.perform(leasing.MarkTime()).result
    time.at = START + timedelta(hours=1)
    assert how(store) is How.SET_BACK
    assert keep(store, word(START + timedelta(hours=1)))
    assert how(store) is How.OPEN


def test_case_18_daylight_saving_and_travel_change_nothing(store: Store, time: Time) -> None:
    follow(store)
    keep(store, word(START))
    time.at = (START + timedelta(hours=5)).astimezone(timezone(timedelta(hours=-11)))
    assert how(store) is How.OPEN
    time.at = (START + timedelta(hours=5, minutes=-9)).astimezone(timezone(timedelta(hours=14)))
    assert how(store) is How.OPEN


@pytest.mark.parametrize(
    "told",
    [
        word(START, key=Ed25519PrivateKey.generate()),
        word(START, hub="d" * 32),
        word(START, device="d" * 32),
        word(START)[:-8] + "AAAAAAAA",
        word(START - timedelta(days=1), days=30),  # an older one, with more days
        "",
        "v1.lease.e30.AAAA",
    ],
)
def test_a_lease_that_is_not_genuine_or_older_is_not_kept(store: Store, time: Time, told: str) -> None:
    follow(store)
    kept = word(START)
    assert keep(store, kept)
    assert not keep(store, told)
    assert store.read(state.lease) == kept


@given(
    st.timedeltas(timedelta(days=-400), timedelta(days=400)),
    st.timedeltas(timedelta(0), timedelta(days=40)),
    st.integers(1, 30),
)
def test_a_wrong_clock_neither_shortens_nor_lengthens_a_lease(offset: timedelta, ran: timedelta, days: int) -> None:
    granted = Lease(START, START + timedelta(days=days), days)
    desk = START + offset
    found = standing(granted, Seen(START, desk, desk), desk + ran)
    assert (found.how is How.OPEN) == (ran < timedelta(days=days))


@given(st.timedeltas(timedelta(0), timedelta(days=6)), st.timedeltas(timedelta(minutes=11), timedelta(days=400)))
def test_a_clock_below_its_own_mark_is_never_believed(ran: timedelta, back: timedelta) -> None:
    granted = Lease(START, START + timedelta(days=7), 7)
    seen = Seen(START, START, START + ran)
    assert standing(granted, seen, START + ran - back).how is How.SET_BACK
