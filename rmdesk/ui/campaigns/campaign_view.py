"""One campaign: what can be done with it, what it brought, whom to call next, its gates and its script."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rmdesk.base.text import N_, _, plural
from rmdesk.models.kinds import CampaignState, ClientId, RecordId, TouchOutcome
from rmdesk.services.campaigns.gates import Pipeline
from rmdesk.services.campaigns.outcome import came_of
from rmdesk.services.campaigns.rows import Came, CampaignRow, TargetRow
from rmdesk.services.campaigns.tables import table
from rmdesk.services.clients.filters import ClientFilter
from rmdesk.services.store.reads import Reads
from rmdesk.ui.campaigns import tables, words
from rmdesk.ui.campaigns.figures import FunnelLine
from rmdesk.ui.campaigns.gates_view import GatesView
from rmdesk.ui.campaigns.touch_bar import TouchBar
from rmdesk.ui.kit import format
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.stack import Stack
from rmdesk.ui.kit.tab_buttons import tab_buttons
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Card, Chip, clear, column, label, restyle, row, rule

ROOM = 640  # width in units of text from which the list shows how often somebody was tried
LIST = 150  # pixels at 100 % that the list keeps in large text
NAME = 20  # signs of a campaign's name that surely fit on a line
VIEWS = (N_("To call"), N_("Gates"), N_("Script"))


class CampaignView(Card):
    """Shows a campaign; `page` asks for its data."""

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__("", "")
        self._page, self.desk = page, page.desk
        self._line = page.tasks.line(page)
        self._script = page.tasks.line(page)
        self._typed: dict[str, Any] | None = None
        self.campaign: CampaignRow | None = None
        self.pipeline: Pipeline | None = None
        self._head = column(gap=6)
        self._acts = Flow()
        self.funnel = FunnelLine()
        self.gates = GatesView()
        self.touch = TouchBar()
        self.targets: RowTable[TargetRow] = RowTable(
            tables.TARGETS, key=lambda one: int(one.client), name="campaign_targets", state=page.desk.state,
            title=_("Target list"),
        )  # fmt: skip
        self.none = Notice()
        self.script = label("", "", wrap=True, select=True)
        self._build()
        self.targets.chosen.connect(self._chosen)
        self.targets.opened.connect(lambda client: self.desk.go("client", client=ClientId(client)))
        self.touch.touched.connect(self.note_touch)
        self.touch.opened.connect(lambda: self._with(lambda one: self.desk.go("client", client=one.client)))
        self.touch.logged.connect(lambda: self._with(self._log))
        self.touch.left.connect(lambda: self._with(self._leave))
        self.touch.asked.connect(lambda: self._with(self._ask))
        self.gates.asked.connect(self.lead_to)
        self.funnel.asked.connect(self.lead_to)

    @property
    def typing(self) -> bool:
        """Whether a note is being typed."""
        return bool(self.touch.note.text()) and self.touch.note.hasFocus()

    def typed(self) -> dict[str, Any] | None:
        """What is typed about the client that is shown, and not noted yet."""
        one, text = self.touch.row, self.touch.note.text()
        return {"client": int(one.client), "note": text} if one is not None and text else None

    def write_on(self, typed: dict[str, Any]) -> None:
        """Put it back, where the list has been read again."""
        self._typed = typed
        self._put_back()

    def _put_back(self) -> None:
        typed = self._typed
        if typed is not None and self.targets.select_id(int(typed["client"])):
            self._typed = None
            self._chosen([int(typed["client"])])
            self.touch.note.setText(str(typed["note"]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.targets.width() * 100 / theme.percent
        self.targets.leave_out(("tries",) if wide < ROOM else ())

    # Showing.

    def show_campaign(self, one: CampaignRow) -> None:
        """Show this campaign, and ask for the rest."""
        self.campaign = one
        clear(self._head)
        clear(self._acts)
        name = label(one.name, "title", wrap=len(one.name) > NAME)  # a short one keeps its chip beside it
        head = row(name, Chip(*words.state(one)), None, gap=10)
        head.setStretch(0, int(len(one.name) > NAME))
        self._head.addLayout(head)
        said = [words.purpose(one.purpose), one.product_name, words.span(one)]
        self._head.addWidget(label(" · ".join(part for part in said if part), "soft", wrap=True))
        for part in self._actions(one):
            self._acts.addWidget(part)
        self.script.setText(one.script or _("No script was written."))
        self._line.fetch(_all_of, one).done.connect(self._show_rest)

    def _actions(self, one: CampaignRow) -> list[Button]:
        from rmdesk.ui.campaigns import acting

        pairs = acting.of(one)
        return [
            Button(_(text), partial(act, self.desk, one), kind="primary" if first else "small")
            for text, act, first in pairs
        ]

    def _show_rest(self, found: tuple[Came, Pipeline, tuple[TargetRow, ...]]) -> None:
        came, self.pipeline, rows = found
        one = self.campaign
        if one is None:
            return
        offers = table().purposes[one.purpose].product
        self.funnel.show_came(came, offers)
        self.gates.show_pipeline(self.pipeline)
        waiting = sum(target.place is not None for target in rows)
        self._tabs.button(0).setText(f"{_(VIEWS[0])} {format.whole(waiting)}" if waiting else _(VIEWS[0]))
        self.targets.set_rows(rows)
        self.targets.setVisible(bool(rows))
        self.none.setVisible(not rows)
        if not rows:
            self._say_none(one, self.pipeline)
        if rows and not self.targets.selected():
            self.targets.select_id(int(rows[0].client))
        self._chosen(self.targets.selected())
        self._put_back()

    def _say_none(self, one: CampaignRow, found: Pipeline) -> None:
        count = len({*found.clients, *(found.asking if one.with_open else ())})
        if one.state is CampaignState.DRAFT:
            text = plural("{count} client passes the gates.", "{count} clients pass the gates.", count)
            self.none.say(text, _("They come onto the list when the campaign is started."), icon="campaign")
        else:
            self.none.say(_("Nobody is on the list."), _("Look at the gates: they say who fell out, and why."),
                          icon="campaign")  # fmt: skip

    def _chosen(self, chosen: Sequence[int]) -> None:
        one = self.targets.rows.known(chosen[0]) if len(chosen) == 1 else None
        campaign = self.campaign
        if campaign is None:
            return
        offers = table().purposes[campaign.purpose].product
        self.touch.show_target(one, offers=offers, running=campaign.state is CampaignState.RUNNING)
        if one is not None:
            self._script.fetch(_filled, campaign, one.client).done.connect(self.touch.show_script)

    # Acting.

    def note_touch(self, outcome: TouchOutcome) -> None:
        """Note what came of calling the client shown; a purchase asks for the amount."""
        one, campaign = self.touch.row, self.campaign
        if one is None or campaign is None:
            return
        from rmdesk.services.campaigns.touching import LogTouch

        channel, note = str(self.touch.channel.currentData()), self.touch.note.text()
        if outcome is TouchOutcome.BOUGHT:
            self.desk.ask("touch", campaign=campaign.id, client=one.client, channel=channel, note=note)
            return
        said = _("{client}: {outcome}").format(client=one.name, outcome=words.outcome(outcome))
        task = self.desk.perform(LogTouch(campaign.id, one.client, outcome, channel, note=note), said)
        task.done.connect(lambda _outcome: self._next(one.client))

    def _next(self, client: ClientId) -> None:
        self.touch.note.clear()
        self.targets.clearSelection()

    def lead_to(self, clients: tuple[int, ...], name: str) -> None:
        """Show these clients in the table of all."""
        self.desk.go("clients", filter=ClientFilter(statuses=(), among=clients, among_name=name))

    def show_view(self, at: int) -> None:
        """Show whom to call, the gates, or the script."""
        self._tabs.button(at).setChecked(True)
        self.stack.setCurrentIndex(at)

    def _with(self, act: object) -> None:
        if self.touch.row is not None and callable(act):
            act(self.touch.row)

    def _log(self, one: TargetRow) -> None:
        name = self.campaign.name if self.campaign else ""
        self.desk.ask("visit", client=one.client, purpose=name)

    def _ask(self, one: TargetRow) -> None:
        self.desk.ask("specialist", client=one.client, campaign=self.campaign.id if self.campaign else None)

    def _leave(self, one: TargetRow) -> None:
        from rmdesk.ui.campaigns.target_dialogs import open_off

        if self.campaign is not None:
            open_off(self.desk, self.campaign.id, one.client, one.name)

    # Building.

    def _build(self) -> None:
        acts = QWidget()
        acts.setLayout(self._acts)
        self._tabs, line = tab_buttons(self, (_(name) for name in VIEWS))
        line.addStretch(1)
        self.stack = Stack()
        calls = QWidget()
        box = column(self.touch, rule(), self.targets, self.none, gap=10)
        box.setStretch(2, 1)
        box.setStretch(3, 1)
        calls.setLayout(box)
        self.none.hide()
        text = QWidget()
        text.setLayout(column(self.script, None))
        whole = calls
        if theme.percent > 100:  # large text leaves the list no room below what is said
            self.targets.setMinimumHeight(theme.px(LIST))
            whole = scroller(calls, "card")
        for part in (whole, scroller(self.gates, "card"), scroller(text, "card")):
            self.stack.addWidget(part)
        self.add(self._head, acts, self.funnel, rule(), line, self.stack)
        self.body.setStretchFactor(self.stack, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._tabs.idClicked.connect(self.show_view)
        restyle(self.script, role="soft")


def _all_of(reads: Reads, one: CampaignRow) -> tuple[Came, Pipeline, tuple[TargetRow, ...]]:
    from rmdesk.services.campaigns import gates, queries

    found = gates.pipeline(reads, one.purpose, one.product, one.conditions, one.id)
    return came_of(reads, one.id), found, queries.targets(reads, one.id)


def _filled(reads: Reads, one: CampaignRow, client: ClientId) -> str:
    from rmdesk.services.campaigns.script import script_for

    return script_for(reads, RecordId(one.id), client)
