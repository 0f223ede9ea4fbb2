"""The list and receipts as plain data: the fixed keys, and lines that add up."""

from __future__ import annotations

import json

import pytest

from rmdesk.base import text
from rmdesk.models.kinds import Channel, ClientId
from rmdesk.services.care import plain
from rmdesk.services.store.store import Store
from tests.services.care.arrange import WAN, Book, book


def arrange(made: Book) -> list[int]:
    clients = []
    for number in range(20):
        client = made.client(f"客户{number}", (20 + 97 * number) * WAN, birth_date=f"1966-11-{20 + number % 9}")
        made.visit(client, 7 * number)
        made.matures(client, number * 2 - 10, number * WAN)
        if number % 5 == 0:
            made.complaint(client, number)
        clients.append(client)
    return clients


def test_the_list_is_json_whose_lines_add_up(store: Store) -> None:
    book(store, arrange)
    data = json.loads(json.dumps(store.read(plain.today)))
    assert {"date", "purpose", "items"} <= set(data)
    assert [item["rank"] for item in data["items"]] == list(range(1, len(data["items"]) + 1))
    assert data["length"] == 5  # contacts on few days: the pace measured, but never below the least
    assert len(data["items"]) >= 5
    for item in data["items"]:
        assert {"rank", "client", "name", "lane", "score", "lines", "action"} <= set(item)
        assert all({"rule", "points", "input", "as_of", "why"} <= set(line) for line in item["lines"])
        assert sum(line["points"] for line in item["lines"]) == pytest.approx(item["score"], abs=0.05)


def test_a_receipt_is_json_and_knows_what_a_call_would_do(store: Store) -> None:
    clients = book(store, arrange)
    now = store.read(plain.score, ClientId(clients[-1]))
    then = store.read(plain.score, ClientId(clients[-1]), what_if=Channel.PHONE)
    assert json.loads(json.dumps(now))["score"] == then["score_before"]
    assert then["score"] < now["score"]
    assert sum(line["points"] for line in now["lines"]) == pytest.approx(now["score"], abs=0.05)


def test_the_same_data_and_day_give_the_same_list(store: Store) -> None:
    book(store, arrange)
    assert store.read(plain.today) == store.read(plain.today)


def test_the_words_follow_the_language(store: Store) -> None:
    book(store, arrange)
    text.use("zh_CN")
    lanes = store.read(plain.today)["items"]
    assert any("天" in reason["text"] for item in lanes for reason in item["reasons"])
