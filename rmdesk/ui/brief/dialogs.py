"""Opens the documents of the desk over the window: brief, client file, the day's list."""

from __future__ import annotations

from rmdesk.models.kinds import ClientId, Purpose
from rmdesk.services.brief.care_list import care_list
from rmdesk.services.brief.client_file import client_file
from rmdesk.ui.brief.fitting import brief_document
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.document_dialog import open_document


def open_brief(desk: Desk, client: int) -> None:
    """The visit brief, to read, print or save as PDF."""
    desk.tasks.fetch(brief_document, ClientId(client)).done.connect(lambda document: open_document(desk, document))


def open_file(desk: Desk, client: int) -> None:
    """All that is on file about a client, to print."""
    desk.tasks.fetch(client_file, ClientId(client)).done.connect(lambda document: open_document(desk, document))


def open_care_list(desk: Desk, purpose: Purpose = Purpose.MAINTAIN) -> None:
    """Today's list with its reasons, to print."""
    desk.tasks.fetch(care_list, purpose).done.connect(lambda document: open_document(desk, document))
