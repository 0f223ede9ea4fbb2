"""Campaigns: a purpose with its gates, who is approached, what is said, and what came of it."""
