"""Texts that hold what can be searched of many clients, a line each, in the order in which hits are wanted.

A search is `str.find` over them: no index to keep in step, nothing decrypted on disk, any part of a name, and the
first hits are the best ones. Names, readings and numbers are apart, so that each search goes over little; readings
and numbers are ASCII and take a byte a letter.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rmdesk.services.clients.pinyin import plain
from rmdesk.services.search.typed import Query, camel, lowered, words_of

START = "^"  # before each reading and each run of initials
END = "\t"  # after each number
LINE = "\n"
HAN_ONLY = re.compile("[〇㐀-䶿一-鿿豈-\ufaff\U00020000-\U000323af]+")
CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")  # initials are words of one letter
AT_ONCE = 1000  # lines joined at a time
LONGEST_RUN = 6  # initials of a person
_NO_NUMBER = re.compile("[^A-Z0-9]")
_NO_DIGIT = re.compile("[^0-9]")
_PLAIN_U = str.maketrans("üÜ", "uU")


@dataclass(frozen=True, slots=True)
class Entry:
    """One client to be found. `phones`: one a line; `also`: other readings, blank-separated."""

    client: int
    name: str
    pinyin: str
    initials: str
    also: str
    number: str
    phones: str


@dataclass(frozen=True, slots=True)
class Match:
    """Where a query was found: `grade` 0 at the start of a name or the end of a number, else 1.

    `span` marks the part of the name, empty when something else was found; `number` is the number that was.
    """

    grade: int
    row: int
    span: tuple[int, int] = (0, 0)
    number: str = ""


class Lines:
    """Many lines as one text, with a line break before the first and after each.

    Lines are joined by the thousand as they come: a hundred thousand small texts, held until the last one is there,
    would leave forty megabytes of holes that nothing else of the program fills.
    """

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self.starts = array("I", [1])
        self.text = LINE
        self._pieces: list[str] = []
        self._some: list[str] = []
        for line in lines:
            self.add(line)
        self.close()

    def add(self, line: str) -> None:
        """One more line; to be found once all are in and `close` was called."""
        self.starts.append(self.starts[-1] + len(line) + 1)
        self._some.append(line)
        if len(self._some) == AT_ONCE:
            self._pieces.append(LINE.join((*self._some, "")))
            self._some.clear()

    def close(self) -> None:
        """All lines are in."""
        self.text = "".join((self.text, *self._pieces, LINE.join((*self._some, "")) if self._some else ""))
        self._pieces.clear()
        self._some.clear()

    def line(self, row: int) -> str:
        """One line."""
        return self.text[self.starts[row] : self.starts[row + 1] - 1]

    def find(self, wanted: str, mark: int = 0) -> Iterator[tuple[int, int]]:
        """(row, place in its line) of the first occurrence in each line; the first `mark` signs are no part of it."""
        text, starts = self.text, self.starts
        at = text.find(wanted)
        while at >= 0:
            row = bisect_right(starts, at + mark) - 1
            yield row, at + mark - starts[row]
            at = text.find(wanted, starts[row + 1] - 1)


class Block:
    """The searchable text of some clients; never changes once made."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.ids = array("q")
        self._names, self._lowered, self._readings, self._numbers = (Lines() for _ in range(4))
        spelled: dict[str, str] = {}  # words of readings as written here; given names come back by the hundred
        initials: set[str] = set()
        for entry in entries:
            name, reading = entry.name.replace(LINE, " "), _readings(entry, spelled)
            self.ids.append(entry.client)
            self._names.add(name)
            self._lowered.add(lowered(name))
            self._readings.add(reading)
            self._numbers.add(_numbers(entry))
            initials.update(field for field in reading.split(START) if field.isupper())
        for lines in (self._names, self._lowered, self._readings, self._numbers):
            lines.close()
        self._words = frozenset(word for camels in spelled.values() for word in words_of(camels)) | CAPITALS
        self._runs, self._has_long_runs = _runs(initials)
        self._begun = frozenset(word[:length] for word in self._words for length in range(1, len(word) + 1))

    def __len__(self) -> int:
        return len(self.ids)

    def name(self, row: int) -> str:
        """The name in a row."""
        return self._names.line(row)

    def find(self, query: Query, limit: int, without: frozenset[int] = frozenset()) -> list[Match]:
        """The best `limit` matches, best first; `without` names clients to pass over."""
        best: dict[int, Match] = {}
        for match in self._matches(query, limit, without):
            if match.row not in best or match.grade < best[match.row].grade:
                best[match.row] = match
        return sorted(best.values(), key=lambda match: (match.grade, match.row))[:limit]

    def _matches(self, query: Query, limit: int, without: frozenset[int]) -> Iterator[Match]:
        if query.name:
            for row, at, grade in self._graded(self._lowered, query.name, LINE + query.name, limit, without):
                yield Match(grade, row, (at, at + len(query.name)))
            return
        found = False
        for text in filter(self._can_be, dict.fromkeys((*query.spelled, *query.initials))):
            for row, at, grade in self._graded(self._readings, text, START + text, limit, without):
                found = True
                yield Match(grade, row, self._span(row, at, at + len(text)))
        if query.number:
            for row, at in self._some(self._numbers.find(query.number + END), limit, without):
                yield Match(0, row, number=self._number_at(row, at))
            for row, at in self._some(self._numbers.find(query.number), limit, without):
                yield Match(1, row, number=self._number_at(row, at))
        for pattern in () if found else query.patterns:
            yield from self._by_pattern(pattern, limit, without)

    def _can_be(self, text: str) -> bool:
        """Whether all words of a reading occur at all, the last one perhaps unfinished: spares a search in vain."""
        words = words_of(text)
        if len(words) == len(text) > 1:  # initials
            return self._has_long_runs or text in self._runs
        return all(word in self._words for word in words[:-1]) and all(word in self._begun for word in words[-1:])

    def _graded(
        self, lines: Lines, text: str, at_start: str, limit: int, without: frozenset[int]
    ) -> Iterator[tuple[int, int, int]]:
        """(row, place, grade): all occurrences when they are few, else also those at a start by themselves."""
        found = 0
        for row, at in self._some(lines.find(text), limit, without):
            found += 1
            line = lines.line(row)
            starts = at_start[0] + line if at_start[0] == LINE else line
            yield row, at, 0 if at_start in starts else 1
        if found == limit:
            for row, at in self._some(lines.find(at_start, 1), limit, without):
                yield row, at, 0

    def _some(self, found: Iterator[tuple[int, int]], limit: int, without: frozenset[int]) -> Iterator[tuple[int, int]]:
        count = 0
        for row, at in found:
            if self.ids[row] not in without:
                yield row, at
                count += 1
                if count == limit:
                    return

    def _by_pattern(self, pattern: str, limit: int, without: frozenset[int]) -> Iterator[Match]:
        found, starts = 0, self._readings.starts
        for match in re.finditer(pattern, self._readings.text):
            row = bisect_right(starts, match.start()) - 1
            if self.ids[row] not in without:
                yield Match(1, row, self._span(row, match.start() - starts[row], match.end() - starts[row]))
                found += 1
                if found == limit:
                    return

    def _span(self, row: int, start: int, end: int) -> tuple[int, int]:
        """The characters of a Chinese name whose syllables were found; a capital letter begins each."""
        line, name = self._readings.line(row), self.name(row)
        field = line.rfind(START, 0, start) + 1
        stop = line.find(START, field)
        capitals = [at for at, sign in enumerate(line[: stop if stop >= 0 else None]) if at >= field and sign.isupper()]
        if len(capitals) != len(name) or HAN_ONLY.fullmatch(name) is None:
            return 0, 0
        return sum(at < start for at in capitals), sum(at < end for at in capitals)

    def _number_at(self, row: int, at: int) -> str:
        """The phone or client number around a place of a line."""
        line = self._numbers.line(row)
        return line[line.rfind(END, 0, at) + 1 : line.index(END, at)]


