"""All declared settings, found where they are declared: `services/<feature>/settings.py` and the general ones."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path
from typing import Any

from rmdesk import services
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.settings import general
from rmdesk.services.settings.declared import Setting


@cache
def _declarations() -> tuple[Any, ...]:
    """The modules that declare settings, the general one first.

    Looks at the files first: asking Python whether a package has such a module imports the package.
    """
    modules: list[Any] = [general]
    for package in sorted(module.name for module in pkgutil.iter_modules(services.__path__) if module.ispkg):
        folders = [str(Path(folder) / package) for folder in services.__path__]
        if any(module.name == "settings" for module in pkgutil.iter_modules(folders)):
            modules.append(importlib.import_module(f"{services.__name__}.{package}.settings"))
    return tuple(modules)


@cache
def all_settings() -> tuple[Setting[Any], ...]:
    """Every declared setting: the general ones first, then feature by feature, in the order of declaration."""
    found: dict[str, Setting[Any]] = {}
    for module in _declarations():
        for thing in vars(module).values():
            if isinstance(thing, Setting) and found.setdefault(thing.key, thing) is not thing:
                raise ValueError(f"two settings are called {thing.key}")
    return tuple(found.values())


def followers(key: str) -> list[tuple[str, str]]:
    """Which commands (module, name) have to run again in the same transaction when this setting changes.

    A feature says so in its settings module: FOLLOWS maps the key to the name of one of its commands.
    """
    named = ((f"{module.__package__}.commands", getattr(module, "FOLLOWS", {}).get(key)) for module in _declarations())
    return [(module, name) for module, name in named if name is not None]


def setting(key: str) -> Setting[Any]:
    """The setting of a key; Refused when nothing declares it."""
    for declared in all_settings():
        if declared.key == key:
            return declared
    raise Refused(
        N_("There is no setting called {key}."),
        do=N_("Check the name; the settings page shows them all."),
        code="no_setting",
        key=key,
    )
