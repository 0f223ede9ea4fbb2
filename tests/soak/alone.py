"""A desk that follows no hub: the robot takes the bank's files in by the import page, and some of them back."""

from __future__ import annotations

from pathlib import Path

from rmdesk.services.store import profile
from rmdesk.ui.imports.page import CHECK, DONE, LOOK, START, ImportPage
from tests.soak.model import differences, kept
from tests.soak.month import CLIENTS, Act, Robot, bank_rows, idle, written

WHO = "alone"


def prepare(folder: Path) -> None:
    """A profile with nobody in it."""
    profile.create(folder / WHO, who="王一", demo=True).close()


class Alone(Robot):
    """Does what every desk does, and imports."""

    syncs = False

    def acts(self) -> tuple[tuple[int, Act], ...]:
        """What is done on each day, and how often."""
        return (*self.usual(), (2, self.import_file), (1, self.import_and_undo))

    def settle_in(self) -> None:
        """Before the first day: the clients."""
        self.import_file()

    def import_file(self) -> None:
        """A file of the bank, by the steps of the page."""
        rows = bank_rows(self.model, max(CLIENTS, len(self.model.bank)) + self.rng.randrange(1, 4))
        path = self.hands.app.args.folder.parent / "核心.csv"
        written(path, rows)
        self.hands.app.parts.desk.go("imports")
        page = self.hands.page(ImportPage)
        page.drop.take([path])
        self._at(page, LOOK)
        self.hands.wait(lambda: page.looking.preview.cells.rowCount() > 0 and page.to_check.isEnabled())
        page.to_check.click()
        self._at(page, CHECK)
        self.hands.wait(page.go_on.isEnabled)
        page.go_on.click()
        self._at(page, DONE)
        self._before, self.model.bank = self.model.bank, {number: phone for number, _name, phone, _who in rows}

    def import_and_undo(self) -> None:
        """The same, and think better of it."""
        self.import_file()
        page = self.hands.page(ImportPage)
        page.done.undo.click()
        self._at(page, START)
        self.model.bank = self._before

    def _at(self, page: ImportPage, step: int) -> None:
        self.hands.wait(lambda: page._views.currentIndex() == step)
        self.hands.settle()


def amiss(robot: Alone) -> list[str]:
    """Where the desk holds something else than the model, and what was never done."""
    return [*differences(robot.model, robot.hands.read(kept)), *idle(robot)]
