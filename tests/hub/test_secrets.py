"""Case 44: no password, token, key or value of a record is in a log, in an answer to somebody else, or in an error."""

from __future__ import annotations

import io
import logging
from typing import Any

import pytest

from rmdesk.hub.services import passwords
from rmdesk.hub.settings import from_environment
from tests.hub.desks import Desk, client_in, item
from tests.hub.registering import active
from tests.support.hub import SECRET, HubUnderTest, hub_from

PASSWORD = "zqx 梧桐 wind 七 lantern"


@pytest.fixture
def told(postgres: Any, hub_template: Any) -> Any:
    """A hub that logs, and what it logged."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root, level = logging.getLogger(), logging.getLogger("rmdesk.hub").level
    root.addHandler(handler)
    logging.getLogger("rmdesk.hub").setLevel(logging.DEBUG)
    for noisy in ("httpx", "httpcore", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    with hub_from(postgres, *hub_template, log="json") as hub:
        yield hub, stream
    root.removeHandler(handler)
    logging.getLogger("rmdesk.hub").setLevel(level)


def test_case_44_no_secret_and_no_value_is_logged_or_told(told: tuple[HubUnderTest, io.StringIO]) -> None:
    hub, stream = told
    wang, answers = hub.people.wang, []
    with hub.core.database.transaction() as connection:
        kept = passwords.hash_of(PASSWORD)
        connection.execute("UPDATE hub_user SET password_hash = %s WHERE id = %s", (kept, wang.id))
    http = hub.client()
    good = http.post("/v1/auth/login", json={"login": "wang", "password": PASSWORD})
    answers += [
        http.post("/v1/auth/login", json={"login": "wang", "password": f"{PASSWORD}x"}),
        http.post("/v1/auth/login", json={"login": PASSWORD, "password": "x"}),
        http.post("/v1/auth/login", json={"login": "wang", "password": [PASSWORD]}),
        http.post("/v1/auth/login", content=f'{{"password": "{PASSWORD}'),
        hub.client(hub.people.admin).post("/v1/admin/users", json={
            "login": "x", "name": "n", "role": "manager", "team": wang.team, "password": f"aaaaaaaaaaaa{PASSWORD[:0]}",
        }),
    ]  # fmt: skip
    desk = active(hub, wang)
    access = desk.asks().json()["access"]
    client = client_in(hub.core.database, wang.book)
    Desk(hub, wang).push(item("visit", client, content="zqx-visit"), item("visit", client, bogus="zqx-bogus"))
    answers.append(http.get(f"/v1/devices?token={access}", headers={"Authorization": f"Bearer {access}x"}))
    secrets = [
        PASSWORD, kept, SECRET, good.json()["enter"], access, desk.refresh, desk.key.private_bytes_raw().hex(),
        "zqx-visit", "zqx-bogus", hub.settings.database_url.partition("password=")[2][:12] or "zqx",
    ]  # fmt: skip
    log = stream.getvalue()
    assert '"event":"request"' in log
    assert [secret for secret in secrets if secret in log] == []
    for answer in answers:
        assert answer.status_code >= 400
        assert [secret for secret in secrets if secret in answer.text] == []
    metrics = http.get("/metrics").text
    assert [secret for secret in secrets if secret in metrics] == []
    # Nor in the database: passwords and tokens are there as hashes only, names typed wrongly as well.
    with hub.core.database.transaction([hub.core.scope]) as connection:
        rows = [
            str(row)
            for table in ("login_attempt", "refresh_token", "audit", "device", "sign_in")
            for row in connection.execute(f"SELECT * FROM {table}")
        ]
    assert rows
    assert [
        secret for secret in (PASSWORD, good.json()["enter"], access, desk.refresh) if secret in "".join(rows)
    ] == []


@pytest.mark.parametrize(
    "secret", ["", "zqxwort", "changeme" * 5, "a" * 40, "secret-secret-secret-secret-secret-secret"]
)
def test_secrets_that_are_none_are_refused(secret: str) -> None:
    from rmdesk.base.errors import Refused

    with pytest.raises(Refused) as refused:
        from_environment({"RMDESK_HUB_DATABASE_URL": "postgresql://x", "RMDESK_HUB_SECRET": secret})
    assert refused.value.field == "secret"
    assert not secret or secret not in refused.value.said + refused.value.advice


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"host": "0.0.0.0"}, "no_tls"),
        ({"host": "10.0.0.7"}, "no_tls"),
        ({"tls_client_ca": "/ca.pem"}, "tls"),
        ({"tls_certificate": "/c.pem"}, "tls"),
        ({"oidc_issuer": "http://sso.bank.example", "oidc_client": "x"}, "oidc"),
        ({"oidc_issuer": "http://127.0.0.1.evil.example", "oidc_client": "x"}, "oidc"),
        ({"oidc_issuer": "https://sso.bank.example"}, "oidc"),
        ({"lease_days": "31"}, "lease_days"),
    ],
)
def test_settings_that_are_not_safe_are_refused(more: dict[str, str], code: str) -> None:
    from rmdesk.base.errors import Refused

    told = {f"RMDESK_HUB_{name.upper()}": value for name, value in more.items()}
    with pytest.raises(Refused) as refused:
        from_environment(
            {"RMDESK_HUB_DATABASE_URL": "postgresql://x", "RMDESK_HUB_SECRET": SECRET} | told
        ).check_serving()
    assert refused.value.code == code


def test_a_hub_serves_the_loopback_or_behind_a_proxy_without_tls() -> None:
    for more in ({}, {"RMDESK_HUB_HOST": "0.0.0.0", "RMDESK_HUB_PLAIN_HTTP": "1"}):
        told = {"RMDESK_HUB_DATABASE_URL": "postgresql://x", "RMDESK_HUB_SECRET": SECRET} | more
        from_environment(told).check_serving()
