"""A desk signs in at a real hub, registers with its key, waits for approval, joins, and goes on with fresh tokens."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from rmdesk.base.errors import Refused
from rmdesk.hub.services import passwords
from rmdesk.services.store.store import Store
from rmdesk.services.sync import device_key, lease, login, state
from rmdesk.services.sync.engine import sync_round
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.sync.session import Session
from tests.support.hub import HubUnderTest, Person
from tests.support.oidc import Provider
from tests.support.profiles import MemoryKeyring, using

PASSWORD = "梧桐 wind 七 lantern"
URL = "http://hub"


@pytest.fixture(autouse=True)
def keyring() -> Iterator[MemoryKeyring]:
    with using(MemoryKeyring()) as made:
        yield made


def give_password(hub: HubUnderTest, who: Person, password: str = PASSWORD) -> None:
    with hub.core.database.transaction() as connection:
        connection.execute(
            "UPDATE hub_user SET password_hash = %s WHERE id = %s", (passwords.hash_of(password), who.id)
        )


def approve(hub: HubUnderTest, device: str) -> None:
    answer = hub.client(hub.people.chen).post(f"/v1/devices/{device}/approve")
    assert answer.status_code == 200, answer.text


def joined(hub: HubUnderTest, store: Store) -> str:
    """Wang's desk, approved and joined; gives the device."""
    give_password(hub, hub.people.wang)
    entered = login.with_password(URL, "wang", PASSWORD, hub.transport)
    assert login.register(store, URL, entered, "laptop", hub.transport) == "asked"
    device = store.read(lambda reads: state.get(reads, "enrolment"))["device"]
    approve(hub, device)
    login.join(store, hub.transport)
    return str(device)


def test_a_desk_joins_with_a_password_once_it_is_approved(hub: HubUnderTest, store: Store) -> None:
    give_password(hub, hub.people.wang)
    with pytest.raises(Refused, match="Signing in did not work"):
        login.with_password(URL, "wang", "something else 7", hub.transport)
    entered = login.with_password(URL, "WANG", PASSWORD, hub.transport)
    assert login.register(store, URL, entered, "laptop", hub.transport) == "asked"
    with pytest.raises(Refused) as waits:
        login.join(store, hub.transport)
    assert waits.value.code == "waiting"
    again = login.with_password(URL, "wang", PASSWORD, hub.transport)
    assert login.register(store, URL, again, "laptop", hub.transport) == "asked"  # the same device, no second one
    device = store.read(lambda reads: state.get(reads, "enrolment"))["device"]
    approve(hub, device)
    login.join(store, hub.transport)
    me = store.read(state.who)
    assert me is not None
    assert (me.user, me.device, me.book) == (hub.people.wang.id, device, hub.people.wang.book)
    assert store.read(state.the_hub).key == hub.core.signer.public
    assert store.read(lease.of) is not None


def test_a_joined_desk_works_with_tokens_of_its_own(hub: HubUnderTest, store: Store, keyring: MemoryKeyring) -> None:
    device = joined(hub, store)
    assert keyring.kept["rmdesk", f"device/{device}"]
    first = store.read(lambda reads: state.get(reads, "tokens"))
    session = Session(store, hub.transport)
    with HubClient(URL, session, hub.transport) as client:
        report = sync_round(store, client)
    assert report.next_after > 0
    second = store.read(lambda reads: state.get(reads, "tokens"))
    assert second["refresh"] != first["refresh"]
    token = session.access()
    assert session.renewed(token) not in ("", token)


def test_where_there_is_no_safe_keyring_the_key_lies_in_the_encrypted_file(hub: HubUnderTest, store: Store) -> None:
    class Nothing(MemoryKeyring):
        priority = 0.0

    with using(Nothing()):
        device = joined(hub, store)
        place = store.read(lambda reads: state.get(reads, "tokens"))["key"]
        assert place["in"] == "file"
        assert device_key.take(device, place).public
        with HubClient(URL, Session(store, hub.transport), hub.transport) as client:
            sync_round(store, client)


def test_a_lost_answer_costs_nothing(hub: HubUnderTest, store: Store) -> None:
    joined(hub, store)
    kept = store.read(lambda reads: state.get(reads, "tokens"))
    first = Session(store, hub.transport).access()
    from rmdesk.services.sync.session import KeepTokens

    store.perform(KeepTokens(kept))  # the answer never came
    again = Session(store, hub.transport)
    assert again.access()
    assert first
    assert hub.client(hub.people.admin).get("/v1/devices").status_code == 200
    with HubClient(URL, again, hub.transport) as client:
        sync_round(store, client)


def test_a_desk_that_was_shut_out_hears_why(hub: HubUnderTest, store: Store) -> None:
    device = joined(hub, store)
    hub.client(hub.people.chen).post(f"/v1/devices/{device}/revoke")
    with pytest.raises(Refused) as told, HubClient(URL, Session(store, hub.transport), hub.transport) as client:
        sync_round(store, client)
    assert told.value.code == "revoked"


