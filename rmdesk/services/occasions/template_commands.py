"""What is written about the manager's own templates; the shipped ones stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import RecordId, new_id
from rmdesk.models.occasions import Template
from rmdesk.services.occasions.templates import PLACES, PURPOSES
from rmdesk.services.profile.secrets import check_text, limit_of
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import PutBack, TakeAway, fields_of
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AddTemplate:
    """Keep a text of one's own to start greetings from."""

    label: ClassVar[str] = N_("Add template")
    purpose: str
    title: str
    text: str

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        title, text = _checked(self.purpose, self.title, self.text)
        template = Template(id=new_id(), purpose=self.purpose, title=title, text=text)
        work.add(template)
        work.flush()
        return Done(RecordId(template.id), inverse=TakeAway(((Template, template.id),)))


@dataclass(frozen=True, slots=True)
class EditTemplate:
    """Change a text of one's own."""

    label: ClassVar[str] = N_("Edit template")
    template: RecordId
    purpose: str
    title: str
    text: str

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        template = work.get(Template, self.template)
        before = fields_of(template, "purpose", "title", "text")
        template.title, template.text = _checked(self.purpose, self.title, self.text)
        template.purpose = self.purpose
        return Done(self.template, inverse=PutBack(Template, template.id, before))


@dataclass(frozen=True, slots=True)
class RetireTemplate:
    """Offer a text of one's own no longer."""

    label: ClassVar[str] = N_("Retire template")
    template: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        template = work.get(Template, self.template)
        before = fields_of(template, "retired_on")
        template.retired_on = clock.today()
        return Done(None, inverse=PutBack(Template, template.id, before))


def _checked(purpose: str, title: str, text: str) -> tuple[str, str]:
    """Title and text as kept; refused when one is empty or names a place that nothing fills."""
    import re

    if purpose not in PURPOSES:
        raise ValueError(purpose)
    kept_title, kept = check_text(title, "title", limit_of("line")), check_text(text, "text")
    for value, name in ((kept_title, "title"), (kept, "text")):
        if not value:
            raise Refused(N_("This must not be empty."), field=name, code="empty")
    for place in re.findall(r"\{(\w*)\}", kept):
        if place not in PLACES:
            raise Refused(
                N_("Nothing fills in {place}."),
                do=N_("Known places: {known}."),
                field="text",
                code="no_place",
                place="{" + place + "}",
                known=" ".join("{" + name + "}" for name in PLACES),
            )
    return kept_title, kept
