"""What is fuzzed: the importers, and what decodes the wire at both ends."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx
import msgspec

from rmdesk.base.errors import Known, Trouble
from rmdesk.hub import packing
from rmdesk.hub.api import bodies
from rmdesk.hub.failures import Failed
from rmdesk.services.imports.gathering import gathered
from rmdesk.services.imports.source import open_sources
from rmdesk.services.sync import lease, wiping
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.wire import bank, blobs, proofs, signed
from rmdesk.wire import messages as say
from tests.hostile import made
from tests.hostile.fuzzing import FOUND, Target

ID = "a" * 32
_FILE = Path(tempfile.gettempdir()) / "rmdesk-fuzzed"
ROW = say.Row("visit", ID, f"book:{ID}", 3, ID, 5, fields={"content": "x", "on": 1}, field_rev={"content": 3})
ASKED = (
    say.Push(ID, 1, 1, 2, [say.Item("visit", ID, ID, {"content": say.Edit("y", 3)})]),
    say.Pull(ID, 1, 2, 3, {f"book:{ID}": say.Cursor(1, 2)}),
    say.First(ID, 1, 2, f"own:{ID}", 9),
    say.Hello(ID, 2, 1, "x", ""),
    proofs.Fetch(ID, 1, [ID]),
    blobs.Escrow(ID, "b" * 64, "c" * 216),
    blobs.Receipt(ID, ID, ID, {"visit": 1}),
)
TOLD = (
    say.Pulled(1, "2026-11-21T09:00:00+00:00", 3, {f"book:{ID}": say.Feed([say.Event(5, ROW)], 5, 5)}),
    say.FirstPage([ROW], 0, 5, 1),
    proofs.ManifestAnswer({ID: 3}, 5, "1"),
    proofs.Fetched([ROW]),
    say.Pushed(1, 1, "", [say.Result("visit", ID, "applied", row=ROW)]),
    say.Welcome("h", 1, 2, 1, "", say.Colleague(ID, "王", "manager"), [], [], 3, ""),
)
FACTS = (
    bank.told_client(bank.ClientFacts("0001", "2026-11-20", {"name": "周文敏"}, {"phone": None}, ("1", "支行")), ""),
    bank.told_money(bank.MoneyFacts("0001", [("62", "2026-11-20")], [("k", "2026-11-20", None, "62", "P")], []), ""),
    bank.told_part(("P", "理财", "fund")),
    bank.told_part(("2026-11-20",)),
)
FAILURES = (401, 403, 409, 422, 426, 429, 500, 302)


def read_file(data: bytes) -> None:
    """As the importer takes a file: opened, shown, read whole."""
    path = _FILE.with_name(f"{_FILE.name}-{id(_FILE):x}")
    path.write_bytes(data)
    sources = open_sources(path)
    for source in sources:
        source.preview()
    with gathered(sources):
        pass


def small_files() -> Iterable[bytes]:
    """All hostile files that are small."""
    for family in made.FAMILIES.values():
        for make in family:
            yield from (data for _name, data in make() if len(data) < 4000)


class _Anybody:
    def access(self) -> str:
        return "token"

    def renewed(self, refused: str) -> str:
        return ""


def hear(data: bytes) -> None:
    """The first byte says who hears the rest: a desk its hub's answer, the hub a desk's request, or a signed word."""
    which, rest = data[0] if data else 0, data[1:]
    kinds: list[Any] = [type(one) for one in (*ASKED, *TOLD)]
    match which % 5:
        case 0:
            for kind in kinds[: len(ASKED)]:
                _ask(kind, rest)
        case 1:
            packing.unpacked(rest, 1 << 20)
        case 4:
            _facts(rest)
        case 2:
            word = rest.decode("utf-8", "replace")
            signed.opened(word, "lease", "d" * 64)
            lease.opened(word, "d" * 64, ID, ID)
            wiping.checked(word, "d" * 64, ID, ID)
        case _:
            status = (200, *FAILURES)[which // 5 % 9]
            kind = kinds[len(ASKED) + which // 45 % len(TOLD)]
            headers = {"content-type": "application/json"} | ({"content-encoding": "zstd"} if which > 200 else {})
            answer = httpx.MockTransport(
                lambda _: httpx.Response(status, stream=httpx.ByteStream(rest), headers=headers)
            )
            with HubClient("https://hub", _Anybody(), answer) as client:
                client.get("/v1/x", kind)


def _facts(rest: bytes) -> None:
    """What the hub tells of a client of the bank, as a desk reads it; the first byte says what."""
    text = rest[1:].decode("utf-8", "replace")
    match (rest[:1] or b"c")[0] % 4:
        case 0:
            bank.rebased(bank.CLIENT, text, "2026-11-20", "2026-11-21")
        case 1:
            bank.rebased(bank.MONEY, text, "2026-11-20", "2026-11-21")
        case 2:
            bank.product_facts(text)
        case _:
            bank.day_facts(text)


def _ask(kind: Any, rest: bytes) -> None:
    try:
        bodies.told(rest, kind)
    except Failed:
        return


def said() -> Iterable[bytes]:
    """One of each message, for each who hears it."""
    for one in ASKED:
        yield b"\0" + msgspec.json.encode(one)
    for place, one in enumerate(TOLD):
        yield bytes([3 + 45 * place]) + msgspec.json.encode(one)
    for place in range(len(FAILURES)):
        yield bytes([3 + 5 * (place + 1)]) + b'{"code":"wipe","order":"v1.wipe.e30.AA","epoch":1}'
    for place, text in enumerate(FACTS):
        yield bytes([4, place]) + text.encode()
    yield b"\1" + packing.squeezed(b"{}" * 50)
    yield bytes([219]) + packing.squeezed(b'{"code":"x"}')
    yield b"\2" + signed.joined(signed.said("lease", {"hub": ID}), bytes(64)).encode()
    yield b"\0" + b'{"a":' * 400 + b"1" + b"}" * 400


IMPORTS = Target("imports", read_file, (Known,), ("services/imports",), small_files)
WIRE = Target(
    "wire",
    hear,
    (Failed, Known, Trouble, bank.Unreadable),
    (
        "wire",
        "hub/packing.py",
        "hub/api/bodies.py",
        "services/sync/hub_client.py",
        "services/sync/lease.py",
        "services/sync/wiping.py",
    ),
    said,
)
TARGETS = {target.name: target for target in (IMPORTS, WIRE)}


def found(target: Target) -> list[Path]:
    """What once made this target fail."""
    return sorted(FOUND.glob(f"{target.name}-*"))
