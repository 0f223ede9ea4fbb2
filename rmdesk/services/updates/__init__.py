"""Newer versions that the bank offers: told, fetched when asked for, checked, never silent."""