def test_wrong_passwords_slow_down_alike_whether_the_name_exists(hub: HubUnderTest) -> None:
    give_password(hub, hub.people.wang)
    for name in ("wang", "nobody"):
        told = [
            hub.client().post("/v1/auth/login", json={"login": name, "password": "wrong wrong 9"}) for _ in range(7)
        ]
        assert [one.status_code for one in told] == [401] * 5 + [429] * 2
        assert {one.content for one in told[:5]} == {told[0].content}
        assert int(told[-1].headers["Retry-After"]) in range(1, 17)
    told = hub.client().post("/v1/auth/login", json={"login": "wang", "password": PASSWORD})
    assert told.status_code == 429  # also the right one waits


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider() as made:
        yield made


@pytest.fixture
def oidc_hub(postgres: Any, hub_template: Any, provider: Provider) -> Iterator[HubUnderTest]:
    from tests.support.hub import hub_from

    with hub_from(postgres, *hub_template, oidc_issuer=provider.issuer, oidc_client="rmdesk") as made:
        yield made


def _expect(hub: HubUnderTest, who: Person, issuer: str, subject: str | None = None) -> None:
    with hub.core.database.transaction() as connection:
        connection.execute("UPDATE hub_user SET issuer = %s, subject = %s WHERE id = %s", (issuer, subject, who.id))


def browser(address: str) -> None:
    """The system's browser, with somebody in it who says yes."""

    def follow() -> None:
        answer = httpx.get(address, follow_redirects=False, timeout=20)
        httpx.get(answer.headers["location"], timeout=20)

    threading.Thread(target=follow, daemon=True).start()


def test_the_banks_own_sign_in_in_the_browser(oidc_hub: HubUnderTest, provider: Provider, store: Store) -> None:
    hub = oidc_hub
    _expect(hub, hub.people.wang, provider.issuer)
    provider.subject, provider.login = "sub-1", "wang"
    entered = login.with_browser(URL, browser, hub.transport)
    assert entered.user == hub.people.wang.id
    provider.login = "somebody else"  # from now on the subject counts, not the name
    assert login.with_browser(URL, browser, hub.transport).user == hub.people.wang.id
    assert login.register(store, URL, entered, "laptop", hub.transport) == "asked"


@pytest.mark.parametrize(
    "fault", ["nonce", "audience", "issuer", "expired", "other_key", "none", "code", "subject", "no_token"]
)
def test_an_identity_that_is_not_proven_is_not_believed(oidc_hub: HubUnderTest, provider: Provider, fault: str) -> None:
    hub = oidc_hub
    _expect(hub, hub.people.wang, provider.issuer, "sub-1")
    provider.subject, provider.fault = "sub-1", fault
    with pytest.raises(Refused, match="Signing in did not work"):
        login.with_browser(URL, browser, hub.transport)
    provider.fault = ""
    assert login.with_browser(URL, browser, hub.transport).user == hub.people.wang.id


def test_a_code_is_of_no_use_without_the_secret_of_the_desk(oidc_hub: HubUnderTest, provider: Provider) -> None:
    hub = oidc_hub
    _expect(hub, hub.people.wang, provider.issuer, "sub-1")
    provider.subject = "sub-1"
    page = hub.client().post(
        "/v1/auth/oidc/start", json={"redirect": "http://127.0.0.1:5/signed", "challenge": login._challenge("v" * 64)}
    )
    answer = httpx.get(page.json()["url"], follow_redirects=False)
    from urllib.parse import parse_qs

    code = parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]
    told = {"state": page.json()["state"], "code": code, "verifier": "w" * 64}
    assert hub.client().post("/v1/auth/oidc/finish", json=told).status_code == 401
    told["verifier"] = "v" * 64
    assert hub.client().post("/v1/auth/oidc/finish", json=told).status_code == 401  # a state is good once


def test_a_provider_that_does_not_answer_is_trouble_outside(oidc_hub: HubUnderTest, provider: Provider) -> None:
    provider.stop()
    told = {"redirect": "http://127.0.0.1:5/signed", "challenge": "c" * 43}
    assert oidc_hub.client().post("/v1/auth/oidc/start", json=told).status_code == 503


def test_a_hub_without_the_banks_sign_in_has_none(hub: HubUnderTest, tmp_path: Path) -> None:
    ways = login.ways(URL, hub.transport)
    assert (ways.password, ways.oidc, ways.key) == (True, False, hub.core.signer.public)
    told = {"redirect": "http://127.0.0.1:5/signed", "challenge": "c" * 43}
    assert hub.client().post("/v1/auth/oidc/start", json=told).status_code == 404
