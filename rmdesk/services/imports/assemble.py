"""Makes records of table rows, as a layout says: column by column, some thousand rows at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from rmdesk.base import money
from rmdesk.services.imports import amounts, columns, entities, identity, rows
from rmdesk.services.imports.columns import Problem, Reader
from rmdesk.services.imports.layout import Column, Layout
from rmdesk.services.imports.records import Chunk, Finding, Severity
from rmdesk.services.imports.targets import EXTRA, TARGETS, Kind, Target


class Assembler:
    """Turns batches of raw rows of one table into chunks, and notes what was wrong with them.

    `currency` holds for rows that name none; `as_of` is the day of the file, used only where a month has to be
    known. Row numbers are 1-based file rows.
    """

    def __init__(self, file: str, layout: Layout, currency: str, as_of: date | None) -> None:
        self.findings: list[Finding] = []
        self.taken = 0
        self.refused = 0
        self._file = file
        self._layout = layout
        self._currency = layout.currency or currency
        self._width = len(layout.columns)
        self._headers = tuple(c.header for c in layout.columns)
        self._told = [(i, c, TARGETS[c.target]) for i, c in enumerate(layout.columns) if c.target in TARGETS]
        digits = money.digits(self._currency)
        self._readers: list[Reader] = [columns.reader(t, c, digits) for _, c, t in self._told]
        self._extra = [(i, c.header) for i, c in enumerate(layout.columns) if c.target == EXTRA]
        self._makers = entities.makers(layout, self._currency, as_of)

    def batch(self, first: int, raw: Sequence[Sequence[Any]]) -> list[Chunk]:
        """The chunks of raw rows that begin at file row `first`."""
        kept, numbers = rows.data_rows(first, raw, self._headers, self._note)
        cells = rows.squared(kept, numbers, self._width, self._note)
        self.refused += len(kept) - len(cells[0]) if cells else 0
        if not cells or not cells[0]:
            return []
        numbers = cells.pop()
        values, refused = self._values(cells, numbers)
        block = entities.Block(values, self._extras(cells), list(numbers))
        refused |= entities.keyless(self._layout, block, self._note)
        self.refused += len(refused)
        block = block.without(refused)
        self.taken += len(block.numbers)
        return [chunk for make in self._makers for chunk in make(block) if chunk.rows]

    def _values(self, cells: list[Any], numbers: Sequence[int]) -> tuple[dict[str, list[Any]], set[int]]:
        """The typed values per target (or target and place, for columns that share one), and the rows to leave out."""
        values: dict[str, list[Any]] = {}
        refused: set[int] = set()
        for (index, column, target), read in zip(self._told, self._readers, strict=True):
            problems: list[Problem] = []
            told = read(cells[index], problems)
            for problem in problems:
                self._tell(problem, column, target, numbers, refused)
            name = target.name if target.name not in values and not column.part else f"{target.name}@{index}"
            values[name] = told
        for name, text in self._layout.constants.items():
            if name in TARGETS:
                told = columns.reader(TARGETS[name], Column(name, name), money.digits(self._currency))([text], [])
                values[name] = told * len(numbers)
        self._other_digits(values, cells)
        identity.check(values, numbers, self._header_of("client.id_number"), self._note)
        return values, refused

    def _header_of(self, target: str) -> str:
        return next((c.header for c in self._layout.columns if c.target == target), "")

    def _other_digits(self, values: dict[str, list[Any]], cells: list[Any]) -> None:
        """Amounts of rows whose currency has other decimals than the usual are read again."""
        told = values.get("currency")
        usual = money.digits(self._currency)
        if told is None or all(not c or money.digits(c) == usual for c in set(told)):
            return
        odd = [i for i, c in enumerate(told) if c and money.digits(c) != usual]
        for index, column, target in self._told:
            if target.kind is Kind.MONEY and target.name in values:
                for i in odd:
                    digits = money.digits(told[i])
                    values[target.name][i] = amounts.minor_of(
                        cells[index][i], digits, Decimal(column.times), column.decimal
                    )

    def _tell(
        self, problem: Problem, column: Column, target: Target, numbers: Sequence[int], refused: set[int]
    ) -> None:
        stops = target.strict and not problem.doubt
        if stops:
            refused.add(problem.index)
        severity = Severity.REFUSED if stops else Severity.WARNING
        self._note(numbers[problem.index], column.header, problem.value, problem.why, problem.do, severity)

    def _extras(self, cells: list[Any]) -> list[dict[str, str] | None] | None:
        """What columns without meaning hold, as header -> text per row."""
        if not self._extra:
            return None
        names = [name for _, name in self._extra]
        texts = [[columns.plain(c) for c in cells[i]] for i, _ in self._extra]
        return [
            {name: text for name, text in zip(names, told, strict=True) if text} or None
            for told in zip(*texts, strict=True)
        ]

    def _note(self, row: int | None, column: str, value: str, why: Any, do: Any, severity: Severity) -> None:
        self.findings.append(Finding(self._file, row, column, value, why, do, severity))
