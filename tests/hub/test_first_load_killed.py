"""A first load whose program is killed (kill -9) at every page: it goes on with the page that was not finished."""

from __future__ import annotations

import signal
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from rmdesk.base import clock
from rmdesk.hub.services import pull
from rmdesk.models.kinds import ClientId
from rmdesk.services.store import profile
from rmdesk.services.visits.tasks import AddTask
from rmdesk.wire.messages import First
from tests.hub.test_killed import desk, joined, prospect, sync, texts, unsent
from tests.support import build
from tests.support.hub import HubUnderTest

TASKS, PAGE = 7, 3  # with their client three pages


class Pages:
    """Small pages of first loads; the desk dies when it asks for a second one of a book: the one before is finished."""

    def __init__(self) -> None:
        self.victim: subprocess.Popen[bytes] | None = None
        self.given: list[int] = []  # below which numbers pages were told
        self.asked = 0
        self.first = pull.first

    def __call__(self, hub: Any, who: Any, told: First) -> Any:
        if told.scope.startswith("book:"):
            self.asked += 1
            if self.victim is not None and self.asked > 1:
                self.victim.kill()
            else:
                self.given.append(told.below)
        return self.first(hub, who, replace(told, limit=PAGE))


@pytest.fixture(autouse=True)
def real_time() -> None:
    """Processes of their own know no other."""
    clock.fix(None)


@pytest.mark.timeout(180)
def test_case_24_a_first_load_killed_at_every_page_loads_no_finished_page_again(
    hub: HubUnderTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = Pages()
    monkeypatch.setattr(pull, "first", pages)
    with closing(profile.create(tmp_path / "one", who="王一", demo=True)) as one:
        build.perform(one, prospect)
        joined(hub, hub.url, hub.people.wang, one)
        for number in range(TASKS):
            one.perform(AddTask(f"事项{number}", None, ClientId(5)))
        sync(one)
    with closing(profile.create(tmp_path / "two", who="王一", demo=True)) as two:
        joined(hub, hub.url, hub.people.wang, two)
    pages.given.clear()
    deaths = 0
    while True:
        pages.asked, pages.victim = 0, desk(tmp_path / "two")
        ended = pages.victim.wait(60)
        if ended != -signal.SIGKILL:
            break
        deaths += 1
    assert (ended, deaths) == (0, (TASKS + 1) // PAGE)
    assert len(pages.given) == len(set(pages.given)) == deaths + 1
    with closing(profile.open_demo(tmp_path / "two")) as two:
        assert texts(two) == sorted(f"事项{number}" for number in range(TASKS))
        assert sync(two).mended == 0
        assert unsent(two) == 0
