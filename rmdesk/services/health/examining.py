"""The whole examination of a profile: what the store's doctor finds, what is worked out, files, links to the hub.

With `mend` what can be made anew is; each row says what was found and what was done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from rmdesk.base.errors import Known
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.text import Phrase, phrase
from rmdesk.services.audit import queries as audit
from rmdesk.services.health import attachments, derived, prescribed
from rmdesk.services.search.texts import IndexTexts, RebuildTexts
from rmdesk.services.store import doctor, key_file, profile, restoring
from rmdesk.services.store.doctor import CheckRow, State
from rmdesk.services.store.store import Store
from rmdesk.services.sync import repair

_RUN = phrase("Run rmdesk doctor --mend, or mend it in the settings.")
_TURNS = 10_000


def examine(
    folder: Path, store: Store | None = None, progress: Progress | None = None, *, mend: bool = False
) -> tuple[CheckRow, ...]:
    """All checks that are possible, those of the data only with an open store. Never raises Known; a row says it.

    Reads the whole file. Nothing is mended in a file whose pages are damaged: it is to be saved first.
    """
    progress = progress or Silent()
    rows = (*doctor.examine(folder, store, progress), *prescribed.policy())
    if mend:
        rows = (*_with_key_file(folder, store, rows),)
    if store is None or any(row.state is State.BAD and row.check in ("seals", "structure", "data") for row in rows):
        return rows
    checks: list[Callable[[], Iterator[CheckRow]]] = [
        lambda: _objects(store, mend),
        lambda: _figures(store, mend),
        lambda: _texts(store, progress, mend),
        lambda: _attachments(store, progress, mend),
        lambda: _audit(store),
        lambda: _hub(store),
        lambda: _leftovers(folder, mend),
    ]
    found = list(rows)
    for number, check in enumerate(checks):
        progress.at(number, len(checks))
        try:
            found += check()
        except Known as error:
            found.append(doctor.of_error(error))
    return tuple(found)


def _with_key_file(folder: Path, store: Store | None, rows: tuple[CheckRow, ...]) -> Iterator[CheckRow]:
    """The spare of the key file takes its place."""
    for row in rows:
        info = profile.describe(folder)
        if row.check == "key_file" and info.from_spare and info.problem is None:
            key_file.write(folder, key_file.read(folder)[0])
            yield replace(row, state=State.MENDED, do=None, done=phrase("Both were written anew."))
        else:
            yield row


def _row(check: str, count: int, good: Phrase, bad: Phrase, done: Phrase | None) -> CheckRow:
    if not count:
        return CheckRow(check, State.OK, good, value=0)
    if done is not None:
        return CheckRow(check, State.MENDED, bad, value=count, done=done)
    return CheckRow(check, State.WARNING, bad, _RUN, count)


def _objects(store: Store, mend: bool) -> Iterator[CheckRow]:
    count = len(store.read(derived.missing_objects))
    if count and mend:
        store.perform(derived.RenewObjects())
    yield _row(
        "triggers",
        count,
        phrase("All triggers and indexes are there."),
        phrase("{count} triggers or indexes are missing or changed.", count=count),
        phrase("They were made anew.") if mend else None,
    )


def _figures(store: Store, mend: bool) -> Iterator[CheckRow]:
    count = 0
    try:
        if mend:
            count = store.perform(derived.RenewFigures()).result
        else:
            store.perform(derived.TryFigures())
    except derived.Differs as trial:
        count = trial.count
    yield _row(
        "figures",
        count,
        phrase("The figures of the clients follow from the facts."),
        phrase("{count} figures do not follow from the facts.", count=count),
        phrase("They were worked out anew.") if mend else None,
    )


def _texts(store: Store, progress: Progress, mend: bool) -> Iterator[CheckRow]:
    count = store.read(derived.texts_amiss)
    if count and mend:
        store.perform(RebuildTexts())
        for turn in range(_TURNS):
            progress.at(turn, 0)
            if not store.perform(IndexTexts()).result:
                break
    yield _row(
        "search",
        count,
        phrase("The search knows the texts as they are."),
        phrase("The search does not know {count} texts as they are.", count=count),
        phrase("Its index was made anew.") if mend else None,
    )


def _attachments(store: Store, progress: Progress, mend: bool) -> Iterator[CheckRow]:
    found = store.read(attachments.examine, progress)
    joined = bool(store.read(lambda reads: reads.value("SELECT joined FROM sync_control")))
    if found.missing:
        do = phrase("They come with the next synchronising.") if joined else phrase("Restore them from a backup.")
        state = State.OK if joined else State.BAD
        text = phrase("{count} files are not here.", count=len(found.missing))
        yield CheckRow("missing_files", state, text, do, len(found.missing))
    good = phrase("All {count} files are whole.", count=found.total)
    bad = phrase("{count} files are not what was kept.", count=len(found.changed))
    if found.changed and not joined:
        yield CheckRow("files", State.BAD, bad, phrase("Restore them from a backup."), len(found.changed))
    else:
        if found.changed and mend:
            store.perform(attachments.DropChanged(found.changed))
        done = phrase("They are fetched from the hub again.") if mend else None
        yield _row("files", len(found.changed), good, bad, done)
    if found.orphans and not joined and mend:
        store.perform(attachments.SetAside(found.orphans))
    if not joined:  # a record that is still to come is no orphan
        yield _row(
            "orphans",
            len(found.orphans),
            phrase("Every file belongs to a record."),
            phrase("{count} files belong to no record.", count=len(found.orphans)),
            phrase("They are kept with their client.") if mend else None,
        )


def _audit(store: Store) -> Iterator[CheckRow]:
    found = store.read(audit.verify, audit.end_of(store.folder, store.key))
    if found.broken is None:
        yield CheckRow("audit", State.OK, phrase("The audit log is whole."))
    else:
        do = phrase("See rmdesk audit --verify. The log is not changed by mending.")
        yield CheckRow("audit", State.BAD, phrase("The audit log was changed."), do, found.broken.seq)


def _hub(store: Store) -> Iterator[CheckRow]:
    scopes = [row[0] for row in store.read(lambda reads: reads.rows("SELECT id FROM sync_scope"))]
    lost = sum(len(store.read(repair.orphans, scope)) for scope in scopes)
    if lost:
        text = phrase("{count} records of the hub are not in their tables.", count=lost)
        yield CheckRow("hub", State.WARNING, text, phrase("The next synchronising fetches them."), lost)


def _leftovers(folder: Path, mend: bool) -> Iterator[CheckRow]:
    """Encrypted scratch files that a crash has left."""
    found = [path for name in restoring.SCRATCH for path in folder.glob(name)]
    if found and mend:
        for path in found:
            path.unlink(missing_ok=True)
    if found:
        text = phrase("{count} unfinished files are left of work that was cut off.", count=len(found))
        yield _row("leftovers", len(found), text, text, phrase("They were removed.") if mend else None)
