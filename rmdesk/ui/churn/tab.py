"""The tab of a client's file on churn: the case, or that there is none and how one is opened."""

from __future__ import annotations

from typing import ClassVar

from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId, Topic
from rmdesk.services.churn.cases import CaseFile, case_of, cases
from rmdesk.services.store.reads import Reads
from rmdesk.ui.churn import dialogs
from rmdesk.ui.churn.case_view import CaseView
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.file_tab import FileTab


class ChurnTab(FileTab):
    """The newest case of the client, open ones first."""

    watches: ClassVar[frozenset[Topic]] = frozenset({Topic.CHURN, Topic.VISITS, Topic.COMPLAINTS, Topic.HOLDINGS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.case = CaseView(desk, with_client=False)
        self.none = Notice(
            _("This client was not lost."),
            _("A case opens by itself when a client is lost: "
              "the assets fall below a fifth for 60 days, the accounts close, or nothing is held."),
            icon="star", button=_("Open churn case"), press=self._open,
        )  # fmt: skip
        self.case.hide()
        self.body.addWidget(self.case, 1)
        self.body.addWidget(self.none, 1)

    def reload(self) -> None:
        if self.client is not None:
            self.fetch(_newest, self.client).done.connect(self._show)

    def _show(self, found: CaseFile | None) -> None:
        self.case.setVisible(found is not None)
        self.none.setVisible(found is None)
        if found is not None:
            self.case.show_case(found)

    def _open(self) -> None:
        dialogs.open_case(self.desk, self.client)


def _newest(reads: Reads, client: ClientId) -> CaseFile | None:
    known = cases(reads, client)
    return case_of(reads, known[0].id) if known else None
