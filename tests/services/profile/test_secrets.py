"""Passwords, PINs and security codes are refused however they are written; honest sentences are kept."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.services.profile import secrets

TELLING = """密码123456
密码：123456
密码:1 2 3 4 5 6
取款密码是 888888
取款密码１２３４５６
密 码：１ ２ ３ ４ ５ ６
客户PIN1234
ＰＩＮ：１２３４
P I N 1234
cvv2: 123
CVV：１２３
口令 abc123
口令：Qwer!234
password: hunter
Password is hunter2
pwd=abc12345
短信验证码为482913
密码已改为 123456
密码（六位）：123456
密码是一二三四五六
密码是 1975-08-18
123456 是他的取款密码
1234 (PIN)
卡号 6222021234567890 CVV 123
6222 0212 3456 7890 12/27 123
卡号6222021234567890123 有效期 12/27
卡 4111111111111111，有效期至 12/2027，背面后三位 123
安全码 456
手机银行登录密码 Abc12345
密\u200b码：12\u202e3456
密码 ①②③④⑤⑥
密碼：654321""".splitlines()

HONEST = """客户忘记密码，已指引到柜面重置
客户忘记密码，2026-11-21 已到柜面重置
密码重置 2026-11-21 办理
忘记密码 13800138000 请回电
密码输错 3 次被锁
密码锁定，拨打 95588 解锁
验证码收不到，手机 13800138000
验证码 60 秒内有效
身份证 110101197508180023 有效期 2030-01-01
卡号后四位 6620，11-30 到期 500,000 元
转账 1,200,000 元到 6222021234567890123，12月3日到账
卡 6222 0212 3456 7890 有效期内，额度 5 万
pinned the leaflet 2026
shopping 2000 yuan
The password was forgotten, sent to the counter
Password: forgotten, told to reset
提醒客户不要把密码告诉他人，4 月 12 日 10:30
他的口令红包 200 元
密码重置后，转出 300 万
已协助设置手机银行密码，2026年12月起可用""".splitlines()

WORDS = ["密码", "取款密码", "口令", "PIN", "ＰＩＮ", "pin code", "CVV", "cvc", "验证码", "Password", "passcode"]
LINKS = ["", " ", "：", ": ", "是", "为", " = ", " is ", "已改为", "（旧）", "\n", "\t"]


@pytest.mark.parametrize("text", TELLING)
def test_what_tells_a_secret_is_refused_beside_its_field(text: str) -> None:
    with pytest.raises(Refused) as caught:
        secrets.check_text(f"喜欢白茶。{text}", "note")
    assert (caught.value.code, caught.value.field) == ("secret", "note")


@pytest.mark.parametrize("text", HONEST)
def test_an_honest_sentence_is_kept(text: str) -> None:
    assert secrets.check_text(text, "note") == text


@given(
    word=st.sampled_from(WORDS),
    link=st.sampled_from(LINKS),
    digits=st.text("0123456789", min_size=4, max_size=8).filter(lambda text: not text.startswith(("95", "96", "1"))),
    wide=st.booleans(),
    gap=st.sampled_from(["", " ", "-", "\u200b"]),
    before=st.sampled_from(["", "客户", "其", "他说 ", "，"]),
)
def test_no_spelling_of_digits_hides_a_secret(
    word: str, link: str, digits: str, wide: bool, gap: str, before: str
) -> None:
    shown = "".join(chr(ord(digit) + 0xFEE0) for digit in digits) if wide else digits
    apart = gap.join(shown) if gap != "-" or link in ("：", "是") else shown  # 10-20 after a blank may be a day
    assert secrets.holds_secret(f"{before}{word}{link}{apart}")


def _as_read(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
    .filter(lambda text: not any(sign in _as_read(text) for sign in "密口暗交验校动安卡背pmcso"))
    .filter(lambda text: sum(sign.isdigit() for sign in _as_read(text)) < 13)
)
def test_a_text_without_a_word_for_a_secret_is_kept(text: str) -> None:
    assert secrets.check_text(text, "note") == secrets.clean(text).strip()


@given(st.text(st.characters(), max_size=300))
def test_cleaning_leaves_nothing_unseen_and_does_nothing_twice(text: str) -> None:
    kept = secrets.clean(text)
    assert secrets.clean(kept) == kept
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t" for sign in kept)
    assert not any("\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069" for sign in kept)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("tab\tstays", "tab\tstays"),
        ("gnp.\u202etxt\u2066", "gnp.txt"),
        ("周\u200b文\ufeff敏\u200d", "周文敏"),
        ("a\U000e0041\U000e0042b", "ab"),
    ],
)
def test_what_nobody_sees_is_taken_out(typed: str, kept: str) -> None:
    assert secrets.clean(typed) == kept


@pytest.mark.parametrize("emoji", ["👨‍👩‍👧‍👦", "👍🏽", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇨🇳", "🏳️‍🌈", "👩🏽‍💻", "❤️‍🔥", "🙋‍♂️"])
def test_emoji_stay_whole(emoji: str) -> None:
    assert secrets.check_text(f"生日快乐{emoji}", "text") == f"生日快乐{emoji}"


def test_a_megabyte_is_refused_in_words() -> None:
    with pytest.raises(Refused) as caught:
        secrets.check_text("长" * 1_000_000, "text")
    assert caught.value.code == "too_long"
    assert "20000" in caught.value.said
    assert secrets.check_text("x" * secrets.limit_of("most"), "text")
    with pytest.raises(Refused):
        secrets.check_text("x" * 41, "text", secrets.limit_of("chip"))


def test_nothing_is_an_empty_text() -> None:
    assert secrets.check_text(None, "note") == ""
    assert secrets.check_text(" \u200b \n", "note") == ""
