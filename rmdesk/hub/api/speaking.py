"""How an endpoint is written: a plain function from what was asked to the answer, both messages of the wire.

`Speaker.post("/v1/...", work, Message, Answer)` reads and checks the body, finds out who asks, runs `work` beside the
event loop, and writes the answer; the OpenAPI document is made from the same words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool

from rmdesk.hub.api import bodies
from rmdesk.hub.core import Caller, Hub
from rmdesk.hub.deps import caller, check_stranger
from rmdesk.hub.failures import foreign
from rmdesk.wire.messages import CHUNK, MOST_BYTES

T = TypeVar("T")
NOBODY = Caller("", "", "", "")
FAILS = (400, 404, 413, 415, 422, 429, 503)
PATTERNS = {"sha256": "^[0-9a-f]{64}$"}
ID = "^[0-9a-f]{32}$"


@dataclass(frozen=True, slots=True)
class Ask(Generic[T]):
    """A request: who asks, the message (`body` are its very bytes), the parts of the path and the query."""

    hub: Hub
    caller: Caller
    told: T
    body: bytes = b""
    path: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    address: str = ""

    def id(self, name: str) -> str:
        """An id of the path; what is none is told like one that is not there."""
        if not re.fullmatch(ID, self.path[name]):
            raise foreign()
        return self.path[name]


Work = Callable[[Ask[Any]], Any]


class Speaker:
    """Endpoints of one subject."""

    def __init__(self, subject: str) -> None:
        self.router = APIRouter(tags=[subject])

    def post(self, path: str, work: Work, takes: type | None, gives: type | None = None, **how: Any) -> None:
        """An endpoint that does something; most take a message."""
        self._add("POST", path, work, takes, gives, **how)

    def get(self, path: str, work: Work, gives: type | None = None, **how: Any) -> None:
        """An endpoint that only tells."""
        self._add("GET", path, work, None, gives, **how)

    def put(self, path: str, work: Work, takes: type, gives: type | None = None, **how: Any) -> None:
        """An endpoint that takes a message or bytes, the same ones as often as one likes."""
        self._add("PUT", path, work, takes, gives, **how)

    def _add(
        self,
        method: str,
        path: str,
        work: Work,
        takes: type | None,
        gives: type | None,
        *,
        open_: bool = False,
        status: int = 200,
        query: dict[str, dict[str, Any]] | None = None,
        fails: tuple[int, ...] = (),
    ) -> None:
        """`open_`: asked without signing in. `query`: JSON schemas of its parameters. `fails`: more statuses."""

        async def known(request: Request, who: Caller = Depends(caller)) -> Response:  # noqa: B008
            return await _answer(request, who, work, takes, status)

        async def anybody(request: Request, _: None = Depends(check_stranger)) -> Response:
            return await _answer(request, NOBODY, work, takes, status)

        self.router.add_api_route(
            path,
            anybody if open_ else known,
            methods=[method],
            summary=(work.__doc__ or "").strip().splitlines()[0] if work.__doc__ else None,
            operation_id=f"{method.lower()}_{re.sub(r'[^a-z0-9]+', '_', path.lower()).strip('_')}",
            response_model=None,
            openapi_extra=_described(path, takes, gives, status, query or {}, fails, open_=open_),
        )


async def _answer(request: Request, who: Caller, work: Work, takes: type | None, status: int) -> Response:
    most = CHUNK if takes is bytes else MOST_BYTES
    body = await bodies.read(request, most) if takes is not None else b""
    ask = Ask(
        request.app.state.hub,
        who,
        bodies.told(body, takes) if takes not in (None, bytes) else None,
        body,
        dict(request.path_params),
        dict(request.query_params),
        dict(request.headers),
        request.client.host if request.client else "",
    )
    return bodies.respond(request, await run_in_threadpool(work, ask), status)


def _described(
    path: str,
    takes: type | None,
    gives: type | None,
    status: int,
    query: dict[str, dict[str, Any]],
    fails: tuple[int, ...],
    *,
    open_: bool,
) -> dict[str, Any]:
    """What the OpenAPI document says beside what FastAPI knows by itself."""
    known = {"description": "done"} | ({"content": _json(gives)} if gives else {})
    refused = {"description": "not done", "content": {bodies.JSON: {"schema": _ref("Failure")}}}
    statuses = {*FAILS, *fails, *(() if open_ else (401, 403))}
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": PATTERNS.get(name, ID)}}
        for name in re.findall(r"{(\w+)}", path)
    ] + [{"name": name, "in": "query", "required": False, "schema": schema} for name, schema in query.items()]
    told: dict[str, Any] = {
        "responses": {str(204 if gives is None else status): known} | {str(code): refused for code in sorted(statuses)},
        "parameters": parameters,
    }
    if takes is not None:
        told["requestBody"] = {"required": True, "content": _json(takes)}
    if not open_:
        told["security"] = [{"token": []}]
    return told


def _json(kind: type) -> dict[str, Any]:
    if kind is bytes:
        return {bodies.BYTES: {"schema": {"type": "string", "format": "binary", "maxLength": CHUNK}}}
    return {bodies.JSON: {"schema": _ref(kind.__name__)}}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
