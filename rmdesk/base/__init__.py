"""Leaf modules that every layer may use; they import nothing of rmdesk but one another."""
