"""What a manager may change about occasions."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.services.settings.declared import Setting

REMIND = Setting(
    "occasions.remind",
    True,
    N_("Remind me of the day's occasions"),
    N_("Occasions"),
    note=N_("A notification of the system in the morning or at the start, with numbers only: it names no client."),
)
