"""The catalogue says what gettext says of the same file, and refuses what is none."""

from __future__ import annotations

import gettext
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from rmdesk.base import paths, text
from rmdesk.base.catalogue import Catalogue

if TYPE_CHECKING:
    from _typeshed import SupportsRead


def written(language: str, *messages: tuple[Any, Any]) -> bytes:
    made, out = Catalog(language), BytesIO()
    for source, said in messages:
        made.add(source, said)
    write_mo(out, made)
    return out.getvalue()


def test_every_text_is_the_one_that_gettext_finds() -> None:
    path = paths.resource("locale", "zh_CN", "LC_MESSAGES", "rmdesk.mo")
    mine = Catalogue.at(path)
    with path.open("rb") as file:
        known = gettext.GNUTranslations(cast("SupportsRead[bytes]", file))
    told = cast("dict[str | tuple[str, int], str]", known._catalog)  # type: ignore[attr-defined]
    assert len(told) > 1000
    for source in told:
        if isinstance(source, tuple):
            assert mine.ngettext(source[0], "", 7) == told[source[0], 0]
        elif source:
            assert mine.gettext(source) == told[source]
    for missing in ("Give gif", "Give giftt", "~", "\x01", "龘"):
        assert mine.gettext(missing) == missing


def test_languages_with_several_forms_choose_by_the_count() -> None:
    data = written("pl", (("one", "many"), ("jeden", "dwa", "wiele")), ("plain", "zwykły"))
    mine, known = Catalogue(data), gettext.GNUTranslations(cast("SupportsRead[bytes]", BytesIO(data)))
    for count in chain(range(30), (101, 102, 111, 112)):
        assert mine.ngettext("one", "many", count) == known.ngettext("one", "many", count)
        assert mine.ngettext("un", "knowns", count) == known.ngettext("un", "knowns", count)
    assert mine.gettext("plain") == "zwykły"
    assert mine.gettext("one") == known.gettext("one") == "jeden"


def test_what_is_no_catalogue_is_refused_and_english_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (b"", b"x" * 40, written("zh_CN")[:12]):
        with pytest.raises(ValueError, match=r"^$"):
            Catalogue(data)
    monkeypatch.setattr(text.paths, "resource", lambda *_names: tmp_path / "none.mo")
    text.use("zh_CN")
    assert text._("Give gift") == "Give gift"
    text.use("en")
