"""Insights on the screen: the line of figures, charts whose marks lead to clients, and what other weights would do."""
