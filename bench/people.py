"""Invented clients, drawn in bulk: the same number gives the same people on every machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from bench.told import DAY

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉力玲红建国华"
    "志飞云海燕春雪梅琳慧颖佳俊宇浩然子涵欣怡梓轩雨桐思远"
)
DISTRICTS = ("东湖区", "西山区", "南城区", "北岭区", "江岸区", "河口区", "新港区", "高新区")


@dataclass(frozen=True, slots=True)
class Person:
    """One client as a bank's file tells of them; the columns of `client` are made from this."""

    number: str
    name: str
    sex: str
    birth_date: str
    id_number: str
    phone: str
    district: str
    risk: int
    opened_on: str
    branch: int


def people(count: int, seed: int = 1) -> list[Person]:
    """Invented clients; names repeat as they do in life."""
    dice = np.random.default_rng(seed)
    first = np.minimum(dice.geometric(0.045, count) - 1, len(SURNAMES) - 1)
    one, two = (dice.integers(0, len(GIVEN), count) for _ in range(2))
    short = dice.random(count) < 0.2
    born = days(dice, count, 18 * 365, 85 * 365)
    opened = days(dice, count, 30, 20 * 365)
    serial, phone = dice.integers(0, 999, count), dice.integers(0, 10**9, count)
    district, risk, branch = (
        dice.integers(0, len(DISTRICTS), count),
        dice.integers(1, 6, count),
        dice.integers(1, 9, count),
    )
    columns = (first, one, two, short, born, opened, serial, phone, district, risk, branch)
    made = []
    for at, row in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
        surname, given, more, is_short, birth, since, serial_, phone_, place, risk_, branch_ = row
        name = SURNAMES[surname] + GIVEN[given] + ("" if is_short else GIVEN[more])
        made.append(
            Person(
                f"{10_000_000 + at}",
                name,
                "FM"[serial_ % 2],
                birth,
                _checked(f"9901{place:02d}{birth.replace('-', '')}{serial_:03d}"),
                f"13{phone_:09d}",
                DISTRICTS[place],
                risk_,
                since,
                branch_,
            )
        )
    return made


def _checked(body: str) -> str:
    """An ID number with its check character (GB 11643-1999)."""
    total = sum(int(figure) * pow(2, 17 - at, 11) for at, figure in enumerate(body))
    return body + "10X98765432"[total % 11]


def days(dice: np.random.Generator, count: int, least: int, most: int) -> npt.NDArray[np.str_]:
    """Days between `least` and `most` days before DAY (negative: after it), as YYYY-MM-DD."""
    ago = dice.integers(least, most, count)
    return (np.datetime64(DAY) - ago.astype("timedelta64[D]")).astype(str)


def month_number() -> int:
    """The last whole month before DAY, counted as the store counts months."""
    last = DAY.replace(day=1) - timedelta(1)
    return last.year * 12 + last.month - 1
