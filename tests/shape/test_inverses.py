"""Every command has an inverse that works, or says why there is none."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rmdesk import services
from rmdesk.services.store.store import Store
from tests.shape.tried import CASES
from tests.shape.tried.trial import TABLES, Trial, rows_of
from tests.support import build, demo

# How the words of a command may say that it can't be taken back, or needs not to be.
SAYS_WHY = re.compile(
    r"cannot be (undone|taken back|called back)|can't be taken back|no inverse|nothing to take back|"
    r"leaves a change record|stays in the change records|the form itself is the undo",
    re.IGNORECASE,
)
# Where an inverse leaves a trace by design, the tables that differ then.
LEAVES: dict[str, set[str]] = {
    # Requests to the lead stay on record: taking one back adds a counter-entry.
    "PlanAndAsk": {"gift", "gift_approval"},
    "AskApproval": {"gift_approval"},
    "WithdrawRequest": {"gift_approval"},
    "DecideApproval": {"gift_approval"},
    "RevokeApproval": {"gift_approval"},
    # A hand-over that was undone is kept as undone, with what it needs to come in again.
    "ApplyImport": {"batch", "batch_file", "batch_before"},
    # A layout that is remembered anew gets a new id and the day.
    "KeepLayout": {"layout"},
    "ForgetLayout": {"layout"},
    # What the hub must hear of a settled difference stays noted; that it is open again is what comes back.
    "Settle": {"sync_record"},
    "SettleUse": {"sync_record"},
    # A ledger is only added to: what is taken back gets a counter-entry.
    "PostDue": {"points_entry"},
    "RedeemPoints": {"points_entry"},
    "CorrectEntries": {"points_entry"},
    # The form whose files they were is gone: they are taken away, not put back into it.
    "AttachPending": {"attachment", "attachment_content"},
    "WithFiles": {"attachment", "attachment_content"},
}


def commands() -> dict[str, list[type[Any]]]:
    """Every class below rmdesk/services with a label and an apply, by name."""
    found: dict[str, list[type[Any]]] = {}
    for module in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        for name, thing in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            is_command = "label" in vars(thing) and callable(getattr(thing, "apply", None))
            if thing.__module__ == module.name and is_command:
                found.setdefault(name, []).append(thing)
    return found


def says_why(command: type[Any]) -> bool:
    """Whether its docstring says why there is no inverse."""
    return bool(SAYS_WHY.search(" ".join((command.__doc__ or "").split())))


@pytest.fixture
def trial(template: Path, tmp_path: Path) -> Iterator[Trial]:
    store = Store(demo.template(template, tmp_path, date(2026, 11, 21)), build.KEY, who="tester")
    made = Trial(store, tmp_path)
    yield made
    store.close()


# Inverses that only a desk with a hub meets, and the tests that play them.
ELSEWHERE = {"_UnsayUnsent": "tests/services/gifts/test_decided.py"}


@pytest.mark.timeout(600)
def test_every_command_is_taken_back_and_done_again_or_says_why_not(trial: Trial) -> None:
    wrong = {}
    for name, case in CASES.items():
        found = trial.wrong(case)
        kept = [line for line in found if line.rpartition(": ")[2] not in LEAVES.get(name, set())]
        if kept:
            wrong[name] = kept
    assert wrong == {}
    assert trial.state() == trial.store.read(rows_of, TABLES)  # nothing was written that was not watched
    known = commands()
    assert set(CASES) <= set(known)
    untold = {
        name
        for name, found in known.items()
        if name not in CASES and name not in trial.met and name not in ELSEWHERE and not all(map(says_why, found))
    }
    assert untold == set()


def test_who_says_why_there_is_no_inverse_gives_none() -> None:
    liars = [
        name
        for name, found in commands().items()
        for one in found
        if says_why(one) and re.search(r"inverse=(?!None)", inspect.getsource(one))
    ]
    assert liars == []
