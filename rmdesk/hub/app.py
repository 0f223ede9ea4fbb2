"""Joins the parts of the hub into one ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from anyio import to_thread
from fastapi import FastAPI, Request, Response
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from rmdesk import __version__
from rmdesk.hub.api import admin, blobs, describing, health, people, sync
from rmdesk.hub.api.bodies import respond
from rmdesk.hub.core import Hub, opened
from rmdesk.hub.database import Busy
from rmdesk.hub.failures import Failed
from rmdesk.hub.settings import Settings
from rmdesk.hub.watching import Watch
from rmdesk.wire.messages import Failure

ROUTERS = (health.router, people.router, admin.router, sync.router, blobs.router)


def create_app(settings: Settings) -> FastAPI:
    """The hub of these settings, its database opened."""
    return application(opened(settings))


def application(hub: Hub) -> FastAPI:
    """The application around a hub."""

    @asynccontextmanager
    async def living(_app: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = hub.settings.pool
        yield
        hub.close()

    app = FastAPI(
        title="rmdesk hub", version=__version__, lifespan=living, docs_url=None, redoc_url=None,
        redirect_slashes=False, openapi_url="/openapi.json",
    )  # fmt: skip
    app.state.hub = hub
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(Failed, _failed)
    app.add_exception_handler(HTTPException, _unknown)
    app.add_exception_handler(psycopg.DataError, _unfit)
    app.add_exception_handler(ClientDisconnect, _gone)
    for kind in (Busy, PoolTimeout, SQLAlchemyError, psycopg.OperationalError):
        app.add_exception_handler(kind, _busy)
    app.add_middleware(Watch, hub=hub)
    describing.describe(app)
    return app


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, Failed)
    told = Failure(error.code, error.epoch, error.field, error.order)
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
    if error.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return respond(request, told, error.status, **headers)


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = {404: "not_found", 405: "method"}.get(error.status_code, "http")
    return respond(request, Failure(code), error.status_code, **dict(error.headers or {}))


async def _unfit(request: Request, _error: Exception) -> Response:
    """A value that the database cannot hold, which nobody noticed before."""
    return respond(request, Failure("message"), 422)


async def _gone(request: Request, _error: Exception) -> Response:
    """Whoever asked has gone before all was said: nobody reads this, and it is no fault of the hub's."""
    return respond(request, Failure("cut"), 400)


async def _busy(request: Request, _error: Exception) -> Response:
    """Whatever the database could not do now: come again."""
    return respond(request, Failure("busy"), 503, **{"Retry-After": "5"})
