"""A small OpenID provider on the loopback: everybody who comes is signed in, codes are bound to their challenge."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey


class Provider:
    """`subject` and `login` tell who comes; `fault` what is wrong with the next identity token."""

    def __init__(self) -> None:
        self.subject, self.login, self.fault = "sub-1", "", ""
        self._key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self._other = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self._codes: dict[str, dict[str, str]] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                told = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(told.query).items()}
                if told.path == "/.well-known/openid-configuration":
                    self._say(provider._about())
                elif told.path == "/keys":
                    self._say(KeySet([provider._key]).as_dict(private=False))
                elif told.path == "/authorize" and query.get("code_challenge_method") == "S256":
                    code = secrets.token_urlsafe(16)
                    provider._codes[code] = query
                    back = urlencode({"code": code, "state": query["state"]})
                    self.send_response(302)
                    self.send_header("Location", f"{query['redirect_uri']}?{back}")
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                else:
                    self._say({"error": "unknown"}, 404)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                told = {name: values[0] for name, values in parse_qs(body).items()}
                token = provider._token(told)
                self._say(token if token else {"error": "invalid_grant"}, 200 if token is not None else 400)

            def _say(self, told: Any, status: int = 200) -> None:
                data = json.dumps(told).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: object) -> None:
                """Silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def __enter__(self) -> Provider:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End it."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._server.server_close()
            self._thread.join(10)

    def _about(self) -> dict[str, str]:
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {"issuer": self.issuer} | {name: f"{self.issuer}/{path}" for name, path in names.items()}

    def _token(self, told: dict[str, str]) -> dict[str, str] | None:
        asked = self._codes.pop(told.get("code", ""), None)
        hashed = hashlib.sha256(told.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != challenge or asked["redirect_uri"] != told.get("redirect_uri"):
            return None
        if self.fault == "code":
            return None
        if self.fault == "no_token":
            return {"access_token": "x"}
        now = int(time.time())
        claims = {
            "iss": "https://other" if self.fault == "issuer" else self.issuer,
            "aud": "other" if self.fault == "audience" else asked["client_id"],
            "sub": "sub-2" if self.fault == "subject" else self.subject,
            "preferred_username": self.login,
            "nonce": "other" if self.fault == "nonce" else asked["nonce"],
            "iat": now,
            "exp": now - 1000 if self.fault == "expired" else now + 300,
        }
        if self.fault == "none":
            parts = [{"alg": "none", "kid": "one"}, claims]
            told_ = ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts)
            return {"id_token": f"{told_}."}
        key = self._other if self.fault == "other_key" else self._key
        return {"id_token": jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)}