def _runs(whole: set[str]) -> tuple[frozenset[str], bool]:
    """Every piece of the initials of people, and whether there are longer ones, as companies have."""
    short = [run for run in whole if len(run) <= LONGEST_RUN]
    pieces = {run[start:end] for run in short for start in range(len(run)) for end in range(start + 1, len(run) + 1)}
    return frozenset(pieces), len(short) < len(whole)


def _readings(entry: Entry, spelled: dict[str, str]) -> str:
    """^OuYangWanQing^OYWQ^…, other readings after the usual one."""
    reading = _camels(entry.pinyin, spelled)
    initials = entry.initials.upper()
    fields = [reading, initials if initials.isalnum() and initials.isascii() else _NO_NUMBER.sub("", initials)]
    for other in entry.also.split():
        also = _camels(other, spelled)
        fields += [also, "".join(sign for sign in also if sign.isupper())]
    if "v" in reading and HAN_ONLY.match(entry.name) is None:  # Müller is typed muller, not mvller
        fields.append(_camels(entry.pinyin.translate(_PLAIN_U), spelled))
    return "".join([START + field for field in dict.fromkeys(fields) if field])


def _numbers(entry: Entry) -> str:
    """The client number and the phones, each with an end mark, without ornament."""
    numbers = [_NO_NUMBER.sub("", entry.number.upper())]
    numbers += [phone if phone.isdecimal() and phone.isascii() else _NO_DIGIT.sub("", phone)
                for phone in entry.phones.split("\n")]  # fmt: skip
    return "".join([number + END for number in numbers if number])


def _camels(pinyin: str, spelled: dict[str, str]) -> str:
    found = ""
    for word in pinyin.split():
        known = spelled.get(word)
        if known is None:
            known = spelled[word] = camel(plain(word))
        found += known
    return found
