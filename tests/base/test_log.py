"""Every part logs under one name, so that one switch governs all."""

from __future__ import annotations

import logging

import pytest

from rmdesk.base import log


def test_parts_share_the_root(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger=log.NAME):
        log.logger("imports").info("batch %d", 7)
    (record,) = caplog.records
    assert (record.name, record.getMessage()) == ("rmdesk.imports", "batch 7")
