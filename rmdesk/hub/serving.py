"""Runs the hub: one worker in this process, or several in processes of their own."""

from __future__ import annotations

import logging
import os
import ssl
from dataclasses import fields
from typing import Any

from fastapi import FastAPI

from rmdesk.hub.app import create_app
from rmdesk.hub.settings import PREFIX, Settings, from_environment

HEADER_BYTES = 16 << 10


def serve(settings: Settings) -> None:
    """Serve until it is told to stop."""
    import uvicorn

    settings.check_serving()
    how: dict[str, Any] = {
        "host": settings.host,
        "port": settings.port,
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "h11_max_incomplete_event_size": HEADER_BYTES,
        "timeout_keep_alive": 75,
        "timeout_graceful_shutdown": 20,
    }
    if settings.tls_certificate:
        how |= {"ssl_certfile": settings.tls_certificate, "ssl_keyfile": settings.tls_key}
    if settings.tls_client_ca:
        how |= {"ssl_ca_certs": settings.tls_client_ca, "ssl_cert_reqs": ssl.CERT_REQUIRED}
    if settings.workers == 1:
        _log()
        uvicorn.run(create_app(settings), **how)
        return
    os.environ |= {
        PREFIX + field.name.upper(): str(value)
        for field in fields(settings)
        if (value := getattr(settings, field.name)) not in (None, "")  # nought is a value
    }
    uvicorn.run("rmdesk.hub.serving:worker", factory=True, workers=settings.workers, **how)


def worker() -> FastAPI:
    """The application of one worker, from the environment."""
    _log()
    return create_app(from_environment())


def _log() -> None:
    """The hub's lines are whole documents: nothing is put before them."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    log = logging.getLogger("rmdesk.hub")
    log.handlers, log.propagate = [handler], False
    log.setLevel(logging.INFO)
