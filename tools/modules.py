"""Writes down in which order modules are imported, for `rmdesk.ui.shell.imports`.

python -m tools.modules          writes resources/modules.txt, by importing everything in the order of a day
python -m tools.modules --check  ends with 1 when the file says something else
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.machinery import ExtensionFileLoader, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

FILE = Path(__file__).parent.parent / "resources" / "modules.txt"
OURS, WINDOW = "rmdesk.", "rmdesk.ui."


class Looker:
    """Notes each module when it has been executed: ours, and what a module of the window imports of other libraries."""

    def __init__(self) -> None:
        self.ended: list[str] = []
        self._stack: list[str] = [""]
        for loader in (SourceFileLoader, ExtensionFileLoader):
            loader.exec_module = self._noting(loader.exec_module)  # type: ignore[assignment, method-assign]

    def _noting(self, execute: Callable[[Any, ModuleType], None]) -> Callable[[Any, ModuleType], None]:
        def noting(loader: Any, module: ModuleType) -> None:
            self._stack.append(module.__name__)
            execute(loader, module)
            self._stack.pop()
            if self._is_wanted(module):
                self.ended.append(module.__name__)

        return noting

    def _is_wanted(self, module: ModuleType) -> bool:
        name = module.__name__
        if name.startswith(OURS):
            return not hasattr(module, "__path__")
        return self._stack[-1].startswith(WINDOW) and name.partition(".")[0] not in sys.stdlib_module_names

    def since(self) -> list[str]:
        """What was noted since the last call."""
        ended, self.ended = self.ended, []
        return ended


def things() -> Iterator[tuple[str, Callable[[], object]]]:
    """What is imported by name, as the program begins and as somebody looks round."""
    yield "desk", lambda: import_module("rmdesk.ui.shell.joined")
    from rmdesk.ui.clients.tabs import TABS
    from rmdesk.ui.shell.forms import FORMS
    from rmdesk.ui.shell.routes import ROUTES

    first, *others = ROUTES
    yield f"page {first.name}", first.load
    yield "search", lambda: import_module("rmdesk.ui.shell.search")
    yield "ears", lambda: import_module("rmdesk.ui.shell.os_here")
    for route in others:
        yield f"page {route.name}", route.load
    for tab in TABS:
        if tab.load is not None:
            yield f"tab {tab.name}", tab.load
    for name, load in FORMS.items():
        yield f"form {name}", load
    yield "tour", lambda: import_module("rmdesk.ui.shell.tour")


def told() -> str:
    """The text of the file."""
    looker = Looker()
    import rmdesk.app  # noqa: F401  (what is there before the first paint)

    looker.since()
    parts = []
    for name, load in things():
        load()
        parts.append("\n".join((name, *(f"  {module}" for module in looker.since()))))
    return "\n\n".join(parts) + "\n"


def main(words: list[str]) -> int:
    """Write or check."""
    text = told()
    if words == ["--check"]:
        return int(not FILE.exists() or FILE.read_text("utf-8") != text)
    FILE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
