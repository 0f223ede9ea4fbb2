"""What lies open when the desk is locked: kept in the encrypted file, and put back once it is opened again.

The place where one was, the way back from there, which rows were chosen in its lists, each form with what was typed
into it, and what was typed into the page itself. None of it stays in memory while the desk is locked.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from rmdesk.base.errors import Known
from rmdesk.base.log import logger
from rmdesk.models.kinds import ClientId
from rmdesk.ui.shell.history import Place

if TYPE_CHECKING:
    from rmdesk.services.drafts.queries import DraftRow
    from rmdesk.services.store.reads import Reads
    from rmdesk.services.store.store import Store
    from rmdesk.ui.kit.drafts import Unsaved
    from rmdesk.ui.kit.form import FormDialog
    from rmdesk.ui.shell.desk import WindowDesk

_log = logger("lock")

FORM = "open"  # the drafts of this name
PLACES = "places"
LOOK_MS, LONGEST = 25, 200  # what was typed is put back once nothing is read any more, or after five seconds


def gather(desk: WindowDesk) -> list[Unsaved]:
    """All of it as plain data; reads widgets and touches nothing. Nobody waits for the ORM before the gate is shown."""
    page = desk.window.page()
    typed = page.half_written() if page is not None else None
    told = {"places": _packed(desk.places()), "typed": typed, "rows": _rows(page)}
    return [*gather_typed(desk), (FORM, PLACES, told, None)]


def gather_typed(desk: WindowDesk) -> list[Unsaved]:
    """Only what keeps the forms, as when the program ends."""
    forms = _forms()
    found = _drafts((*desk.pages(), *forms))
    if not forms:
        return found
    from rmdesk.ui.kit.left_open import left

    for number, form in enumerate(forms):
        kept = left(form)
        if kept is not None:
            found.append((FORM, f"{number:02}", kept, _client_of(form)))
    return found


def _rows(page: QWidget | None) -> dict[str, int]:
    """The current rows of the page's tables, by the names of the tables."""
    if page is None or "rmdesk.ui.kit.table" not in sys.modules:
        return {}
    from rmdesk.ui.kit.table import RowTable

    found = {one.name: one.current() for one in page.findChildren(RowTable) if one.name}
    return {name: row for name, row in found.items() if row is not None}


def _drafts(roots: Iterable[QWidget]) -> list[Unsaved]:
    """What forms that keep drafts have not kept yet."""
    if "rmdesk.ui.kit.drafts" not in sys.modules:  # so nobody keeps any
        return []
    from rmdesk.ui.kit.drafts import Drafts

    found = (drafts.unsaved() for root in roots for drafts in root.findChildren(Drafts))
    return [one for one in found if one is not None]


def _forms() -> list[FormDialog]:
    """The forms that are open, those below first."""
    if "rmdesk.ui.kit.form" not in sys.modules:
        return []
    from rmdesk.ui.kit.form import FormDialog

    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, FormDialog) and one.isVisible()]
    return sorted(found, key=_depth)


def _depth(widget: QWidget) -> int:
    over = widget.parentWidget()
    return 0 if over is None else 1 + _depth(over)


def _client_of(form: FormDialog) -> ClientId | None:
    """About whom a form is, so that its draft goes when the client does."""
    from rmdesk.ui.kit.client_field import ClientField

    chosen = [field.editor.client for field in form.form.fields.values() if isinstance(field.editor, ClientField)]
    known = (*chosen, form.given[1].get("client"), vars(form).get("_client"))
    return next((ClientId(one) for one in known if isinstance(one, int)), None)


def _packed(places: Iterable[Place]) -> list[list[Any]]:
    from rmdesk.ui.kit.packing import Unpackable, pack

    found = []
    for place in places:
        what = {}
        for name, value in place.what.items():
            try:
                what[name] = pack(value)
            except Unpackable:
                continue
        found.append([place.page, what])
    return found


