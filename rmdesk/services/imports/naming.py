"""Which file a refusal is about: where several come in together, the sentence has to say it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rmdesk.base.errors import Known
from rmdesk.base.text import N_, Phrase


@contextmanager
def about(file: str) -> Iterator[None]:
    """Puts the file's name before the sentence of what goes wrong inside, unless the sentence names it itself."""
    try:
        yield
    except Known as error:
        if "name" in error.params:
            raise
        told = {**error.params, "file": file, "problem": Phrase(error.message, error.params)}
        message = N_("{file}: {problem}")
        raise type(error)(
            message, do=error.do, code=error.code, field=error.field, guide=error.guide or "imports", **told
        ) from error


def shown(name: str) -> str:
    """A file's name as text that can be kept: some systems allow bytes in it that are none."""
    return name.encode("utf-8", "replace").decode("utf-8")
