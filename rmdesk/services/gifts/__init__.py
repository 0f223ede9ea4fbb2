"""Gifts: what is planned, allowed, bought and given, and how it was received."""
