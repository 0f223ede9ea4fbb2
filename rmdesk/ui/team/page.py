"""The Review page of a team lead: what waits, how the team keeps in touch, what was said."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Topic, Word
from rmdesk.services.desk_user import desk_user
from rmdesk.services.store.reads import Reads
from rmdesk.services.team import coverage, queries, words
from rmdesk.services.team.insights import TeamInsights
from rmdesk.services.team.queries import Board
from rmdesk.services.team.rows import ReviewRow
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.tab_buttons import tab_buttons, tab_head
from rmdesk.ui.team.figures_view import FiguresView
from rmdesk.ui.team.insights_view import InsightsView
from rmdesk.ui.team.review import Review
from rmdesk.ui.team.said_view import SaidView

TABS: tuple[tuple[str, str], ...] = (
    ("queue", N_("Waiting")),
    ("coverage", N_("Team coverage")),
    ("insights", N_("Insights")),
    ("said", N_("Reviewed")),
)
NAMES = tuple(name for name, _title in TABS)


class TeamPage(Page):
    """`go("team", tab="coverage")`. Whoever is no lead is told so."""

    watches: ClassVar[frozenset[Topic]] = frozenset(
        {
            Topic.TEAM,
            Topic.VISITS,
            Topic.GIFTS,
            Topic.COMPLAINTS,
            Topic.CLIENTS,
            Topic.SYNC,
            Topic.SETTINGS,
            Topic.SEGMENTS,
        }
    )
    keys: ClassVar[tuple[tuple[str, str], ...]] = (
        (N_("Pass"), "A   Ctrl+Enter"),
        (N_("Give back"), "R"),
        (N_("Discuss"), "D"),
        (N_("Mark as example"), "X"),
        (N_("Next record"), "N"),
        (N_("Previous record"), "P"),
        (N_("Write a comment"), "C"),
    )
    offers: ClassVar[tuple[Action, ...]] = (
        Action("next_record", N_("Next record"), lambda page: page.step(1), "Ctrl+Down"),
        Action("previous_record", N_("Previous record"), lambda page: page.step(-1), "Ctrl+Up"),
        Action("approve", N_("Pass"), lambda page: page.say(Word.APPROVED), "Ctrl+Return"),
        Action("return", N_("Give back"), lambda page: page.say(Word.RETURNED), "Ctrl+Shift+R"),
        Action(
            "team_reports", N_("Reports"), lambda page: page.desk.go("reports", kind="team"), icon="file", button=True
        ),
        Action("team_report", N_("Weekly report"), lambda page: page.report(), icon="export", button=True),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._asked_seed = False
        self._beside = self.tasks.line(self)  # what stands beside the queue never decides what the page shows
        self._at = 0
        self.review = Review(desk)
        self.stack = self.new_stack()
        self.stack.addWidget(self.review)
        for make in (lambda: self.figures, lambda: self.insights, lambda: self.said):
            self.stack.add_place(make)
        self.tabs, line = tab_buttons(self, (_(text) for _name, text in TABS))
        self.tabs.idClicked.connect(self.show_tab)
        self.body.addWidget(tab_head(line))
        self.body.addWidget(self.stack, 1)
        self.review.everything.toggled.connect(lambda _on: self.reload())

    # What is under the other tabs, each made when it is first looked at.

    @cached_property
    def figures(self) -> FiguresView:
        """How the team keeps in touch."""
        return FiguresView()

    @cached_property
    def insights(self) -> InsightsView:
        """What the lead may want to change."""
        return InsightsView(self.desk)

    @cached_property
    def said(self) -> SaidView:
        """What was said of records."""
        return SaidView(self.desk)

    def title(self) -> str:
        return _("Team review")

    def open(self, **what: Any) -> None:
        if "tab" in what:
            self.show_tab(NAMES.index(str(what["tab"])))

    def show_tab(self, at: int) -> None:
        """Show one of the tabs."""
        self.tabs.button(at).setChecked(True)
        self._at = at
        self.stack.bring_at(at)
        if self.isVisible():
            self.reload()

    @property
    def tab(self) -> str:
        """The name of the tab that is shown."""
        return NAMES[self._at]

    def reload(self) -> None:
        if self.tab == "queue":
            self.fetch(queries.board, everything=self.review.everything.isChecked()).done.connect(self._show_board)
            self._beside.fetch(coverage.figures).done.connect(self.review.show_figures)
        elif self.tab == "coverage":
            self.fetch(coverage.figures).done.connect(lambda told: self.figures.show_figures(told))
        elif self.tab == "insights":
            self.fetch(_insights).done.connect(lambda told: self.insights.show_insights(told))
        else:
            self.fetch(_said).done.connect(lambda told: self.said.show_rows(told))

    def say(self, word: Word) -> None:
        """Say a word on the record that is shown."""
        if self.tab == "queue":
            self.review.say(word)

    def step(self, by: int) -> None:
        """The next record, or the one before."""
        if self.tab == "queue":
            self.review.step(by)

    def report(self) -> None:
        """The team's week, to read, print or save."""
        from rmdesk.services.team.report import weekly
        from rmdesk.ui.kit.document_dialog import open_document

        self.tasks.fetch(weekly).done.connect(lambda document: open_document(self.desk, document))

    def keep_typed(self) -> None:
        self.review.drafts.save_and_wait()

    def _show_board(self, board: Board) -> None:
        if not board.lead:
            self.desk.badge("team", None)
            self.show_empty(
                _("Only a team lead reviews records."),
                _("Whoever leads the team says so under Your role in the settings."),
                icon="shield", button=_("Settings"), press=lambda: self.desk.go("settings", setting="general.role"),
            )  # fmt: skip
            return
        if not board.members:
            self.show_empty(
                _("No book of your team is on this desk yet."),
                _("The hub sends the records of your managers; they come with the next rounds."),
                icon="clock",
            )
            return
        if not self.review.everything.isChecked():
            self.desk.badge("team", len(board.rows) or None)
        if not board.seeded and not self._asked_seed:
            self._draw_seed()
        self.review.show_board(board)

    def _draw_seed(self) -> None:
        """Which visits are drawn is nobody's to foresee: a word by chance, once."""
        from rmdesk.services.team.commands import DrawSeed

        self._asked_seed = True
        self.tasks.perform(DrawSeed())


def _insights(reads: Reads) -> TeamInsights:
    from rmdesk.services.team.insights import team_insights

    return team_insights(reads)


def _said(reads: Reads) -> tuple[ReviewRow, ...]:
    return words.reviews_by(reads, desk_user(reads).signs)
