"""What nothing names is found; what others call is not."""

from __future__ import annotations

from pathlib import Path

from tools import unused

SOURCE = """
def used(): return lost
def forgotten(): return used()
class Widget:
    def paintEvent(self, event): return forgotten_too
    def never(self): return 1
    limit = 3
used(), Widget()
"""


def test_what_nothing_names_is_found(tmp_path: Path) -> None:
    (tmp_path / "rmdesk" / "models").mkdir(parents=True)
    (tmp_path / "rmdesk" / "page.py").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "rmdesk" / "models" / "table.py").write_text("class Kept: pass", encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "help.py").write_text("def of_tests(): pass", encoding="utf-8")
    assert list(unused.unused(tmp_path)) == ["rmdesk/page.py:3: function forgotten", "rmdesk/page.py:6: method never"]


def test_what_only_a_test_names_is_used(tmp_path: Path) -> None:
    (tmp_path / "rmdesk").mkdir()
    (tmp_path / "rmdesk" / "page.py").write_text("def tried(): pass", encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_page.py").write_text("from rmdesk.page import tried\ntried()", encoding="utf-8")
    assert list(unused.unused(tmp_path)) == []
