"""Pictures as cameras and phones write them, with all they tell; made and read by another program (Pillow)."""

from __future__ import annotations

import io
import struct
from typing import Any

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

SECRETS = (b"Secret Phone", b"SecretPerson", b"xmp-secret", b"iptc-secret", b"comment-secret", b"trailer-secret")
WIDTH, HEIGHT = 48, 32
LEFT_TOP, RIGHT_TOP = (250, 10, 10), (10, 10, 250)  # the colours of the two halves


def picture() -> Image.Image:
    """Red on the left, blue on the right: one sees which way up it is."""
    made = Image.new("RGB", (WIDTH, HEIGHT), LEFT_TOP)
    made.paste(RIGHT_TOP, (WIDTH // 2, 0, WIDTH, HEIGHT))
    return made


def notes(orientation: int = 6) -> Image.Exif:
    """EXIF with device, person, time and place."""
    made = Image.Exif()
    made[0x0110] = "Secret Phone 15"
    made[0x013B] = "SecretPerson"
    made[0x0132] = "2026:11:20 12:00:00"
    made[0x0112] = orientation
    place = made.get_ifd(0x8825)
    place[1], place[2] = "N", (39.0, 54.0, 26.4)
    place[3], place[4] = "E", (116.0, 23.0, 29.22)
    return made


def jpeg(orientation: int = 6, **more: Any) -> bytes:
    """A JPEG with EXIF, XMP, IPTC, a comment, a colour profile, and a second picture behind its end."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = saved("JPEG", exif=notes(orientation), icc_profile=profile, quality=90, comment=b"comment-secret", **more)
    xmp = b"http://ns.adobe.com/xap/1.0/\x00<x>xmp-secret GPSLatitude</x>"
    iptc = b"Photoshop 3.0\x008BIM iptc-secret"
    extra = b"".join(_segment(mark, body) for mark, body in ((0xE1, xmp), (0xED, iptc)))
    return content[:2] + extra + content[2:] + jpeg_plain() + b"trailer-secret"


def jpeg_plain() -> bytes:
    """Another small picture with notes of its own."""
    return saved("JPEG", exif=notes(1))


def png(orientation: int = 6) -> bytes:
    """A PNG with EXIF, texts, a time, and bytes behind its end."""
    info = PngInfo()
    info.add_text("Author", "SecretPerson")
    info.add_itxt("XML:com.adobe.xmp", "xmp-secret", zip=True)
    return saved("PNG", exif=notes(orientation), pnginfo=info) + b"trailer-secret"


def webp(orientation: int = 6, *, lossless: bool = False) -> bytes:
    """A WebP with EXIF and XMP."""
    return saved("WEBP", exif=notes(orientation), xmp=b"<x>xmp-secret</x>", lossless=lossless)


def saved(form: str, **options: Any) -> bytes:
    """The picture in a form."""
    held = io.BytesIO()
    picture().save(held, form, **options)
    return held.getvalue()


def told(content: bytes) -> dict[int, Any]:
    """All that another program finds of EXIF, the place among it under -1."""
    with Image.open(io.BytesIO(content)) as opened:
        found = opened.getexif()
        place = dict(found.get_ifd(0x8825))
        return dict(found) | ({-1: place} if place else {})


def pixels(content: bytes) -> tuple[tuple[int, int], bytes]:
    """Size and decoded pixels, as stored."""
    with Image.open(io.BytesIO(content)) as opened:
        return opened.size, opened.convert("RGB").tobytes()


def _segment(mark: int, body: bytes) -> bytes:
    return bytes([0xFF, mark]) + struct.pack(">H", len(body) + 2) + body
