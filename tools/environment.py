"""The project's own Python environment in `.venv`: made once, renewed when the lock changes. Standard library only."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import system

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
RMDESK = SCRIPTS / ("rmdesk.exe" if os.name == "nt" else "rmdesk")
LOCK = ROOT / "requirements" / "lock.txt"
STAMP = VENV / "rmdesk-setup.txt"


def prepare(*, quietly: bool = False) -> None:
    """Make `.venv` with everything of the lock and rmdesk itself; quick when nothing changed.

    A `.venv` that is a link belongs to somebody else and is used as it is.
    """
    system.prepare(also=_lacking_python())
    if VENV.is_symlink():
        if not PYTHON.exists():
            raise SystemExit(f"{VENV} is a link that leads nowhere. Remove it and try again.")
    elif _is_fresh():
        if not quietly:
            print(f"{VENV} is up to date.")
    else:
        _make()
    _compile_catalogues()


def child_environment(**more: str) -> dict[str, str]:
    """The environment for what runs inside: UTF-8 everywhere, the project importable, byte code kept."""
    # Without byte code every start compiles everything again; the others would let foreign packages in.
    unwanted = {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, "PYTHONUTF8": "1", **more}


def _is_fresh() -> bool:
    return PYTHON.exists() and RMDESK.exists() and STAMP.exists() and STAMP.read_text() == _fingerprint()


def _fingerprint() -> str:
    pieces = [LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(pieces)).hexdigest()


def _make() -> None:
    uv = _uv()
    print(f"Setting up {VENV} with {'uv' if uv else 'pip'} (a minute or two the first time) ...", flush=True)
    STAMP.unlink(missing_ok=True)
    if not _same_python():
        _create(uv)
    if uv:
        _uv_install(uv)
    else:
        _pip_install()
    _compile_bytecode()
    STAMP.write_text(_fingerprint())


def _uv() -> str | None:
    found = shutil.which("uv")
    if found is None:
        return None
    # A version manager's placeholder may be on the path without a uv behind it.
    return found if subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0 else None


def _same_python() -> bool:
    if not PYTHON.exists():
        return False
    told = subprocess.run([PYTHON, "-c", "import sys; print(sys.version)"], capture_output=True, text=True, check=False)
    return told.stdout.strip() == sys.version


def _create(uv: str | None) -> None:
    if VENV.exists():
        shutil.rmtree(VENV)
    base = getattr(sys, "_base_executable", sys.executable)  # not the Python of an environment about to be removed
    _run([uv, "venv", "--quiet", "--python", base, VENV] if uv else [base, "-m", "venv", VENV])


def _lacking_python() -> dict[str, str]:
    """Debian keeps venv and pip out of python3; uv needs neither."""
    if PYTHON.exists() or _uv() or _can_import("venv", "ensurepip"):
        return {}
    return {"Python's venv module": f"python{sys.version_info.major}.{sys.version_info.minor}-venv"}


def _can_import(*names: str) -> bool:
    return all(importlib.util.find_spec(name) for name in names)


def _uv_install(uv: str) -> None:
    into: list[str | Path] = ["--quiet", "--python", PYTHON]
    _run([uv, "pip", "sync", *into, "--require-hashes", "--compile-bytecode", LOCK])
    _run([uv, "pip", "install", *into, "--no-deps", "--no-build-isolation", "--editable", ROOT])


def _pip_install() -> None:
    pip: list[str | Path] = [PYTHON, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    _run([*pip, "--require-hashes", "--no-deps", "--requirement", LOCK])
    _run([*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT])


def _compile_bytecode() -> None:
    """Byte code of everything that lacks it, rmdesk too: some machines forbid writing it at the first import."""
    told = subprocess.run(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    packages = told.stdout.strip()
    # Some packages carry files of other Python versions that never compile; that is no failure.
    subprocess.run(
        [PYTHON, "-m", "compileall", "-qq", "-j", "0", packages, ROOT / "rmdesk"],
        env=child_environment(),
        stdout=subprocess.DEVNULL,
        check=False,
    )


def _compile_catalogues() -> None:
    from tools import catalogues

    if any(catalogues.is_stale(language) for language in catalogues.LANGUAGES):
        _run([PYTHON, "-m", "tools.catalogues", "compile"])


def _run(command: list[str | Path]) -> None:
    done = subprocess.run(command, cwd=ROOT, env=child_environment(), stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise SystemExit(f"This step failed:\n    {' '.join(map(str, command))}")
