"""Controls that a rule of the help explains: F1 on one of them opens the rule, not the help of the page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

RULE = "rule"


def by_rule(widget: QWidget, rule: str) -> None:
    """Say which rule explains this control (resources/guide/rules.toml)."""
    widget.setProperty(RULE, rule)


def rule_of(widget: QWidget | None) -> str:
    """The rule that explains a control, or what it lies in; "" when none does."""
    while widget is not None:
        found = widget.property(RULE)
        if found:
            return str(found)
        widget = widget.parentWidget()
    return ""
