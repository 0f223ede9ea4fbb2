"""Putting on record that something goes out; done before it does. What went out cannot be called back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from rmdesk.base.text import N_
from rmdesk.models.exports import ExportRecord
from rmdesk.models.kinds import ClientId
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.writing import note
from rmdesk.services.exports import rules
from rmdesk.services.exports.queries import permit_of
from rmdesk.services.exports.rules import PRINT, Mark, Wish
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class RecordExport:
    """Checks once more that it may go out, and records it: what, why, how much, locked or not, with the file's hash.

    `told` is what the change record says of it. What goes out cannot be called back.
    """

    label: ClassVar[str] = N_("Export")
    wish: Wish
    mark: Mark
    rows: int
    size: int | None = None
    sha256: str | None = None
    told: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def apply(self, work: UnitOfWork) -> Done[None]:
        wish, mark = self.wish, self.mark
        rules.check(wish, permit_of(work), self.rows)
        # The client may have left meanwhile.
        there = work.value("SELECT id FROM client WHERE id = ?", (wish.client,))
        work.add(
            ExportRecord(
                id=mark.id, client_id=there, at=mark.at, who=work.who, what=wish.what, form=wish.form,
                reason=check_text(wish.reason, "reason"), rows=self.rows, encrypted=bool(wish.password),
                size=self.size, sha256=self.sha256,
            )
        )  # fmt: skip
        entity = "gift" if wish.what == "gifts" else "client"
        subject = "*" if wish.client is None else str(wish.client)
        client = None if wish.client is None else ClientId(wish.client)
        work.note(entity, subject, client, {"exported": self.rows, "form": wish.form, **self.told})
        facts: dict[str, str | int] = {
            "what": wish.what,
            "form": wish.form,
            "rows": self.rows,
            "how": "encrypted" if wish.password else "plain",
            "export": mark.id,
        }
        if self.sha256:
            facts["sha256"] = self.sha256
        act = Act.PRINT if wish.form == PRINT else Act.EXPORT
        about = "" if client is None else "client"
        note(work, act, entity=about, entity_id="" if client is None else client, facts=facts)
        return Done(None)
