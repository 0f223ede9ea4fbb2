"""Changing settings and saved views."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, ClassVar

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models import settings as models
from rmdesk.models.kinds import new_id
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.writing import note
from rmdesk.services.profile.secrets import check_text, limit_of
from rmdesk.services.settings import queries, registry
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork

LOOKS = ("general.language", "general.theme", "general.text_size")  # how the window looks: no rule


@dataclass(frozen=True, slots=True)
class ChangeSetting:
    """Give a setting another value, and do again what rests on it. Gives back the value in force.

    Only what differs from the default is kept.
    """

    label: ClassVar[str] = N_("Change setting")
    key: str
    value: Any = field(hash=False)

    def apply(self, work: UnitOfWork) -> Done[Any]:
        declared = registry.setting(self.key)
        fresh = declared.accept(self.value)
        before = queries.value(work, declared)
        if fresh == before:
            return Done(before)
        row = work.find(models.Setting, self.key)
        if fresh == declared.default:
            if row is not None:
                work.delete(row)
        elif row is None:
            work.add(models.Setting(key=self.key, value=declared.kept(fresh)))
        else:
            row.value = declared.kept(fresh)
        if self.key not in LOOKS:
            note(work, Act.RULES, entity="setting", entity_id=self.key)
        for module, name in registry.followers(self.key):
            getattr(import_module(module), name)().apply(work)
        return Done(fresh, inverse=ChangeSetting(self.key, before))


@dataclass(frozen=True, slots=True)
class SaveView:
    """Keep a named view of a page; a view of the same name is replaced. Gives back its id."""

    label: ClassVar[str] = N_("Save view")
    page: str
    name: str
    spec: Any = field(hash=False)
    id: str = ""

    def apply(self, work: UnitOfWork) -> Done[str]:
        name = check_text(self.name, "name", limit_of("line"))
        if not name:
            raise Refused(N_("The view needs a name."), do=N_("Enter one."), field="name", code="no_name")
        same = next((view for view in queries.views_of(work, self.page) if view.name == name), None)
        if same is not None:
            work.get(models.SavedView, same.id).spec = self.spec
            return Done(same.id, inverse=SaveView(self.page, name, same.spec))
        view = models.SavedView(id=self.id or new_id(), page=self.page, name=name, spec=self.spec)
        work.add(view)
        return Done(view.id, inverse=DeleteView(view.id))


@dataclass(frozen=True, slots=True)
class RenameView:
    """Give a saved view another name."""

    label: ClassVar[str] = N_("Rename view")
    id: str
    name: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        name = check_text(self.name, "name", limit_of("line"))
        if not name:
            raise Refused(N_("The view needs a name."), do=N_("Enter one."), field="name", code="no_name")
        view = work.get(models.SavedView, self.id)
        if any(other.name == name and other.id != view.id for other in queries.views_of(work, view.page)):
            raise Refused(
                N_("There is a view called “{name}” already."),
                do=N_("Choose another name."),
                field="name",
                code="name_taken",
                name=name,
            )
        before, view.name = view.name, name
        return Done(None, inverse=RenameView(self.id, before))


@dataclass(frozen=True, slots=True)
class DeleteView:
    """Remove a saved view."""

    label: ClassVar[str] = N_("Delete view")
    id: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        view = work.get(models.SavedView, self.id)
        work.delete(view)
        return Done(None, inverse=SaveView(view.page, view.name, view.spec, view.id))
