"""A desk of a test: its key, and how it signs in, registers and asks for access."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rmdesk.base import clock
from rmdesk.hub.gate import tokens
from rmdesk.wire.people import proof
from tests.support.hub import HubUnderTest, Person


@dataclass
class Desk:
    """A laptop with a key of its own."""

    hub: HubUnderTest
    user: str
    id: str = field(default_factory=lambda: uuid4().hex)
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    refresh: str = ""

    def post(self, path: str, told: dict[str, Any]) -> Any:
        return self.hub.client().post(path, json=told)

    def nonce(self) -> str:
        return str(self.hub.client().get("/v1/auth/nonce").json()["nonce"])

    def enter(self) -> str:
        """What signing in gives, without the password."""
        return self.hub.core.gate.mint.word("enter", clock.now() + tokens.ENTER, user=self.user)

    def signed(
        self, purpose: str, told: str, nonce: str | None = None, key: Ed25519PrivateKey | None = None
    ) -> dict[str, str]:
        nonce = nonce or self.nonce()
        return {"nonce": nonce, "signature": (key or self.key).sign(proof(purpose, nonce, self.id, told)).hex()}

    def registration(self, enter: str | None = None) -> dict[str, Any]:
        enter = enter or self.enter()
        public = self.key.public_key().public_bytes_raw().hex()
        return {
            "enter": enter, "device": self.id, "name": "laptop", "public_key": public,
            **self.signed("register", enter),
        }  # fmt: skip

    def register(self) -> Any:
        answer = self.post("/v1/devices", self.registration())
        if answer.status_code == 200:
            self.refresh = answer.json()["refresh"]
        return answer

    def approved_by(self, who: Person) -> Any:
        return self.hub.client(who).post(f"/v1/devices/{self.id}/approve")

    def asks(self, refresh: str | None = None, **how: Any) -> Any:
        """Ask for access with a refresh token."""
        told = refresh or self.refresh
        return self.post(
            "/v1/auth/refresh", {"refresh": told, "device": self.id, **self.signed("refresh", told, **how)}
        )


def active(hub: HubUnderTest, who: Person) -> Desk:
    """A registered and approved desk of somebody, beside the one they have."""
    desk = Desk(hub, who.id)
    assert desk.register().status_code == 200
    assert desk.approved_by(hub.people.admin).status_code == 200
    return desk
