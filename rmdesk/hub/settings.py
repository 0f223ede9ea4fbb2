"""What a hub is told by its environment: RMDESK_HUB_*. Secrets that are missing, short or well known are refused."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_

PREFIX = "RMDESK_HUB_"
LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")
SHORTEST_SECRET = 32
LEAST_SIGNS = 12  # different ones; "aaaa..." and "changeme..." have fewer
EXPORTS = ("free", "encrypted", "files", "none")  # as the desk knows them (services/exports/rules.Policy)
WELL_KNOWN = ("change", "secret", "password", "example", "default", "rmdesk", "test")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a hub; each is read from RMDESK_HUB_ and its name in capitals."""

    database_url: str  # as the role rmdesk_app
    secret: str  # what the signing key is sealed with and tokens are signed from
    replica_url: str = ""  # a copy that follows behind, as rmdesk_app: rows are read there where it is far enough
    owner_url: str = ""  # as the role rmdesk_owner: `hub init` and `hub epoch` need it, serving does not
    host: str = "127.0.0.1"
    port: int = 8443
    workers: int = 1
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    tls_client_ca: Path | None = None  # asks desks for a certificate of the bank's
    plain_http: int = 0  # 1: TLS ends at a proxy on the way; else only the loopback is served without it
    public_url: str = ""  # as desks see it, behind a proxy
    oidc_issuer: str = ""  # the bank's sign-in; without one only passwords kept here
    oidc_client: str = ""
    oidc_secret: str = ""
    local_accounts: int = 1  # 0: nobody signs in with a password kept here
    most_devices: int = 3  # active ones of one person
    unasked_devices: int = 0  # 1: desks are let in without anybody's approval; to try a hub out on one computer
    rate_device: int = 600  # requests a minute
    rate_address: int = 6000  # many desks may share one
    rate_strangers: int = 120  # a minute of one address without a token
    partitions: int = 16  # of the record tables; chosen once, by `hub init`
    pool: int = 8  # connections, and requests at work at once, of one worker
    lock_timeout_ms: int = 5000
    statement_timeout_ms: int = 30_000
    first_syncs: int = 4  # at once, of one worker; others are asked to come again
    most_waiting: int = 64  # requests of one worker; others are asked to come again
    most_rows: int = 200_000  # of one scope
    most_deletions: int = 50  # of one batch without somebody's word
    most_blob: int = 20 << 20
    lease_days: int = 7
    escrow_key: str = ""  # the bank's recovery public key (X25519, 64 hex digits); without one no desk is escrowed
    exports: str = "encrypted"  # what desks may give out: free, encrypted (and print), files, none
    export_rows: int = 5000  # of one export
    round_s: int = 900  # a desk comes again after so long, spread by its id
    log: str = "json"  # or "off"

    def __post_init__(self) -> None:
        _check_secret(self.secret)
        if bool(self.tls_certificate) != bool(self.tls_key):
            raise Refused(N_("TLS needs a certificate and its key."), field="tls_key", code="tls")
        if self.tls_client_ca and not self.tls_certificate:
            raise Refused(N_("TLS needs a certificate and its key."), field="tls_client_ca", code="tls")
        if self.oidc_issuer and not (self.oidc_issuer.startswith("https://") or _is_here(self.oidc_issuer)):
            raise Refused(N_("The bank's sign-in must be reached by https."), field="oidc_issuer", code="oidc")
        if self.oidc_issuer and not self.oidc_client:
            raise Refused(N_("The bank's sign-in needs a client id."), field="oidc_client", code="oidc")
        if self.escrow_key and not re.fullmatch("[0-9a-f]{64}", self.escrow_key):
            raise Refused(
                N_("The bank's recovery key is not 64 hex digits."), do=N_("Take what rmdesk escrow pair showed."),
                field="escrow_key", code="escrow_key",
            )  # fmt: skip
        if not 1 <= self.lease_days <= 30:
            raise Refused(N_("A lease lasts 1 to 30 days."), field="lease_days", code="lease_days")
        if self.exports not in EXPORTS:
            raise Refused(N_("Exports are free, encrypted, files or none."), field="exports", code="exports")

    def check_serving(self) -> None:
        """Refuse to serve other computers without TLS, unless told that a proxy sees to it; or desks nobody let in."""
        if self.unasked_devices and self.host not in LOOPBACK:
            raise Refused(
                N_("Desks that nobody let in are served on this computer only."),
                field="unasked_devices",
                code="unasked",
            )
        if self.host in LOOPBACK or self.tls_certificate or self.plain_http:
            return
        raise Refused(
            N_("The hub does not serve other computers without TLS."),
            do=N_("Give RMDESK_HUB_TLS_CERTIFICATE and RMDESK_HUB_TLS_KEY; or RMDESK_HUB_PLAIN_HTTP=1 behind a proxy."),
            field="tls_certificate",
            code="no_tls",
        )

    def key(self, purpose: str) -> bytes:
        """32 bytes of the secret for one purpose only."""
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(SHA256(), 32, salt=b"rmdesk hub", info=purpose.encode()).derive(self.secret.encode())


def _is_here(address: str) -> bool:
    return any(address.startswith(f"http://{host}{end}") for host in LOOPBACK for end in (":", "/"))


def from_environment(environment: Mapping[str, str] | None = None, **more: Any) -> Settings:
    """The settings of RMDESK_HUB_*; `more` wins. Refused when one is missing, unknown or not understood."""
    told = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in (os.environ if environment is None else environment).items()
        if name.startswith(PREFIX)
    }
    kinds = {field.name: str(field.type) for field in fields(Settings)}
    for name in told:
        if name not in kinds:
            raise Refused(
                N_("There is no setting {name}."), do=N_("See the manual of the hub."), field=name, code="setting",
                name=PREFIX + name.upper(),
            )  # fmt: skip
    read = {name: _read(name, value, kinds[name]) for name, value in told.items()} | more
    for name in ("database_url", "secret"):
        if not read.get(name):
            raise Refused(
                N_("The hub is not told its {name}."), do=N_("Set {variable}."), field=name, code="setting",
                name=name, variable=PREFIX + name.upper(),
            )  # fmt: skip
    return Settings(**read)


def _read(name: str, value: str, kind: str) -> Any:
    if kind.startswith("Path"):
        return Path(value)
    if kind != "int":
        return value
    if not value.isdigit():
        raise Refused(N_("{name} is not a number."), field=name, code="setting", name=PREFIX + name.upper())
    return int(value)


def _check_secret(secret: str) -> None:
    weak = len(secret) < SHORTEST_SECRET or len(set(secret)) < LEAST_SIGNS
    if weak or any(secret.lower().startswith(word) for word in WELL_KNOWN):
        raise Refused(
            N_("The hub's secret is missing, too short or well known."),
            do=N_('Set RMDESK_HUB_SECRET to 32 random bytes, e.g. from: python3 -c "import secrets; '
                  'print(secrets.token_urlsafe(32))"'),
            field="secret",
            code="secret",
        )  # fmt: skip
