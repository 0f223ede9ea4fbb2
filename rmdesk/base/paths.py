"""Where things lie on disk: what rmdesk ships, and what belongs to a user."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """The folder of shipped data: beside the package in a checkout, inside it when installed or frozen."""
    package = (
        Path(getattr(sys, "_MEIPASS", "")) / "rmdesk" if hasattr(sys, "_MEIPASS") else Path(__file__).parent.parent
    )
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def resource(*parts: str) -> Path:
    """One shipped file or folder, as in `resource("rules", "tiers.toml")`."""
    return resources().joinpath(*parts)


def profiles() -> Path:
    """The folder that holds the user's profiles; RMDESK_HOME moves it."""
    chosen = os.environ.get("RMDESK_HOME")
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("rmdesk", appauthor=False))


def cached(*parts: str) -> Path:
    """The user's folder of what can be found out again, such as which fonts there are; never anything of a client."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("rmdesk", appauthor=False)).joinpath(*parts)


def policies() -> Path:
    """The folder of what the bank prescribes on this computer; users may read it, administrators write it."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "rmdesk"
    return Path("/Library/Application Support/rmdesk" if sys.platform == "darwin" else "/etc/rmdesk")


def package(*parts: str) -> Path:
    """A folder of the program itself, as in `package("models", "migrations")`."""
    return Path(__file__).parent.parent.joinpath(*parts)


def profile(name: str = "default") -> Path:
    """The folder of one profile: the user's own, or `demo`."""
    return profiles() / name
