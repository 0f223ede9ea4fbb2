"""Complaints with their legal clock, feedback, and what clients answered when asked how satisfied they are."""
