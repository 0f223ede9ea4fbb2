"""A bad line: an HTTP proxy that loses requests and answers, repeats and delays requests, and cuts answers short."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

KEPT = 20  # older requests that may arrive again
PASSED_ON = ("authorization", "content-encoding", "content-type", "accept-encoding", "accept")


@dataclass
class Line:
    """How bad the line is, each a share of the requests."""

    lost: float = 0.05
    unanswered: float = 0.05
    repeated: float = 0.06
    delayed: float = 0.05  # an older push arrives again, late
    cut: float = 0.02
    failing: float = 0.02  # 503 of something in between
    captive: float = 0.01  # a page of the hotel's instead of the hub

    def mend(self) -> None:
        """From now on all is well."""
        self.lost = self.unanswered = self.repeated = self.delayed = self.cut = self.failing = self.captive = 0.0


GOOD = Line(*[0.0] * 7)


class Proxy:
    """Listens on the loopback and speaks to `upstream`, which may change when the hub is started anew."""

    def __init__(self, upstream: str, rng: random.Random, line: Line) -> None:
        self.upstream, self.rng, self.line = upstream, rng, line
        self.count: dict[str, int] = {}
        self._unheard: dict[str, int] = {}
        self._older: list[tuple[str, str, dict[str, str], bytes]] = []
        handler = type("Handler", (_Handler,), {"proxy": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def lose_answers(self, path: str, times: int) -> None:
        """Lose the next answers to requests whose path ends so."""
        self._unheard[path] = times

    def handle(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, Any, bytes] | None:
        """What comes back: status, headers and body; None when nothing does."""
        if self._dice("lost"):
            return None
        if self._dice("failing"):
            return 503, {"content-type": "text/plain", "retry-after": "0"}, b"try again"
        if self._dice("captive"):
            return 200, {"content-type": "text/html"}, b"<html>Welcome to the hotel</html>"
        answer = self._forward(method, path, headers, body)
        if method == "POST":
            if self._dice("repeated"):
                self._forward(method, path, headers, body)
            if self._older and self._dice("delayed"):
                self._forward(*self.rng.choice(self._older))
            if path.endswith("/push"):
                self._older = [*self._older[-KEPT:], (method, path, headers, body)]
        if self._unheard.get("/" + path.rpartition("/")[2], 0) > 0:
            self._unheard["/" + path.rpartition("/")[2]] -= 1
            return None
        if self._dice("unanswered"):
            return None
        status, told, data = answer
        if self._dice("cut"):
            return status, told, data[: self.rng.randrange(len(data) + 1)]
        return answer

    def _dice(self, what: str) -> bool:
        falls = self.rng.random() < float(getattr(self.line, what))
        if falls:
            self.count[what] = self.count.get(what, 0) + 1
        return falls

    def _forward(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, Any, bytes]:
        connection = HTTPConnection(urlsplit(self.upstream).netloc, timeout=30)
        try:
            connection.request(method, path, body, headers)
            got = connection.getresponse()
            data = got.read()
            told = {name: value for name, value in got.getheaders() if name.lower().startswith(("content-", "retry-"))}
            return got.status, told, data
        finally:
            connection.close()


class _Handler(BaseHTTPRequestHandler):
    proxy: Proxy

    def _do(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name: self.headers[name] for name in PASSED_ON if self.headers.get(name)}
        answer = self.proxy.handle(self.command, self.path, headers, body)
        self.close_connection = True
        if answer is None:
            return
        status, told, data = answer
        self.send_response(status)
        for name, value in told.items():
            if name.lower() != "content-length":
                self.send_header(name, value)
        whole = next((value for name, value in told.items() if name.lower() == "content-length"), len(data))
        self.send_header("content-length", str(whole))
        self.send_header("connection", "close")
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = _do

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is told of single requests."""
