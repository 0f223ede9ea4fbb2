"""What the system refuses is told in the language in use, whatever the computer's own is."""

from __future__ import annotations

import errno
import os

import pytest

from rmdesk.base import text
from rmdesk.base.system import reason_of

TOLD = {"en": "there is no such file or folder", "zh_CN": "没有这个文件或文件夹"}


@pytest.mark.parametrize(("language", "told"), TOLD.items())
def test_a_reason_in_the_language_in_use(language: str, told: str) -> None:
    before = text.language()
    text.use(language)
    try:
        assert reason_of(OSError(errno.ENOENT, os.strerror(errno.ENOENT))) == told
        assert reason_of(OSError(errno.ELOOP, "whatever")) == "ELOOP"
        assert reason_of(OSError("whatever")) == "OSError"
    finally:
        text.use(before)
