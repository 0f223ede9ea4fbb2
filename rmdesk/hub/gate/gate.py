"""What stands between the network and the services: the hub's own words, how often somebody may ask, the bank's
sign-in. One for each worker.
"""

from __future__ import annotations

from dataclasses import dataclass

from rmdesk.hub.gate.limits import Limiter, Rate
from rmdesk.hub.gate.oidc import Provider
from rmdesk.hub.gate.tokens import Mint
from rmdesk.hub.settings import Settings


@dataclass(frozen=True, slots=True)
class Gate:
    """See above. `strangers` limits by address whatever is asked without a token."""

    mint: Mint
    devices: Limiter
    people: Limiter
    addresses: Limiter
    strangers: Limiter
    provider: Provider | None


def gate_of(settings: Settings) -> Gate:
    """The gate of a hub with these settings."""
    minute = settings.rate_device
    provider = (
        Provider(settings.oidc_issuer, settings.oidc_client, settings.oidc_secret) if settings.oidc_issuer else None
    )
    return Gate(
        Mint(settings.key("words")),
        Limiter(Rate(minute, minute)),
        Limiter(Rate(minute * 3, minute * 3)),
        Limiter(Rate(settings.rate_address, settings.rate_address)),
        Limiter(Rate(settings.rate_strangers, settings.rate_strangers)),
        provider,
    )
