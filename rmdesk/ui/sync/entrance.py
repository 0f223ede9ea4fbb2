"""The steps of getting in at a hub, as the dialog asks for them; all of them wait for the network, on a worker."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rmdesk.services.store.store import Store
    from rmdesk.wire.people import SignedIn, SignInWays


class Entrance:
    """What a desk does to get in; each step is imported when it is taken."""

    def ways(self, url: str) -> SignInWays:
        """How one may sign in there: `password`, `oidc`."""
        from rmdesk.services.sync import login

        return login.ways(url)

    def with_password(self, url: str, user: str, password: str) -> SignedIn:
        """Sign in with name and password."""
        from rmdesk.services.sync import login

        return login.with_password(url, user, password)

    def with_browser(self, url: str, show: Callable[[str], object]) -> SignedIn:
        """Sign in with the bank's own sign-in."""
        from rmdesk.services.sync import login

        return login.with_browser(url, show)

    def register(self, store: Store, url: str, signed: SignedIn, name: str) -> str:
        """Register this desk; "active", or that it waits for approval."""
        from rmdesk.services.sync import login

        return login.register(store, url, signed, name)

    def join(self, store: Store) -> int:
        """Follow the hub this desk was registered at; Refused(code="waiting") while nobody has approved it."""
        from rmdesk.services.sync import login

        return login.join(store)
