"""Whether a window can be shown at all; asked before Qt is loaded, which would end the program without a sentence."""

from __future__ import annotations

import os
import sys

from rmdesk.base.errors import Trouble
from rmdesk.base.text import N_

# Any of these tells Qt where to draw.
TOLD_BY = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def check() -> None:
    """Raises Trouble on a computer without a screen."""
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in TOLD_BY):
        raise Trouble(
            N_("There is no screen to show the window on."),
            do=N_("Start rmdesk on a desktop, or use a command such as rmdesk today."),
            code="no_screen",
        )
