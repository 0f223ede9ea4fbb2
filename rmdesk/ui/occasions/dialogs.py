"""Opens the forms of occasions from anywhere: a day, a greeting, the templates."""

from __future__ import annotations

from datetime import date

from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.calendar import greeting, kept
from rmdesk.services.occasions.details import Details
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.opening import opened


def open_occasion(
    desk: Desk, client: ClientId | None = None, occasion: RecordId | None = None, details: Details | None = None
) -> None:
    """Add a day of a client (chosen in the form when not given), or edit the `occasion` that is kept."""
    from rmdesk.ui.occasions.day_dialog import DayDialog

    if occasion is None or details is not None:
        opened(DayDialog(desk, client, occasion, details))
        return
    task = desk.tasks.fetch(kept.details_of, occasion)
    task.done.connect(lambda found: opened(DayDialog(desk, client, occasion, found)) if found else None)


def open_greet(
    desk: Desk, client: ClientId, occasion: RecordId | None = None, day: date | None = None, key: str = ""
) -> None:
    """Greet a client for an occasion on a day; without a record, `key` (names.key) says which of the bank's days."""
    from rmdesk.base import clock
    from rmdesk.ui.occasions.greet_dialog import GreetDialog

    task = desk.tasks.fetch(greeting.start_of, client, occasion, day or clock.today(), key)
    task.done.connect(lambda start: opened(GreetDialog(desk, start)))


def open_templates(desk: Desk) -> None:
    """The templates, to add to and edit."""
    from rmdesk.ui.occasions.template_dialog import TemplateList

    opened(TemplateList(desk))
