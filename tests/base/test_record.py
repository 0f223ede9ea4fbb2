"""Records: what a frozen dataclass gives, and nothing else."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar

import pytest

from rmdesk.base.record import record, replace

T = TypeVar("T")


@record
class Point:
    """Two numbers, one with a default."""

    kind: ClassVar[str] = "point"
    x: int
    y: int = 2

    @property
    def sum(self) -> int:
        return self.x + self.y


@record
class Other:
    x: int
    y: int = 2


@record
class Kept(Generic[T]):
    what: T

    def __hash__(self) -> int:
        return 7


def test_fields_are_given_by_place_or_by_name() -> None:
    assert (Point(1).x, Point(1).y, Point(1, 3).y, Point(y=4, x=0).sum) == (1, 2, 3, 4)
    assert Point.kind == "point"


@pytest.mark.parametrize(
    ("given", "named"), [((), {}), ((), {"y": 1}), ((1, 2, 3), {}), ((1,), {"z": 3}), ((1,), {"x": 1})]
)
def test_missing_unknown_and_doubled_fields_are_refused(given: tuple[int, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="Point"):
        Point(*given, **named)


def test_equal_are_those_of_one_class_with_equal_fields() -> None:
    assert Point(1) == Point(1, 2) != Point(1, 3)
    other: object = Other(1)
    assert Point(1) != other
    assert len({Point(1), Point(1, 2), Point(2)}) == 2


def test_it_is_frozen_and_has_no_room_for_more() -> None:
    point: Any = Point(1)
    for change in (lambda: setattr(point, "x", 2), lambda: delattr(point, "x"), lambda: setattr(point, "z", 1)):
        with pytest.raises(AttributeError):
            change()
    assert not hasattr(point, "__dict__")
    assert point == Point(1)


def test_replace_gives_another_record() -> None:
    point = Point(1)
    assert replace(point, y=5) == Point(1, 5)
    assert point.y == 2
    with pytest.raises(TypeError):
        replace(point, z=1)


def test_own_methods_win() -> None:
    assert hash(Kept([1])) == 7
    assert Kept([1]) == Kept([1])


def test_it_tells_its_fields() -> None:
    assert repr(Point(1)) == "Point(x=1, y=2)"
    match Point(1):
        case Point(x, y):
            assert (x, y) == (1, 2)
