"""The steps of getting in at a hub, as the dialog asks for them; all of them wait for the network, on a worker."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rmdesk.base.text import N_

if TYPE_CHECKING:
    from rmdesk.services.store.store import Store
    from rmdesk.wire.signing_in import SignedIn, SignInWays


class Entrance:
    """What a desk does to get in; each step is imported when it is taken."""

    title = N_("Join a team hub")
    about = N_(
        "The password goes to the hub and is kept nowhere. What you wrote so far is shared with your team; "
        "the bank's data come from the hub from then on."
    )
    done = N_("The team hub is joined. The first load begins; you can work meanwhile.")

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


class Return(Entrance):
    """A joined desk signs in again: its key was lost, or the hub shut it out."""

    title = N_("Sign in at the hub again")
    about = N_(
        "The password goes to the hub and is kept nowhere. Your data and what waits to be told stay here; "
        "the device this desk was before is shut out."
    )
    done = N_("This desk follows the hub again.")

    def register(self, store: Store, url: str, signed: SignedIn, name: str) -> str:
        from rmdesk.services.sync import rejoining

        return rejoining.sign_in(store, signed, name)

    def join(self, store: Store) -> int:
        from rmdesk.services.sync import rejoining

        return rejoining.finish(store)
