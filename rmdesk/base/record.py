"""`@record`: a frozen dataclass for what the start loads.

`@dataclass(frozen=True, slots=True)` writes source code for each class and compiles it, 0.7 ms a class, which some
sixty classes turn into a tenth of the way to the first page. A record has the same init, equality, hash and repr, from
functions that all records share (docs/adr/0015).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar, cast, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """The class with a slot for each annotated field, and all that a frozen dataclass has.

    A value of the class body is the field's default; `ClassVar`s are no fields. Annotations are read as text, so the
    module needs `from __future__ import annotations`.
    """
    body = dict(cls.__dict__)
    names = tuple(name for name, kind in body.get("__annotations__", {}).items() if not kind.startswith("ClassVar"))
    defaults = {name: body.pop(name) for name in names if name in body}
    for unwanted in ("__dict__", "__weakref__"):
        body.pop(unwanted, None)
    body = _SHARED | body | {"__slots__": names, "__match_args__": names}
    made: Any = type(cls)(cls.__name__, cls.__bases__, body)  # type: ignore[misc]
    made.__init__ = _init(names, defaults, [vars(made)[name].__set__ for name in names])
    return cast(type[T], made)


def replace(one: T, **values: Any) -> T:
    """The same record with some fields of another value."""
    return type(one)(**dict(zip(one.__match_args__, _values(one), strict=True)) | values)  # type: ignore[attr-defined]


def _init(
    names: tuple[str, ...], defaults: dict[str, Any], puts: list[Callable[[Any, Any], None]]
) -> Callable[..., None]:
    count = len(names)

    def init(self: Any, *given: Any, **named: Any) -> None:
        if len(given) < count:
            try:
                given += tuple([named.pop(name) if name in named else defaults[name] for name in names[len(given) :]])
            except KeyError as missing:
                raise TypeError(f"{type(self).__name__} lacks the field {missing}") from None
        if named or len(given) > count:
            raise TypeError(f"{type(self).__name__} has only the fields {', '.join(names)}")
        for put, value in zip(puts, given, strict=True):
            put(self, value)

    return init


def _values(one: Any) -> tuple[Any, ...]:
    return tuple([getattr(one, name) for name in one.__match_args__])


def _equal(one: Any, other: object) -> bool:
    return _values(one) == _values(other) if one.__class__ is other.__class__ else NotImplemented


def _hash(one: Any) -> int:
    return hash(_values(one))


def _repr(one: Any) -> str:
    told = ", ".join(f"{name}={value!r}" for name, value in zip(one.__match_args__, _values(one), strict=True))
    return f"{type(one).__qualname__}({told})"


def _frozen(one: object, name: str, value: object = None) -> NoReturn:
    raise AttributeError(f"cannot change {type(one).__name__}.{name}: it is frozen")


_SHARED: dict[str, Any] = {
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _frozen,
    "__delattr__": _frozen,
}
