"""The one door for errors: what a person sees, by kind; a bug becomes a report without client data."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any

from rmdesk.base.errors import Cancelled, Known, Refused
from rmdesk.base.log import logger
from rmdesk.base.text import _
from rmdesk.ui.shell.notices import Notices
from rmdesk.ui.shell.window import Window
from rmdesk.ui.tasks.task import Task

if TYPE_CHECKING:
    from rmdesk.ui.shell.report import ReportDialog

_log = logger("errors")


class Door:
    """Refused: a toast. Trouble: a banner with Try again, or with the way out of damaged data. Cancelled:
    nothing. Anything else: a report.

    Behind a gate nothing is told but a bug.
    """

    def __init__(self, window: Window, notices: Notices) -> None:
        self._window = window
        self._notices = notices
        self._dialog: ReportDialog | None = None
        self.asks: Callable[..., object] | None = None  # opens a form by name
        self.rescues: Callable[[BaseException], object] | None = None  # leads out of damaged data

    def tell(self, error: BaseException, again: Callable[[], object] | None = None) -> None:
        """Show an error by its kind."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, Known) and self._window.gated:
            _log.info("while locked: %s", error.code)  # its sentence may name a client
        elif isinstance(error, Refused):
            said = error.whole
            self._notices.add(said, trouble=True)
            self._window.toast.say(said, **self._way_out(error))
        elif isinstance(error, Known):
            _log.info("trouble: %s", error.code)
            self._notices.add(error.said, trouble=True)
            if error.code == "damaged" and self.rescues is not None:
                self.rescues(error)
                return
            self._window.banner.tell(error.said, error.advice, press=again)
        else:
            self._report(error)

    def _way_out(self, error: Refused) -> dict[str, Any]:
        """What a toast offers: a sealed record takes an addendum, what a rule refused is explained by its page."""
        from rmdesk.services.store.sealed import Sealed

        if self.asks is None:
            return {}
        if not isinstance(error, Sealed):
            return {"button": _("Why?"), "press": partial(self.asks, "rule", rule=error.guide)} if error.guide else {}
        press = partial(self.asks, "record", entity=error.entity, key=error.entity_id)
        return {"button": _("Write addendum"), "press": press}

    def of_task(self, error: BaseException, task: Task[Any]) -> None:
        """An error of background work that nobody else listened to."""
        self.tell(error)

    def watch(self) -> None:
        """Send whatever escapes from any thread through the door."""
        sys.excepthook = self._escaped
        threading.excepthook = lambda gone: self._escaped(gone.exc_type, gone.exc_value, gone.exc_traceback)

    @staticmethod
    def leave() -> None:
        """Leave what escapes to Python again."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _escaped(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None or issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        self.tell(error)

    def _report(self, error: BaseException) -> None:
        from rmdesk.ui.shell.report import ReportDialog, report

        text = report(error)
        _log.error("bug: %s", text)
        if self._dialog is None or not self._dialog.isVisible():
            self._dialog = ReportDialog(text, self._window)
            self._dialog.open()
