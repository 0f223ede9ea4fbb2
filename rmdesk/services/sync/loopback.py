"""Waits on the loopback for the browser to come back from the bank's sign-in: one address, one answer, then gone."""

from __future__ import annotations

import hmac
import html
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

PATH = "/signed"
STEP_S = 0.25


class Waiting:
    """A server on a free port of 127.0.0.1 while it is entered; `said` stands on the page the browser shows."""

    def __init__(self, said: str) -> None:
        self._said = said
        self._answer: dict[str, list[str]] | None = None
        self._state = ""
        waiting = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                told = urlsplit(self.path)
                query = parse_qs(told.query)
                right = told.path == PATH and waiting.is_awaited(query)
                page = f"<!doctype html><meta charset=utf-8><title>rmdesk</title><p>{html.escape(waiting._said)}"
                body = page.encode() if right else b""
                self.send_response(200 if right else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Cache-Control", "no-store")
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(body)
                if right:
                    waiting._answer = query

            def log_message(self, format: str, *args: object) -> None:
                """The code stands in the address: nothing is logged."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self._server.timeout = STEP_S

    def __enter__(self) -> Waiting:
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.server_close()

    @property
    def address(self) -> str:
        """Where the browser must come back to."""
        return f"http://127.0.0.1:{self._server.server_port}{PATH}"

    def is_awaited(self, query: dict[str, list[str]]) -> bool:
        """Whether an answer carries the state of this sign-in."""
        told = query.get("state", [""])[0]
        return bool(self._state) and hmac.compare_digest(told.encode(), self._state.encode())

    def code(self, state: str, wait_s: float) -> str:
        """The code that came back with this state; "" when the sign-in was given up, or it took too long."""
        self._state = state
        end = time.monotonic() + wait_s
        while self._answer is None and time.monotonic() < end:
            self._server.handle_request()
        return (self._answer or {}).get("code", [""])[0]
