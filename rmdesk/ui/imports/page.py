"""The import: choose files, look at how they were read, check what would change, import, and undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import BatchId, Topic
from rmdesk.services.imports import checking, queries, rereading
from rmdesk.services.imports.checking import Checked, Choices
from rmdesk.services.imports.compare import Sort
from rmdesk.services.imports.layout import Layout
from rmdesk.services.imports.plan import differences
from rmdesk.services.imports.queries import BatchRow
from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.source import Source
from rmdesk.services.imports.terms import numbers
from rmdesk.services.store.reads import Reads
from rmdesk.ui.imports.batches import Batches
from rmdesk.ui.imports.checked import TABS, CheckedView, Lists
from rmdesk.ui.imports.done import DoneView
from rmdesk.ui.imports.drop import DropZone
from rmdesk.ui.imports.files import FilesCard
from rmdesk.ui.imports.looking import Looking
from rmdesk.ui.imports.preview import PreviewCard
from rmdesk.ui.imports.steps import Steps
from rmdesk.ui.imports.working import Working
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.widgets import Button, column, row

if TYPE_CHECKING:
    from rmdesk.services.imports.commands import Applied
    from rmdesk.services.store.command import Outcome

SHOWN = 30  # past imports in the list; each is a line of widgets
START, LOOK, CHECK, WORK, DONE = range(5)
VIEWS = ("", "looking", "checked", "working", "done")
STEPS = (N_("Choose files"), N_("Look at the columns"), N_("Check what changes"), N_("Done"))
STEP_OF = {START: 0, LOOK: 1, CHECK: 2, DONE: 3}


@dataclass(frozen=True, slots=True)
class Known:
    """What is needed before files can be read."""

    layouts: list[Layout]
    currency: str


def known(reads: Reads) -> Known:
    """The remembered layouts and the usual currency; refused where the bank's files come through a hub."""
    queries.may_import(reads)
    return Known(queries.layouts(reads), queries.currency(reads))


