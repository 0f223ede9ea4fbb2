"""The demo portfolio: invented clients of an invented bank, the same on every machine."""
