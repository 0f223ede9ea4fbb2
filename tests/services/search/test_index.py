"""What the search field finds is what a patient reader would find, and in the same order."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmdesk.services.clients.pinyin import plain, reading
from rmdesk.services.search.block import AT_ONCE, Block, Entry
from rmdesk.services.search.index import SearchIndex
from rmdesk.services.search.typed import query

NAMES = [
    "周文敏",
    "欧阳婉清",
    "单建华",
    "吕绿",
    "李恩",
    "方安",
    "范甘",
    "西安",
    "覃明",
    "Anna Müller",
    "宏远机械有限公司",
    "阿依古丽·买买提",
]


def entry(client: int, name: str, number: str = "", phones: str = "") -> Entry:
    read = reading(name)
    return Entry(client, name, read.pinyin, read.initials, read.also or "", number, phones)


def test_the_small_texts_of_many_clients_are_never_held_together() -> None:
    held: list[int] = []

    def many() -> Iterator[Entry]:
        for client in range(6 * AT_ONCE):
            yield Entry(client, f"客户{client}", "Ke Hu", "kh", "", f"N{client}", f"138{client:08}")
            if client % AT_ONCE == 0:
                held.append(sys.getallocatedblocks())

    block = Block(many())
    assert max(held[2:]) - held[1] < AT_ONCE  # not four texts for each client so far
    assert block.name(6 * AT_ONCE - 1) == f"客户{6 * AT_ONCE - 1}"
    assert [match.row for match in block.find(query("13800004321"), 5)] == [4321]


def index_of(*names: str) -> SearchIndex:
    return SearchIndex(Block(entry(client, name) for client, name in enumerate(names, 1)))


def found(index: SearchIndex, text: str) -> list[str]:
    return [hit.name for hit in index.find(text)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("周", ["周文敏"]),
        ("文敏", ["周文敏"]),
        ("zwm", ["周文敏"]),
        ("ZWM", ["周文敏"]),
        ("wm", ["周文敏"]),
        ("zhou", ["周文敏"]),
        ("zhouw", ["周文敏"]),
        ("zhou wen min", ["周文敏"]),
        ("Zhōu Wénmǐn", ["周文敏"]),
        ("zhouwm", ["周文敏"]),
        ("ouyang", ["欧阳婉清"]),
        ("oywq", ["欧阳婉清"]),
        ("wanq", ["欧阳婉清"]),
        ("shan", ["单建华"]),
        ("dan", ["单建华"]),
        ("djh", ["单建华"]),
        ("sjh", ["单建华"]),
        ("lv", ["吕绿"]),
        ("lü", ["吕绿"]),
        ("lu", ["吕绿"]),
        ("lyu", ["吕绿"]),
        ("fangan", ["方安", "范甘"]),
        ("fang'an", ["方安"]),
        ("xian", ["西安", "宏远机械有限公司"]),
        ("xi an", ["西安"]),
        ("tan", ["覃明"]),
        ("qinming", ["覃明"]),
        ("muller", ["Anna Müller"]),
        ("müller", ["Anna Müller"]),
        ("anna", ["Anna Müller"]),
        ("anna mul", ["Anna Müller"]),
        ("am", ["Anna Müller"]),
        ("机械", ["宏远机械有限公司"]),
        ("jixie", ["宏远机械有限公司"]),
        ("买买", ["阿依古丽·买买提"]),
        ("guli", ["阿依古丽·买买提"]),
        ("周 文敏", ["周文敏"]),
        ("ang", []),  # no syllable begins here
        ("hou", []),
        ("", []),
        ("  ", []),
        ("^", []),
        ("\t", []),
        ("?", []),
    ],
)
def test_what_is_found(typed: str, expected: list[str]) -> None:
    assert found(index_of(*NAMES), typed) == expected


def test_numbers() -> None:
    index = SearchIndex(
        Block([entry(1, "甲", "C0012", "138 0000 6620"), entry(2, "乙", "6620", "13866201111\n0571-88")])
    )
    assert [(hit.client, hit.number) for hit in index.find("6620")] == [(1, "13800006620"), (2, "6620")]
    assert [(hit.client, hit.number) for hit in index.find("8620")] == []
    assert [(hit.client, hit.number) for hit in index.find("138662")] == [(2, "13866201111")]
    assert [(hit.client, hit.number) for hit in index.find("c001")] == [(1, "C0012")]
    assert [(hit.client, hit.number) for hit in index.find("0571 88")] == [(2, "057188")]


def test_what_begins_with_it_comes_first_then_the_order_of_the_portfolio() -> None:
    assert found(index_of("周丽", "丽娜", "李娜", "丽"), "li") == ["丽娜", "李娜", "丽", "周丽"]
    assert found(index_of("王李", "李王", "李"), "李") == ["李王", "李", "王李"]


def test_no_more_than_asked_for() -> None:
    assert len(index_of(*["王一"] * 80).find("w")) == 50
    assert len(index_of(*["王一"] * 80).find("w", limit=3)) == 3


@pytest.mark.parametrize(
    ("name", "typed", "marked"),
    [
        ("欧阳婉清", "wan", "婉"),
        ("欧阳婉清", "wanq", "婉清"),
        ("欧阳婉清", "yw", "阳婉"),
        ("欧阳婉清", "阳婉", "阳婉"),
        ("单建华", "danj", "单建"),
        ("周文敏", "zhouwm", "周文敏"),
        ("阿依古丽·买买提", "guli", ""),
    ],
)
def test_what_is_marked(name: str, typed: str, marked: str) -> None:
    (hit,) = index_of(name).find(typed)
    assert "".join(name[start:end] for start, end in hit.spans) == marked


def test_a_changed_client_is_found_by_the_new_name_only() -> None:
    index = index_of("周文敏", "陈国栋").patched([1], [entry(1, "周敏")])
    assert found(index, "wenmin") == []
    assert found(index, "zhou") == ["周敏"]
    assert found(index.patched([1], []), "zhou") == []
    assert found(index.patched([1], [entry(1, "周三")]), "zhou") == ["周三"]
    assert found(index.patched([9], [entry(9, "陈九")]), "chen") == ["陈九", "陈国栋"]
    assert len(index) == 2
    assert len(index.patched([9], [entry(9, "陈九")])) == 3
    assert len(index.patched([1], [])) == 1


# The patient reader: every client is looked at, and each of its readings tried from each syllable on.

SIGNS = "周文敏欧阳单建华解晓光吕绿西安方恩李娜王"
SYLLABLE = re.compile("[^aeiouv]*[aeiouv]+(?:(?:ng|n|r)(?![aeiouv]))?")


def syllables(pinyin: str) -> list[str]:
    return [part for word in re.findall("[a-z]+", plain(pinyin)) for part in SYLLABLE.findall(word)]


def grade(one: Entry, typed: str) -> int | None:
    """0: at the start, 1: inside, None: not at all."""
    if not typed.isascii():
        return None if typed not in one.name else 0 if one.name.startswith(typed) else 1
    best = None
    for text in (one.pinyin, *one.also.split()):
        parts = syllables(text)
        for start in range(len(parts)):
            spelled, initials = "".join(parts[start:]), "".join(part[0] for part in parts[start:])
            if spelled.startswith(typed) or initials.startswith(typed):
                best = min(best if best is not None else 1, 0 if start == 0 else 1)
    return best


@settings(max_examples=300)
@given(st.data())
def test_the_index_finds_what_a_patient_reader_finds(data: st.DataObject) -> None:
    names = data.draw(st.lists(st.text(SIGNS, min_size=2, max_size=4), min_size=1, max_size=12))
    entries = [entry(client, name) for client, name in enumerate(names)]
    one = data.draw(st.sampled_from(entries))
    parts = syllables(one.pinyin)
    start = data.draw(st.integers(0, len(parts) - 1))
    spelled = "".join(parts[start:])
    typed = data.draw(
        st.one_of(
            st.just(spelled[: data.draw(st.integers(1, len(spelled)))]),
            st.just(one.initials[start:]),
            st.text(SIGNS, min_size=1, max_size=3),
            st.text("aeghinouwxyz", min_size=1, max_size=5),
        )
    )
    limit = data.draw(st.integers(1, 15))
    graded = [(grade(each, typed), row) for row, each in enumerate(entries)]
    expected = [row for mark, row in sorted((mark, row) for mark, row in graded if mark is not None)][:limit]
    hits = SearchIndex(Block(entries)).find(typed, limit)
    if any(typed.startswith(first) for first in ("lu", "nu")) or "lu" in typed or "nu" in typed:
        assert {hit.client for hit in hits} >= set(expected)  # lü is found as well
    elif re.fullmatch("[a-z]{2,6}[a-z]{1,3}", typed):
        assert [hit.client for hit in hits][: len(expected)] == expected or set(expected) <= {h.client for h in hits}
    else:
        assert [hit.client for hit in hits] == expected


@given(st.lists(st.text(max_size=8), max_size=6), st.text(max_size=6))
def test_nothing_typed_and_no_name_is_too_odd(names: list[str], typed: str) -> None:
    index = index_of(*names)
    for hit in index.find(typed):
        assert hit.name in [name.replace("\n", " ") for name in names]
