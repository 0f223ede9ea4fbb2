"""The second step: the files, and for each the first rows with the meaning over every column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from rmdesk.base import clock
from rmdesk.services.imports import rereading
from rmdesk.services.imports.layout import Layout
from rmdesk.services.imports.source import Preview, Source
from rmdesk.ui.imports.files import FilesCard
from rmdesk.ui.imports.preview import PreviewCard
from rmdesk.ui.kit import answers
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.widgets import row


class Looking(QWidget):
    """`sources` is what will be read; `changed` is called when it, or whether it can be read, has changed."""

    def __init__(
        self,
        desk: Desk,
        files: FilesCard,
        preview: PreviewCard,
        changed: Callable[[], object],
        more: Callable[[], object],
    ) -> None:
        super().__init__()
        self._desk, self._changed = desk, changed
        self.sources: list[Source] = []
        self._current = 0
        self.files, self.preview = files, preview
        self.files.picked.connect(self.show_table)
        self.files.removed.connect(self._remove)
        self.files.more.connect(more)
        self.preview.meant.connect(self._mean)
        self.preview.tuned.connect(self._tune)
        self.preview.encoded.connect(lambda name: self._reread(rereading.with_encoding, name))
        self.preview.headed.connect(lambda at: self._reread(rereading.with_header, at or None))
        self._box = row(gap=16)
        self.setLayout(self._box)

    # What the page asks.

    def place(self, part: QWidget) -> None:
        """Put the files or their preview into their place: each is dressed in a turn for itself."""
        if self._box.indexOf(part) < 0:
            self._box.addWidget(part, 1 if part is self.preview else 0)

    def add(self, sources: Sequence[Source], currency: str) -> None:
        """More tables, the first of them in view."""
        self._current = len(self.sources) if sources else self._current
        self.sources += sources
        told = next((source.layout.currency for source in self.sources if source.layout.currency), "")
        answers.fill(self.files.currency, told or currency)
        self.files.show_day(rereading.day_of(self.sources) or clock.today())
        self._show()

    def day(self) -> date | None:
        """The day of the figures, when files or user say it; None: as the rows say."""
        return self.files.chosen_day() or rereading.day_of(self.sources)

    def show_day(self, day: date) -> None:
        """The day that was found in the rows."""
        if self.files.chosen_day() is None:
            self.files.show_day(day)

    def currency(self) -> str:
        """The currency of amounts that name none."""
        return str(answers.value_of(self.files.currency)).upper()

    def clear(self) -> None:
        """Forget all files."""
        self.sources, self._current = [], 0
        self.files.name.clear()
        self._changed()

    def remember_layouts(self) -> None:
        """Keep the layouts under the name that was given, one for each table."""
        from rmdesk.services.imports.commands import KeepLayout

        name = str(answers.value_of(self.files.name))
        if not name:
            return
        many = len(self.sources) > 1
        for source in self.sources:
            full = f"{name} / {source.path.stem}" if many else name
            self._desk.tasks.perform(KeepLayout(full, source.layout))

    # Corrections.

    def show_table(self, place: int) -> None:
        """Bring one table into view."""
        self._current = place
        self._show()

    def _mean(self, column: int, target: str) -> None:
        self._put(self.sources[self._current].layout.with_target(column, target))

    def _tune(self, column: int, option: str, told: str) -> None:
        self._put(self.sources[self._current].layout.with_column(column, **{option: told}))

    def _put(self, layout: Layout) -> None:
        source = self.sources[self._current]
        self.sources[self._current] = source.with_layout(layout)
        self.preview.show_layout(self.sources[self._current].layout)
        self.preview.show_problem(self.sources[self._current])
        self._list()

    def _reread(self, how: Callable[..., Source], *args: object) -> None:
        place = self._current

        def put(source: Source) -> None:
            self.sources[place] = source
            self._show()

        task = self._desk.tasks.call(how, self.sources[place], *args)
        task.done.connect(put)
        task.failed.connect(self._desk.tell)

    def _remove(self, place: int) -> None:
        del self.sources[place]
        self._current = max(0, min(self._current, len(self.sources) - 1))
        self._show()

    def _show(self) -> None:
        self._list()
        if not self.sources:
            return
        source = self.sources[self._current]

        def show(preview: Preview) -> None:
            if self.sources and self.sources[self._current] is source:
                self.preview.show_source(source, preview)

        self._desk.tasks.call(source.preview).done.connect(show)

    def _list(self) -> None:
        self.files.show_sources(self.sources, self._current)
        self._changed()
