"""The Chinese is complete: every text of the code has a translation with the same parameters, and none is left over."""

from __future__ import annotations

import gettext

import pytest

from tools import catalogues


@pytest.fixture(scope="module")
def texts() -> dict[catalogues.Text, list[str]]:
    return catalogues.wanted()


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_nothing_is_missing(language: str, texts: dict[catalogues.Text, list[str]]) -> None:
    assert catalogues.state(language, texts).missing == {}


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_nothing_is_wrong(language: str, texts: dict[catalogues.Text, list[str]]) -> None:
    assert catalogues.state(language, texts).wrong == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_compiled_catalogue_is_the_one_that_gettext_finds(language: str) -> None:
    with catalogues.compiled(language).open("rb") as file:
        found = gettext.GNUTranslations(file)
    joined, _ = catalogues.join(language)
    assert {found.gettext(str(message.id)) for message in joined if isinstance(message.id, str) and message.id} == {
        message.string for message in joined if isinstance(message.id, str) and message.id
    }
