"""The soak itself: what it must see is planted here, a piece at a time; `dev.py soak --plant NAME` plants it whole."""

from __future__ import annotations

import logging
import os
import re
import time
import warnings
from collections import Counter
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import qWarning
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.ui.shell.desk import WindowDesk
from tests.soak import alone, frames, month, plants
from tests.soak.frames import Frames, late
from tests.soak.health import Pulse, leaks, listening, pulse
from tests.soak.model import Kept, Model, at_the_hub, differences
from tools.environment import ROOT
from tools.verbs import VERBS

CALM = Pulse(memory=300 << 20, handles=22, threads=8, widgets=130, objects=300_000)
MODEL = Model(
    visits={RecordId("v1"): "一"},
    typed=["二"],
    notes={ClientId(1): "茶"},
    bank={"C1": "13800000001", "C2": "13800000002"},
)
HERE = Kept(
    visits={RecordId("v1"): "一", RecordId("v2"): "二"}, notes={ClientId(1): "茶"}, phones=dict(MODEL.bank), waiting=0
)


@pytest.mark.parametrize(
    ("grown", "said"),
    [
        (replace(CALM, memory=400 << 20), "memory grew"),
        (replace(CALM, handles=40), "open handles grew"),
        (replace(CALM, threads=9), "threads grew"),
        (replace(CALM, widgets=400), "widgets grew"),
        (replace(CALM, objects=400_000), "objects grew"),
    ],
)
def test_whatever_grows_is_told(grown: Pulse, said: str) -> None:
    (line,) = leaks(CALM, grown)
    assert line.startswith(said)
    assert list(leaks(CALM, CALM)) == []


def test_a_planted_leak_handle_and_thread_are_in_the_pulse(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plants, "kept", [])
    before = pulse()
    for _ in range(100):
        plants.objects()
    plants.handle()
    plants.thread()
    after = pulse()
    plants.kept.pop().set()
    os.close(plants.kept.pop())
    assert (after.handles - before.handles, after.threads - before.threads) == (1, 1)
    assert after.objects - before.objects >= 100 * 250  # what others left may go meanwhile


def test_every_warning_is_heard(qtbot: QtBot) -> None:
    with listening() as heard, warnings.catch_warnings():
        warnings.simplefilter("always")
        plants.warning()
        qWarning("planted")
        with pytest.warns(UserWarning, match="planted"):
            warnings.warn("planted", UserWarning, stacklevel=1)
    assert heard.said[:2] == ["log: rmdesk: planted", "Qt: planted"]


def test_a_frozen_frame_is_seen_whether_the_thread_works_or_sleeps(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "ASLEEP_MS", 100.0)
    monkeypatch.setattr(plants, "time", SimpleNamespace(sleep=lambda _s: time.sleep(0.2), thread_time=time.thread_time))
    watch = Frames()
    for step, harm in (("calm", lambda: None), ("work", plants.work), ("sleep", plants.sleep)):
        watch.step = step
        beats = watch.count
        qtbot.waitUntil(lambda beats=beats: watch.count > beats)
        harm()
        beats = watch.count
        qtbot.waitUntil(lambda beats=beats: watch.count > beats)
    watch.stop()
    told = late(watch)
    assert any("held up" in line and " on work" in line for line in told)
    assert any("asleep" in line and " on sleep" in line for line in told)
    assert not any(" on calm" in line for line in told)
    watch.forget()
    assert late(watch) == []


def test_a_step_that_always_takes_long_hides_no_other() -> None:
    locks = [frames.Stretch("lock", 300, 300.0 + at) for at in range(2000)]
    kept = frames.worst([*locks, frames.Stretch("look", 120, 120.0)])
    assert [one.own for one in kept if one.step == "look"] == [120.0]
    assert [one.own for one in kept if one.step == "lock"][:2] == [2299.0, 2298.0]
    assert len(kept) == frames.WORST + 1


