"""The card of the program's version: what the bank offers is looked for, fetched and opened when one asks for it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox
from shiboken6 import isValid

from rmdesk import __version__
from rmdesk.base import text
from rmdesk.base.errors import Known
from rmdesk.base.text import N_, _
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.flow import flowing
from rmdesk.ui.kit.widgets import Button, Card, label

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress
    from rmdesk.services.store.store import Store
    from rmdesk.services.updates.manifest import Offer
    from rmdesk.services.updates.offers import Looked
    from rmdesk.ui.tasks.task import Task

LOOKING = N_("Look for a newer version")
FETCHING = N_("Fetch the installer")
CHECKING = N_("Check the installer again")


class UpdateCard(Card):
    """Three steps, each by a button of its own: look, fetch, open. Nothing happens by itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Program version"))
        self._desk = desk
        self.found: Looked | None = None
        self.file: Path | None = None
        self.told = label(_("Version {version} is in use.").format(version=__version__), "strong", wrap=True)
        self.notes, self.signed, self.state = (label("", role, wrap=True) for role in ("", "soft", "soft"))
        self.error = label("", "error", wrap=True)
        self.look = Button(_("Look for a newer version"), self.look_now, icon="refresh")
        self.elsewhere = Button(_("Look in a file…"), self._choose, icon="folder")
        self.fetch = Button(_("Fetch the installer…"), self._choose_folder, icon="import")
        self.open = Button(_("Open the installer…"), self.ask_open, kind="primary", icon="right")
        self.add(
            label(
                _(
                    "rmdesk never installs anything by itself. What it finds counts only when your bank signed it; "
                    "before a new version opens your data it makes a backup."
                ),
                "soft",
                wrap=True,
            ),
            self.told,
            self.notes,
            self.signed,
            self.state,
            self.error,
            flowing(self.look, self.elsewhere, self.fetch, self.open),
        )
        self._arrange()

    # The steps.

    def look_now(self, place: str = "") -> None:
        """Look where the bank's policy says, or in a file; what was found before does not stand beside the answer."""
        self.found = self.file = None
        self.told.setText(_("Version {version} is in use.").format(version=__version__))
        for one in (self.notes, self.signed, self.state):
            one.setText("")
        self._begin(partial(_looked, place=place), LOOKING, self._show)

    def fetch_to(self, folder: Path) -> None:
        """Fetch the installer into a folder, and check it."""
        if self.found is not None:
            self._begin(partial(_fetched, found=self.found, folder=folder), FETCHING, self._keep)

    def ask_open(self) -> None:
        """Ask, look once more whether it is the bank's, and hand it to the system."""
        box = QMessageBox(self.window())
        box.setWindowTitle(_("Open the installer"))
        box.setText(_("Open the installer of version {version}?").format(version=self._offer.version))
        box.setInformativeText(
            _("Save what you are writing, and close rmdesk when the installer asks for it. Your data stays as it is.")
        )
        yes = box.addButton(_("Open the installer"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(_("Not now"), QMessageBox.ButtonRole.RejectRole)
        box.finished.connect(lambda _answer: self._open() if box.clickedButton() is yes else None)
        box.finished.connect(box.deleteLater)
        box.open()

    def _open(self) -> None:
        if self.found is not None and self.file is not None:
            self._begin(partial(_checked, found=self.found, path=self.file), CHECKING, self._hand_over)

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose the bank's offer"), "", "manifest (*.json)")
        if name:
            self.look_now(name)

    def _choose_folder(self) -> None:
        here = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        name = QFileDialog.getExistingDirectory(self, _("Choose a folder for the installer"), here)
        if name:
            self.fetch_to(Path(name))

    # What came of them.

    def _begin(self, work: Any, name: str, then: Any) -> None:
        self.error.setText("")
        self._arrange(busy=True)
        task = self._desk.tasks.converse(work, name)
        task.owner = self  # no answer, and no error, for a card that is gone
        task.done.connect(then)
        task.failed.connect(self._failed)
        task.ended.connect(self._ended)

    def _ended(self, _task: Task[Any]) -> None:
        if isValid(self):
            self._arrange()

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Known):
            self.error.setText(error.whole)
        else:
            self._desk.tell(error)

    def _show(self, found: Looked) -> None:
        self.found, self.file = found, None
        offer = found.offer
        self.signed.setText(_("Signed by the bank's key {key}.").format(key=found.signed_by))
        if offer is None:
            self.told.setText(_("Version {version} is the newest the bank offers.").format(version=found.here))
            self.notes.setText("")
            self.state.setText("")
            return
        self.told.setText(
            _("The bank offers version {version}; this is {here}. The offer stands until {day}.").format(
                version=offer.version, here=found.here, day=format.day(offer.until)
            )
        )
        notes = offer.notes.get(text.language(), "")
        self.notes.setText(_("What is new: {text}").format(text=notes) if notes else "")
        if not found.may_follow:
            self.state.setText(_("First version {version} has to be installed.").format(version=offer.least))
        elif found.file is None:
            self.state.setText(_("There is no file for this computer among it; ask the administrator."))
        else:
            size = f"{found.file.size / (1 << 20):.1f} MB"
            self.state.setText(_("Installer: {name}, {size}").format(name=found.file.name, size=size))

    def _keep(self, file: Path) -> None:
        self.file = file
        self.state.setText(_("Fetched and checked: {path}").format(path=str(file)))

    def _hand_over(self, whole: bool) -> None:
        if not whole:
            self.file = None
            self.state.setText("")
            self.error.setText(_("The file is no longer the one that the bank signed. Fetch it again."))
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.file))):
            self.error.setText(
                _("This computer does not open such a file from here. The administrator installs {path}.").format(
                    path=str(self.file)
                )
            )

    @property
    def _offer(self) -> Offer:
        assert self.found is not None
        assert self.found.offer is not None
        return self.found.offer

    def _arrange(self, *, busy: bool = False) -> None:
        """Show what has something to say, and the one step that comes next."""
        found = self.found
        fits = found is not None and found.file is not None and found.may_follow
        said: tuple[QLabel, ...] = (self.notes, self.signed, self.state, self.error)
        for one in said:
            one.setHidden(not one.text())
        self.fetch.setHidden(not fits or self.file is not None)
        self.open.setHidden(self.file is None)
        for button in (self.look, self.elsewhere, self.fetch, self.open):
            button.setEnabled(not busy)


def _looked(_store: Store, _progress: Progress, *, place: str) -> Looked:
    from rmdesk.services.updates import offers

    return offers.look_at(place) if place else offers.look()


def _fetched(_store: Store, progress: Progress, *, found: Looked, folder: Path) -> Path:
    from rmdesk.services.updates import offers

    return offers.fetch(found, folder, progress)


def _checked(_store: Store, _progress: Progress, *, found: Looked, path: Path) -> bool:
    from rmdesk.services.updates import offers

    return offers.is_whole(found, path)
