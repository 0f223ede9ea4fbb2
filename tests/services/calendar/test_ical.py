"""The calendar file holds to RFC 5545 and says what the list says."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.text import phrase
from rmdesk.models.kinds import Calendar, ClientId, OccasionKind
from rmdesk.services.calendar import ical
from rmdesk.services.occasions.commands import AddOccasion
from rmdesk.services.occasions.details import Details
from rmdesk.services.occasions.queries import NamedDue
from rmdesk.services.store.store import Store
from tests.conftest import TODAY
from tests.services.occasions import arrange

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)


def read_back(text: str) -> list[dict[str, str]]:
    """A small reader of its own: unfolds, pairs BEGIN with END, and gives the events with their alarm's trigger."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    lines = text.split("\r\n")[:-1]
    assert all(0 < len(line.encode()) <= 75 for line in lines)
    unfolded: list[str] = []
    for line in lines:
        if line.startswith(" "):
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    events: list[dict[str, str]] = []
    open_: list[str] = []
    for line in unfolded:
        name, value = re.fullmatch(r"([A-Z-]+(?:;[A-Z]+=[A-Z]+)*):(.*)", line, re.DOTALL).groups()  # type: ignore[union-attr]
        if name == "BEGIN":
            open_.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert open_.pop() == value
        elif open_[-1] == "VEVENT":
            assert name not in events[-1]
            events[-1][name] = plain(value)
        elif open_[-1] == "VALARM" and name == "TRIGGER":
            events[-1]["TRIGGER"] = value
    assert open_ == []
    return events


def plain(value: str) -> str:
    """A TEXT value without its escapes."""
    return re.sub(r"\\([\\;,nN])", lambda found: {"n": "\n", "N": "\n"}.get(found[1], found[1]), value)


def due(name: str, title: str = "", on: date = TODAY, years: int | None = None) -> NamedDue:
    said = phrase("{text}", text=title)
    return NamedDue(
        on, ClientId(1), name, None, OccasionKind.CUSTOM, Calendar.SOLAR, years, False, None, title, "", said,
        f"custom::{title}", "a" * 32, None, None,
    )  # fmt: skip


def test_a_file_of_real_occasions(store: Store) -> None:
    client = arrange.client(store, birth_date="1966-11-28")
    store.perform(AddOccasion(client, Details(kind="wedding", year=2001, month=11, day=24, lead_days=3)))
    made = store.read(ical.calendar_of, TODAY, TODAY + timedelta(days=30))
    events = read_back(made.text)
    assert made.count == len(events) == 2
    wedding, birthday = events
    assert (wedding["DTSTART;VALUE=DATE"], wedding["DTEND;VALUE=DATE"]) == ("20261124", "20261125")
    assert wedding["SUMMARY"] == "周文敏 · Wedding anniversary (25)"
    assert (wedding["TRIGGER"], birthday["TRIGGER"]) == ("-P3D", "-P7D")
    assert birthday["DESCRIPTION"] == "lunar 10/20"
    again = read_back(store.read(ical.calendar_of, TODAY, TODAY + timedelta(days=60)).text)
    assert [one["UID"] for one in again[:2]] == [one["UID"] for one in events]
    assert len({one["UID"] for one in again}) == len(again)


def test_without_reminders(store: Store) -> None:
    arrange.client(store, birth_date="1966-11-28")
    made = ical.calendar_of
    text = store.read(lambda reads: made(reads, TODAY, TODAY + timedelta(30), reminders=False)).text
    assert "VALARM" not in text


def test_nothing_is_still_a_calendar(store: Store) -> None:
    made = store.read(ical.calendar_of, TODAY, TODAY)
    assert made.count == 0
    assert read_back(made.text) == []


@given(st.lists(st.tuples(st.text(max_size=120), st.text(max_size=120)), max_size=4))
def test_any_name_survives_folding_and_escaping(names: list[tuple[str, str]]) -> None:
    found = [due(name, title) for name, title in names if name.isprintable() and title.isprintable()]
    events = read_back(ical.as_text(found, NOW))
    assert [event["SUMMARY"] for event in events] == [f"{one.name} · {one.title}" for one in found]


def test_signs_that_would_break_the_file() -> None:
    events = read_back(ical.as_text([due("a,b;c\\d", "e\nEND:VEVENT\r\nBEGIN:VEVENT\x00")], NOW))
    assert events[0]["SUMMARY"] == "a,b;c\\d · e\nEND:VEVENT\nBEGIN:VEVENT"
    assert events[0]["DTSTAMP"] == "20261121T083000Z"


def test_the_mark_stands_in_the_head() -> None:
    text = ical.as_text([due("周文敏", "生日")], NOW, mark="Exported by 李慧; No. 7")
    assert "X-WR-CALDESC:Exported by 李慧\\; No. 7\r\n" in text
