"""Desks are registered by their key, approved by others, and shut out at once; their tokens survive one lost answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.hub.embedded import Postgres
from rmdesk.hub.gate import tokens
from rmdesk.wire import signed
from tests.hub.registering import Desk, active
from tests.support.hub import HubUnderTest, People, hub_from, settings


def _later(monkeypatch: pytest.MonkeyPatch, **by: int) -> None:
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(**by))


def _status(hub: HubUnderTest, device: str) -> str:
    with hub.core.database.transaction() as connection:
        row = connection.execute("SELECT status FROM device WHERE id = %s", (device,)).fetchone()
    return str(row[0]) if row else ""


def _shown(hub: HubUnderTest, access: str) -> Any:
    return hub.client().get("/v1/devices", headers={"Authorization": f"Bearer {access}"})


def test_a_desk_waits_until_somebody_else_approves_it(hub: HubUnderTest) -> None:
    people = hub.people
    desk = Desk(hub, people.wang.id)
    assert desk.register().json()["status"] == "asked"
    assert desk.asks().json()["code"] == "waiting"
    # Not its owner, not another manager, not the lead of another team: to them it is not there.
    for other in (people.wang, people.li, people.zhao, people.sun):
        assert desk.approved_by(other).status_code == 404
    assert desk.approved_by(people.chen).status_code == 200
    told = desk.asks().json()
    rows = _shown(hub, told["access"]).json()["devices"]
    assert {row["id"] for row in rows} == {desk.id, people.wang.device}


def test_a_lead_cannot_approve_a_desk_of_their_own(hub: HubUnderTest) -> None:
    desk = Desk(hub, hub.people.chen.id)
    desk.register()
    assert desk.approved_by(hub.people.chen).status_code == 422
    assert desk.approved_by(hub.people.admin).status_code == 200


def test_no_more_than_three_desks_of_one_person_are_active(hub: HubUnderTest) -> None:
    active(hub, hub.people.wang)
    active(hub, hub.people.wang)
    fourth = Desk(hub, hub.people.wang.id)
    fourth.register()
    assert fourth.approved_by(hub.people.admin).json()["code"] == "too_many_devices"
    assert hub.client(hub.people.admin).post(f"/v1/devices/{hub.people.wang.device}/revoke").status_code == 200
    assert fourth.approved_by(hub.people.admin).status_code == 200


def test_a_registration_needs_the_key_a_fresh_nonce_and_a_sign_in(
    hub: HubUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(hub, hub.people.wang.id)
    good = desk.registration()
    wrong = [
        good | {"signature": "00" * 64},
        good | {"public_key": Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()},
        good | {"device": uuid4().hex},
        good | {"enter": hub.token(hub.people.wang.id, hub.people.wang.device)},
        good | {"nonce": good["enter"]},
    ]
    assert [desk.post("/v1/devices", told).status_code for told in wrong] == [401] * 5
    _later(monkeypatch, minutes=3)
    assert desk.post("/v1/devices", good).status_code == 401


def test_the_id_of_somebody_elses_desk_is_not_there(hub: HubUnderTest) -> None:
    desk = active(hub, hub.people.wang)
    thief = Desk(hub, hub.people.li.id, id=desk.id)
    assert thief.register().status_code == 404
    other_key = Desk(hub, hub.people.wang.id, id=desk.id)
    assert other_key.register().status_code == 404
    again = Desk(hub, hub.people.wang.id, id=desk.id, key=desk.key)
    assert again.register().json()["status"] == "active"
    assert desk.asks().status_code == 401  # the new token replaces the old ones
    assert again.asks().status_code == 200


def test_one_lost_answer_is_told_again(hub: HubUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = active(hub, hub.people.wang)
    first = desk.asks().json()
    again = desk.asks().json()
    assert again["refresh"] == first["refresh"]
    assert _shown(hub, again["access"]).status_code == 200
    assert desk.asks(first["refresh"]).status_code == 200
    assert desk.asks().status_code == 200  # within ten minutes, though the next one was used
    _later(monkeypatch, minutes=11)
    assert desk.asks().status_code == 401
    assert _status(hub, desk.id) == "active"
    assert desk.asks(first["refresh"]).status_code == 200  # the lost answer of a laptop that slept: the next is unused


def test_a_stolen_token_shown_with_another_key_shuts_the_desk_out(hub: HubUnderTest) -> None:
    desk, other = active(hub, hub.people.wang), active(hub, hub.people.li)
    told = other.post(
        "/v1/auth/refresh", {"refresh": desk.refresh, "device": other.id, **other.signed("refresh", desk.refresh)}
    )
    assert (told.status_code, told.json()["code"]) == (401, "token")
    assert _status(hub, desk.id) == "revoked"
    assert _status(hub, other.id) == "active"
    assert desk.asks().json()["code"] == "revoked"
    third = active(hub, hub.people.wang)
    assert third.asks(key=Ed25519PrivateKey.generate()).status_code == 401
    assert _status(hub, third.id) == "revoked"


def test_a_made_up_token_or_an_old_nonce_shuts_nobody_out(hub: HubUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = active(hub, hub.people.wang)
    assert desk.asks("made-up").status_code == 401
    nonce = desk.nonce()
    _later(monkeypatch, minutes=3)
    assert desk.asks(nonce=nonce, key=Ed25519PrivateKey.generate()).json()["code"] == "nonce"
    assert _status(hub, desk.id) == "active"


def test_an_access_token_is_good_for_ten_minutes_and_for_one_desk(
    hub: HubUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = active(hub, hub.people.wang)
    access = desk.asks().json()["access"]
    assert _shown(hub, access).status_code == 200
    assert hub.client(hub.people.chen).post(f"/v1/devices/{desk.id}/revoke").status_code == 200
    refused = _shown(hub, access)
    assert (refused.status_code, refused.json()["code"]) == (403, "revoked")
    other = active(hub, hub.people.li)
    access = other.asks().json()["access"]
    _later(monkeypatch, minutes=11)
    assert _shown(hub, access).status_code == 401


def test_a_manager_may_shut_out_a_laptop_of_their_own_but_not_wipe_it(hub: HubUnderTest) -> None:
    desk = active(hub, hub.people.wang)
    client = hub.client(hub.people.wang)
    assert client.post(f"/v1/devices/{desk.id}/wipe").status_code == 404
    assert client.post(f"/v1/devices/{desk.id}/revoke").status_code == 200
    assert hub.client(hub.people.li).post(f"/v1/devices/{hub.people.wang.device}/revoke").status_code == 404


def test_a_desk_to_be_wiped_hears_so_everywhere_and_says_once_that_it_did(
    hub: HubUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = active(hub, hub.people.wang)
    access = desk.asks().json()["access"]
    assert hub.client(hub.people.chen).post(f"/v1/devices/{desk.id}/wipe").status_code == 200
    told = _shown(hub, access)
    assert (told.status_code, told.json()["code"]) == (403, "wipe")
    _later(monkeypatch, days=90)  # every token is over: its key alone is enough to hear the order
    late = desk.asks()
    assert (late.status_code, late.json()["code"]) == (403, "wipe")
    order = signed.opened(late.json()["order"], "wipe", hub.core.signer.public)
    assert order is not None
    assert (order["device"], order["hub"]) == (desk.id, hub.core.id)
    wiped = f"/v1/devices/{desk.id}/wiped"
    assert desk.post(wiped, {"code": "0" * 32}).status_code == 404
    assert desk.post(f"/v1/devices/{hub.people.li.device}/wiped", {"code": order["code"]}).status_code == 404
    assert desk.post(wiped, {"code": order["code"], "counts": {"files": 4}}).status_code == 204
    assert desk.post(wiped, {"code": order["code"]}).status_code == 404
    assert (_status(hub, desk.id), desk.asks().json()["code"]) == ("wiped", "revoked")


def test_a_retired_desk_may_hand_in_its_work_and_nothing_else(hub: HubUnderTest) -> None:
    desk = active(hub, hub.people.wang)
    assert hub.client(hub.people.admin).post(f"/v1/devices/{desk.id}/retire").status_code == 200
    told = desk.asks()
    assert told.status_code == 200
    refused = _shown(hub, told.json()["access"])
    assert (refused.status_code, refused.json()["code"]) == (403, "retired")
    order = signed.opened(refused.json()["order"], "retire", hub.core.signer.public)
    assert order is not None
    assert desk.post(f"/v1/devices/{desk.id}/wiped", {"code": order["code"]}).status_code == 204


def test_signing_out_ends_what_a_desk_asks_with(hub: HubUnderTest) -> None:
    desk = active(hub, hub.people.wang)
    told = {"refresh": desk.refresh, "device": desk.id}
    assert (
        desk.post("/v1/auth/logout", told | desk.signed("refresh", desk.refresh)).status_code == 204
    )  # of another kind
    assert desk.asks().status_code == 200
    assert desk.post("/v1/auth/logout", told | desk.signed("logout", desk.refresh)).status_code == 204
    assert desk.asks().status_code == 401


def test_a_word_of_another_kind_or_hub_lets_nobody_in(hub: HubUnderTest) -> None:
    desk = active(hub, hub.people.wang)
    until: datetime = clock.now() + timedelta(minutes=5)
    mint = hub.core.gate.mint
    words = [
        desk.enter(), desk.nonce(), desk.refresh, "", "x.y",
        mint.word("access", until, user=desk.user, device="0" * 32),
        mint.word("access", until, user=hub.people.li.id, device=desk.id),
        tokens.Mint(bytes(32)).word("access", until, user=desk.user, device=desk.id),
    ]  # fmt: skip
    assert [_shown(hub, word).status_code for word in words] == [401] * len(words)


def test_too_many_requests_are_told_when_to_come_again(postgres: Any, hub_template: Any) -> None:
    from tests.support.hub import hub_from

    with hub_from(postgres, *hub_template, rate_strangers=3, rate_device=4) as hub:
        told = [hub.client().get("/v1/auth/nonce") for _ in range(5)]
        assert [one.status_code for one in told] == [200, 200, 200, 429, 429]
        assert int(told[-1].headers["Retry-After"]) > 0
        mine = [hub.client(hub.people.wang).get("/v1/devices").status_code for _ in range(5)]
        assert mine == [200, 200, 200, 200, 429]
        assert hub.client(hub.people.li).get("/v1/devices").status_code == 200


def test_a_hub_to_try_out_lets_desks_in_at_once_and_serves_this_computer_only(
    postgres: Postgres, hub_template: tuple[str, People]
) -> None:
    with hub_from(postgres, *hub_template, unasked_devices=1) as hub:
        assert Desk(hub, hub.people.wang.id).register().json()["status"] == "active"
    with pytest.raises(Refused) as refused:
        settings("postgresql://x", unasked_devices=1, host="0.0.0.0", plain_http=1).check_serving()
    assert refused.value.code == "unasked"
