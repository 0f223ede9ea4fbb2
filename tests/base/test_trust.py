"""TLS trusts whom the system trusts, and nobody else: a bank's own authority once it is there, no stranger."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from rmdesk.base.trust import trusted


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An authority of the bank's own, and a certificate of its hub with the key."""
    folder = tmp_path_factory.mktemp("ca")
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in ("Bank CA", "localhost")]
    keys = [ec.generate_private_key(ec.SECP256R1()) for _one in names]

    def made(subject: int, *, ca: bool) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder().subject_name(names[subject]).issuer_name(names[0])
            .public_key(keys[subject].public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(keys[subject].public_key()), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(keys[0].public_key()), critical=False
            )
        )  # fmt: skip
        return builder.sign(keys[0], hashes.SHA256())

    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(made(0, ca=True).public_bytes(pem))
    key = keys[1].private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "hub.pem").write_bytes(made(1, ca=False).public_bytes(pem) + key)
    return folder / "ca.pem", folder / "hub.pem"


def meet(hub: Path) -> str:
    """Connect to a server with that certificate; the version of TLS."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(hub)
    here, there = socket.socketpair()

    def answer() -> None:
        try:
            with server.wrap_socket(there, server_side=True):
                pass
        except OSError:
            there.close()

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        with trusted().wrap_socket(here, server_hostname="localhost") as line:
            return str(line.version())
    finally:
        here.close()
        thread.join(10)


def test_the_banks_own_authority_counts_once_the_system_has_it(
    bank: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        meet(bank[1])
    monkeypatch.setenv("SSL_CERT_FILE", str(bank[0]))  # what stands in for the system's store on Linux
    assert meet(bank[1]) == "TLSv1.3"