def test_who_waits_for_a_thread_without_a_processor_does_not_sleep(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "ASLEEP_MS", 100.0)
    queued = {"1": 0.0}
    monkeypatch.setattr(frames, "_of_others", lambda: dict(queued))
    watch = Frames()
    for step, waited in (("starved", 60.0), ("asleep", 0.0)):
        watch.step = step
        beats = watch.count
        qtbot.waitUntil(lambda beats=beats: watch.count > beats)
        watch._others = dict(queued)
        queued["1"] += waited
        time.sleep(0.2)
        beats = watch.count
        qtbot.waitUntil(lambda beats=beats: watch.count > beats)
    watch.stop()
    assert [one.step for one in watch.asleep] == ["asleep"]


@pytest.mark.parametrize(
    ("here", "said"),
    [
        (replace(HERE, visits={RecordId("v2"): "二"}), "a visit is lost or changed"),
        (replace(HERE, visits={**HERE.visits, RecordId("v2"): "…"}), "2 visits at the desk"),
        (replace(HERE, visits={**HERE.visits, RecordId("v3"): "二"}), "3 visits at the desk"),
        (replace(HERE, notes={}), "a note is lost"),
        (replace(HERE, phones={"C1": "13800000001"}), "1 clients, 2 in the bank's file"),
        (replace(HERE, phones={**HERE.phones, "C2": "1"}), "1 phones are not"),
        (replace(HERE, waiting=3), "3 records still wait"),
    ],
)
def test_a_record_that_is_lost_or_changed_is_told(here: Kept, said: str) -> None:
    assert any(line.startswith(said) for line in differences(MODEL, here))
    assert differences(MODEL, HERE) == []


def test_the_hub_is_held_against_the_model_too() -> None:
    whole = {"v1": {"content": "一"}, "v2": {"content": "二"}}
    assert at_the_hub(MODEL, whole) == []
    assert at_the_hub(MODEL, {"v1": {"content": "一"}}) != []
    assert at_the_hub(MODEL, {**whole, "v2": {"content": "…"}}) != []


@pytest.mark.parametrize("robot", [month.Robot, alone.Alone])
def test_a_day_has_every_act_and_a_line_that_comes_and_goes(robot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Log, list, search, import, lock, sync on and off: what the soak is for, on each of its days."""
    here = robot(
        SimpleNamespace(line=SimpleNamespace(lost=0.0)), None, month.random.Random(1), Model(), lambda _name: None
    )
    assert {f"never done: {act.__name__}" for _count, act in here.acts()} <= set(month.idle(here))
    lines: list[float] = []
    for _count, act in here.acts():
        done = lambda: lines.append(here.team.line.lost)  # noqa: E731
        done.__name__ = act.__name__
        monkeypatch.setattr(here, act.__name__, done)
    monkeypatch.setattr(month, "swept", lambda: None)
    here.day()
    here.done += Counter({"rounds": 1, "no hub": 1})
    assert month.idle(here) == []
    assert set(lines) == {0.0, 1.0}
    usual = {"log_by_keys", "log", "note", "take_back", "search", "look", "lock"}
    assert set(here.done) >= usual | ({"sync", "bank"} if here.syncs else {"import_file", "import_and_undo"})


@pytest.mark.parametrize("name", sorted(plants.AT_A_PAGE))
def test_a_plant_is_there_while_it_is_planted(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(WindowDesk, "go", lambda _self, page: done.append(page))
    monkeypatch.setitem(plants.AT_A_PAGE, name, lambda: done.append(name))
    with plants.planted(name):
        WindowDesk.go(None, "today")  # type: ignore[arg-type]
    WindowDesk.go(None, "today")  # type: ignore[arg-type]
    assert done == [name, "today", "today"]


def test_each_plant_leaves_a_word_where_the_soak_listens(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        plants.warning()
    assert [record.message for record in caplog.records] == ["planted"]
    caplog.clear()


def test_each_change_is_soaked_for_2_minutes_and_each_night_for_20() -> None:
    run, nightly = ((ROOT / ".ci" / name).read_text(encoding="utf-8") for name in ("run", "nightly"))
    assert "dev.py soak --minutes 2 " in run
    assert "night soak --minutes 20 " in nightly
    assert set(re.findall(r"^night (\w+)", nightly, re.MULTILINE)) <= set(VERBS)
    assert os.access(ROOT / ".ci" / "nightly", os.X_OK)
