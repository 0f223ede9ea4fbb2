"""What is said of a campaign when it is made, and what of it is refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import Purpose
from rmdesk.services.campaigns import conditions, rules
from rmdesk.services.campaigns.conditions import Condition
from rmdesk.services.campaigns.tables import table
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.store.reads import Reads


@dataclass(frozen=True, slots=True)
class Draft:
    """A campaign as entered. `margin_bp`: profit in hundredths of a percent of what is sold; None: not known."""

    name: str
    purpose: Purpose
    starts_on: date
    ends_on: date | None = None
    product: str | None = None
    conditions: tuple[Condition, ...] = ()
    with_open: bool = False
    script: str = ""
    margin_bp: int | None = None
    note: str = ""


def checked(reads: Reads, given: Draft) -> Draft:
    """The draft as it is kept; Refused names the field."""
    rule, known = table().purposes[given.purpose], table()
    name = check_text(given.name, "name", known.name_most)
    if not name:
        raise Refused(N_("A campaign needs a name."), field="name", code="no_name")
    if given.ends_on is not None and given.ends_on < given.starts_on:
        raise Refused(N_("A campaign ends after it begins."), field="ends_on", code="bad_days")
    if given.product is not None and not rule.product:
        raise Refused(
            N_("Product content is left out when sleepers are woken."),
            do=N_("Take the product away, or choose selling as the purpose."),
            field="product",
            code="locked",
            guide="campaigns",
        )
    if given.product is not None and reads.value("SELECT 1 FROM product WHERE code = ?", (given.product,)) is None:
        raise Refused(N_("The bank has no such product."), field="product", code="no_product", guide="campaigns")
    if given.margin_bp is not None and not 0 <= given.margin_bp <= 10_000:
        raise Refused(N_("A margin lies between 0 and 100 percent."), field="margin", code="bad_margin")
    script = check_text(given.script, "script", known.script_most)
    check_script(given.purpose, script)
    return replace(
        given, name=name, script=script, note=check_text(given.note, "note"),
        conditions=conditions.checked(given.conditions), with_open=given.with_open and "man" in rule.gates,
    )  # fmt: skip


def check_script(purpose: Purpose, script: str) -> None:
    """Refuse a script that offers something although the purpose locks product content."""
    if table().purposes[purpose].product:
        return
    offered = rules.offers_in(script, table().locked_words, table().locked_places)
    if offered:
        raise Refused(
            N_("“{word}” offers something: product content is left out of this purpose."),
            do=N_("Say how the client is, and leave the offer for later."),
            field="script",
            code="locked",
            word=offered,
            guide="campaigns",
        )
