"""A lead's desk: three managers whose clients are those of the demo portfolio, planted as the hub would tell them."""

from __future__ import annotations

import json
from typing import Any, cast

from rmdesk.app import App
from rmdesk.models.kinds import Topic
from rmdesk.ui.team.page import TeamPage
from tests.shots import moments
from tests.support.build import Do

TOPICS = (Topic.SYNC, Topic.TEAM)
LEAD, TEAM = "1" * 32, "a" * 32
MANAGERS = (("李文静", "2"), ("王涛", "3"), ("赵敏", "4"))


def join(app: App) -> None:
    """This desk becomes that of a lead."""
    app.parts.tasks.perform(Do(_join))


def leave(app: App) -> None:
    """And the manager's again."""
    app.parts.tasks.perform(Do(_leave))
    app.parts.desk.go("today")


def leave_filtered(app: App) -> None:
    """The manager's again, and no filter left behind."""
    all_kinds(app)
    leave(app)


def leave_report(app: App) -> None:
    """The manager's again, and no document over the window."""
    moments.close_dialogs(app)
    leave(app)


def show(app: App) -> None:
    """The page, with the keyboard in the list."""
    app.parts.desk.go("team", tab="queue")
    _page(app).review.list.setFocus()


def second(app: App) -> None:
    """Another record, and something typed about it."""
    page = _page(app)
    page.review.kind.setCurrentIndex(page.review.kind.findData("visit"))
    page.review.list.choose(2)


def write(app: App) -> None:
    """A word under way."""
    bar = _page(app).review.bar
    bar.comment.setPlainText("信号抓得准。他行接触务必当日建流失个案；方案请外汇专家 24 日前出。")
    bar.tags["signals"].click()


def request(app: App) -> None:
    """A gift to decide on."""
    page = _page(app)
    page.review.kind.setCurrentIndex(page.review.kind.findData("gift_approval"))


def all_kinds(app: App) -> None:
    """No filter."""
    _page(app).review.kind.setCurrentIndex(0)


def coverage(app: App) -> None:
    """The figures of the team."""
    app.parts.desk.go("team", tab="coverage")


def agree(app: App) -> None:
    """A cadence in force, and one that waits."""
    app.parts.tasks.perform(Do(_agree))


def _agree(work: Any) -> None:
    work.bulk("DELETE FROM agreed_cadence", topics=TOPICS)
    rows = (
        ("c" * 32, "2" * 32, "T5", "G2", 20, "本季新增五户，两周一访做不到", "agreed", "2" * 32, LEAD),
        ("d" * 32, "3" * 32, "T4", None, 30, "先试一个季度", "proposed", "3" * 32, None),
    )
    work.bulk(
        'INSERT INTO agreed_cadence (id, book, tier, "group", days, note, state, proposed_by, proposed_on, agreed_by, '
        "agreed_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, date('now', '-9 days'), ?, date('now', '-7 days'))",
        list(rows), topics=TOPICS,
    )  # fmt: skip


def insights(app: App) -> None:
    """Agreed cadences, coaching over time, readiness."""
    app.parts.desk.go("team", tab="insights")


def said(app: App) -> None:
    """What the lead said."""
    app.parts.desk.go("team", tab="said")


def report(app: App) -> None:
    """The week as a document."""
    _page(app).report()


def record(app: App) -> None:
    """What a manager sees of a visit that was given back."""
    store = app.parts.tasks.store
    assert store is not None
    key = store.read(lambda reads: reads.value("SELECT entity_id FROM review WHERE verdict = 'returned'"))
    app.parts.desk.ask("record", entity="visit", key=key)


def _page(app: App) -> TeamPage:
    return cast(TeamPage, app.window.page())


def _join(work: Any) -> None:
    def run(sql: str, rows: Any = ()) -> None:
        work.bulk(sql, rows, topics=TOPICS)

    run("UPDATE sync_control SET joined = 1")
    me = {"user": LEAD, "name": "高岚", "role": "lead", "team": TEAM, "book": ""}
    run("INSERT INTO sync_state (name, value) VALUES ('me', ?)", (json.dumps(me, ensure_ascii=False),))
    hub = {"url": "https://hub.bank.example", "id": "b" * 32, "key": ""}  # out of reach: a round says so quietly
    run("INSERT INTO sync_state (name, value) VALUES ('hub', ?)", (json.dumps(hub),))
    run("INSERT INTO colleague (id, name, role, team) VALUES (?, '高岚', 'lead', ?)", (LEAD, TEAM))
    people = [(one * 32, name, one * 32, TEAM) for name, one in MANAGERS]
    run("INSERT INTO colleague (id, name, role, book, team) VALUES (?, ?, 'manager', ?, ?)", people)
    scopes = [(f"book:{one * 32}",) for _name, one in MANAGERS]
    run("INSERT INTO sync_scope (id, kind, write, label, owner, phase, cursor, head, live, digest) "
        "VALUES (?, 'book', 0, '', '', 'live', 0, 0, 0, '0')", scopes)  # fmt: skip
    run("INSERT INTO sync_client (client_id, wire_id, book) "
        "SELECT id, printf('%032x', id), CASE WHEN id % 2 THEN :one WHEN id % 3 THEN :two ELSE :three END FROM client",
        {name: one * 32 for name, (_said, one) in zip(("one", "two", "three"), MANAGERS, strict=True)})  # fmt: skip
    run("UPDATE review SET by = ?", (LEAD,))


def _leave(work: Any) -> None:
    for sql in (
        "DELETE FROM agreed_cadence", "DELETE FROM sync_client", "DELETE FROM sync_scope", "DELETE FROM colleague",
        "DELETE FROM sync_state WHERE name IN ('me', 'hub')", "UPDATE sync_control SET joined = 0",
        "UPDATE review SET by = '高岚'",
    ):  # fmt: skip
        work.bulk(sql, topics=TOPICS)
