"""Settings are found where they are declared, each key once, each default allowed by its own limits."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from rmdesk.base import paths
from rmdesk.base.errors import Refused
from rmdesk.services.settings import general
from rmdesk.services.settings.declared import Setting
from rmdesk.services.settings.registry import all_settings, setting


@pytest.mark.parametrize("declared", all_settings(), ids=lambda declared: declared.key)
def test_each_default_is_a_value_of_its_setting(declared: Setting[Any]) -> None:
    accepted = declared.accept(declared.default)
    assert (accepted, type(accepted)) == (declared.default, type(declared.default))
    assert declared.text
    assert declared.section


def test_every_feature_that_declares_settings_is_in() -> None:
    declared = {found.key for found in all_settings()}
    assert {general.LANGUAGE.key, general.AUTO_LOCK.key} <= declared
    for file in paths.package("services").glob("*/settings.py"):
        import importlib

        module = importlib.import_module(f"rmdesk.services.{file.parent.name}.settings")
        assert {thing.key for thing in vars(module).values() if isinstance(thing, Setting)} <= declared


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(Refused, match=r"no setting called x\.y"):
        setting("x.y")


@pytest.mark.parametrize(
    ("declared", "good", "bad"),
    [
        (general.CURRENCY, ["USD"], ["usd", "US", "人民币", ""]),
        (general.FX_RATES, [{}, {"USD": "7.1"}], [{"usd": "7"}, {"USD": "0"}, {"USD": "-1"}, {"USD": "x"}]),
        (general.TEXT_SIZE, [100, 150], [90, 160, "100"]),
        (general.LANGUAGE, ["zh_CN", "en"], ["fr"]),
        (general.THEME, ["system", "light", "dark"], ["pink"]),
        (general.AUTO_LOCK, [1, 30], [0, 31]),
    ],
)
def test_the_general_settings_take_what_they_should(declared: Setting[Any], good: list[Any], bad: list[Any]) -> None:
    for value in good:
        declared.accept(value)
    for value in bad:
        with pytest.raises(Refused) as refused:
            declared.accept(value)
        assert refused.value.field == declared.key


def test_rates_are_exact() -> None:
    assert general.FX_RATES.accept({"USD": "7.1234"}) == {"USD": Decimal("7.1234")}
