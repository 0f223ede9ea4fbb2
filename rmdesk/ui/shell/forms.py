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


def _complaint() -> Opens:
    from rmdesk.ui.complaints.dialogs import open_complaint

    return open_complaint


def _feedback() -> Opens:
    from rmdesk.ui.complaints.dialogs import open_feedback

    return open_feedback


def _satisfaction() -> Opens:
    from rmdesk.ui.complaints.dialogs import open_satisfaction

    return open_satisfaction


FORMS: dict[str, Callable[[], Opens]] = {
    "consent": _consent,
    "complaint": _complaint,
    "feedback": _feedback,
    "satisfaction": _satisfaction,
}
