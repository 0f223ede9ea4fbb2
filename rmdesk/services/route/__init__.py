"""The route of a day: planned visits by district, in the order of their times."""
