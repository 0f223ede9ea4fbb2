"""Over the accessibility bus: the program as a process, walked and driven by nothing but what a screen reader has."""

from __future__ import annotations

import re
from pathlib import Path

from rmdesk.base import text
from rmdesk.base.text import _
from tests.conftest import TODAY
from tests.support import at_spi, demo
from tests.support.at_spi import Reader, Thing

NO_ROLES = {"", "invalid", "unknown", "filler", "panel", "layered pane", "redundant object"}
FIELDS = {"text", "combo box", "check box", "radio button", "spin button"}
SIGNS = re.compile(r"[，,] ?")  # between the parts of what a row tells


def test_a_screen_reader_walks_and_drives_the_running_program(made_demo: Path, tmp_path: Path) -> None:
    """Today with a receipt, Clients, Calendar, a client's file and a form, each reached by pressing what was heard."""
    text.use("zh_CN")
    profile = str(demo.copied(made_demo, tmp_path / "p"))
    with at_spi.running(tmp_path, "--profile", profile, "--date", str(TODAY), "--lang", "zh_CN") as reader:
        in_care = _today(reader)
        _clients(reader, in_care)
        name = _calendar(reader)
        _form(reader, _file(reader, name))
        assert "made on a thread" not in reader.said  # see ui/tasks/classes.py


def _today(reader: Reader) -> list[str]:
    """The care list speaks, and so does the receipt that pressing a row brings; the names in the list."""
    listed = _("Care priorities of today")
    reader.find(reader.root(), lambda thing: thing.role == "list item" and thing.within("panel", listed))
    rows = [it for it in _heard(reader, _("Today")) if it.role == "list item" and it.within("panel", listed)]
    assert len(rows) > 2
    told = [SIGNS.split(row.name) for row in rows]
    assert [int(re.sub(r"\D", "", parts[0])) for parts in told] == [*range(1, len(rows) + 1)]
    reader.press(rows[0])
    points = re.compile(r"\d+\.\d\d" + _("{points} points: {input}").format(points="", input=""))
    line = reader.find(rows[0], lambda thing: points.match(thing.name) is not None)
    assert line.role == "push button"
    return [parts[1] for parts in told]


def _clients(reader: Reader, in_care: list[str]) -> None:
    """The table tells its size, and each cell of its rows; the first is the client's name."""
    _go(reader, _("Clients"))
    table = reader.find(reader.root(), lambda thing: thing.role == "table" and thing.name == _("Clients"))
    at_spi.until(lambda: reader.value(table, at_spi.TABLE, "NRows"))
    _heard(reader, _("Clients"))
    rows = reader.rows(table, 3)
    assert len(rows) == 3
    assert rows[0][0].name.split()[0] in in_care  # the table stands by points, too
    for row in rows:
        shown = [cell for cell in row if cell.has("showing")]
        assert len(shown) > 5
        assert all(cell.role == "cell" and cell.name for cell in shown)


def _calendar(reader: Reader) -> str:
    """The day speaks; of its entries one leads on to a client's file. The client's name."""
    _go(reader, _("Calendar"))
    opening = _("Open file")
    found = reader.find(reader.root(), lambda thing: thing.role == "push button" and thing.name.startswith(opening))
    things = _heard(reader, _("Calendar"))
    assert any(thing.role == "cell" and str(TODAY.year) in thing.name for thing in things)
    reader.press(found)
    return re.split("[:：] ?", found.name)[1]


def _file(reader: Reader, name: str) -> Thing:
    """The client's file has the name of the client, and one tab chosen. The button for a gift."""
    gift = reader.find(reader.root(), lambda thing: thing.role == "push button" and thing.name == _("Gift"))
    things = _heard(reader, name)
    assert any(thing.role == "heading" and thing.name == name for thing in things)
    tabs = [thing for thing in things if thing.role == "page tab"]
    assert [thing.name for thing in tabs if thing.has("selected")] == [_("Overview")]
    return gift


def _form(reader: Reader, gift: Thing) -> None:
    """A form has a name, and each of its fields says what it asks."""
    reader.press(gift)
    title = _("Plan gift")
    dialog = reader.find(reader.root(), lambda thing: thing.role == "dialog" and thing.name == title)
    reader.find(dialog, lambda thing: thing.role == "push button" and thing.name == title)
    things = list(reader.below(dialog))
    assert _wrongs(things) == []
    fields = [thing for thing in things if thing.role in FIELDS and thing.has("focusable")]
    assert len(fields) > 5
    # A box to choose from tells by its name what is chosen, and by its label what is asked.
    assert [it for it in fields if not (reader.labelled(it) or (it.name and it.role != "combo box"))] == []


def _go(reader: Reader, page: str) -> None:
    """Press an entry of the navigation, which then says that it is chosen, alone."""
    pages = reader.find(reader.root(), lambda thing: thing.role == "panel" and thing.name == _("Pages"))
    reader.press(next(entry for entry in reader.below(pages) if SIGNS.split(entry.name)[0] == page))
    at_spi.until(
        lambda: [SIGNS.split(entry.name)[0] for entry in reader.below(pages) if entry.has("checked")] == [page]
    )


def _heard(reader: Reader, place: str) -> list[Thing]:
    """All that is there; the window says where one is, and nothing that takes the keyboard is mute."""
    window = f"{place} – rmdesk"
    at_spi.until(lambda: any(it.role == "frame" and it.name == window for it in reader.below(reader.root(), deep=1)))
    things = list(reader.below(reader.root()))
    assert _wrongs(things) == []
    return things


def _wrongs(things: list[Thing]) -> list[str]:
    return [
        f"{thing.role!r} {thing.name!r} in {thing.above[-3:]}"
        for thing in things
        if thing.has("focusable") and (thing.role in NO_ROLES or not any(sign.isalnum() for sign in thing.name))
    ]
