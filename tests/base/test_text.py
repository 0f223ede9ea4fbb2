"""Texts are translated where they are shown, in the language in use at that moment."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base import text
from rmdesk.base.text import N_, Phrase, _, phrase, plural


class Catalogue(text.gettext.NullTranslations):
    """A language in which every text is upper case."""

    def gettext(self, message: str) -> str:
        return "".join(part if part.startswith("{") else part.upper() for part in _parts(message))

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one)


def _parts(message: str) -> list[str]:
    found: list[str] = []
    for literal, name, _spec, _conversion in string.Formatter().parse(message):
        found += [literal, *([f"{{{name}}}"] if name is not None else [])]
    return found


@pytest.fixture
def loud(monkeypatch: pytest.MonkeyPatch) -> None:
    text.use("en")
    monkeypatch.setattr(text, "_catalogue", Catalogue())


def test_english_is_the_source(fixed_day: object) -> None:
    assert _("Give gift") == "Give gift"
    assert text.language() == "en"


def test_an_unknown_language_falls_back_to_the_source() -> None:
    text.use("xx")
    assert _("Give gift") == "Give gift"


@pytest.mark.parametrize("language", ["en", "zh_CN", "pseudo", "xx"])
def test_the_empty_text_stays_empty(language: str) -> None:
    text.use(language)
    assert _("") == ""


@given(st.text(st.characters(exclude_characters="{}"), min_size=1))
def test_the_pseudo_language_brackets_and_lengthens(message: str) -> None:
    text.use("pseudo")
    assert _(message).startswith(f"[{message}")
    assert _(message).endswith("]")
    assert len(_(message)) >= len(message) * 1.4 - 1
    text.use("en")


def test_the_pseudo_language_keeps_parameters() -> None:
    text.use("pseudo")
    assert "7 clients" in phrase("{count} clients", count=7).said
    assert "3" in plural("{count} client", "{count} clients", 3)


def test_a_phrase_is_said_in_the_language_in_use_when_it_is_said(loud: None, monkeypatch: pytest.MonkeyPatch) -> None:
    told = phrase("{name} is due", name="王")
    assert told.said == str(told) == "王 IS DUE"
    monkeypatch.setattr(text, "_catalogue", text.gettext.NullTranslations())
    assert told.said == "王 is due"


def test_a_phrase_within_a_phrase_is_translated_too(loud: None) -> None:
    assert phrase("because {why}", why=phrase("quiet for {days} days", days=9)).said == "BECAUSE QUIET FOR 9 DAYS"


def test_plurals_choose_the_form_and_fill_in_the_count() -> None:
    assert plural("{count} client", "{count} clients", 1) == "1 client"
    assert plural("{count} client", "{count} clients", 0) == "0 clients"


def test_marking_changes_nothing(loud: None) -> None:
    assert N_("Give gift") == "Give gift"


def test_phrases_are_values() -> None:
    assert phrase("a {x}", x=1) == Phrase("a {x}", {"x": 1}) != phrase("a {x}", x=2)
    assert len({phrase("a {x}", x=1), phrase("a {x}", x=1)}) == 1


def test_large_counts_are_grouped() -> None:
    assert text.plural("{count} visit", "{count} visits", 7926) == "7,926 visits"


def test_sentences_are_parted_by_a_blank_unless_full_width_signs_do() -> None:
    assert text.sentences("One.", "", "Two.") == "One. Two."
    assert text.sentences("一。", "二！", "三") == "一。二！三"
    assert text.sentences("一", "二") == "一 二"
    assert text.sentences("", "") == ""
