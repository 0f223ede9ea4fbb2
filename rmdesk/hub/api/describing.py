"""The OpenAPI document: FastAPI's, with the wire's messages as its schemas."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from rmdesk.wire import blobs, books, devices, handing, messages, people, proofs, signing_in

WIRE = (messages, proofs, blobs, people, signing_in, devices, books, handing)


def describe(app: FastAPI) -> None:
    """Let /openapi.json tell all messages."""

    def told() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(title=app.title, version=app.version, routes=app.routes)
            components = document.setdefault("components", {})
            components["schemas"] = _schemas()
            components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = told  # type: ignore[method-assign]


def _schemas() -> dict[str, Any]:
    kinds = {one: None for module in WIRE for one in vars(module).values() if _is_message(one)}
    _refs, schemas = msgspec.json.schema_components(list(kinds), ref_template="#/components/schemas/{name}")
    return dict(schemas)


def _is_message(one: object) -> bool:
    return isinstance(one, type) and issubclass(one, msgspec.Struct) and one is not msgspec.Struct
