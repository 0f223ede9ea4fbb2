"""The photos of the demo are pictures that any program reads, belong to visits, and tell nothing of a camera."""

from __future__ import annotations

import hashlib
import io

from PIL import Image

from rmdesk.services.demo import commands
from rmdesk.services.demo.files import HIGH, WIDE, vase
from rmdesk.services.files import pictures, rules
from rmdesk.services.files.kinds import Kind
from tests.conftest import TODAY


def test_a_vase_is_a_picture() -> None:
    with Image.open(io.BytesIO(vase(2))) as opened:
        assert opened.size == (WIDE, HIGH)
        glaze, wall = opened.convert("RGB").getpixel((WIDE // 2, HIGH // 2)), opened.convert("RGB").getpixel((3, 3))
    assert glaze != wall
    assert pictures.stripped(vase(2), Kind.PNG) == vase(2)


def test_files_belong_to_held_visits_and_could_have_been_added_by_hand() -> None:
    rows = commands.portfolio(commands.SEED, TODAY)
    visits = {row["id"]: row for row in rows.of("visit")}
    contents = {row["attachment_id"]: row["content"] for row in rows.of("attachment_content")}
    kept = rows.of("attachment")
    assert len(kept) >= 3
    for file in kept:
        assert visits[file["entity_id"]]["client_id"] == file["client_id"]
        content = contents[file["id"]]
        made = rules.cleaned(file["name"], content)
        assert (made.name, made.kind.value, made.content) == (file["name"], file["media_type"], content)
        assert (file["size"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
