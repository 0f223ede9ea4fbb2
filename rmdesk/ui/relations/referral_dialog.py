"""The form of a referral."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QLineEdit

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId
from rmdesk.services.relations.rows import ReferralRow
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command


class ReferralDialog(FormDialog):
    """Notes whom a client brought."""

    def __init__(self, desk: Desk, client: ClientId, referral: ReferralRow | None = None) -> None:
        title = _("Add referral") if referral is None else _("Edit referral")
        super().__init__(desk, title, said=_("Referral saved"))
        self._client, self._kept = client, referral
        form = self.form
        form.add("name", _("Who was brought"), QLineEdit(), note=_("May stay empty when the client is chosen below."))
        form.add("on", _("Day"), DayField(clock.today(), latest=clock.today()), needed=True)
        new = ClientField(desk)
        form.add("new", _("Is now the client"), new)
        form.add("note", _("Note"), QLineEdit())
        form.add(
            "confirmed", _("Is confirmed"), QCheckBox(), note=_("Only confirmed ones count for loyalty and priority.")
        )
        form.side_by_side("name", "on")
        if referral is not None:
            form.fill(name=referral.name, on=referral.on, note=referral.note, confirmed=referral.confirmed)
            if referral.new is not None and referral.new.client is not None:
                new.set_client(referral.new.client, referral.new.name)

    def command(self) -> Command[Any]:
        from rmdesk.services.relations.referrals import AddReferral, Brought, EditReferral

        given = self.form.values()
        if given["on"] is None:
            raise Refused(N_("Enter a day."), field="on", code="no_day")
        if self._kept is None:
            return AddReferral(self._client, Brought(**given))
        return EditReferral(self._kept.id, Brought(**given))
