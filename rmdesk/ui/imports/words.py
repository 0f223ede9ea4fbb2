"""How imports are talked about: kinds of things, fields, values, reasons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rmdesk.base.text import N_, _
from rmdesk.services.imports.duplicates import Reason
from rmdesk.services.imports.kept import NAMES
from rmdesk.services.imports.plan import Difference, FieldChange
from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.targets import EXTRA, IGNORED, TARGETS
from rmdesk.ui.kit import format

BY_NAME = {
    "clients": Entity.CLIENT,
    "accounts": Entity.ACCOUNT,
    "holdings": Entity.HOLDING,
    "months": Entity.MONTH,
    "products": Entity.PRODUCT,
    "branches": Entity.BRANCH,
}
REASONS: dict[Reason, str] = {
    Reason.DOCUMENT: N_("Same ID document"),
    Reason.BIRTH: N_("Same name and birth date"),
    Reason.PHONE: N_("Same name and end of phone number"),
}
# Fields that no column of a file can mean, or that are called otherwise when they change.
_FIELDS = {
    "client_number": N_("Client"),
    "second_client_number": N_("Second holder"),
    "account_number": N_("Account"),
    "product_code": N_("Product"),
    "branch_code": N_("Branch"),
    "currency": N_("Currency"),
    "aum_on": N_("Assets as of"),
    "partial": N_("Only part of the month is told"),
    "branch_id": N_("Branch"),
}
_VALUES = {
    "person": N_("Person"),
    "company": N_("Company"),
    "active": N_("Active"),
    "closed": N_("Closed"),
    "deceased": N_("Deceased"),
    "do_not_contact": N_("Do not contact"),
    "demand": N_("Demand deposit"),
    "time": N_("Time deposit"),
    "wealth": N_("Wealth product"),
    "fund": N_("Fund"),
    "insurance": N_("Insurance"),
    "bond": N_("Bond"),
    "metal": N_("Precious metal"),
    "trust": N_("Trust"),
    "loan": N_("Loan"),
    "card": N_("Card"),
    "standing_order": N_("Standing order"),
    "other": N_("Other"),
    "resident": N_("Resident ID card"),
    "passport": N_("Passport"),
    "F": N_("Female"),
    "M": N_("Male"),
}
_FLAGS = ("renewed", "marketing_consent", "partial")
_CHOICES = ("kind", "status", "sex", "id_kind")


def kind(entity: Entity) -> str:
    """The name of a kind of things."""
    return _(NAMES[entity])


def field_name(entity: Entity, name: str) -> str:
    """What a field is called; a column without a meaning keeps the name it has in the file."""
    target = TARGETS.get(f"{entity.value}.{name}")
    if name in _FIELDS:
        return _(_FIELDS[name])
    return _(target.label) if target else name


def meaning(target: str) -> str:
    """What a column means."""
    if target == EXTRA:
        return _("Kept beside")
    if target == IGNORED:
        return _("Left out")
    return _(TARGETS[target].label) if target in TARGETS else target


def value(name: str, told: Any, currency: str) -> str:
    """A value as a person reads it."""
    if told is None or told == "":
        return format.UNKNOWN
    if name.endswith("_minor"):
        return format.amount(int(told), currency)
    if name in _FLAGS:
        return _("yes") if told else _("no")
    if name in _CHOICES:
        return _(_VALUES[told]) if told in _VALUES else str(told)
    if name == "month":
        return f"{told // 12}-{told % 12 + 1:02d}"
    if name == "rate_bp":
        return f"{format.decimal(told / 100, 2)} %"
    return str(told)


def change(difference: Difference, one: FieldChange) -> str:
    """One field before and after."""
    name = field_name(difference.entity, one.field)
    before, after = (value(one.field, told, difference.currency) for told in (one.before, one.after))
    return f"{name} {before} → {after}"


def told(difference: Difference, one: FieldChange) -> str:
    """One field of something new."""
    return f"{field_name(difference.entity, one.field)} {value(one.field, one.after, difference.currency)}"


def joined(parts: Iterable[str]) -> str:
    """Several facts in one line."""
    return " · ".join(part for part in parts if part)


def counts(plain: dict[str, dict[str, int]]) -> str:
    """What an import did, in one line: clients and accounts first."""
    parts = []
    for name, entity in BY_NAME.items():
        count = plain.get(name)
        if not count or not (count["new"] or count["changed"]):
            continue
        facts = []
        if count["new"]:
            facts.append(_("{count} new").format(count=format.whole(count["new"])))
        if count["changed"]:
            facts.append(_("{count} changed").format(count=format.whole(count["changed"])))
        parts.append(f"{kind(entity)} {', '.join(facts)}")
    return joined(parts)
