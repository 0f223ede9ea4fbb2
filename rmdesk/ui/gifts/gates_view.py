"""The three gates beside the form: verdict, reason, and the text of the rule; below them ideas to press."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rmdesk.base.text import _
from rmdesk.services.gifts.gates import Gate
from rmdesk.services.gifts.library import Suggestion
from rmdesk.services.gifts.shown import Shown
from rmdesk.ui.gifts import words
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Card, Chip, clear, column, label, row

WIDTH = 320
SHOWN = 4  # ideas: the form must fit the smallest window


class GateLine(QWidget):
    """One gate."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.verdict = Chip("", "plain")
        self.said = label("", "", wrap=True)
        self.rule = label("", "note", wrap=True)
        self._name = label(_(words.GATES[name]), "strong")
        self.setLayout(column(row(self._name, None, self.verdict), self.said, self.rule, gap=3))

    def show_gate(self, gate: Gate) -> None:
        """Show what it says."""
        text, kind = words.VERDICTS[gate.verdict]
        self.verdict.say(_(text), kind)
        self.said.setText("\n".join(phrase.said for phrase in gate.said))
        self.rule.setText(gate.rule_said)
        self.rule.setToolTip(gate.rule.source)
        self.setAccessibleName(f"{self._name.text()}: {_(text)}. {self.said.text()}")


class GatesView(QWidget):
    """`picked` tells which idea was pressed."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.lines = {name: GateLine(name) for name in words.GATES}
        self.gates = Card(_("Three gates"), "", gap=12)
        self._waiting = label(_("Choose the client; the gates look at limits and tastes."), "note", wrap=True)
        self.gates.add(self._waiting, *self.lines.values())
        self.ideas = Card(_("Ideas"), _("press to take one"), gap=6)
        self._flow = Flow()
        self._nothing = label(_("Nothing in the library fits what is known of their likes."), "note", wrap=True)
        inside = QWidget()
        inside.setLayout(self._flow)
        self.ideas.add(inside, self._nothing)
        self.setLayout(column(self.gates, self.ideas, None, gap=12))
        self.setFixedWidth(theme.px(WIDTH))
        self.forget()

    def forget(self) -> None:
        """Nobody is chosen: nothing to say yet."""
        for line in self.lines.values():
            line.hide()
        self._waiting.show()
        self.ideas.hide()

    def show_gates(self, gates: Sequence[Gate]) -> None:
        """Show what the gates say."""
        self._waiting.hide()
        for gate in gates:
            self.lines[gate.name].show_gate(gate)
            self.lines[gate.name].show()

    def show_ideas(self, ideas: Sequence[Suggestion]) -> None:
        """Show ideas as chips to press."""
        clear(self._flow)
        for idea in ideas[:SHOWN]:
            cost = "" if idea.cost_minor is None else f" {Shown(idea.cost_minor, idea.currency)}"
            chip = Button(f"{idea.title}{cost}", partial(self.picked.emit, idea), kind="filter")
            if idea.why is not None:
                chip.setToolTip(idea.why.said)
                chip.setAccessibleName(f"{chip.text()}, {idea.why.said}")
            self._flow.addWidget(chip)
        self._nothing.setVisible(not ideas)
        self.ideas.show()
