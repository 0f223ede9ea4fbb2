"""What no editor keeps: passwords, PINs, card security codes; and signs that nobody sees but that change a text.

`check_text` stands in front of every free text that a command keeps. It would rather let a cunning secret through
than refuse an honest sentence, as nobody keeps what cannot be written down.
"""

from __future__ import annotations

import re
import unicodedata

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.rulebook import book

# Signs without a width, signs that turn the direction of a text, control characters, halves of characters, BOM.
# A flag of a part of a country is a black flag followed by tags: those stay, tags elsewhere hide messages.
_UNSEEN = re.compile(
    "(\U0001f3f4[\U000e0061-\U000e007a]{3,6}\U000e007f)"
    "|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200c\u200e"
    "\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_JOINER = "\u200d"  # joins emoji into one (a family); between letters it is only there to deceive
_LINES = re.compile("\r\n?|\x85|\u2028|\u2029")

_DIGITS = "0-9〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺"
_WORDS = (
    r"密\s{0,3}(?:码|碼)|口\s{0,3}令|暗\s{0,3}码|交易码|验证码|校验码|动态码|(?:卡)?安全码"
    r"|卡?背面?的?[后末]三位(?:数字|数|码)?"
    r"|(?<![a-z])(?:pass\s?(?:word|code|phrase|wd)|pwd|mima|p[\s.]{0,2}i[\s.]{0,2}n|[cs][\s.]{0,2}v[\s.]{0,2}[vcn](?:\s?2(?!\d))?|otp)(?:\s?code)?(?![a-z])"
)
# What may stand between the word and the secret. Only the first two kinds say outright that the secret follows.
_SAID = r"[:=]|是|为|即|叫|等于|成|作|至|(?<![a-z])(?:is|was|are|to)(?![a-z])"
_LOOSE = (
    r"[\s\-—–_|/\\>→~、.\"'“”‘’()\[\]【】<>《》「」#*`]|已|又|现|在|就|还|仍|然|依|都|均|先|初始|默认|重新|统一|修|重|设|改|换|置|变|更|定"
    r"|[旧新老]|[四六八三]位|数字?|码|了|的"
    r"|(?<![a-z])(?:now|set|reset|changed|still|the|code|no|number)(?![a-z])"
)
_NUMBER = rf"[{_DIGITS}](?:[\s\-.,_/·*]{{0,2}}[{_DIGITS}]){{2,31}}"
_TOKEN = r"(?=[!-~]{0,30}[0-9])(?=[!-~]{0,30}[a-z])[!-~]{4,32}"
_LETTERS = r"[a-z!@#$%^&*+?_~]{4,32}(?![\s,.]{0,2}[a-z])"
_ORDINARY = (
    r"forg[eo]t|reset|lost|unknown|change|lock|block|unlock|expire|none|wrong|fine|unset|missing|http|www|done|null"
)
_FOLLOWS = re.compile(
    rf"(?:{_WORDS})(?P<between>(?:{_SAID}|{_LOOSE}){{0,12}}?)(?P<secret>{_NUMBER}|{_TOKEN}|(?!{_ORDINARY}){_LETTERS})"
)
_BEFORE = re.compile(
    r"(?<![0-9])[0-9](?:[ \-]?[0-9]){2,11}\s{0,3}"
    rf"(?:[(\[【]\s{{0,3}}|(?:就?是|为|即|作)[^,，。;；\n0-9]{{0,8}}?)(?:{_WORDS})"
)
_SAYS = re.compile(_SAID)

# After a word without "is" or a colon, these are a day, a phone or an amount, and no secret.
_HARMLESS = re.compile(
    r"(?:19|20)\d{2}\s?年"
    r"|(?:(?:19|20)\d{2}[\-/.])?(?:0?[1-9]|1[0-2])[\-/.](?:0?[1-9]|[12]\d|3[01])(?![0-9\-])"
    r"|\+?(?:86[\s\-]?)?1[3-9]\d[\s\-]?\d{4}[\s\-]?\d{4}(?!\d)|0\d{2,3}[\s\-]\d{7,8}(?!\d)|400[\s\-]?\d{3,4}[\s\-]?\d{3,4}(?!\d)|9[56]\d{3}(?!\d)"
    r"|\d[\d,.\s]{0,18}(?:元|万|亿|块|次(?!日)|秒|分钟|小时|人|户|笔|美元|cny|usd|rmb|yuan)"
)
_CARD = re.compile(r"(?<![0-9])[2-6][0-9]{3}(?:[ \-]?[0-9]){9,15}(?![0-9])")
_EXPIRY = r"(?:0[1-9]|1[0-2])\s?[/\-]\s?(?:20)?[0-9]{2}(?![0-9])"
_BESIDE_CARD = re.compile(
    rf"(?:有效期|到期日|卡有效|exp(?:iry|ires?|iration)?(?![a-z])|(?:valid|good)\s?(?:thru|through|until|to)|mm\s?/\s?yy)[^0-9\n]{{0,12}}(?:{_EXPIRY}|[0-9]{{4}}(?![0-9]))"
    rf"|{_EXPIRY}[\s,;/|、]{{1,4}}[0-9]{{3,4}}(?![0-9])"
)
_CODE_AFTER = re.compile(r"[\s,;/|、\-]{1,3}[0-9]{3}(?![0-9,.:\-]|\s?[元万亿块次年月号笔户人个张天日点楼室])")
_RESIDENT = re.compile(r"[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx]?$")
UNREAD = 10
NEAR = 60  # characters around a card number in which its security code or expiry counts as told with it


def clean(text: str) -> str:
    """The text without signs that nobody sees: control characters (but newline and tab), zero widths, direction marks.

    Line ends of all kinds become newlines. Emoji stay whole. Does nothing twice.
    """
    if text.isascii() and text.isprintable():
        return text
    plain = _UNSEEN.sub(lambda found: found[1] or "", _LINES.sub("\n", text))
    return _without_joiners(plain) if _JOINER in plain else plain


def check_text(text: str | None, field: str, limit: int | None = None) -> str:
    """The text as it is kept: clean, without blanks around it, "" for None.

    Refused, naming the `field`, when it holds a secret or is longer than `limit` characters (None: the limit of
    rules/profile.toml).
    """
    most = limit or limit_of("most")
    kept = text or ""
    if len(kept) <= UNREAD * most:  # what is longer by far is refused as it comes
        kept = clean(kept).strip()
    if len(kept) > most:
        raise Refused(
            N_("This is too long: {length} characters of at most {most}."),
            do=N_("Shorten it, or add it as a file."),
            field=field,
            code="too_long",
            length=len(kept),
            most=most,
        )
    if holds_secret(kept):
        raise Refused(
            N_("Passwords, PINs and card security codes must not be kept here."),
            do=N_("Remove the secret and save again."),
            field=field,
            code="secret",
            guide="profile",
        )
    return kept


def limit_of(kind: str) -> int:
    """How many characters a kind of text may have: most, line, chip (rules/profile.toml)."""
    return int(book("profile")["text"][kind]["value"])


def holds_secret(text: str) -> bool:
    """Whether a text tells a password, a PIN, a security code, or a card number with what makes it usable."""
    plain = unicodedata.normalize("NFKC", clean(text)).lower()
    return _tells_password(plain) or _BEFORE.search(plain) is not None or _tells_card(plain)


def _tells_password(plain: str) -> bool:
    for found in _FOLLOWS.finditer(plain):
        outright = _SAYS.search(found["between"]) is not None
        if outright or not _HARMLESS.match(plain, found.start("secret")):
            letters_only = not any(sign.isdigit() or sign in _DIGITS for sign in found["secret"])
            if outright or not letters_only:
                return True
    return False


def _tells_card(plain: str) -> bool:
    for found in _CARD.finditer(plain):
        digits = re.sub(r"[ \-]", "", found[0])
        if len(digits) == 18 and _RESIDENT.match(digits):
            continue
        if _BESIDE_CARD.search(plain, max(0, found.start() - NEAR), found.end() + NEAR):
            return True
        if _CODE_AFTER.match(plain, found.end()):
            return True
    return False


def _without_joiners(text: str) -> str:
    kept = [sign for at, sign in enumerate(text) if sign != _JOINER or _joins(text, at)]
    return "".join(kept)


def _joins(text: str, at: int) -> bool:
    before = text[at - 1] if at else ""
    after = text[at + 1] if at + 1 < len(text) else ""
    return _is_picture(before) and _is_picture(after)


def _is_picture(sign: str) -> bool:
    return sign == "\ufe0f" or (sign != "" and unicodedata.category(sign) in ("So", "Sk", "Sm"))
