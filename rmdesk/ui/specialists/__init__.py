"""Specialists (1+N): what waits for an answer, and who can be asked."""
