"""The help says what the rules say: every number comes from them, in both languages, for every page and rule."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from rmdesk.base import paths, text
from rmdesk.services.documents import blocks
from rmdesk.services.documents.blocks import TableBlock
from rmdesk.services.guide import figures, topics
from rmdesk.services.segments import tables as segments
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.store import Store

# Numbers that are names: 1+N, 0 to 1 of an input, the first of a range.
NAMES = re.compile(r"1\+N|0 (to|到) 1|from 1|系数 1 到|nears 1|接近 1 而不超过 1")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_rule_is_told_in_both_languages(store: Store, language: str) -> None:
    text.use(language)
    for name in topics.rules():
        said = list(blocks.texts(store.read(topics.of_rule, name)))
        assert said, name
        assert all("{" not in one for one in said), name
        assert any(("一" <= sign <= "鿿") == (language == "zh_CN") for sign in "".join(said)), name


@pytest.mark.parametrize("name", list(topics.rules()))
def test_no_number_is_written_in_a_sentence(name: str) -> None:
    for sentence in topics.rules()[name].text:
        for said in (sentence.en, sentence.zh):
            assert not re.search(r"\d", NAMES.sub("", re.sub(r"\{\w+\}", "", said))), said


def test_both_languages_tell_the_same_figures_and_all_of_them(store: Store) -> None:
    for name, rule in topics.rules().items():
        given = set(store.read(topics.figures_of, name))
        for language in ("en", "zh"):
            parts = (part for one in rule.text for part in Formatter().parse(getattr(one, language)))
            assert {field for _before, field, _spec, _conversion in parts if field} == given, (name, language)


def test_own_tier_limits_are_what_is_told(store: Store) -> None:
    def limits() -> tuple[str, ...]:
        (table,) = (one for one in store.read(topics.of_rule, "tiers") if isinstance(one, TableBlock))
        return tuple(str(row[2]) for row in table.rows)

    assert limits()[-2] == f"{segments.table().cuts[0]:,.0f}"
    store.perform(ChangeSetting("segments.preset", "county"))
    assert limits()[-2] == f"{segments.presets()['county'][0]:,.0f}"


def test_the_weights_of_the_score_are_those_in_use(store: Store) -> None:
    def row() -> tuple[str, ...]:
        (table,) = (one for one in store.read(topics.of_rule, "score") if isinstance(one, TableBlock))
        return tuple(blocks.said(cell) for cell in table.rows[0])

    before = row()
    store.perform(ChangeSetting("scoring.weights", {"maintain.C": 24, "maintain.F": 11}))
    assert (before[1], row()[1]) == ("25", "24")


def test_every_signal_of_churn_has_a_name(store: Store) -> None:
    (table,) = (one for one in store.read(topics.of_rule, "churn") if isinstance(one, TableBlock))
    weights = [float(str(row[1])) for row in table.rows]
    assert weights == sorted(weights, reverse=True)
    assert len(weights) == 11


# Books that decide nothing on a screen: lists of words and dates, and bounds that are named where they are met.
WORDS_AND_BOUNDS = {
    "files": "bounds of files beside a record; a refusal names them",
    "imports": "bounds of files that come in; a refusal names them",
    "insights": "how far back charts are drawn",
    "records": "what records are called",
    "reports": "how much of a table stands on paper",
    "templates": "texts of greetings, edited by hand before use",
}


def test_every_rule_book_has_its_page() -> None:
    """Whatever decides something that a user sees is told of, with the numbers in use."""
    books = {path.stem for path in paths.resource("rules").glob("*.toml")}
    told = {book for rule in topics.rules().values() for book in rule.books}
    assert told <= books
    assert books - told == set(WORDS_AND_BOUNDS)


def test_a_figure_comes_from_its_place(store: Store) -> None:
    def found(**places: str) -> figures.Figures:
        return store.read(figures.found, places)

    assert found(share="churn.lost.share%", days="churn.lost.days") == {"share": "20 %", "days": "60"}
    assert found(tiers="occasions.lead.long_tiers") == {"tiers": "T4, T5"}
    store.perform(ChangeSetting("exports.rows", 700))
    assert found(rows="@exports.rows") == {"rows": "700"}
