"""What a camera tells of place, device and person is gone; the picture and which way up it is stay."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from rmdesk.services.files import pictures
from rmdesk.services.files.kinds import Kind
from tests.services.files import camera

ORIENTATIONS = range(1, 9)
MADE: list[tuple[Kind, Callable[[int], bytes]]] = [
    (Kind.JPEG, camera.jpeg),
    (Kind.JPEG, lambda up: camera.jpeg(up, progressive=True)),
    (Kind.PNG, camera.png),
    (Kind.WEBP, camera.webp),
    (Kind.WEBP, lambda up: camera.webp(up, lossless=True)),
]
forms = pytest.mark.parametrize(("kind", "make"), MADE, ids=["jpeg", "progressive", "png", "webp", "lossless"])


@forms
def test_the_camera_did_tell(kind: Kind, make: Callable[[int], bytes]) -> None:
    """The pictures of these tests are worth testing with."""
    content = make(6)
    found = camera.told(content)
    assert found[0x0110] == "Secret Phone 15"
    assert found[-1][2] == (39.0, 54.0, 26.4)
    assert pictures.orientation(content, kind) == 6


@forms
def test_nothing_of_place_device_and_person_is_left(kind: Kind, make: Callable[[int], bytes]) -> None:
    left = pictures.stripped(make(6), kind)
    assert camera.told(left) == {0x0112: 6}
    for secret in (*camera.SECRETS, b"2026:11:20", b"GPS"):
        assert secret not in left


@forms
def test_an_upright_picture_keeps_no_note_at_all(kind: Kind, make: Callable[[int], bytes]) -> None:
    left = pictures.stripped(make(1), kind)
    assert camera.told(left) == {}
    assert b"Exif" not in left
    assert b"eXIf" not in left


@forms
@pytest.mark.parametrize("up", ORIENTATIONS)
def test_the_picture_looks_as_before(kind: Kind, make: Callable[[int], bytes], up: int) -> None:
    before, after = make(up), pictures.stripped(make(up), kind)
    assert camera.pixels(after) == camera.pixels(before)
    assert pictures.orientation(after, kind) == up
    with Image.open(io.BytesIO(before)) as one, Image.open(io.BytesIO(after)) as other:
        assert ImageOps.exif_transpose(one).tobytes() == ImageOps.exif_transpose(other).tobytes()


@forms
def test_stripping_twice_changes_nothing(kind: Kind, make: Callable[[int], bytes]) -> None:
    once = pictures.stripped(make(6), kind)
    assert pictures.stripped(once, kind) == once


@forms
def test_the_size_is_told(kind: Kind, make: Callable[[int], bytes]) -> None:
    assert pictures.size_of(make(6), kind) == (camera.WIDTH, camera.HEIGHT)
    assert pictures.size_of(pictures.stripped(make(6), kind), kind) == (camera.WIDTH, camera.HEIGHT)


def test_colours_keep_their_profile() -> None:
    left = pictures.stripped(camera.jpeg(6), Kind.JPEG)
    with Image.open(io.BytesIO(left)) as opened:
        assert opened.info["icc_profile"]


def test_a_simple_webp_that_says_nothing_stays_simple() -> None:
    plain = camera.saved("WEBP")
    assert pictures.stripped(plain, Kind.WEBP) == plain


def test_a_transparent_webp_that_stands_on_its_side_stays_transparent() -> None:
    held = io.BytesIO()
    Image.new("RGBA", (9, 5), (1, 2, 3, 40)).save(held, "WEBP", lossless=True, exif=camera.notes(8))
    left = pictures.stripped(held.getvalue(), Kind.WEBP)
    with Image.open(io.BytesIO(left)) as opened:
        assert opened.convert("RGBA").getpixel((0, 0)) == (1, 2, 3, 40)
        assert opened.getexif()[0x0112] == 8


@forms
@given(cut=st.integers(0, 400))
def test_a_picture_cut_short_is_damaged_and_no_bug(kind: Kind, make: Callable[[int], bytes], cut: int) -> None:
    whole = pictures.stripped(make(6), kind)
    try:
        left = pictures.stripped(whole[: max(0, len(whole) - 1 - cut)], kind)
    except pictures.Damaged:
        return
    assert kind is Kind.WEBP  # the notes stand last there, and a file without them is whole
    assert camera.told(left) == {}


@forms
@given(data=st.data())
def test_whatever_is_changed_in_a_picture_stripping_ends_and_settles(
    kind: Kind, make: Callable[[int], bytes], data: st.DataObject
) -> None:
    content = bytearray(make(6))
    for _change in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(12, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        left = pictures.stripped(bytes(content), kind)
    except pictures.Damaged:
        return
    assert pictures.stripped(left, kind) == left