class ImportPage(Page):
    """Four steps in one place; leaving the page keeps the step one is on."""

    watches = frozenset({Topic.IMPORTS})
    offers = (
        Action(
            "imports.duplicates",
            N_("Find duplicates"),
            lambda page: page.find_duplicates(),
            icon="clients",
            button=True,
        ),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._checked: Checked | None = None
        self._batch: BatchId | None = None
        self._currency = "CNY"
        self.steps = Steps([_(step) for step in STEPS])
        self.drop = DropZone(self.take)
        self.batches = Batches(self._undo, self._redo)
        start = QWidget()
        start.setLayout(column(self.drop, self.batches, gap=16))
        self._views = self.new_stack()
        for view in (start, *(QWidget() for _step in (LOOK, CHECK, WORK, DONE))):
            self._views.addWidget(view)
        self.leave = Button(_("Start over"), self.restart, kind="link")
        self.to_files = Button(_("Back"), self._back)
        self.to_check = Button(_("Check"), self.check, kind="primary")
        self.go_on = Button(_("Import"), self.apply, kind="primary")
        self.body.addWidget(self.steps)
        self.body.addWidget(self._views, 1)
        self.body.addLayout(row(self.leave, None, self.to_files, self.to_check, self.go_on, gap=12))
        self._step(START)

    # What is shown at each step, made when one comes there, or when there is time.

    @cached_property
    def looking(self) -> Looking:
        """The files, and what their columns mean."""
        return Looking(self.desk, self._files, self._preview, self._look_changed, self.choose_more)

    @cached_property
    def _files(self) -> FilesCard:
        return FilesCard()

    @cached_property
    def _preview(self) -> PreviewCard:
        return PreviewCard()

    @cached_property
    def checked(self) -> CheckedView:
        """What would change."""
        made = CheckedView(self._lists)
        made.choices.connect(self._check_again)
        made.more.connect(self._more)
        return made

    @cached_property
    def _lists(self) -> Lists:
        return Lists()

    @cached_property
    def working(self) -> Working:
        """How far it is."""
        return Working()

    @cached_property
    def done(self) -> DoneView:
        """What was written."""
        return DoneView(self._undo_last, self.restart, lambda: self.desk.go("today"))

    def _make(self, step: int) -> QWidget:
        view: QWidget = getattr(self, VIEWS[step])
        return view

    def _place(self, step: int) -> None:
        """Put what is shown at a step into its place, unless it is there."""
        view, empty = self._make(step), self._views.widget(step)
        if empty is view or empty is None:
            return
        self._views.insertWidget(step, view)
        self._views.removeWidget(empty)
        empty.deleteLater()

    def _ahead(self) -> Iterator[Callable[[], object]]:
        for step in (LOOK, WORK, CHECK, DONE):
            if step == CHECK:
                yield from (partial(getattr, self._lists, name) for name, _title in TABS)
            elif step == LOOK:
                yield from (partial(getattr, self, name) for name in ("_files", "_preview"))
            yield partial(self._make, step)
            yield partial(self._place, step)
            if step == LOOK:
                yield from (partial(self.looking.place, part) for part in (self._files, self._preview))
            elif step == CHECK:
                yield from (partial(self.checked.place, name) for name, _title in TABS)

    def title(self) -> str:
        """The name of the page."""
        return _("Import")

    @property
    def editing(self) -> bool:
        """A hand-over is being taken in."""
        return self._views.currentIndex() in (LOOK, CHECK, WORK)

    def open(self, **what: Any) -> None:
        """`paths`: files that were dropped elsewhere."""
        if what.get("paths"):
            self.take([Path(path) for path in what["paths"]])

    def place(self) -> dict[str, Any]:
        """The files being looked at; after a lock they are opened anew."""
        asked = self._views.currentIndex() in (LOOK, CHECK)
        return {"paths": [str(source.path) for source in self.looking.sources]} if asked else {}

    def reload(self) -> None:
        """Read the imports of before."""
        self.fetch(queries.batches, SHOWN).done.connect(self._show_batches)

    def _show_batches(self, found: Sequence[BatchRow]) -> None:
        self.batches.show_batches(found)
        self.in_slices(self._ahead())

    # Step by step.

    def take(self, paths: Sequence[Path]) -> None:
        """Open these files, together with those already there."""
        self.tasks.fetch(known).done.connect(lambda found: self._open(list(paths), found))

    def _open(self, paths: list[Path], found: Known) -> None:
        self._currency = found.currency
        new = [path for path in paths if path not in {source.path for source in self.looking.sources}]
        task = self.tasks.call(rereading.open_all, new, found.layouts, found.currency)
        task.done.connect(self._opened)
        back = LOOK if self.looking.sources else START
        task.failed.connect(lambda error: self._failed_to(back, error))
        self._watch(task, _("Opening the files…"), back)

    def _opened(self, sources: list[Source]) -> None:
        self.looking.add(sources, self._currency)
        self._step(LOOK if self.looking.sources else START)

    def choose_more(self) -> None:
        """Ask for further files."""
        self.drop.ask()

    def check(self) -> None:
        """Read everything and compare it."""
        self._forget()
        task = self.tasks.study(checking.check, self.looking.sources, self._choices())
        task.done.connect(self._show_checked)
        task.failed.connect(lambda error: self._failed_to(LOOK, error))
        self._watch(task, _("Reading and comparing…"), LOOK)

    def _show_checked(self, checked: Checked) -> None:
        self._checked = checked
        self.looking.show_day(checked.terms.as_of)
        self.checked.show_checked(checked)
        self._step(CHECK)

    def _check_again(self) -> None:
        if self._checked is None:
            return
        task = self.tasks.study(checking.check_again, self._checked.handover, self._choices())
        task.done.connect(self._show_again)

    def _show_again(self, checked: Checked) -> None:
        self._checked = checked
        self.checked.show_checked(checked, again=True)

    def _more(self, entity: Entity, sort: Sort, shown: int) -> None:
        """More of what the dry run gave samples of."""
        if self._checked is None:
            return
        told = (self._checked.handover, self._checked.terms, entity, sort, shown, numbers().samples)
        task = self.fetch(differences, *told)
        task.done.connect(lambda found: self.checked.add(entity, sort, found))

    def apply(self) -> None:
        """Write it, in one piece."""
        from rmdesk.services.imports.commands import ApplyImport

        if self._checked is None:
            return
        terms = self._choices().terms(self._checked.handover)
        task = self.desk.perform(ApplyImport(self._checked.handover, terms), _("Hand-over imported"))
        task.done.connect(self._applied)
        task.failed.connect(lambda error: self._failed_to(CHECK, error))
        self._watch(task, _("Importing…"), CHECK)

    def _applied(self, outcome: Outcome[Applied]) -> None:
        applied = outcome.result
        self._batch = applied.batch
        self.looking.remember_layouts()
        self.done.show_counts(applied.counts, written=applied.batch is not None)
        self._forget()
        self.looking.clear()
        self._step(DONE)
        self.mark_stale()

    def restart(self) -> None:
        """Begin anew."""
        self._forget()
        self.looking.clear()
        self._step(START)
        self.mark_stale()

    # The imports of before.

    def find_duplicates(self) -> None:
        """Show clients that may be one."""
        from rmdesk.ui.imports.duplicates import DuplicatesDialog

        dialog = DuplicatesDialog(self.desk, self.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _undo(self, batch: BatchRow) -> None:
        self._take_back(batch.id)

    def _undo_last(self) -> None:
        if self._batch is not None:
            self._take_back(self._batch)
            self.restart()

    def _take_back(self, batch: BatchId) -> None:
        from rmdesk.services.imports.commands import UndoImport

        self.desk.perform(UndoImport(batch), _("Import undone"))

    def _redo(self, batch: BatchRow) -> None:
        from rmdesk.services.imports.commands import RedoImport

        self.desk.perform(RedoImport(batch.id), _("Imported again"))

    # Inside.

    def _choices(self) -> Choices:
        whole, ended = self.checked.gone.choices()
        same = dict(self.checked.suspects.same)
        return Choices(self.looking.day(), self.looking.currency() or self._currency, whole, ended, same)

    def _look_changed(self) -> None:
        ready = bool(self.looking.sources) and all(source.problem is None for source in self.looking.sources)
        self.to_check.setEnabled(ready)
        if not self.looking.sources and self._views.currentIndex() == LOOK:
            self._step(START)

    def _back(self) -> None:
        self._step(LOOK)

    def _watch(self, task: Any, head: str, back: int) -> None:
        self.working.watch(task, head, lambda: self._stopped(back))
        self._step(WORK)

    def _stopped(self, back: int) -> None:
        self._step(back)
        self.desk.toast(_("Stopped. Nothing was changed."))

    def _failed_to(self, step: int, error: BaseException) -> None:
        self._step(step)
        self.desk.tell(error)

    def _forget(self) -> None:
        """Let go of what was read: it is client data in memory."""
        if self._checked is not None:
            self._checked.handover.close()
            self._checked = None

    def _step(self, step: int) -> None:
        if step != START:
            self._place(step)
        if step == LOOK:
            self.looking.place(self._files)
            self.looking.place(self._preview)
        self._views.setCurrentIndex(step)
        if step in STEP_OF:
            self.steps.show_step(STEP_OF[step])
        self.leave.setVisible(step in (LOOK, CHECK))
        self.to_files.setVisible(step == CHECK)
        self.to_check.setVisible(step == LOOK)
        self.go_on.setVisible(step == CHECK)
        if step == LOOK:
            self._look_changed()
