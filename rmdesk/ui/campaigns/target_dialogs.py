"""The forms that take a client off a list, and put clients on it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog, QLineEdit

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.store.command import Command
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.kit.opening import opened


class OffDialog(FormDialog):
    """Why a client is taken off the list."""

    def __init__(self, desk: Desk, campaign: RecordId, client: ClientId, name: str) -> None:
        super().__init__(desk, _("Take {client} off the list").format(client=name), said=_("Taken off the list"))
        self._campaign, self._client = campaign, client
        self.form.add("why", _("Reason"), QLineEdit(), needed=True)
        self.form.fields["why"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.campaigns.commands import TakeOffTarget

        return TakeOffTarget(self._campaign, self._client, self.form.value("why"))


class AddDialog(FormDialog):
    """Who is put on the list by hand."""

    def __init__(self, desk: Desk, campaign: RecordId) -> None:
        super().__init__(desk, _("Add to the campaign"), said=_("Put on the list"), answer=_("Add"))
        self._campaign = campaign
        self.form.add("client", _("Client"), ClientField(desk), needed=True)
        self.form.fields["client"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.campaigns.commands import AddTarget

        client = self.form.value("client")
        if client is None:
            raise Refused(N_("Choose a client."), field="client", code="no_client")
        return AddTarget(self._campaign, client)


def open_off(desk: Desk, campaign: RecordId, client: ClientId, name: str) -> QDialog:
    """Ask why a client is taken off the list."""
    return opened(OffDialog(desk, campaign, client, name))


def open_add(desk: Desk, campaign: RecordId) -> QDialog:
    """Ask who is put on the list."""
    return opened(AddDialog(desk, campaign))
