"""What goes into the installed program and what does not. Used by installer/rmdesk.spec."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
ICONS = ROOT / "build" / "icons"

# The hub and what only developers need; GTK and Tk would come along as somebody's optional part.
LEFT_OUT = [
    "rmdesk.hub", "fastapi", "starlette", "uvicorn", "psycopg", "psycopg_binary", "joserfc", "pydantic",
    "tests", "bench", "tools", "pytest", "hypothesis", "_pytest", "mypy", "ruff", "schemathesis", "sklearn", "scipy",
    "babel", "python_calamine", "PyInstaller", "setuptools", "pkg_resources", "pip",
    "tkinter", "_tkinter", "gi", "IPython", "pandas", "pyarrow", "polars", "yaml", "click", "requests",
    "charset_normalizer",
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtTest", "PySide6.QtSql",
    "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtDesigner", "PySide6.QtHelp", "PySide6.QtUiTools",
]  # fmt: skip

# Parts of Qt that come along with its plug-ins and that no widget needs.
_UNUSED_QT = (
    "Quick", "Qml", "VirtualKeyboard", "Pdf", "Designer", "ShaderTools", "Labs", "Sql", "Test", "OpenGLWidgets", "Help",
    "EglFS", "Eglfs",
)  # fmt: skip
_UNUSED_PLUGINS = {
    "platformthemes/libqgtk3", "platforms/libqeglfs", "platforms/libqlinuxfb", "platforms/libqminimalegl",
    "platforms/libqvnc", "platforms/libqvkkhrdisplay", "imageformats/libqpdf", "imageformats/libqtga",
    "imageformats/libqwbmp", "imageformats/libqtiff", "imageformats/libqicns", "networkinformation", "virtualkeyboard",
    "qmltooling", "sqldrivers", "egldeviceintegrations", "generic", "designer", "scenegraph",
}  # fmt: skip
_LANGUAGES = ("zh_CN", "en")

# Of the build machine's own libraries only what Python was built against, and Qt's parts of X that desktops often lack.
# The others are the computer's: the package names them as what it depends on.
_CARRIED = (
    "libpython", "libcrypto", "libssl", "libffi", "libsqlite3", "liblzma", "libbz2", "libz.", "libexpat", "libuuid",
    "libstdc++", "libgcc_s", "libxcb-", "libxkbcommon", "libshiboken", "libpyside",
)  # fmt: skip


def is_needed(place: str) -> bool:
    """Whether a file at this place within the folder is worth its size."""
    path = PurePosixPath(place.replace("\\", "/"))
    parts, name = path.parts, path.name
    if len(parts) == 1 and name.startswith("lib") and ".so" in name:
        return name.startswith(_CARRIED)
    if parts[0] == "zstandard" and name.startswith("_cffi"):
        return False  # what PyPy would take
    if "PySide6" not in parts and not name.startswith(("libQt6", "Qt6")):
        return "sample_data" not in parts  # of matplotlib
    if "translations" in parts:
        return name.startswith("qtbase_") and name.removeprefix("qtbase_").removesuffix(".qm") in _LANGUAGES
    if "plugins" in parts:
        kind = "/".join(parts[parts.index("plugins") + 1 :])
        return not any(kind.startswith(one) for one in _UNUSED_PLUGINS)
    bare = name.removeprefix("lib").removeprefix("Qt6").removeprefix("Qt")
    return not (name.startswith(("libQt6", "Qt6", "Qt")) and bare.startswith(_UNUSED_QT))


def distributions() -> list[str]:
    """The packages that are carried: what rmdesk without its extras asks for, and what those ask for in turn."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: set[str] = set()
    waiting = _names(project["dependencies"])
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            asked = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # for another system, or another Python
        found.add(name)
        waiting += _names(asked)
    return sorted(found)


def _names(asked: list[str]) -> list[str]:
    plain = (line for line in asked if "extra ==" not in line)
    return [re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0].lower().replace("_", "-") for line in plain]


def licences() -> list[tuple[str, str]]:
    """The licence texts of what is carried, each with the folder it goes to.

    Qt's wheels bring none: the texts of its licence are Debian's own copies.
    """
    common = [Path("/usr/share/common-licenses", name) for name in ("LGPL-3", "GPL-3", "LGPL-2.1")]
    return [(str(path.resolve()), "licences/common") for path in common if path.exists()] + [
        (str(file.locate()), f"licences/{name}")
        for name in distributions()
        for file in metadata.files(name) or []
        if re.search(r"licen[cs]e|copying|notice", file.name, re.IGNORECASE) and ".dist-info" in str(file)
    ]
