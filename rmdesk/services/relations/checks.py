"""What commands about relationships check before they write: that somebody is there, names, texts."""

from __future__ import annotations

from collections.abc import Iterator

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientKind
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.relations import queries, tables
from rmdesk.services.relations.rows import Node
from rmdesk.services.store.reads import Reads


def text(written: str | None, field: str, most: str = "note") -> str | None:
    """A free text as it is kept, None for blank; refused when it is too long or holds a secret."""
    return check_text(written, field, tables.number("text", most)) or None


def name(written: str, field: str = "name") -> str:
    """A name as it is kept: one line; refused beside the field when it is blank."""
    kept = text(" ".join(written.split()), field, "name")
    if kept is None:
        raise Refused(N_("A name is needed."), field=field, code="no_name")
    return kept


def there(reads: Reads, node: Node, field: str = "other") -> Node:
    """The node itself, or the client that it was merged into; refused when nobody is there."""
    if isinstance(node, str):
        if reads.value("SELECT 1 FROM person WHERE id = ?", (node,)) is None:
            raise queries.gone()
        return node
    row = reads.one("SELECT id, merged_into FROM client WHERE id = ?", (node,))
    if row is None:
        raise Refused(N_("This client is no longer in the portfolio."), do=N_("Choose another."), field=field)
    return int(row[1] or row[0])


def tie(reads: Reads, role: tables.Role, one: Node, other: Node, but: str = "") -> None:
    """Refuse what can't be: somebody with themselves, the same twice, kin of a company, two kinships at once.

    `one` is the kind of `other`; `but` is the relationship that is being changed.
    """
    if one == other:
        raise Refused(N_("This is the same client."), do=N_("Choose another."), field="other", code="self")
    if role.kinship and any(_is_company(reads, node) for node in (one, other)):
        raise Refused(
            N_("A company has no relatives."), do=N_("Choose another relationship."), field="role", code="company_kin"
        )
    kept = [(kind, first, second) for id_, kind, first, second in _between(reads, one, other) if id_ != but]
    twice = (role.kind, one, other) in kept or (tables.is_symmetric(role.kind) and (role.kind, other, one) in kept)
    if twice:
        raise Refused(
            N_("This relationship is noted already."), do=N_("Edit the one that is there."), field="role",
            code="duplicate",
        )  # fmt: skip
    if role.kind == "parent" and ("parent", other, one) in kept:
        raise Refused(
            N_("Nobody is the parent of their own parent."), do=N_("Check which of the two is the child."),
            field="role", code="own_parent",
        )  # fmt: skip
    if role.kinship and any(tables.role_of(kind, first=True).kinship for kind, _first, _second in kept):
        raise Refused(
            N_("Another kinship of these two is noted already."), do=N_("Edit the one that is there."), field="role",
            code="other_kin",
        )  # fmt: skip


def _is_company(reads: Reads, node: Node) -> bool:
    kind = reads.value("SELECT kind FROM client WHERE id = ?", (node,)) if isinstance(node, int) else None
    return bool(kind == ClientKind.COMPANY)


def _between(reads: Reads, one: Node, other: Node) -> Iterator[tuple[str, str, Node, Node]]:
    for first, second in ((one, other), (other, one)):
        from_, to = ("client" if isinstance(node, int) else "person" for node in (first, second))
        for row in reads.rows(
            f"SELECT id, kind FROM relationship WHERE from_{from_}_id = ? AND to_{to}_id = ?", (first, second)
        ):
            yield row[0], row[1], first, second
