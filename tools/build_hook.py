"""Compiles the catalogues whenever a wheel is built, so that none is ever packed without its Chinese."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface[Any]):
    """Runs before the files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, str(Path(self.root)))
        from tools import catalogues

        for language in catalogues.LANGUAGES:
            catalogues.write(language)
