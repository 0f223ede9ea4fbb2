"""Whether the hub lives, whether it is ready to work, and what it counted."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import SQLAlchemyError

from rmdesk.hub.core import Hub
from rmdesk.hub.failures import Failed

router = APIRouter(tags=["health"])
TEXT = "text/plain; version=0.0.4; charset=utf-8"


@router.get("/healthz", response_model=None, responses={200: {"content": {"text/plain": {}}}})
async def alive() -> Response:
    """The program runs."""
    return Response("ok", media_type="text/plain")


@router.get("/readyz", response_model=None, responses={200: {"content": {"text/plain": {}}}, 503: {}})
async def ready(request: Request) -> Response:
    """The database answers; 503 when not."""
    await run_in_threadpool(_ask, request.app.state.hub)
    return Response("ready", media_type="text/plain")


@router.get("/metrics", response_model=None, responses={200: {"content": {"text/plain": {}}}})
async def metrics(request: Request) -> Response:
    """What this worker counted, for Prometheus."""
    hub: Hub = request.app.state.hub
    return Response("\n".join(hub.counts.lines()) + "\n", media_type=TEXT)


def _ask(hub: Hub) -> None:
    try:
        with hub.database.transaction(reading=True) as connection:
            connection.execute("SELECT epoch FROM hub_state").fetchone()
    except (SQLAlchemyError, OSError) as error:
        raise Failed(503, "database", retry_after=5) from error
