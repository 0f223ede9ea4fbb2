"""The steps of getting in at a hub, as the dialog asks for them; all of them wait for the network, on a worker."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


class Entrance:
    """What a desk does to get in: ask how, sign in, register, join."""

    def __init__(self) -> None:
        self._login: Any = None

    @property
    def login(self) -> Any:
        """The steps; imported with the first one."""
        if self._login is None:
            self._login = import_module("rmdesk.services.sync.login")
        return self._login

    def ways(self, url: str) -> Any:
        """How one may sign in there: `password`, `oidc`."""
        return self.login.ways(url)

    def with_password(self, url: str, user: str, password: str) -> Any:
        """Sign in with name and password."""
        return self.login.with_password(url, user, password)

    def with_browser(self, url: str, show: Callable[[str], object]) -> Any:
        """Sign in with the bank's own sign-in."""
        return self.login.with_browser(url, show)

    def register(self, store: Any, url: str, signed: Any, name: str) -> str:
        """Register this desk; "active", or that it waits for approval."""
        return str(self.login.register(store, url, signed, name))

    def join(self, store: Any) -> Any:
        """Follow the hub this desk was registered at."""
        return self.login.join(store)