def leave(found: Iterable[Unsaved], store: Store) -> int:
    """On the writing thread, the last before the store is closed: keep it all.

    Gives how many records wait to be uploaded. What a full disk does not take is lost, and nothing else.
    """
    from rmdesk.services.drafts.commands import DropDraft, SaveDraft

    for form, subject, typed, client in found:
        try:
            store.perform(DropDraft(form, subject) if typed is None else SaveDraft(form, subject, typed, client))
        except Known as error:
            _log.warning("not kept on locking: %s", error.code)
    try:
        return store.read(_waiting)
    except Known:  # a damaged file
        return 0


class PuttingBack(QObject):
    """Once for each unlocking: goes where one was, opens the forms, and fills them in when they have been read."""

    def __init__(self, desk: WindowDesk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._to_fill: list[tuple[FormDialog, dict[str, Any]]] = []
        self._typed: dict[str, Any] | None = None
        self._rows: dict[str, int] = {}
        self._looks = 0
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._fill)

    def begin(self, *, here: bool, otherwise: str) -> None:
        """Read what was left and put it back. `here`: also the place, as when nobody ended the program meanwhile."""
        if not here:
            self._desk.go(otherwise)
        task = self._desk.tasks.fetch(_left)
        task.done.connect(lambda found: self._found(found, here=here, otherwise=otherwise))

    def ended(self) -> None:
        """The desk is locked again."""
        self._look.stop()
        self._to_fill, self._typed, self._rows = [], None, {}

    def _found(self, found: tuple[DraftRow, ...], *, here: bool, otherwise: str) -> None:
        if self._desk.tasks.store is None:
            return
        kept = {one.subject: one.payload for one in found}
        places = kept.pop(PLACES, None)
        if here:
            self._go(places or {}, otherwise)
        if places is not None:
            self._drop(PLACES)
        for subject, payload in kept.items():
            from rmdesk.ui.kit.left_open import open_again  # only where there is something: it loads what forms need

            form = open_again(self._desk, payload)
            if form is None:
                self._drop(subject)
                continue
            form.finished.connect(lambda _answer, subject=subject: self._drop(subject))
            self._to_fill.append((form, payload))
        if self._to_fill or self._typed or self._rows:
            self._looks = 0
            self._look.start()

    def _go(self, kept: dict[str, Any], otherwise: str) -> None:
        from rmdesk.ui.kit.packing import Unpackable, unpack

        places = []
        for page, what in kept.get("places") or ():
            try:
                places.append(Place(page, {name: unpack(told, self._desk) for name, told in what.items()}))
            except (Unpackable, TypeError, ValueError):
                continue
        self._typed, self._rows = kept.get("typed"), dict(kept.get("rows") or {})
        self._desk.go_back_to(places) if places else self._desk.go(otherwise)

    def _fill(self) -> None:
        self._looks += 1
        page = self._desk.window.page()
        about_to_read = page is None or page.building or (page.stale and not page.editing)
        reading = about_to_read or bool(self._desk.tasks.running)
        if reading and self._looks < LONGEST:
            return
        self._look.stop()
        forms, self._to_fill = self._to_fill, []
        for form, payload in forms:
            from rmdesk.ui.kit.left_open import fill_in

            if isValid(form):
                fill_in(form, payload)
        self._choose(page)
        typed, self._typed = self._typed, None
        if typed and page is not None:
            page.write_on(typed)

    def _choose(self, page: QWidget | None) -> None:
        """The rows again that were chosen in the page's tables, where they are still there."""
        rows, self._rows = self._rows, {}
        if page is None or not rows:
            return
        from rmdesk.ui.kit.table import RowTable

        for table in page.findChildren(RowTable):
            if table.name in rows:
                table.select_id(rows[table.name])

    def _drop(self, subject: str) -> None:
        from rmdesk.services.drafts.commands import DropDraft

        store = self._desk.tasks.store
        if store is not None:
            self._desk.tasks.write(lambda _progress: store.perform(DropDraft(FORM, subject)))


def _waiting(reads: Reads) -> int:
    if not reads.value("SELECT joined FROM sync_control"):
        return 0
    from rmdesk.services.sync.queries import waiting_count

    return waiting_count(reads)


def _left(reads: Reads) -> tuple[DraftRow, ...]:
    from rmdesk.services.drafts.queries import drafts_of

    return drafts_of(reads, FORM)
