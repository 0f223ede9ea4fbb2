"""Every pair of text and ground that the theme promises can be read, in both themes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base import paths
from rmdesk.ui.kit import tokens
from rmdesk.ui.kit.theme import Scheme, theme

COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize("name", ["LIGHT", "DARK"])
@pytest.mark.parametrize("pair", tokens.READABLE, ids="-".join)
def test_text_can_be_read(name: str, pair: tuple[str, str]) -> None:
    values = tokens.values(getattr(tokens, name))
    assert tokens.contrast(values[pair[0]], values[pair[1]]) >= 4.5


@pytest.mark.parametrize("name", ["LIGHT", "DARK"])
def test_marks_stand_out_from_what_lies_beside_them(name: str) -> None:
    values = tokens.values(getattr(tokens, name))
    measured = {pair: round(tokens.contrast(values[pair[0]], values[pair[1]]), 2) for pair in tokens.SEEN}
    assert not {pair: ratio for pair, ratio in measured.items() if ratio < 3}


@given(COLOUR, COLOUR)
def test_contrast_is_between_1_and_21_and_has_no_order(one: str, other: str) -> None:
    assert 1 <= tokens.contrast(one, other) <= 21.0001
    assert tokens.contrast(one, other) == tokens.contrast(other, one)


def test_the_known_extremes() -> None:
    assert tokens.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert tokens.contrast("#808080", "#808080") == 1


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("percent", [100, 150])
def test_the_sheet_has_no_open_places(scheme: Scheme, percent: int) -> None:
    theme.use(scheme, percent)
    sheet = theme.sheet()
    assert "@" not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    for url in re.findall(r"url\((.*?)\)", sheet):
        assert (paths.resource("icons") / url.rsplit("/", 1)[-1]).is_file()


def test_text_grows_with_its_size() -> None:
    theme.use(Scheme.LIGHT, 150)
    assert theme.font(14).pixelSize() == 21
    assert theme.px(38) == 57
    theme.use(Scheme.LIGHT, 300)
    assert theme.percent == 150
