"""What goes into the installed program and what does not. Used by installer/rmdesk.spec."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
ICONS = ROOT / "build" / "icons"
VERSION = ICONS / "version.txt"  # of Windows

# The hub and what only developers need; GTK and Tk would come along as somebody's optional part.
LEFT_OUT = [
    "rmdesk.hub", "fastapi", "starlette", "uvicorn", "psycopg", "psycopg_binary", "joserfc", "pydantic",
    "tests", "bench", "tools", "pytest", "hypothesis", "_pytest", "mypy", "ruff", "schemathesis", "sklearn", "scipy",
    "babel", "python_calamine", "PyInstaller", "setuptools", "pkg_resources", "pip",
    "tkinter", "_tkinter", "gi", "IPython", "pandas", "pyarrow", "polars", "yaml", "click", "requests",
    "charset_normalizer", "rich", "pygments", "markdown_it", "mdurl", "tomli", "distutils", "_distutils_hack",
    "readline", "sqlite3", "_sqlite3",  # nobody types in it; the one without encryption
    "matplotlib.backends.backend_pdf", "matplotlib.backends.backend_ps",  # charts are PNG and SVG
    "fontTools.misc.bezierTools", "fontTools.ttLib", "fontTools.subset", "fontTools.varLib", "fontTools.pens",
    "PIL._avif", "PIL._webp", "PIL._imagingft", "PIL._imagingcms", "PIL._imagingtk", "PIL._imagingmath",
    "numpy.f2py", "numpy._core._simd", "numpy._core._multiarray_tests",
    "phonenumbers.geodata", "phonenumbers.carrierdata", "phonenumbers.tzdata", "phonenumbers.geocoder",
    "phonenumbers.carrier", "phonenumbers.timezone",  # where a number is from, which nobody asks
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtTest", "PySide6.QtSql",
    "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtDesigner", "PySide6.QtHelp", "PySide6.QtUiTools",
]  # fmt: skip

# What libraries take by name at run time, so that no analysis finds it.
NAMED_BY_OTHERS = ("keyring.backends", "sqlalchemy.dialects.sqlite", "matplotlib.backends.backend_svg")
# The benchmark's own modules in the copy of the program that it measures.
MEASURED = {name: f"{name.replace('.', '/')}.py" for name in ("bench.told", "bench.children.start")} | {
    name: f"{name.replace('.', '/')}/__init__.py" for name in ("bench", "bench.children")
}

# Parts of Qt that come along with its plug-ins and that no widget needs.
_UNUSED_QT = (
    "Quick", "Qml", "VirtualKeyboard", "Pdf", "Designer", "ShaderTools", "Labs", "Sql", "Test", "OpenGLWidgets", "Help",
    "EglFS", "Eglfs", "EglFs",
)  # fmt: skip
_UNUSED_PLUGINS = {
    "platformthemes/libqgtk3", "platforms/libqeglfs", "platforms/libqlinuxfb", "platforms/libqminimalegl",
    "platforms/libqvnc", "platforms/libqvkkhrdisplay", "imageformats/libqpdf", "imageformats/libqtga",
    "imageformats/libqwbmp", "imageformats/libqtiff", "imageformats/libqicns", "networkinformation", "virtualkeyboard",
    "qmltooling", "sqldrivers", "egldeviceintegrations", "generic", "designer", "scenegraph",
}  # fmt: skip
_LANGUAGES = ("zh_CN", "en")
# Beginnings of what libraries bring along for others: fonts of PostScript, numbers of other countries.
_UNUSED_DATA = (
    "matplotlib/mpl-data/sample_data", "matplotlib/mpl-data/images", "matplotlib/mpl-data/plot_directive",
    "matplotlib/mpl-data/fonts/afm", "matplotlib/mpl-data/fonts/pdfcorefonts",
    "zstandard/_cffi",  # what PyPy would take
)  # fmt: skip

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
    if path.as_posix().startswith(_UNUSED_DATA) or (parts[0] == "stdnum" and parts[1] != "cn"):
        return False
    if "PySide6" not in parts and not name.startswith(("libQt6", "Qt6")):
        return True
    if "translations" in parts:
        return name.startswith("qtbase_") and name.removeprefix("qtbase_").removesuffix(".qm") in _LANGUAGES
    if "plugins" in parts:
        kind = "/".join(parts[parts.index("plugins") + 1 :])
        return not any(kind.startswith(one) for one in _UNUSED_PLUGINS)
    bare = name.removeprefix("lib").removeprefix("Qt6").removeprefix("Qt")
    return not (name.startswith(("libQt6", "Qt6", "Qt")) and bare.startswith(_UNUSED_QT))


def version_resource(version: str) -> str:
    """What Windows shows of a program's file, and what inventories of a bank read there; as PyInstaller wants it."""
    numbers = (*(int(part) for part in version.split(".")), 0, 0, 0)[:4]
    told = {"ProductName": "rmdesk", "FileDescription": "rmdesk", "ProductVersion": version, "FileVersion": version}
    said = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in told.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}), kids=["
        f"StringFileInfo([StringTable('040904B0', [{said}])]), "
        "VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )


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
    """Of these requirements the packages that this Python on this system needs, without anybody's extras."""
    wanted = (Requirement(line) for line in asked)
    here = (one for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""}))
    return [one.name.lower().replace("_", "-") for one in here]


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
