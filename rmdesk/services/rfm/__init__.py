"""Recency, frequency, money; and beside them how likely a client is still active (BG/NBD)."""
