"""What was typed, and the ways it can be meant. Pure.

The index writes each syllable of a reading with a capital letter (OuYangWanQing), so that a search begins at a
syllable or nowhere; what was typed is therefore cut into syllables in every possible way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rmdesk.services.clients.pinyin import plain

MOST_WAYS = 12  # ways of cutting what was typed; a name has two or three
MOST_PATTERNS = 3
MOST_INITIALS = 12  # more letters than a company's name has characters are no initials
LONGEST = 6  # letters of a syllable, as in zhuang
_ALL = """
a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen
ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci
cong cou cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du
duan dui dun duo e ei en eng er fa fan fang fei fen feng fiao fo fou fu ga gai gan gang gao ge gei gen geng
gong gou gu gua guai guan guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan
huang hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke kei
ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei len leng li lia lian liang
liao lie lin ling liu lo long lou lu luan lun luo lv lve ma mai man mang mao me mei men meng mi mian miao
mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou
nu nuan nun nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian
qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru rua ruan rui run
ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou shu shua shuai
shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te tei teng ti tian tiao tie
ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing
xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze
zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui
zhun zhuo zi zong zou zu zuan zui zun zuo
"""
SYLLABLES = frozenset(_ALL.split())
STARTS = frozenset(syllable[:length] for syllable in SYLLABLES for length in range(1, len(syllable) + 1))
_SYLLABLE = re.compile("[^aeiouv]*[aeiouv]+(?:(?:ng|n|r)(?![aeiouv]))?")
_WORDS = re.compile("[A-Z0-9][a-z0-9]*")
_CLOSE = {"lu": "lv", "nu": "nv", "lue": "lve", "nue": "nve"}  # typed where no ü is at hand


@dataclass(frozen=True, slots=True)
class Query:
    """Either `name` is set, or what else the text can be: where to look for what."""

    name: str = ""  # part of a name, in lower case
    number: str = ""  # part of a phone or client number
    spelled: tuple[str, ...] = ()  # readings as the index writes them, the last syllable perhaps unfinished
    initials: tuple[str, ...] = ()  # in capitals
    patterns: tuple[str, ...] = ()  # readings with some syllables only begun, as in zhouwm


def lowered(text: str) -> str:
    """Lower case that keeps every place: a letter whose lower case is longer stays as it is."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)


def query(text: str) -> Query:
    """How to look for what was typed."""
    clean = unicodedata.normalize("NFKC", text).strip()
    if not all(plain(sign).isascii() for sign in clean if sign.isalnum()):  # not Latin
        return Query(name=lowered(re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", clean)))
    pieces = re.findall("[a-z0-9]+", plain(clean).replace("lyu", "lv").replace("nyu", "nv"))
    if not pieces:
        return Query(name=lowered(clean))
    joined = "".join(pieces)
    spelled = tuple(ways(pieces))
    if any(sign.isdigit() for sign in joined):
        return Query(number=joined.upper(), spelled=spelled)
    initials = (joined.upper(),) if len(joined) <= MOST_INITIALS else ()
    return Query(spelled=spelled, initials=initials, patterns=tuple(_patterns(joined)))


def words_of(reading: str) -> list[str]:
    """The words of a reading as the index writes it: OuYang has Ou and Yang; initials are a word each."""
    return _WORDS.findall(reading)


def camel(word: str) -> str:
    """One word of a reading without tones, as the index writes it: wanqing becomes WanQing."""
    return "".join(_cut_word(piece) for piece in re.findall("[a-z0-9]+", word))


def _cut_word(word: str) -> str:
    found = _SYLLABLE.findall(word)
    if "".join(found) == word and all(syllable in SYLLABLES for syllable in found):
        return "".join(syllable.capitalize() for syllable in found)
    return word.capitalize()  # a word of another language


def ways(pieces: list[str]) -> Iterator[str]:
    """Every way of cutting, as the index writes it; a blank typed is a place to cut."""
    found = [""]
    for number, piece in enumerate(pieces):
        is_last = number == len(pieces) - 1
        cuts = [*_cuts(piece, open_end=is_last), piece.capitalize()]
        found = [before + cut for before in found for cut in dict.fromkeys(cuts)][:MOST_WAYS]
    yield from dict.fromkeys(found)


def _cuts(word: str, *, open_end: bool) -> Iterator[str]:
    """A word cut into syllables; with an open end the last may be unfinished."""
    if not word:
        yield ""
        return
    if open_end and word in STARTS:
        yield word.capitalize()
        if word in _CLOSE:
            yield _CLOSE[word].capitalize()
    for length in range(min(LONGEST, len(word)), 0, -1):
        syllable, rest = word[:length], word[length:]
        if syllable not in SYLLABLES or (open_end and not rest):
            continue
        for after in _cuts(rest, open_end=open_end):
            yield syllable.capitalize() + after
            if syllable in _CLOSE:
                yield _CLOSE[syllable].capitalize() + after


def _patterns(word: str) -> Iterator[str]:
    """A whole first syllable, and then single letters: zhouwm is Zhou, W..., M...

    The whole syllable in front keeps the search fast. Yields regular expressions.
    """
    count = 0
    for length in range(min(LONGEST, len(word) - 2), 1, -1):
        first, rest = word[:length], word[length:]
        if first in SYLLABLES and rest.isalpha() and len(rest) <= 3 and count < MOST_PATTERNS:
            count += 1
            yield first.capitalize() + "[a-z]*".join(letter.upper() for letter in rest)
