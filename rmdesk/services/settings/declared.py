"""What a setting is: its key, default, texts and limits, declared once as a constant in its feature's settings.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, TypeVar, cast

from rmdesk.base.errors import Refused
from rmdesk.base.record import record
from rmdesk.base.text import N_

T = TypeVar("T")


@record
class Choice:
    """One value that may be chosen, and its name."""

    value: Any
    text: str


@record
class Setting(Generic[T]):
    """One declared setting. The type is that of the default: bool, int, float, Decimal, str, or a tuple or mapping of
    these (the first element or value of the default gives their type; an empty mapping holds Decimals).

    `text` and `note` are msgids; `source` says where the default comes from; `least` and `most` bound numbers, each
    element of a tuple, each value of a mapping. `check` may refuse more, by raising Refused.
    """

    key: str
    default: T
    text: str
    section: str
    note: str = ""
    source: str = ""
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    least: Decimal | float | None = None
    most: Decimal | float | None = None
    step: Decimal | float | None = None
    check: Callable[[T], None] | None = None

    def accept(self, value: Any) -> T:
        """The value as this setting keeps it; Refused(field=key) when it is of another kind or out of range."""
        typed = self._typed(value, self.default)
        if self.choices and typed not in [choice.value for choice in self.choices]:
            raise self._refused(N_("“{value}” is not one of the choices."), value=value)
        for number in _numbers(typed):
            if (self.least is not None and number < self.least) or (self.most is not None and number > self.most):
                raise self._out_of_range()
        accepted = cast(T, typed)
        if self.check is not None:
            self.check(accepted)
        return accepted

    def kept(self, value: T) -> Any:
        """The value as plain JSON."""
        return _plain(value)

    def _typed(self, value: Any, like: Any) -> Any:
        if isinstance(like, Mapping):
            if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
                raise self._wrong_kind()
            inner = next(iter(like.values()), Decimal(0))
            return {key: self._typed(value[key], inner) for key in sorted(value)}
        if isinstance(like, tuple):
            if isinstance(value, str) or not isinstance(value, list | tuple):
                raise self._wrong_kind()
            inner = like[0] if like else ""
            return tuple(self._typed(element, inner) for element in value)
        typed = _scalar(value, type(like))
        if typed is None:
            raise self._wrong_kind()
        return typed

    def _wrong_kind(self) -> Refused:
        return self._refused(N_("This is not a value for this setting."))

    def _out_of_range(self) -> Refused:
        if self.least is None:
            return self._refused(N_("At most {most} is allowed."), most=self.most)
        if self.most is None:
            return self._refused(N_("At least {least} is needed."), least=self.least)
        return self._refused(N_("Allowed is {least} to {most}."), least=self.least, most=self.most)

    def _refused(self, message: str, **params: object) -> Refused:
        return Refused(
            message, do=N_("Enter another value, or reset it."), field=self.key, code="bad_setting", guide="", **params
        )


def _scalar(value: Any, kind: type) -> Any:
    """The value as `kind`, or None when it is not one."""
    if kind is bool or isinstance(value, bool):
        return value if kind is bool and isinstance(value, bool) else None
    if kind is int:
        return value if isinstance(value, int) else None
    if kind is float:
        number = float(value) if isinstance(value, int | float) else None
        return number if number is not None and abs(number) < float("inf") else None
    if kind is Decimal:
        try:
            exact = Decimal(str(value))
        except InvalidOperation:
            return None
        return exact if exact.is_finite() else None
    return value if isinstance(value, str) else None


def _numbers(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return [number for inner in value.values() for number in _numbers(inner)]
    if isinstance(value, tuple):
        return [number for inner in value for number in _numbers(inner)]
    return [value] if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else []


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, Decimal) else value
