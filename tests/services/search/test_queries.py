"""The index is filled from the portfolio, follows its changes, and tells which one client a word means."""

from __future__ import annotations

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.clients import Client
from rmdesk.services.clients.pinyin import reading
from rmdesk.services.search.index import SearchIndex
from rmdesk.services.search.queries import build, client_meant, patched
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.support.build import perform

NAMES = ["周文敏", "周文", "陈国栋", "单建华", "陈一", "陈一"]


@pytest.fixture
def filled(store: Store) -> Store:
    def add(work: UnitOfWork) -> None:
        for client, name in enumerate(NAMES, 1):
            read = reading(name)
            work.add(
                Client(
                    id=client, name=name, number=f"90{client:04d}", phone=f"1600000{client:04d}", pinyin=read.pinyin,
                    initials=read.initials, pinyin_also=read.also,
                )
            )  # fmt: skip

    perform(store, add)
    return store


def names(index: SearchIndex, text: str) -> list[str]:
    return [hit.name for hit in index.find(text)]


def test_everyone_can_be_found(filled: Store) -> None:
    index = filled.read(build)
    assert len(index) == 6
    assert names(index, "zw") == ["周文敏", "周文"]
    assert names(index, "djh") == ["单建华"]
    assert [(hit.name, hit.number) for hit in index.find("0003")] == [("陈国栋", "900003")]


def test_clients_merged_into_others_are_not_found(filled: Store) -> None:
    def merge(work: UnitOfWork) -> None:
        work.get(Client, 2).merged_into = 1

    index = filled.read(build)
    perform(filled, merge)
    assert names(filled.read(build), "zw") == ["周文敏"]
    assert names(filled.read(patched, index, [2]), "zw") == ["周文敏"]


def test_a_change_is_patched_in(filled: Store) -> None:
    index = filled.read(build)

    def rename(work: UnitOfWork) -> None:
        client = work.get(Client, 3)
        client.name, client.pinyin, client.initials = "仇慧", "Qiú Huì", "qh"

    perform(filled, rename)
    newer = filled.read(patched, index, [3])
    assert names(newer, "qiu") == ["仇慧"]
    assert names(newer, "cgd") == []
    assert names(index, "cgd") == ["陈国栋"]


@pytest.mark.parametrize(
    ("text", "client"),
    [
        ("900003", 3),
        ("周文", 2),
        ("周文敏", 1),
        ("#5", 5),
        ("djh", 4),
        ("chenguodong", 3),
        (" 单建华 ", 4),
        ("00000006", 6),
        ("5", 5),
        ("3", 3),
    ],
)
def test_the_client_meant(filled: Store, text: str, client: int) -> None:
    assert filled.read(client_meant, text) == client


def test_an_id_that_is_also_the_tail_of_a_phone_is_not_guessed(filled: Store) -> None:
    def add(work: UnitOfWork) -> None:
        for client, phone in ((4321, "16055550000"), (8765, "16055551111"), (7, "16055554321")):
            work.add(Client(id=client, name="何人", pinyin="Hé Rén", initials="hr", pinyin_also="", phone=phone))

    perform(filled, add)
    assert filled.read(client_meant, "8765") == 8765
    assert filled.read(client_meant, "1111") == 8765
    with pytest.raises(Refused) as refused:
        filled.read(client_meant, "4321")
    assert refused.value.code == "ambiguous_client"
    assert "#4321" in str(refused.value)
    assert "#7" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("王五", "no_client"),
        ("", "no_client"),
        ("#99", "no_client"),
        ("#" + "9" * 30, "no_client"),
        ("9" * 6000, "no_client"),
        ("zw", "ambiguous_client"),
        ("陈一", "ambiguous_client"),
    ],
)
def test_nobody_or_several_meant(filled: Store, text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        filled.read(client_meant, text)
    assert refused.value.code == code
    if text == "zw":
        assert "周文敏 #1" in str(refused.value)
