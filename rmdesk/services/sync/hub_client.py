"""Talks to a hub: typed messages over HTTP, packed with zstd, and every failure told apart.

A failure never changes anything at this desk. What hinders from outside (no network, a hotel's sign-in page, a
certificate, a hub that is busy or broken) is Trouble; what the hub decided has a class of its own.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import msgspec
import zstandard

from rmdesk import __version__
from rmdesk.base.errors import Known, Refused, Trouble
from rmdesk.base.text import N_
from rmdesk.base.trust import trusted
from rmdesk.wire import blobs, proofs
from rmdesk.wire import messages as say

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
CONNECT, READ = 6.0, 60.0  # seconds
MOST = 256 << 20  # of an answer, unpacked
WORTH_PACKING = 600  # bytes
JSON = "application/json"
_ASK_LEAD = N_("Ask your lead or the administrator.")
_TRY_LATER = N_("Nothing is lost: what waits is sent as soon as it works again.")


class Tokens(Protocol):
    """What this desk shows to be let in."""

    def access(self) -> str:
        """The token to show now; "" when there is none."""

    def renewed(self, refused: str) -> str:
        """Another token than the one that was refused; "" when there is none to be had."""


class Rolled(Known):
    """The hub has heard more from this device than this file knows: the file is a restored copy."""


class NewEpoch(Known):
    """The hub was thrown back to a copy of itself."""

    def __init__(self, epoch: int) -> None:
        super().__init__(N_("The hub was restored from a copy."), code="epoch")
        self.epoch = epoch


class TooOld(Refused):
    """The hub does not speak with so old a program any more."""


class Wipe(Known):
    """The hub orders that this desk remove its data; `order` is the signed order, to be checked."""

    def __init__(self, order: str) -> None:
        super().__init__(N_("The hub ordered this desk to remove its data."), code="wipe")
        self.order = order


class HubClient:
    """One hub. `transport` replaces the network in tests; close it, or use it as a context."""

    def __init__(self, url: str, tokens: Tokens, transport: httpx.BaseTransport | None = None) -> None:
        import httpx

        self.url = url.rstrip("/")
        self.tokens = tokens
        self.transport = transport
        self.sent = self.received = 0  # bytes on the line
        self._http = httpx.Client(
            base_url=self.url,
            transport=transport,
            verify=True if transport else trusted(),
            timeout=httpx.Timeout(READ, connect=CONNECT),
            headers={"User-Agent": f"rmdesk/{__version__}", "Accept": JSON, "Accept-Encoding": "zstd"},
            follow_redirects=False,
        )

    def __enter__(self) -> HubClient:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the connection go."""
        self._http.close()

    def hello(self, told: say.Hello) -> say.Welcome:
        """Greet the hub."""
        return self.ask("/v1/hello", told, say.Welcome)

    def push(self, body: bytes) -> say.Pushed:
        """Send the bytes of a frozen batch."""
        return self.ask("/v1/sync/push", body, say.Pushed)

    def pull(self, told: say.Pull) -> say.Pulled:
        """What is new."""
        return self.ask("/v1/sync/pull", told, say.Pulled)

    def first(self, told: say.First) -> say.FirstPage:
        """A page of a first load."""
        return self.ask("/v1/sync/first", told, say.FirstPage)

    def manifest(self, told: proofs.Manifest) -> proofs.ManifestAnswer:
        """Which live records a scope has."""
        return self.ask("/v1/sync/manifest", told, proofs.ManifestAnswer)

    def fetch(self, told: proofs.Fetch) -> proofs.Fetched:
        """Some rows as they are now."""
        return self.ask("/v1/sync/fetch", told, proofs.Fetched)

    def receipt(self, told: blobs.Receipt) -> None:
        """Tell what was removed after a client left."""
        self.ask("/v1/receipts", told, None)

    def blob(self, sha256: str, offset: int) -> bytes:
        """The next piece of an attachment; empty at its end."""
        data: bytes = self._answer("GET", f"/v1/blobs/{sha256}?offset={offset}", b"", lambda data, _type: data)
        return data

    def put_blob(self, sha256: str, offset: int, piece: bytes) -> blobs.BlobState:
        """Send a piece of an attachment, an empty one to ask; gives how far the hub has got."""
        path, kind = f"/v1/blobs/{sha256}?offset={offset}", "application/octet-stream"
        found: blobs.BlobState = self._answer("PUT", path, piece, _reader(blobs.BlobState), kind=kind)
        return found

    def ask(self, path: str, told: Any, answer: type[T] | None, *, signed_in: bool = True) -> T:
        """One POST: `told` a message or bytes that are JSON already; the answer as the message named."""
        body = told if isinstance(told, bytes) else msgspec.json.encode(told)
        found: T = self._answer("POST", path, body, _reader(answer), signed_in=signed_in)
        return found

    def get(self, path: str, answer: type[T], *, signed_in: bool = False) -> T:
        """Something that is told to anybody, or to those who are let in."""
        found: T = self._answer("GET", path, b"", _reader(answer), signed_in=signed_in)
        return found

    def abort(self) -> None:
        """End what is under way, from another thread: it fails as if the line were cut."""
        self._http.close()

    def _answer(
        self,
        method: str,
        path: str,
        body: bytes,
        read: Callable[[bytes, str], Any],
        *,
        kind: str = JSON,
        signed_in: bool = True,
    ) -> Any:
        token = self.tokens.access() if signed_in else ""
        status, headers, data = self._send(method, path, body, kind, token)
        if status == 401 and signed_in:
            fresh = self.tokens.renewed(token)
            if fresh:
                status, headers, data = self._send(method, path, body, kind, fresh)
        if status not in (200, 201, 204, 206):
            raise _failed(status, headers, data)
        return read(data, headers.get("content-type", "") if data else JSON)

    def _send(self, method: str, path: str, body: bytes, kind: str, token: str) -> tuple[int, Any, bytes]:
        import httpx

        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if method != "GET":
            headers["Content-Type"] = kind
        if len(body) >= WORTH_PACKING and kind == JSON:
            body, headers["Content-Encoding"] = zstandard.ZstdCompressor(level=3).compress(body), "zstd"
        self.sent += len(body)
        try:
            request = self._http.build_request(method, path, content=body, headers=headers)
            response = self._http.send(request, stream=True)
            try:
                return response.status_code, response.headers, self._read(response)
            finally:
                response.close()
        except (httpx.TransportError, httpx.StreamError, RuntimeError) as error:  # the last: closed by `abort`
            raise _unreachable(error) from error

    def _read(self, response: httpx.Response) -> bytes:
        data = bytearray()
        for piece in response.iter_raw():
            data += piece
            if len(data) > MOST:
                raise _not_a_hub()
        self.received += len(data)
        packing = response.headers.get("content-encoding", "identity")
        if packing == "identity" or not data:
            return bytes(data)
        if packing != "zstd":
            raise _not_a_hub()
        found = bytearray()
        try:
            with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(bytes(data)) as reader:
                while piece := reader.read(1 << 20):
                    found += piece
                    if len(found) > MOST:
                        raise _not_a_hub()
        except zstandard.ZstdError as error:
            raise _not_a_hub() from error
        return bytes(found)


