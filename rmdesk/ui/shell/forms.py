"""The forms that any page may open by name, whatever feature they belong to: `desk.ask("gift", client=12)`.

To add a form: write a function that imports what opens it and gives that back, and add a line to FORMS. What opens it
takes the desk first, then what is filled in already by name, each of which may be left out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Opens = Callable[..., Any]


def _consent() -> Opens:
    from rmdesk.ui.profile.dialogs import open_consent

    return open_consent


FORMS: dict[str, Callable[[], Opens]] = {"consent": _consent}
