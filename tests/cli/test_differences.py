"""`differences` on the command line: listed, settled, sent once more, taken over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rmdesk.cli.main import main
from rmdesk.models.kinds import Channel
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details
from rmdesk.services.store import profile
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry
from rmdesk.services.visits.tasks import AddTask
from tests.conftest import TODAY
from tests.support import build, team

NOW, OTHER = "谈留学，需换汇 80 万美元", "谈留学，需换汇 60 万美元"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command on a desk with two versions of a visit, a refused task and a late entry."""
    folder = tmp_path / "p"
    store = profile.create(folder, who="李文静", demo=True)
    client = store.perform(AddProspect(Details("周文敏"))).result
    visit = store.perform(LogVisit(Entry(client, Channel.AT_CLIENT, NOW, on=TODAY))).result
    task = store.perform(AddTask("送资料", None, client)).result
    team.join(store)
    for entity, key in (("visit", visit), ("task", task), ("client", str(client))):
        build.perform(store, lambda work, entity=entity, key=key: team.told(work, entity, key, client))
    build.perform(store, lambda work: team.differ(work, "visit", visit, "content", OTHER, by=team.WANG))
    build.perform(store, lambda work: team.refuse(work, "task", task, "too_long", "text"))
    build.perform(store, lambda work: team.late(work, client, "task", task, text="送新资料"))
    store.close()
    capsys.readouterr()

    def go(*words: str, plain: bool = False) -> tuple[int, Any]:
        told = ["--profile", str(folder), "--date", TODAY.isoformat(), "--lang", "en"]
        status = main([*told, *([] if plain else ["--json"]), "differences", *words])
        out, err = capsys.readouterr()
        return status, (out or err) if plain else json.loads(out or err)

    return go


def test_what_waits_is_listed_and_settled(run: Any) -> None:
    status, told = run()
    assert status == 0
    (one,) = told["settle"]
    assert [version["text"] for version in one["versions"]] == [NOW, OTHER]
    assert (one["client"], [row["code"] for row in told["refused"]]) == ("周文敏", ["too_long"])
    assert list(told["late"][0]["fields"].values()) == ["送新资料"]
    _status, text = run(plain=True)
    assert f"2  {OTHER}" in text
    assert "refused 1" in text
    assert "late 1" in text
    assert run("settle", "1", "--version", "3")[0] == 2
    assert run("settle", "9", "--version", "1")[0] == 2
    assert run("settle", one["key"], "--version", "2")[0] == 0
    assert run("refused", "1", "--again")[0] == 0
    assert run("late", told["late"][0]["key"], "--set-aside")[0] == 0
    assert run() == (0, {"settle": [], "refused": [], "late": [], "strangers": []})
    assert run("remove-strangers")[1]["error"] == "no_strangers"
    assert "Nothing waits" in run(plain=True)[1]


def test_one_may_write_anew(run: Any) -> None:
    assert run("settle", "1", "--text", "谈留学，金额待定")[0] == 0
    assert run()[1]["settle"] == []


def test_without_a_hub_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile.create(tmp_path / "p", who="李文静", demo=True).close()
    assert main(["--profile", str(tmp_path / "p"), "--json", "differences"]) == 2
    assert json.loads(capsys.readouterr().err)["error"] == "no_hub"
