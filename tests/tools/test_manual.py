"""The manuals are whole: every page and rule of the help is in one, in both languages, and they can be made."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from rmdesk.base import text
from rmdesk.services.guide import topics
from rmdesk.services.store.store import Store
from tools import manual
from tools.environment import ROOT


def test_every_page_and_rule_is_in_a_manual() -> None:
    told = manual.plan()
    assert {name for one in told for name in one["screens"]} == set(topics.screens()) - {"guide"}
    assert {name for one in told for name in one["rules"]} == set(topics.rules())
    assert all((ROOT / "docs" / name).exists() for one in told for name in one.get("documents", ()))


@pytest.mark.parametrize("language", list(manual.LANGUAGES))
@pytest.mark.parametrize("one", manual.plan(), ids=lambda one: str(one["name"]))
def test_it_is_written_in_its_language(store: Store, tmp_path: Path, one: dict[str, Any], language: str) -> None:
    text.use(language)
    made = store.read(manual.whole, one, language, tmp_path)
    assert one["title"][manual.LANGUAGES[language]] in made
    assert all(html.escape(topics.rules()[name].title.said) in made for name in one["rules"])
    chinese = sum("一" <= sign <= "鿿" for sign in made)
    assert (chinese > 300) == (language == "zh_CN")


def test_of_a_document_with_both_only_the_one_language_is_taken() -> None:
    path = ROOT / "docs" / "manual-lost-laptop.md"
    assert "马上做" in manual.of_document(path, "zh_CN")
    assert "At once" not in manual.of_document(path, "zh_CN")
    assert "马上做" not in manual.of_document(path, "en")
    assert "<h2>When a laptop is lost</h2>" in manual.of_document(path, "en")


WORDS = re.compile(r"[a-z]+[ ,;]+[a-z]+[ ,;]+[a-z]+|[一-鿿]{2}")  # a sentence, in either
SIGNS = re.compile("[一-鿿]")
DOCUMENTS = sorted({name for one in manual.plan() for name in one.get("documents", ())})


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_says_as_much_in_chinese_as_in_english(name: str) -> None:
    """As many headings, tables, rows, lists and examples; and no sentence of the other language."""
    english, chinese = (manual.of_document(ROOT / "docs" / name, language) for language in ("en", "zh_CN"))
    for tag in ("h2", "h3", "table", "tr", "td", "li", "pre", "ul", "ol"):
        assert english.count(f"<{tag}") == chinese.count(f"<{tag}"), tag
    for made, chinese_here in ((english, False), (chinese, True)):
        told = re.sub(r"<code.*?</code>", "", made, flags=re.DOTALL)
        parts = re.findall(r"<(?:p|li|h2|h3|td|th)\b[^>]*>(.*?)(?=<(?:/?(?:p|li|h\d|td|th|ul|ol)\b))", told, re.DOTALL)
        said = [re.sub(r"<[^>]+>", "", part) for part in parts]
        other = [part for part in said if WORDS.search(part) and bool(SIGNS.search(part)) != chinese_here]
        assert other == [], other[:3]


def test_of_the_tests_that_show_a_promise_the_manual_says_how_many() -> None:
    made = {language: manual.of_document(ROOT / "docs" / "security.md", language) for language in manual.LANGUAGES}
    for language, told in (("en", "<td>tests: 2</td>"), ("zh_CN", "<td>2 项</td>")):
        assert told in made[language]
        assert not re.search(r"<td>(tests: 0|0 项)</td>", made[language])
        assert len(re.findall(r"<code>test_", made[language])) <= 2  # beside what is not promised


def test_a_pdf_of_it_can_be_read(qapp: QApplication, store: Store, tmp_path: Path) -> None:
    one = next(one for one in manual.plan() if one["name"] == "lead")
    page = tmp_path / "lead.html"
    manual.as_pdf(store.read(manual.whole, one, "en", tmp_path), page)
    read = PdfReader(page.with_suffix(".pdf"))
    assert len(read.pages) >= 2
    assert "Team review" in " ".join("".join(one.extract_text() for one in read.pages).split())