def _failed(status: int, headers: Any, data: bytes) -> Known:
    try:
        told = msgspec.json.decode(data, type=say.Failure)
    except (msgspec.DecodeError, UnicodeDecodeError):
        told = say.Failure("")
    match (status, told.code):
        case (409, "epoch"):
            return NewEpoch(told.epoch)
        case (409, "rolled_back"):
            return Rolled(N_("This file is a restored copy."), code="rolled_back")
        case (403, "wipe" | "retired"):
            return Wipe(told.order)
        case (403, "waiting"):
            return Refused(N_("This desk waits for approval."), do=_ASK_LEAD, code="waiting")
        case (403, "revoked"):
            return Refused(N_("The hub has shut this desk out."), do=_ASK_LEAD, code="revoked")
        case (401, _):
            return Trouble(
                N_("The hub no longer knows this desk."),
                do=N_("Sign in again. What you wrote stays here until the hub has it."),
                code="signed_out",
            )
        case (403, _):
            return Trouble(
                N_("The hub does not let this desk in."),
                do=N_("Ask your team lead to approve it. What you wrote stays here until the hub has it."),
                code="not_let_in",
            )
        case (426, _):
            return TooOld(N_("This version of rmdesk is too old for the hub."), do=N_("Update it."), code="too_old")
        case (429 | 503, _):
            later = _seconds(headers.get("retry-after", ""))
            return Trouble(N_("The hub is busy."), do=_TRY_LATER, code="hub_busy", retry_after=later)
    if status >= 500:
        return Trouble(
            N_("The hub has a fault of its own ({status})."), do=_TRY_LATER, code="hub_failed", status=status
        )
    if 300 <= status < 400 or not told.code:
        return _not_a_hub()
    return Trouble(
        N_("The hub did not accept this: {reason}."),
        do=_TRY_LATER, code="hub_refused", reason=told.code, status=status, about=told.field,
    )  # fmt: skip


def _unreachable(error: Exception) -> Trouble:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLCertVerificationError):
            return Trouble(
                N_("There is no safe connection to the hub."),
                do=N_(
                    "Check its address; if it is right, something on the way breaks TLS. What you "
                    "wrote stays here until the hub has it."
                ),
                code="hub_tls",
            )
        if isinstance(cause, ssl.SSLError):
            return Trouble(
                N_("The hub's certificate is not trusted here."),
                do=N_(
                    "Ask who looks after the hub; do not go on without. What you wrote stays here until the hub has it."
                ),
                code="hub_tls",
            )
        cause = cause.__cause__ or cause.__context__
    return Trouble(N_("The hub cannot be reached."), do=_TRY_LATER, code="hub_unreachable")


def _not_a_hub() -> Trouble:
    return Trouble(
        N_("Something else than the hub answered."),
        do=N_("Perhaps this network wants you to sign in first. Nothing was changed."),
        code="not_a_hub",
    )


def _reader(answer: type[T] | None) -> Callable[[bytes, str], Any]:
    def read(data: bytes, kind: str) -> Any:
        if answer is None:
            return None
        if JSON not in kind:
            raise _not_a_hub()
        try:
            return msgspec.json.decode(data, type=answer)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise _not_a_hub() from error

    return read


def _seconds(text: str) -> int:
    return int(text) if text.isdigit() else 0
