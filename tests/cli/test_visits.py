"""`visits`, `log` and `promises` on the command line."""

from __future__ import annotations

from typing import Any

import pytest


def test_a_visit_is_logged_and_listed(run: Any) -> None:
    more = ("--next", "回电", "--next-on", "2026-11-25", "--promise", "2026-11-30 发方案")
    status, made = run("log", "周文敏", "--channel", "branch", "--text", "换汇", *more)
    assert status == 0
    assert (made["name"], made["channel"], made["state"], made["late"]) == ("周文敏", "branch", "held", False)
    status, told = run("visits", "--client", "周文敏", "--from", "2026-11-21", "--to", "2026-11-21")
    assert [one["id"] for one in told["items"]] == [made["id"]]
    assert all(one["date"] == "2026-11-21" for one in told["planned"])
    status, told = run("promises", "--client", "周文敏")
    assert {"发方案"} <= {one["text"] for one in told["items"]}


def test_the_ledger_tells_what_is_overdue(run: Any) -> None:
    _status, told = run("promises")
    assert any(one["overdue"] for one in told["items"])
    assert all(one["state"] == "open" for one in told["items"])
    _status, whole = run("promises", "--all")
    assert len(whole["items"]) > len(told["items"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("log", "周文敏", "--channel", "phone", "--text", " "), "no_content"),
        (("log", "周文敏", "--channel", "phone", "--text", "x", "--on", "2026-11-30"), "future"),
        (("log", "周文敏", "--channel", "phone", "--text", "x", "--on", "today"), "usage"),
        (("log", "nobody-here", "--channel", "phone", "--text", "x"), "no_client"),
        (("visits", "--from", "x"), "usage"),
    ],
)
def test_bad_input_is_refused_with_its_code(run: Any, words: tuple[str, ...], code: str) -> None:
    status, told = run(*words)
    assert status == 2
    assert told["error"] == code
