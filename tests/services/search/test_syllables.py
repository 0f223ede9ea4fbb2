"""How texts are read aloud: words for the index, ways to cut what was typed, and where it stands in a text."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base import paths
from rmdesk.services.clients.pinyin import plain
from rmdesk.services.clients.pinyin_tables import characters
from rmdesk.services.search import syllables
from rmdesk.services.search.typed import SYLLABLES

TEXT = "谈女儿留学费用，银行长假"


def read(text: str, typed: str, *, begun: bool = True) -> list[str]:
    places = syllables.places(text, syllables.spellings(typed), syllables.initials(typed), begun=begun)
    return sorted({text[first:last] for first, last in places})


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("liuxue", ["留学"]),
        ("liuxu", ["留学"]),
        ("liux", ["留学"]),
        ("nver", ["女儿"]),
        ("nuer", ["女儿"]),
        ("feiyong", ["费用"]),
        ("yinhang", ["银行"]),
        ("xingchang", ["行长"]),
        ("hangzhang", ["行长"]),
        ("changjia", ["长假"]),
        ("fei", ["费"]),
        ("fe", []),
        ("lxfy", ["留学费用"]),
        ("nelx", ["女儿留学"]),
        ("fyyh", []),  # a comma stands between them
        ("iuxue", []),
        ("xuefei", ["学费"]),
        ("liu2", []),
    ],
)
def test_words_are_read_as_they_are_typed(typed: str, found: list[str]) -> None:
    assert read(TEXT, typed) == found


def test_whole_syllables_only_until_begun_ones_are_asked_for() -> None:
    assert read("李先生离开", "lixian", begun=False) == ["李先"]
    assert read("李享离开", "lixia", begun=False) == []
    assert read("李享离开", "lixia") == ["李享"]


def test_the_words_for_the_index_are_the_words_of_the_questions() -> None:
    told = set(" ".join(syllables.words("去银行")).split())
    assert told == {"ʘqu", "ʘyin", "ʘxing", "ʘhang", "ʘqu0yin", "ʘyin0xing", "ʘyin0hang", "ʭqyx", "ʭqyh"}
    assert syllables.ask_whole(("qu", "yin", "hang")) == '"ʘqu0yin" AND "ʘyin0hang"'
    assert syllables.ask_begun([("yin", "ha")]) == '"ʘyin0ha"*'
    ways = [("xi", "an", "yin", "h"), ("xian", "yin", "h"), ("xia", "n")]
    assert syllables.ask_begun(ways) == (
        '((((("ʘxi0an" AND "ʘan0yin") OR ("ʘxian0yin")) AND "ʘyin0h"*)) OR ("ʘxia0n"*))'
    )
    assert syllables.ask_initials("qyhd") == '"ʭqyh" AND "ʭyhd"'


@given(st.text(alphabet="谈女儿留学费用银行长假乐解，A1 龘", min_size=2, max_size=12), st.data())
def test_whatever_characters_are_typed_as_they_are_found(text: str, data: st.DataObject) -> None:
    runs = [run for run in syllables.HAN.findall(text) if "龘" not in run]
    if runs:
        run = data.draw(st.sampled_from(runs))
        typed = "".join(data.draw(st.sampled_from(syllables.readings(sign))) for sign in run)
        told = set(" ".join(syllables.words(text)).split())
        if len(typed) > 1:
            assert run in read(text, typed, begun=False)
            asked = [syllables.ask_whole(way) for way in syllables.spellings(typed)]
            assert any(told >= set(question.replace('"', "").split(" AND ")) for question in asked)


def test_the_table_of_several_readings_is_sound() -> None:
    told = tomllib.loads(paths.resource("names", "several.toml").read_text(encoding="utf-8"))["readings"]
    lines = [line.split() for line in told.replace(",", "\n").splitlines() if line.strip()]
    signs = [sign for sign, *_readings in lines]
    assert len(signs) == len(set(signs))
    for sign, *given_readings in lines:
        known = {plain(one) for one in characters()[ord(sign)].split(",")}
        assert set(given_readings) <= known & SYLLABLES, sign
