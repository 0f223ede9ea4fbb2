"""Whom a connection over TLS trusts: whom this computer trusts, so also the bank's own authority."""

from __future__ import annotations

import ssl


def trusted() -> ssl.SSLContext:
    """The system's own store of certificates decides when a connection is made; no list that a package brings."""
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
