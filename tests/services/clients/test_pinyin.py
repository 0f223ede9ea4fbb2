"""Names are read as their bearers read them, and the readings others would try are kept for search."""

from __future__ import annotations

import sys
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base import paths
from rmdesk.services.clients.pinyin import plain, reading


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("周文敏", "Zhōu Wénmǐn", "zwm"),
        ("陈国栋", "Chén Guódòng", "cgd"),
        ("欧阳婉清", "Ōuyáng Wǎnqīng", "oywq"),
        ("单建华", "Shàn Jiànhuá", "sjh"),
        ("解晓光", "Xiè Xiǎoguāng", "xxg"),
        ("仇慧", "Qiú Huì", "qh"),
        ("曾令海", "Zēng Lìnghǎi", "zlh"),
        ("查秀英", "Zhā Xiùyīng", "zxy"),
        ("区志强", "Ōu Zhìqiáng", "ozq"),
        ("朴顺姬", "Piáo Shùnjī", "psj"),
        ("尉迟明", "Yùchí Míng", "ycm"),
        ("万俟雪", "Mòqí Xuě", "mqx"),
        ("翟长青", "Zhái Chángqīng", "zcq"),
        ("覃重阳", "Qín Chóngyáng", "qcy"),
        ("肖乐天", "Xiāo Lètiān", "xlt"),
        ("燕朝霞", "Yān Zhāoxiá", "yzx"),
        ("乐少奇", "Yuè Shàoqí", "ysq"),
        ("任为", "Rén Wéi", "rw"),
        ("李为民", "Lǐ Wèimín", "lwm"),
        ("吕绿女", "Lǚ Lǜnǚ", "lln"),
        ("王西安", "Wáng Xī'ān", "wxa"),
        ("李恩", "Lǐ Ēn", "le"),
        ("难明", "Nìng Míng", "nm"),
        ("观海", "Guàn Hǎi", "gh"),
        ("颉慧", "Xié Huì", "xh"),
        ("沮云", "Jū Yún", "jy"),
        ("铫期", "Yáo Qī", "yq"),
        ("省身", "Xǐng Shēn", "xs"),
        ("司马", "Sīmǎ", "sm"),
        ("贺兰英", "Hè Lányīng", "hly"),
        ("贺兰进明", "Hèlán Jìnmíng", "hljm"),
        ("欧", "Ōu", "o"),
        ("單建華", "Shàn Jiànhuá", "sjh"),
        ("爱新觉罗玄烨", "Àixīnjuéluó Xuányè", "axjlxy"),
        ("阿依古丽·买买提", "Āyīgǔlì·Mǎimǎití", "ayglmmt"),
        ("阿依古丽•买买提", "Āyīgǔlì·Mǎimǎití", "ayglmmt"),
        ("John Smith", "John Smith", "js"),
        ("Müller, Jörg", "Müller, Jörg", "mj"),
        ("宏远机械（集团）有限公司", "Hóng yuǎn jī xiè (jí tuán) yǒu xiàn gōng sī", "hyjxjtyxgs"),
        ("重庆银行长寿支行", "Chóng qìng yín háng cháng shòu zhī háng", "cqyhcszh"),
        ("𠀀𠀁", "Hē Qī", "hq"),
        ("王𠮷", "Wáng 𠮷", "w"),
        (" 王　芳 ", "Wáng Fāng", "wf"),
        ("张三(小)", "Zhāng Sān (Xiǎo)", "zsx"),
        ("Anna 王", "Anna Wáng", "aw"),
        ("", "", ""),
    ],
)
def test_reading(name: str, pinyin: str, initials: str) -> None:
    found = reading(name)
    assert (found.pinyin, found.initials) == (pinyin, initials)


@pytest.mark.parametrize(
    ("name", "also"),
    [
        ("单建华", "danjianhua"),
        ("覃明", "tanming"),
        ("万俟雪", "wansixue wanqixue"),
        ("周文敏", None),
        ("任平", None),
        ("方安", None),
        ("仇安", "chou'an"),
    ],
)
def test_other_readings_are_kept_for_search(name: str, also: str | None) -> None:
    assert reading(name).also == also


def test_a_four_character_company_is_no_person_when_told_so() -> None:
    assert reading("厦门航空", company=True).pinyin == "Xià mén háng kōng"


def test_every_shipped_reading_has_a_syllable_for_each_character() -> None:
    folder = paths.resource("names")
    surnames = tomllib.loads((folder / "surnames.toml").read_text(encoding="utf-8"))
    words = tomllib.loads((folder / "readings.toml").read_text(encoding="utf-8"))["word"]
    for word, text in [*surnames["compound"].items(), *words.items()]:
        assert all(len(one.split()) == len(word) for one in text.split("/")), word
    assert all(len(family) == 1 for family in surnames["single"])


def test_plain_is_what_people_type() -> None:
    assert plain("Lǚ Lǜnǚ") == "lv lvnv"
    assert plain("Xī'ān") == "xi'an"


@given(st.text(max_size=12))
def test_no_name_is_too_odd(name: str) -> None:
    found = reading(name)
    assert found.initials.isascii()
    assert found == reading(name)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=3))
def test_chinese_names_get_one_initial_a_character(name: str) -> None:
    found = reading(name, company=False)
    assert len(found.initials) == len(name)
    assert found.pinyin[0].isupper()


def test_the_table_of_phrases_stays_unloaded() -> None:
    reading("周文敏")
    assert not sys.modules["pypinyin.constants"].PHRASES_DICT
