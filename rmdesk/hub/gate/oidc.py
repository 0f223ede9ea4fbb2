"""The bank's own sign-in: OpenID Connect, authorization code flow with PKCE (RFC 7636) for a program with the system's
browser and a redirect on the loopback (RFC 8252).

The secret behind the challenge stays on the desk until the end, so that a code alone is of no use to whoever sees it.
The hub asks the provider for the identity token and believes it only when its signature, issuer, audience, times and
nonce are right (OpenID Connect Core, 3.1.3.7).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import urlencode

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from rmdesk.base.errors import Trouble
from rmdesk.base.text import N_
from rmdesk.base.trust import trusted

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"]  # never "none", never one with a shared secret
SCOPES = "openid profile"
SLACK_S = 120  # between the clocks of provider and hub
KEPT_S = 3600
TIMEOUT_S = 10


@dataclass(frozen=True, slots=True)
class Subject:
    """Who the provider says it is: its own name for the person, and the name they sign in with there."""

    issuer: str
    subject: str
    login: str


class NotBelieved(Exception):
    """What the provider sent does not prove who somebody is."""


def challenge_of(verifier: str) -> str:
    """The challenge of a desk's secret (S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def fits(verifier: str, challenge: str) -> bool:
    """Whether this is the secret behind a challenge."""
    return hmac.compare_digest(challenge_of(verifier), challenge)


def subject_of(token: str, keys: KeySet, issuer: str, client: str, nonce: str, now: float) -> Subject:
    """Who an identity token names; NotBelieved when anything about it is wrong."""
    try:
        claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise NotBelieved(type(error).__name__) from None
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    right = (
        claims.get("iss") == issuer
        and client in audiences
        and (len(audiences) == 1 or claims.get("azp") == client)
        and _number(claims.get("exp")) + SLACK_S > now
        and _number(claims.get("iat"), now) - SLACK_S < now
        and isinstance(claims.get("nonce"), str)
        and hmac.compare_digest(claims["nonce"].encode(), nonce.encode())
        and isinstance(claims.get("sub"), str)
        and 0 < len(claims["sub"]) <= 255
    )
    if not right:
        raise NotBelieved("claims")
    return Subject(issuer, claims["sub"], str(claims.get("preferred_username") or ""))


class Provider:
    """One provider: its addresses and keys are asked for and kept for an hour."""

    def __init__(
        self, issuer: str, client: str, secret: str = "", transport: httpx.BaseTransport | None = None
    ) -> None:
        self.issuer = issuer
        self.client = client
        self._secret = secret
        self._http = httpx.Client(
            timeout=TIMEOUT_S, follow_redirects=False, transport=transport, verify=True if transport else trusted()
        )
        self._lock = Lock()
        self._about: dict[str, Any] = {}
        self._keys: KeySet | None = None
        self._asked = 0.0

    def page(self, redirect: str, state: str, nonce: str, challenge: str) -> str:
        """The address to open in the browser."""
        told = {
            "response_type": "code",
            "client_id": self.client,
            "redirect_uri": redirect,
            "scope": SCOPES,
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        address = self._known()["authorization_endpoint"]
        return f"{address}{'&' if '?' in address else '?'}{urlencode(told)}"

    def subject(self, code: str, verifier: str, redirect: str, nonce: str) -> Subject:
        """Who signed in, for a code of the provider; NotBelieved, or Trouble when it does not answer."""
        told = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect,
            "client_id": self.client,
            "code_verifier": verifier,
        }
        if self._secret:
            told["client_secret"] = self._secret
        answer = self._ask("POST", self._known()["token_endpoint"], data=told)
        if answer.status_code >= 500:
            raise _silent()
        token = _json(answer).get("id_token") if answer.status_code == 200 else None
        if not isinstance(token, str):
            raise NotBelieved("code")
        try:
            return self._believed(token, nonce)
        except NotBelieved:  # the provider may have changed its keys
            if time.monotonic() - self._asked < 1:
                raise
            self._asked = 0.0
            return self._believed(token, nonce)

    def _believed(self, token: str, nonce: str) -> Subject:
        self._known()
        assert self._keys is not None
        return subject_of(token, self._keys, self.issuer, self.client, nonce, time.time())

    def _known(self) -> dict[str, Any]:
        with self._lock:
            if not self._asked or time.monotonic() - self._asked > KEPT_S:
                about = _json(self._ask("GET", self.issuer.rstrip("/") + "/.well-known/openid-configuration"))
                if about.get("issuer") != self.issuer or not _addresses(about, self.issuer):
                    raise _silent()
                keys = _json(self._ask("GET", about["jwks_uri"]))
                try:
                    self._keys = KeySet.import_key_set({"keys": keys["keys"]})
                except (JoseError, KeyError, ValueError, TypeError):
                    raise _silent() from None
                self._about, self._asked = about, time.monotonic()
            return self._about

    def _ask(self, method: str, address: str, **told: Any) -> httpx.Response:
        try:
            return self._http.request(method, address, **told)
        except httpx.HTTPError as error:
            raise _silent() from error


def _addresses(about: dict[str, Any], issuer: str) -> bool:
    """All its addresses are there and as safe as the issuer's own."""
    safe = "https://" if issuer.startswith("https://") else "http"
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    return all(isinstance(about.get(name), str) and about[name].startswith(safe) for name in names)


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        told = answer.json()
    except ValueError:
        raise _silent() from None
    return told if isinstance(told, dict) else {}


def _number(value: Any, without: float = 0.0) -> float:
    return float(value) if isinstance(value, int | float) else without


def _silent() -> Trouble:
    return Trouble(
        N_("The bank's sign-in does not answer as it should."),
        do=N_("Try again later; if it stays so, tell the administrator."),
        code="oidc",
    )
