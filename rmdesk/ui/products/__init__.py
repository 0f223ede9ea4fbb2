"""Products: their cards, what matures when, and what becomes of it."""
