"""Settings: declared once beside their feature, read by `value`, changed by the command ChangeSetting."""

from rmdesk.services.settings.declared import Choice, Setting
from rmdesk.services.settings.queries import value

__all__ = ["Choice", "Setting", "value"]
