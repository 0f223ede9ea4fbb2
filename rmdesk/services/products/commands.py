"""What the team writes about products: their cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import RecordId, new_id
from rmdesk.models.products import ProductCard
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import PutBack, TakeAway, fields_of
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class WriteCard:
    """Write what is to be known of a product, or write it anew. Gives back the card's id."""

    label: ClassVar[str] = N_("Write product card")
    code: str
    facts: str
    suits: str = ""
    talk: str = ""

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        if work.value("SELECT 1 FROM product WHERE code = ?", (self.code,)) is None:
            raise Refused(N_("There is no product {name}."), field="code", code="no_product", name=self.code)
        told = {name: check_text(getattr(self, name), name) for name in ("facts", "suits", "talk")}
        if not told["facts"]:
            raise Refused(N_("A card says at least the key facts."), field="facts", code="empty")
        key = work.value("SELECT id FROM product_card WHERE code = ?", (self.code,))
        if key is None:
            card = ProductCard(
                id=new_id(),
                code=self.code,
                facts=told["facts"],
                suits=told["suits"] or None,
                talk=told["talk"] or None,
                written_on=clock.today(),
            )
            work.add(card)
            return Done(RecordId(card.id), inverse=TakeAway(((ProductCard, card.id),)))
        card = work.get(ProductCard, key)
        before = fields_of(card, "facts", "suits", "talk", "written_on")
        card.facts, card.suits, card.talk = told["facts"], told["suits"] or None, told["talk"] or None
        card.written_on = clock.today()
        return Done(RecordId(card.id), inverse=PutBack(ProductCard, card.id, before))


@dataclass(frozen=True, slots=True)
class RemoveCard:
    """Take away what was written about a product; the product stays."""

    label: ClassVar[str] = N_("Remove product card")
    code: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        key = work.value("SELECT id FROM product_card WHERE code = ?", (self.code,))
        if key is None:
            raise Refused(N_("This record no longer exists."), do=N_("Reload the page."), code="gone")
        return Done(None, inverse=TakeAway(((ProductCard, key),)).apply(work).inverse)
