"""dev.py package manifest: signs what the bank offers as an update.

keys FILE                      a new private key in FILE (keep it away from the network); prints the public one
sign --key FILE --version V --until YYYY-MM-DD [--least V] [--zh TEXT] [--en TEXT] FILES...
                               manifest.json beside the first of FILES
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SYSTEM_OF = {".deb": "debian", ".xz": "linux", ".exe": "windows", ".msix": "windows", ".dmg": "macos", ".pkg": "macos"}


def main(arguments: list[str]) -> int:
    """Make keys, or sign."""
    parser = argparse.ArgumentParser(
        prog="dev.py package manifest", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = parser.add_subparsers(dest="verb", metavar="keys|sign")
    verbs.add_parser("keys", help="make a key pair").add_argument("file", type=Path)
    signs = verbs.add_parser("sign", help="write the signed manifest of files")
    signs.add_argument("--key", type=Path, required=True)
    signs.add_argument("--version", required=True)
    signs.add_argument("--until", type=date.fromisoformat, required=True)
    for name in ("--least", "--zh", "--en"):
        signs.add_argument(name, default="")
    signs.add_argument("files", nargs="+", type=Path)
    args = parser.parse_args(arguments)
    if args.verb is None:
        parser.print_help()
        return 2
    if args.verb == "keys":
        print(f'key = "{new_key(args.file)}"')
        return 0
    notes = {"zh_CN": args.zh, "en": args.en}
    made = args.files[0].with_name("manifest.json")
    made.write_bytes(signed(args.key, args.version, args.until, args.files, least=args.least, notes=notes))
    print(made)
    return 0


def new_key(file: Path) -> str:
    """Write a new private key, readable by its owner alone; gives the public one in base64."""
    key = Ed25519PrivateKey.generate()
    file.touch(mode=0o600, exist_ok=False)
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def signed(
    key: Path, version: str, until: date, files: list[Path], *, least: str = "", notes: dict[str, str] | None = None
) -> bytes:
    """The manifest of these files, signed."""
    told = {
        "product": "rmdesk",
        "version": version,
        "published": date.today().isoformat(),  # noqa: DTZ011 - the day on the signer's calendar
        "until": until.isoformat(),
        "least": least,
        "notes": notes or {},
        "files": [
            {
                "name": path.name,
                "system": SYSTEM_OF[path.suffix],
                "size": path.stat().st_size,
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            }
            for path in files
        ],
    }
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    private = serialization.load_pem_private_key(key.read_bytes(), None)
    if not isinstance(private, Ed25519PrivateKey):
        raise SystemExit(f"{key} is no key of the kind that `keys` makes.")
    signature = base64.b64encode(private.sign(text.encode())).decode()
    return json.dumps({"manifest": text, "signature": signature}, ensure_ascii=False).encode()
