"""The help: at the left the pages and the rules, at the right what is said of the chosen one."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from rmdesk.base import clock
from rmdesk.base.text import _, phrase
from rmdesk.models.kinds import Topic
from rmdesk.services.documents.blocks import Block, Document, Title
from rmdesk.services.guide import topics
from rmdesk.services.store.reads import Reads
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.document_view import Sheet
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Card, clear, label, row

WIDTH = 248
ROLE = Qt.ItemDataRole.UserRole


class Chosen(NamedTuple):
    """A page of the help: of a screen or of a rule."""

    kind: str
    name: str


def told(reads: Reads, chosen: Chosen) -> tuple[Block, ...]:
    """What stands on a page of the help."""
    return topics.of_screen(chosen.name) if chosen.kind == "screen" else topics.of_rule(reads, chosen.name)


class GuidePage(Page):
    """`go("guide", screen="today")` or `go("guide", rule="tiers")`."""

    watches: ClassVar = frozenset({Topic.SETTINGS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.chosen = Chosen("screen", "today")
        self.list = QListWidget()
        self.list.setAccessibleName(_("Help topics"))
        self.list.setFixedWidth(theme.px(WIDTH))
        self.list.setObjectName("topics")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fill()
        self.list.currentItemChanged.connect(self._changed)
        self.sheet = Sheet()
        self.sheet.setAccessibleName(_("Help"))
        self.there = Button(_("Go to this page"), self._go_there, icon="right")
        side = Card()
        side.add(self.list)
        text = Card()
        self.tour = Button(_("Take the tour"), self.desk.tour, icon="eye")
        self.rules = Flow(8)
        text.add(self.sheet, self.rules, row(self.there, self.tour, None))
        whole = row(side, text, gap=16)
        whole.setStretch(1, 1)
        self.body.setContentsMargins(24, 20, 24, 20)
        self.body.addLayout(whole)
        self._choose()

    def title(self) -> str:
        """In the head of the window."""
        return _("Help")

    def open(self, **what: Any) -> None:
        """Show the page that is asked for; an unknown one leaves what is shown."""
        screen, rule = what.get("screen"), what.get("rule")
        if isinstance(screen, str) and screen in topics.screens():
            self.chosen = Chosen("screen", screen)
        elif isinstance(rule, str) and rule in topics.rules():
            self.chosen = Chosen("rule", rule)
        self._choose()

    def place(self) -> dict[str, Any]:
        """What is shown."""
        return {self.chosen.kind: self.chosen.name}

    def reload(self) -> None:
        """Compose it anew: its numbers may have changed."""
        self.fetch(told, self.chosen).done.connect(self._show)

    # The list.

    def _fill(self) -> None:
        for head, kind, found in (
            (_("Pages"), "screen", topics.screens().values()),
            (_("Rules"), "rule", topics.rules().values()),
        ):
            heading = QListWidgetItem(head)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            font = heading.font()
            font.setBold(True)
            heading.setFont(font)
            self.list.addItem(heading)
            for topic in found:
                item = QListWidgetItem(topic.title.said)
                item.setData(ROLE, Chosen(kind, topic.name))
                self.list.addItem(item)

    def _choose(self) -> None:
        for at in range(self.list.count()):
            if self.list.item(at).data(ROLE) == self.chosen:
                self.list.setCurrentRow(at)

    def _changed(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        found = None if item is None else item.data(ROLE)
        if found is not None:
            self.chosen = Chosen(*found)
            self.mark_stale()
            self.refresh_if_stale()

    def _show(self, blocks: tuple[Block, ...]) -> None:
        item = self.list.currentItem()
        title = "" if item is None else item.text()
        document = Document(phrase("Help"), (Title(title), *blocks), clock.today(), confidential=False)
        self.sheet.show_document(document)
        self._show_rules()
        self.there.setVisible(self.chosen.kind == "screen" and self.chosen.name not in ("guide", "client"))

    def _show_rules(self) -> None:
        """What decides on the page that is told of, to go there."""
        clear(self.rules)
        names = topics.screens()[self.chosen.name].rules if self.chosen.kind == "screen" else ()
        if names:
            self.rules.addWidget(label(_("What decides here:"), "soft"))
        for name in names:
            title = topics.rules()[name].title.said
            self.rules.addWidget(Button(title, partial(self.desk.go, "guide", rule=name), kind="link"))

    def _go_there(self) -> None:
        self.desk.go(self.chosen.name)
