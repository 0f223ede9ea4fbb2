"""What a manager may change about the care list."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.services.settings.declared import Setting

DAY_LENGTH = Setting(
    "care.day_length",
    0,
    N_("Contacts a day"),
    N_("Care list"),
    note=N_("How many contacts a day is planned for; 0: as measured from the last 60 working days."),
    source=N_("The pace at which you have worked; before it is known, a usual day."),
    least=0,
    most=100,
    step=1,
)
