"""The catalogue tools find what is missing, wrong and left over, and write what gettext can read."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest

from tools import catalogues

CODE = """
from rmdesk.base.text import N_, _, phrase, plural
title = N_("Give gift")
shown = _("Hello {name}").format(name="Li")
said = phrase("due {day}", day=3)
count = plural("{count} client", "{count} clients", 2)
"""
PART = """
msgid "Give gift"
msgstr "送礼品"

msgid "Hello {name}"
msgstr "您好，{name}"

msgid "due {day}"
msgstr "{day} 到期"

msgid "{count} client"
msgid_plural "{count} clients"
msgstr[0] "{count} 位客户"
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project with one feature and its complete part."""
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path / "locale")
    (tmp_path / "rmdesk" / "services" / "gifts").mkdir(parents=True)
    (tmp_path / "rmdesk" / "services" / "gifts" / "commands.py").write_text(CODE, encoding="utf-8")
    put(tmp_path, "gifts", PART)
    return tmp_path


def put(project: Path, feature: str, text: str) -> Path:
    """Write one part."""
    path = project / "locale" / "zh_CN" / "parts" / f"{feature}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_complete_language_is_complete(project: Path) -> None:
    found = catalogues.state("zh_CN")
    assert len(found.wanted) == 4
    assert found.missing == {}
    assert found.wrong == []
    assert found.complete


def test_gettext_reads_what_is_written(project: Path) -> None:
    with catalogues.write("zh_CN").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("Give gift") == "送礼品"
    assert catalogue.ngettext("{count} client", "{count} clients", 1) == "{count} 位客户"
    assert catalogue.ngettext("{count} client", "{count} clients", 5) == "{count} 位客户"


def test_a_missing_text_is_listed_with_its_feature_and_place(project: Path) -> None:
    put(project, "gifts", PART.replace('msgid "Give gift"\nmsgstr "送礼品"', ""))
    assert catalogues.state("zh_CN").missing == {"gifts": [("Give gift", "rmdesk/services/gifts/commands.py:3")]}


@pytest.mark.parametrize("made", ['msgstr ""', '#, fuzzy\nmsgid "Give gift"\nmsgstr "送礼品"'])
def test_an_empty_or_doubtful_translation_is_missing(project: Path, made: str) -> None:
    entry = made if made.startswith("#") else f'msgid "Give gift"\n{made}'
    put(project, "gifts", PART.replace('msgid "Give gift"\nmsgstr "送礼品"', entry))
    assert list(catalogues.state("zh_CN").missing) == ["gifts"]


def test_a_plural_translated_as_singular_is_missing(project: Path) -> None:
    put(project, "gifts", PART.replace('msgid_plural "{count} clients"\nmsgstr[0]', "msgstr"))
    assert catalogues.state("zh_CN").missing == {
        "gifts": [("{count} client", "rmdesk/services/gifts/commands.py:6")],
    }


@pytest.mark.parametrize("translated", ["您好", "您好，{nmae}", "您好，{name"])
def test_a_lost_parameter_is_wrong(project: Path, translated: str) -> None:
    put(project, "gifts", PART.replace("您好，{name}", translated))
    assert len(catalogues.state("zh_CN").wrong) == 1


def test_a_text_nobody_uses_is_wrong(project: Path) -> None:
    put(project, "old", 'msgid "Gone"\nmsgstr "没了"\n')
    assert catalogues.state("zh_CN").wrong == ["nobody uses 'Gone' any more"]


def test_one_text_with_two_translations_is_wrong(project: Path) -> None:
    put(project, "other", 'msgid "Give gift"\nmsgstr "赠送礼物"\n')
    wrong = catalogues.state("zh_CN").wrong
    assert len(wrong) == 1
    assert "gifts.po" in wrong[0]
    assert "other.po" in wrong[0]


def test_one_text_with_the_same_translation_twice_is_fine(project: Path) -> None:
    put(project, "other", 'msgid "Give gift"\nmsgstr "送礼品"\n')
    assert catalogues.state("zh_CN").complete


def test_a_catalogue_is_stale_when_a_part_is_newer_or_gone(project: Path) -> None:
    extra = put(project, "extra", 'msgid "Give gift"\nmsgstr "送礼品"\n')
    assert catalogues.is_stale("zh_CN")
    made = catalogues.write("zh_CN")
    newer = max(extra.stat().st_mtime_ns, extra.parent.stat().st_mtime_ns) + 1_000_000_000
    os.utime(made, ns=(newer, newer))
    assert not catalogues.is_stale("zh_CN")
    os.utime(extra, ns=(newer + 1_000_000_000,) * 2)
    assert catalogues.is_stale("zh_CN")
    os.utime(extra, ns=(0, 0))
    assert not catalogues.is_stale("zh_CN")
    extra.unlink()
    os.utime(extra.parent, ns=(newer + 1_000_000_000,) * 2)
    assert catalogues.is_stale("zh_CN")


def test_a_text_inside_an_f_string_is_found(project: Path) -> None:
    more = project / "rmdesk" / "services" / "gifts" / "queries.py"
    more.write_text("from rmdesk.base.text import _\nshown = f\"{_('Wrapped')}!\"\n", encoding="utf-8")
    assert catalogues.state("zh_CN").missing == {"gifts": [("Wrapped", "rmdesk/services/gifts/queries.py:2")]}


@pytest.mark.parametrize("given", ['f"Hello {name}"', '"Hello " + name', '"Hello %s" % name'])
def test_a_text_made_at_run_time_is_refused(project: Path, given: str) -> None:
    more = project / "rmdesk" / "services" / "gifts" / "queries.py"
    more.write_text(f"from rmdesk.base.text import _\nname = 'Li'\nshown = _({given})\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"queries\.py:3: _\(\) of a text put together at run time"):
        catalogues.wanted()


@pytest.mark.parametrize(
    ("place", "feature"),
    [
        ("rmdesk/services/care/rules.py:3", "care"),
        ("rmdesk/services/rulebook.py:3", "rulebook"),
        ("rmdesk/ui/shell/nav.py:3", "shell"),
        ("rmdesk/base/errors.py:3", "base"),
        ("rmdesk/app.py:3", "app"),
        ("rmdesk/cli/main.py:3", "cli"),
    ],
)
def test_the_feature_of_a_place(place: str, feature: str) -> None:
    assert catalogues.feature_of(place) == feature
