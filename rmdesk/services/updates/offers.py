"""Looks for an offer where the bank's policy says, and fetches its file. Nothing is ever installed from here."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urljoin

from rmdesk import __version__
from rmdesk.base import clock
from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.progress import Progress
from rmdesk.base.record import record
from rmdesk.base.text import N_
from rmdesk.services.settings.policy import Policy, policy
from rmdesk.services.updates import manifest
from rmdesk.services.updates.manifest import ASK, File, Offer

PIECE = 1 << 18
WAIT_S = 20


@record
class Looked:
    """What was found: `offer` is None when this version is the newest; `file` is None when none fits this system.

    `place` is where it was found, `signed_by` the print of the key that signed it.
    """

    here: str
    offer: Offer | None
    file: File | None
    may_follow: bool
    place: str
    signed_by: str


def look(told: Policy | None = None, here: str = __version__, system: str = "") -> Looked:
    """What the bank offers now. Raises Refused without a place to look, Trouble when it cannot be reached."""
    told = told or policy()
    if not told.updates:
        raise Refused(
            N_("No place for updates is set."),
            do=N_("The bank sets it in policy.toml; the administrator installs new versions."),
            code="no_updates",
        )
    return look_at(told.updates, told, here, system)


def look_at(place: str, told: Policy | None = None, here: str = __version__, system: str = "") -> Looked:
    """What an offer says that lies at an https address or in a file, as on a stick; the bank's key decides alone.

    Raises as `look`, and Refused where the bank's key is not known.
    """
    told = told or policy()
    if not told.update_key:
        raise Refused(
            N_("This computer does not know the bank's key for updates."),
            do=N_("The bank sets it in policy.toml; the administrator installs new versions."),
            code="no_update_key",
        )
    raw = b""
    for piece in _pieces(place):
        raw += piece
        if len(raw) > manifest.LONGEST:
            break
    offer = manifest.read(raw, told.update_key, clock.today())
    signed_by = manifest.print_of(told.update_key)
    if not manifest.is_newer(offer.version, here):
        return Looked(here, None, None, True, place, signed_by)
    file = offer.file_for(system or this_system())
    return Looked(here, offer, file, manifest.may_follow(offer, here), place, signed_by)


def fetch(found: Looked, folder: Path, progress: Progress) -> Path:
    """The offered file, whole and checked, in `folder`; gives its path. It is for its user to install.

    Raises Refused when there is none, or when it is not what the bank signed, Trouble when the folder does not take it:
    then nothing is left there.
    """
    if found.offer is None or found.file is None:
        raise Refused(
            N_("There is no newer version for this computer."), do=N_("Go on working with this one."), code="no_newer"
        )
    file = found.file
    target, part = folder / file.name, folder / f"{file.name}.part"
    try:
        if is_whole(found, target):
            return target
        with part.open("wb") as out:
            _copy(_pieces(_beside(found.place, file.name)), out, file.size, progress)
        if not _is_it(part, file):
            raise Refused(N_("The file is not the one that the bank signed."), do=ASK, code="bad_file")
        part.replace(target)
    except (OSError, ValueError):  # a ValueError: a folder whose name no system takes
        raise Trouble(
            N_("The installer could not be kept in that folder."),
            do=N_("Choose another folder, or free some space. Nothing was left there, and your work is not touched."),
            code="update_not_kept",
        ) from None
    finally:
        with suppress(OSError, ValueError):
            part.unlink(missing_ok=True)
    return target


def is_whole(found: Looked, path: Path) -> bool:
    """Whether what lies at `path` is the offered file still, byte for byte; what cannot be read is not."""
    try:
        return found.file is not None and path.exists() and _is_it(path, found.file)
    except OSError:
        return False


def this_system() -> str:
    """What kind of file this computer takes."""
    if sys.platform == "win32":
        return "windows"
    if sys.platform == "darwin":
        return "macos"
    return "debian" if Path("/opt/rmdesk") in Path(sys.executable).parents else "linux"


def _is_it(path: Path, file: File) -> bool:
    if path.stat().st_size != file.size:
        return False
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == file.sha256


def _copy(pieces: Iterator[bytes], out: BinaryIO, size: int, progress: Progress) -> None:
    taken = 0
    for piece in pieces:
        taken += len(piece)
        if taken > size:  # nobody fills the disk
            break
        out.write(piece)
        progress.at(taken, size)


def _beside(place: str, name: str) -> str:
    return urljoin(place, name) if place.startswith("https://") else str(Path(place).with_name(name))


def _pieces(place: str) -> Iterator[bytes]:
    """The content of an https address or of a file, piece by piece."""
    if place.startswith("https://"):
        yield from _over_network(place)
        return
    try:
        with Path(place).open("rb") as source:
            yield from iter(lambda: source.read(PIECE), b"")
    except (OSError, ValueError):  # a ValueError: a name that no system takes
        raise _unreachable() from None


def _over_network(place: str) -> Iterator[bytes]:
    import httpx

    from rmdesk.base import trust

    try:
        with (
            httpx.Client(verify=trust.trusted(), timeout=WAIT_S) as client,
            client.stream("GET", place) as answer,
        ):
            answer.raise_for_status()
            yield from answer.iter_bytes(PIECE)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):  # a ValueError: a host that is no name
        raise _unreachable() from None


def _unreachable() -> Trouble:
    return Trouble(
        N_("The place for updates cannot be reached."),
        do=N_("Try again later, or ask the administrator. Your work is not touched."),
        code="updates_unreachable",
    )
