"""Whom to care for today, and why: the ranked list, its receipts, and the marks put on it."""
