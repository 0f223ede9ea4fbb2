"""What stands in an editor of any kind, right or wrong, and putting it back."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import ClientId
from rmdesk.ui.kit.answers import fill, value_of
from rmdesk.ui.kit.chip_field import ChipField
from rmdesk.ui.kit.client_field import ClientField


def typed(editor: QWidget) -> Any:
    """What stands in an editor, as it stands there; None where it cannot be told."""
    if isinstance(editor, ClientField):
        return [editor.client, editor.name]
    if isinstance(editor, QLineEdit):
        return editor.text()
    if isinstance(editor, ChipField):
        return list(editor.values())
    try:
        return value_of(editor)
    except (Refused, TypeError):
        return None


def put(editor: QWidget, value: Any) -> None:
    """Put back what `typed` told."""
    if isinstance(editor, ClientField):
        client, name = value
        if client is not None:
            editor.set_client(ClientId(int(client)), name)
        else:
            editor.setText(name)
    elif isinstance(editor, QLineEdit):
        editor.setText(str(value))
    elif value is not None:
        fill(editor, value)
