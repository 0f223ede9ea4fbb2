"""The manuals are whole: every page and rule of the help is in one, in both languages, and they can be made."""

from __future__ import annotations

import html
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


def test_a_pdf_of_it_can_be_read(qapp: QApplication, store: Store, tmp_path: Path) -> None:
    one = next(one for one in manual.plan() if one["name"] == "lead")
    page = tmp_path / "lead.html"
    manual.as_pdf(store.read(manual.whole, one, "en", tmp_path), page)
    read = PdfReader(page.with_suffix(".pdf"))
    assert len(read.pages) >= 2
    assert "Team review" in " ".join("".join(one.extract_text() for one in read.pages).split())
