"""Kept pictures are shown the right way up, small ones are small, and nothing goes through a file."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageOps
from PySide6.QtGui import QImage

from rmdesk.base.errors import Refused, Trouble
from rmdesk.services.files import pictures as services
from rmdesk.services.files.kinds import Kind
from rmdesk.services.rulebook import book
from rmdesk.ui.files import pictures
from tests.services.files import camera

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("up", range(1, 9))
@pytest.mark.parametrize(("kind", "make"), [(Kind.JPEG, camera.jpeg), (Kind.PNG, camera.png), (Kind.WEBP, camera.webp)])
def test_a_picture_stands_as_another_program_shows_it(kind: Kind, make: object, up: int) -> None:
    assert callable(make)
    shown = pictures.image_of(services.stripped(make(up), kind), kind)
    with Image.open(io.BytesIO(make(up))) as opened:
        right = ImageOps.exif_transpose(opened).convert("RGB")
    assert (shown.width(), shown.height()) == right.size
    for x, y in ((2, 2), (right.width - 3, 2), (2, right.height - 3), (right.width - 3, right.height - 3)):
        seen, meant = shown.pixelColor(x, y), right.getpixel((x, y))
        assert isinstance(meant, tuple)
        assert abs(seen.red() - meant[0]) + abs(seen.blue() - meant[2]) < 24


def test_a_small_picture_keeps_its_shape() -> None:
    small = pictures.image_of(camera.jpeg(6), Kind.JPEG, 24)
    assert (small.width(), small.height()) == (16, 24)


def test_what_is_no_picture_is_a_null_image() -> None:
    assert pictures.image_of(b"nothing", Kind.PNG).isNull()


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(book("files")["limits"]["bytes"], "value", 10)
    path = tmp_path / "a.txt"
    path.write_bytes(b"0123456789")
    assert pictures.taken(path) == ("a.txt", b"0123456789")
    path.write_bytes(b"0123456789a")
    with pytest.raises(Refused) as caught:
        pictures.taken(path)
    assert caught.value.code == "file_large"


def test_a_file_that_is_gone_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        pictures.taken(tmp_path / "gone.jpg")
    assert caught.value.code == "file_unread"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        pictures.taken(tmp_path)


def test_a_picture_of_the_clipboard_becomes_a_png() -> None:
    image = QImage(4, 3, QImage.Format.Format_RGB32)
    image.fill(0xFF336699)
    with Image.open(io.BytesIO(pictures.pasted(image))) as opened:
        assert (opened.format, opened.size) == ("PNG", (4, 3))
    with pytest.raises(Refused):
        pictures.pasted(QImage())
