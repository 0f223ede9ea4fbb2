"""The OpenAPI document: FastAPI's, with the wire's messages as its schemas."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from rmdesk.wire import messages, people


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
    kinds = [*messages.types_().values(), *people.types_().values()]
    _refs, schemas = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    return dict(schemas)
