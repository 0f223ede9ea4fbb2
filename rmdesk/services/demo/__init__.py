"""The demo portfolio: invented clients of an invented bank, the same on every machine."""

from rmdesk.services.demo.cast import CLIENTS
from rmdesk.services.demo.profile import is_out_of_date, make

__all__ = ["CLIENTS", "is_out_of_date", "make"]
